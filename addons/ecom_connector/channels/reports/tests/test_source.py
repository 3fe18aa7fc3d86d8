"""Files that are no reports, or were: a typed error in plain words, and nothing read beyond what is sane."""

import io
import unittest
import zipfile

from channels.errors import Unreadable
from channels.reports import sheet
from channels.reports.formats import read_any, recognise
from channels.reports.package import reports
from channels.reports.source import Source
from channels.reports.tests.reading import figures, read, sample, samples


class Endless(io.RawIOBase):
    """A file of a gigabyte that takes no room: the same bytes over and over."""

    def __init__(self, size: int, block: bytes):
        self.size, self.block, self.at, self.told = size, block, 0, 0

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=0):
        self.at = {0: 0, 1: self.at, 2: self.size}[whence] + offset
        return self.at

    def tell(self):
        return self.at

    def read(self, count=-1):  # pylint: disable=method-required-super
        count = min(self.size - self.at, 2**16 if count < 0 else count)
        self.at, self.told = self.at + count, self.told + count
        return (self.block * (count // len(self.block) + 1))[:count]

    def readinto(self, buffer):
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


class TestEncodings(unittest.TestCase):
    def test_the_same_report_in_any_encoding(self):
        text = sample("amazon", "settlement_date_range_french.csv").decode("utf-8-sig")
        plain = figures(read(text.encode())[1])
        for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
            with self.subTest(encoding=encoding):
                self.assertEqual(figures(read(text.encode(encoding))[1]), plain)

    def test_japanese_headings_in_shift_jis_are_read(self):
        text = '"日付/時間","決済番号","トランザクションの種類","注文番号","SKU","説明","数量",'
        text += '"商品売上","手数料","合計"\n'
        text += '"2026/07/01 8:31:35 JST","55","注文","250-1","MUG","カップ","1","1,980","-198","1,782"\n'
        text += '"2026/07/03 8:31:35 JST","55","振込み","","","","","0","-1,782","-1,782"\n'
        _code, check, _lines = read(text.encode("cp932"))
        self.assertEqual(figures(check), {"55": ("1782", "1782", "0")})

    def test_marks_in_the_middle_of_files_that_were_put_together_are_no_letters(self):
        text = sample("shopify", "settlement_transactions.csv").decode()
        heading, *rows = text.splitlines(keepends=True)
        plain = read(text.encode())
        marked = read((heading + "".join("\ufeff" + row for row in rows)).encode("utf-8-sig"))
        self.assertEqual((figures(marked[1]), marked[2]), (figures(plain[1]), plain[2]))

    def test_two_reports_put_together_with_both_headings_are_refused(self):
        body = sample("shopify", "settlement_transactions.csv").decode()
        with self.assertRaises(Unreadable):
            read((body + "\ufeff" + body).encode("utf-8-sig"))

    def test_text_in_an_encoding_of_another_country_keeps_its_amounts(self):
        """Names may come out as other letters; ids and amounts may not."""
        body = sample("shopify", "settlement_transactions.csv").decode()
        plain, heading = figures(read(body.encode())[1]), body.splitlines()[0]
        names = {
            "cp1250": "Łódź",
            "cp1251": "Кружка",
            "iso-8859-15": "Café",
            "gb18030": "杯子",
            "euc-jp": "カップ",
            "big5": "杯子",
        }
        for encoding, name in names.items():
            with self.subTest(encoding=encoding):
                rows = [heading + ",Note", *(f"{row},{name}" for row in body.splitlines()[1:])]
                self.assertEqual(figures(read("\n".join(rows).encode(encoding))[1]), plain)


class TestBadFiles(unittest.TestCase):
    def test_what_is_no_report_is_told_in_words(self):
        for body in (
            b"",
            b"\x00\x01\x02" * 50,
            b"%PDF-1.7\n%",
            b"hello",
            b"{",
            b"[]",
            b'{"a": 1}',
            b"PK\x03\x04rubbish",
            b"\xff\xfe",
        ):
            with self.subTest(body=body[:10]), self.assertRaises(Unreadable) as caught:
                [*read_any(Source.of(body))]
            self.assertTrue(str(caught.exception).endswith("."))

    def test_a_file_of_a_gigabyte_is_refused_unread(self):
        file = Endless(2**30, b"a,b\n")
        with self.assertRaises(Unreadable):
            Source(file)
        self.assertEqual(file.told, 0)

    def test_a_line_without_end_is_refused_after_its_first_part(self):
        report = Source(Endless(20 * 2**20, b"x"))
        with self.assertRaises(Unreadable):
            [*report.lines()]
        self.assertLess(report.file.told, 24 * 2**20, "once to decode it all, and a part")

    def test_an_archive_that_unpacks_to_far_more_is_refused_unread(self):
        for names in (["xl/worksheets/sheet1.xml"], ["a.csv"], ["xl/sharedStrings.xml"]):
            bomb = io.BytesIO()
            with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    archive.writestr(name, b"0" * (40 * 2**20))
            with self.subTest(names=names), self.assertRaises(Unreadable):
                sheet.check_sizes(bomb)
            with self.assertRaises(Unreadable):
                [*reports(bomb, "bomb.zip")]

    def test_a_json_that_nests_without_end_is_refused(self):
        with self.assertRaises(Unreadable):
            [*read_any(Source.of(b'{"a":' * 200_000))]

    def test_rows_with_more_cells_than_columns_are_refused(self):
        body = sample("shopify", "settlement_transactions.csv").replace(b"USD,USD\n", b"USD,USD,9,9\n", 1)
        with self.assertRaises(Unreadable):
            read(body)

    def test_nobody_reads_a_report_of_two_forms(self):
        self.assertEqual(len({recognise(Source.of(path.read_bytes())).code for path in samples()}), 19)


class TestPackages(unittest.TestCase):
    def test_an_archive_gives_its_reports_and_not_what_computers_add(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("march/a.txt", sample("amazon", "settlement_v2.txt"))
            archive.writestr("__MACOSX/march/._a.txt", b"x")
            archive.writestr("march/.DS_Store", b"x")
            archive.writestr("b.csv", sample("etsy", "settlement_march.csv"))
        found = dict(reports(file, "all.zip"))
        self.assertEqual(sorted(found), ["a.txt", "b.csv"])
        self.assertEqual(read(found["a.txt"])[0], "amazon_v2")

    def test_any_other_file_is_itself(self):
        self.assertEqual([*reports(io.BytesIO(b"a,b\n"), "x.csv")], [("x.csv", b"a,b\n")])
