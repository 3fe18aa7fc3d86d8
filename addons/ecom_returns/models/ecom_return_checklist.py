from odoo import Command, fields, models
from odoo.exceptions import AccessError


class EcomReturnChecklist(models.Model):
    """What is looked at before it is said what becomes of returned goods of these categories."""

    _name = "ecom.return.checklist"
    _description = "Inspection Checklist"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    categ_ids = fields.Many2many(
        "product.category", string="Product Categories", help="With all below them. Empty: all goods."
    )
    question_ids = fields.One2many("ecom.return.question", "checklist_id", string="What to Look At")

    def _questions(self, product, company):
        """Those of all checklists that fit the product."""
        path = {int(number) for number in (product.categ_id.parent_path or "").split("/") if number}
        fits = self.search([("company_id", "in", (False, company.id))]).filtered(
            lambda checklist: not checklist.categ_ids or path & set(checklist.categ_ids.ids)
        )
        return fits.question_ids


class EcomReturnQuestion(models.Model):
    _name = "ecom.return.question"
    _description = "Question of an Inspection"
    _order = "sequence, id"

    checklist_id = fields.Many2one("ecom.return.checklist", required=True, ondelete="cascade", index=True)
    name = fields.Char(string="Question", required=True, translate=True)
    sequence = fields.Integer(default=10)


class EcomReturnCheck(models.Model):
    """The answer for some units. The question is copied: it says what was asked that day."""

    _name = "ecom.return.check"
    _description = "Answer of an Inspection"
    _order = "id"

    line_id = fields.Many2one("ecom.return.line", required=True, ondelete="cascade", index=True)
    question_id = fields.Many2one("ecom.return.question", ondelete="set null")
    name = fields.Char(string="Question", required=True, readonly=True)
    answer = fields.Selection([("good", "Fine"), ("bad", "Not Fine"), ("unknown", "Cannot Be Said")])
    note = fields.Char()


class EcomReturnLine(models.Model):
    """What was found by whoever looked at it: answers, photos, whose fault it is."""

    _inherit = "ecom.return.line"

    check_ids = fields.One2many("ecom.return.check", "line_id", string="Checklist")
    found_photo_ids = fields.Many2many(
        "ir.attachment", "ecom_return_line_found_photo_rel", string="Photos of What Came"
    )
    found_note = fields.Char(string="Note", help="Read by whoever decides about the money.")
    fault = fields.Selection(
        [
            ("buyer", "The Customer"),
            ("us", "Us"),
            ("carrier", "The Carrier"),
            ("channel", "The Marketplace"),
            ("vendor", "The Vendor"),
        ],
        string="Whose Fault",
        help="What carriers, marketplaces and vendors answer for is claimed from them.",
    )
    worn_percent = fields.Float(
        string="Loss of Value",
        digits=(5, 2),
        help="Percent of the price that the customer does not get back, because he used the goods more than was needed "
        "to try them.",
    )
    _worn_percent_is_one = models.Constraint(
        "CHECK(worn_percent BETWEEN 0 AND 100)", "Goods lose between nothing and all of their price."
    )
    arrived_at = fields.Datetime(related="arrived_move_id.date", string="Received On", compute_sudo=True)

    def action_inspect(self):
        """Look at it: the questions of its category, made when somebody asks for them first."""
        self._check_inspector()
        for line in self.filtered(lambda line: not line.check_ids and line.goods in ("received", "wrong_item")):
            questions = self.env["ecom.return.checklist"].sudo()._questions(line.product_id, line.company_id)
            line.sudo().check_ids = [
                Command.create({"question_id": question.id, "name": question.name}) for question in questions
            ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspect"),
            "res_model": "ecom.return.line",
            "res_id": self[:1].id,
            "views": [(self.env.ref("ecom_returns.ecom_return_line_view_form_inspect").id, "form")],
            "target": "new",
        }

    def action_carry_out(self):
        """What was decided about these units alone."""
        self._check_inspector()
        decided = self.filtered(lambda line: line.wanted and not line.disposition)
        for wanted, lines in decided.sudo().grouped("wanted").items():
            self.env["ecom.flow.return.dispose"].sudo()._dispose(lines, wanted)
        return {"type": "ir.actions.act_window_close"}

    def action_take_back(self):
        """The vendor refused it: it is here again, and to be decided anew."""
        self._check_inspector()
        self.env["ecom.flow.return.take_back"].sudo()._take_back(self.sudo())

    def _check_inspector(self):
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only who works in the warehouse may inspect goods."))
        self.check_access("write")
