from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

# No name, order number or address is longer than this.
LONGEST = 200


class Withdraw(http.Controller):
    """The withdrawal function of EU law (Directive 2011/83/EU, Article 11a): who, which contract, where to reach him;
    a second step that confirms; an acknowledgement by mail. It works without an account.

    Whatever is entered, the same answer comes, as quickly: nobody learns here whether an order exists.
    """

    @http.route("/returns/withdraw", type="http", auth="public", methods=["GET", "POST"], sitemap=False, website=True)
    def withdraw(self, **posted):
        values = self._values(posted)
        if request.httprequest.method == "GET":
            return request.render("ecom_returns.withdraw_form", {**values, "wrong": False})
        if not self._is_complete(values):
            return request.render("ecom_returns.withdraw_form", {**values, "wrong": True})
        return request.render("ecom_returns.withdraw_confirm", values)

    @http.route("/returns/withdraw/confirm", type="http", auth="public", methods=["POST"], sitemap=False, website=True)
    def confirm(self, **posted):
        values = self._values(posted)
        if not self._is_complete(values):
            return request.render("ecom_returns.withdraw_form", {**values, "wrong": True})
        notices = request.env["ecom.return.notice"].sudo()
        if notices._is_too_often(values["email"], request.httprequest.remote_addr):
            response = request.render("ecom_returns.withdraw_later", {})
            response.status_code = 429
            return response
        notice = notices._receive(**values, address=request.httprequest.remote_addr)
        return request.render("ecom_returns.withdraw_done", {"notice": notice})

    @staticmethod
    def _values(posted):
        return {name: (posted.get(name) or "").strip()[:LONGEST] for name in ("name", "number", "email")}

    @staticmethod
    def _is_complete(values):
        return all(values.values()) and bool(email_normalize(values["email"]))
