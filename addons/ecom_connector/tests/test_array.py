"""Arrays that are sent as one constant come out as they went in."""

from datetime import datetime

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..flow.array import array


@tagged("post_install", "-at_install")
class TestArray(TransactionCase):
    def _sent(self, values, kind="integer"):
        self.env.cr.execute(SQL("SELECT %s", array(values, kind)))
        return self.env.cr.fetchone()[0]

    def test_numbers_and_gaps(self):
        self.assertEqual(self._sent({3: "three"}), [3])
        self.assertEqual(self._sent([]), [])
        self.assertEqual(self._sent([2, None, 1]), [2, None, 1])
        self.assertEqual(self._sent([0.1, -1e-9, 1e21, 7], "numeric"), [0.1, -1e-9, 1e21, 7])

    def test_moments(self):
        moments = [datetime(2026, 1, 2, 3, 4, 5), datetime(2026, 1, 2, 3, 4, 5, 600)]
        self.assertEqual(self._sent(moments, "timestamp"), moments)

    def test_words_with_anything_in_them(self):
        words = ["", "a,b", 'say "no"', "{1}", "it's", "NULL", None, "\\"]
        self.assertEqual(self._sent(words, "text"), words)
