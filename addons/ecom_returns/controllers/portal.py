from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from odoo.tools import consteq

LONGEST = 100


class ReturnPortal(CustomerPortal):
    """A customer's returns: his list, the page of each, its slip, and the way to open one from his order. Nobody has
    rights on the records themselves: what is shown is chosen here."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "ecom_return_count" in counters:
            values["ecom_return_count"] = request.env["ecom.return"].sudo().search_count(self._mine())
        return values

    @http.route(["/my/returns", "/my/returns/page/<int:page>"], type="http", auth="user", website=True)
    def my_returns(self, page=1, **_kw):
        returns = request.env["ecom.return"].sudo()
        pages = pager(url="/my/returns", total=returns.search_count(self._mine()), page=page, step=self._items_per_page)
        found = returns.search(self._mine(), limit=self._items_per_page, offset=pages["offset"])
        values = {**self._prepare_portal_layout_values(), "returns": found, "pager": pages, "page_name": "return"}
        return request.render("ecom_returns.portal_my_returns", values)

    @http.route("/my/orders/<int:order_id>/return", type="http", auth="public", website=True, sitemap=False)
    def open_return(self, order_id, access_token=None, **_kw):
        """From the page of his order, with the rights that the page itself asks for."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        return request.redirect(order._ecom_return_path())

    @http.route("/my/returns/<int:return_id>", type="http", auth="public", website=True, sitemap=False)
    def my_return(self, return_id, access_token=None, **_kw):
        record = self._return(return_id, access_token)
        return self._page(record, access_token) if record else self._none()

    @http.route("/my/returns/<int:return_id>/slip", type="http", auth="public", website=True, sitemap=False)
    def slip(self, return_id, access_token=None, **_kw):
        record = self._return(return_id, access_token)
        if not record or record.authorisation != "approved":
            return self._none()
        # A server that makes no PDF shows the sheet: browsers print it.
        can_print = request.env["ir.actions.report"].get_wkhtmltopdf_state() not in ("install", "broken")
        kind = "pdf" if can_print else "html"
        return self._show_report(record, kind, "ecom_returns.ecom_return_slip_action", download=can_print)

    @http.route("/my/returns/<int:return_id>/label", type="http", auth="public", website=True, sitemap=False)
    def label(self, return_id, access_token=None, **_kw):
        record = self._return(return_id, access_token)
        labels = record._labels() if record else None
        return request.env["ir.binary"]._get_stream_from(labels[:1]).get_response() if labels else self._none()

    @http.route(
        "/my/returns/<int:return_id>/sent", type="http", auth="public", methods=["POST"], website=True, sitemap=False
    )
    def sent(self, return_id, access_token=None, carrier="", number="", **_kw):
        record = self._return(return_id, access_token)
        if not record:
            return self._none()
        try:
            record._note_parcel(carrier.strip()[:LONGEST], number.strip()[:LONGEST])
        except UserError as error:
            return self._page(record, access_token, problem=str(error))
        return request.redirect(record.get_portal_url())

    @http.route(
        "/my/returns/<int:return_id>/cancel", type="http", auth="public", methods=["POST"], website=True, sitemap=False
    )
    def cancel(self, return_id, access_token=None, **_kw):
        record = self._return(return_id, access_token)
        if not record:
            return self._none()
        if record._may_be_withdrawn():
            record.action_cancel()
        return request.redirect(record.get_portal_url())

    # ------------------------------------------------------------------- access
    def _mine(self):
        return request.env["ecom.return"]._mine_domain(request.env.user.partner_id)

    def _return(self, return_id, access_token):
        """The return, by its link or as its customer's own; None for everybody else, as if there were none."""
        record = request.env["ecom.return"].sudo().browse(return_id).exists()
        if not record:
            return None
        if access_token and record.access_token and consteq(record.access_token, access_token):
            return record
        is_mine = not request.env.user._is_public() and record.filtered_domain(self._mine())
        return record if is_mine else None

    def _none(self):
        response = request.render("ecom_returns.open_gone", {})
        response.status_code = 404
        return response

    def _page(self, record, access_token, problem=""):
        values = self._prepare_portal_layout_values() if not request.env.user._is_public() else {}
        values |= {"record": record, "problem": problem, "page_name": "return", "token": access_token or ""}
        values["own"] = not request.env.user._is_public()
        return request.render("ecom_returns.portal_my_return", values)
