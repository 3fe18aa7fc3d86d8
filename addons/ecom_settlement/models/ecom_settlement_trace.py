import io

import xlsxwriter

from odoo import models

from .ecom_report_words import harmless

# A page has about forty lines; more than so many nobody reads on paper, and the spreadsheet has them all.
MOST_PRINTED = 2000
LINES = (
    *("number", "posted_at", "family", "kind", "detail", "order_reference", "order_number", "order_id"),
    *("payment_reference", "refund_reference", "shipment_reference", "line_reference", "sku", "quantity"),
    *("description", "amount", "fee", "net", "tax", "match_state", "matched_by"),
)
ITEMS = ("date", "move_name", "account_id", "partner_id", "name", "debit", "credit", "amount_currency", "ecom_order_id")
BANK = ("date", "payment_ref", "partner_id", "amount")


class EcomSettlement(models.Model):
    """From the bank to each line of the report, on paper and as a spreadsheet."""

    _inherit = "ecom.settlement"

    def _trace(self):
        """What is printed of a payout; entries and bank only for who sees the books."""
        self.ensure_one()
        sees_books = self.env["account.move.line"].has_access("read")
        payout = self.sudo() if sees_books else self.browse()
        lines = self.line_ids[:MOST_PRINTED]
        return {
            "bank": payout._bank_lines(),
            "items": payout._entries().line_ids[:MOST_PRINTED],
            "lines": lines,
            "left_out": len(self.line_ids) - len(lines),
        }

    def action_trace(self):
        """On the screen, with a button to print it."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("ecom_settlement.ecom_settlement_action_trace").report_action(self)

    def action_export_xlsx(self):
        """One sheet a side: bank, books, lines."""
        self.ensure_one()
        self.check_access("write")
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.display_name}.xlsx",
                "raw": self._xlsx(),
                "mimetype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "self",
        }

    def _xlsx(self):
        """Bytes of the spreadsheet."""
        sees_books = self.env["account.move.line"].has_access("read")
        payout = self.sudo() if sees_books else self.browse()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
            self._write_sheet(book, self.env._("Lines"), self.line_ids, LINES)
            self._write_sheet(book, self.env._("Books"), payout._entries().line_ids, ITEMS)
            self._write_sheet(book, self.env._("Bank"), payout._bank_lines(), BANK)
        return buffer.getvalue()

    def _write_sheet(self, book, title, records, names):
        sheet, bold = book.add_worksheet(title), book.add_format({"bold": True})
        fields = [records._fields[name] for name in names]
        for column, field in enumerate(fields):
            sheet.write_string(0, column, field._description_string(self.env) or field.name, bold)
        for row, record in enumerate(records, 1):
            for column, field in enumerate(fields):
                self._write_cell(sheet, row, column, field, record)

    def _write_cell(self, sheet, row, column, field, record):
        value = record[field.name]
        if field.type in ("float", "monetary", "integer"):
            sheet.write_number(row, column, value)
        elif field.type == "selection":
            labels = dict(field._description_selection(self.env))
            sheet.write_string(row, column, labels.get(value, ""))
        elif field.type == "many2one":
            sheet.write_string(row, column, harmless(value.sudo().display_name or ""))
        else:
            sheet.write_string(row, column, harmless(str(value)) if value else "")
