from odoo import models

# What spreadsheets take for the beginning of a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text):
    """The text as a cell that no spreadsheet reckons with, also after it was saved as CSV."""
    return f"'{text}" if text.startswith(FORMULAS) else text


class EcomReportWords(models.AbstractModel):
    """Records with words of a file that somebody else wrote: lists of them are exported without its formulas."""

    _name = "ecom.report.words"
    _description = "Words of a Report"

    def export_data(self, fields_to_export):
        self.check_access("read")
        exported = super().export_data(fields_to_export)
        rows = exported.get("datas", [])
        return {**exported, "datas": [[harmless(c) if isinstance(c, str) else c for c in row] for row in rows]}
