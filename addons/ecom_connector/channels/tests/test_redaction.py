import json
import unittest

from channels.redaction import HIDDEN, READ_AT_MOST, SHOW_AT_MOST, readable


class TestRedaction(unittest.TestCase):
    def test_json_is_laid_out_and_keeps_what_a_person_needs(self):
        shown = readable(b'{"id": 4711, "total": "19.90", "shipping": {"city": "M\xc3\xbcnchen"}, "paid": true}')
        self.assertEqual(
            json.loads(shown), {"id": 4711, "total": "19.90", "shipping": {"city": "München"}, "paid": True}
        )
        self.assertIn('\n  "shipping": {\n    "city": "München"\n', shown)

    def test_secrets_are_hidden_at_any_depth_and_in_any_spelling(self):
        for name in ("password", "Access-Token", "apiKey", "client_secret", "X-Signature", "order_key", "cvc", "iban"):
            for body in ({name: "geheim-1"}, {"a": [{"b": {name: "geheim-1"}}]}, {name: ["geheim-1"]}):
                with self.subTest(body=body):
                    self.assertNotIn("geheim-1", readable(json.dumps(body).encode()))

    def test_names_that_only_look_like_secrets_are_shown(self):
        shown = readable(b'{"shipping": "S", "company": "P", "opinion": "O", "spinach": "V", "mapping": "M"}')
        self.assertNotIn(HIDDEN, shown)

    def test_card_numbers_lose_all_but_their_end_and_ids_stay(self):
        shown = readable(b'{"note": "card 4111 1111 1111 1111, or 378282246310005", "ref": "4111111111111112"}')
        self.assertIn(f"card {HIDDEN} 1111, or {HIDDEN} 0005", shown)
        self.assertIn("4111111111111112", shown)

    def test_xml_is_laid_out_without_its_secrets_and_without_opening_entities(self):
        shown = readable(b"<order><id>7</id><AuthToken>geheim-1</AuthToken><line secret='geheim-1'/></order>")
        self.assertIn("  <id>7</id>\n", shown)
        self.assertNotIn("geheim-1", shown)
        bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        self.assertNotIn("root:", readable(bomb))

    def test_forms_and_torn_json_lose_their_secrets_too(self):
        self.assertNotIn("geheim-1", readable(b"webhook_id=3&token=geheim-1&x=y"))
        self.assertNotIn("geheim-1", readable(b'{"id": 1, "password": "geheim-1", "lines": ['))

    def test_nothing_that_can_be_sent_makes_it_fail(self):
        hostile = (
            b"", b"\0\xff\xfe", b"[" * 100_000, b'{"a":' * 5000, b"9" * 10_000, b'["\\ud800"]', b"<a" * 1000,
            b'{"n": ' + b"9" * 5000 + b"}", b"NaN", b"<a>" * 2000,
        )  # fmt: skip
        for body in hostile:
            with self.subTest(body=body[:20]):
                self.assertLessEqual(len(readable(body).encode()), 4 * SHOW_AT_MOST)

    def test_a_huge_body_is_cut_and_says_how_much_is_left(self):
        shown = readable(b"a" * (READ_AT_MOST + 1))
        self.assertEqual(shown, "a" * SHOW_AT_MOST + f"\n… {3 * SHOW_AT_MOST}")


if __name__ == "__main__":
    unittest.main()
