from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from .withdraw import LONGEST


class ReturnGuest(http.Controller):
    """Whoever has no account asks for a link by order number and mail address. It goes to the address of the order, so
    nothing is said here about whether there is one, and the same page comes as quickly."""

    @http.route("/returns", type="http", auth="public", methods=["GET", "POST"], sitemap=False, website=True)
    def start(self, **posted):
        values = {name: (posted.get(name) or "").strip()[:LONGEST] for name in ("number", "email")}
        if request.httprequest.method == "GET":
            return request.render("ecom_returns.guest_start", {**values, "wrong": False})
        if not all(values.values()) or not email_normalize(values["email"]):
            return request.render("ecom_returns.guest_start", {**values, "wrong": True})
        notices, address = request.env["ecom.return.notice"].sudo(), request.httprequest.remote_addr
        if notices._is_too_often(values["email"], address):
            response = request.render("ecom_returns.withdraw_later", {})
            response.status_code = 429
            return response
        notices._ask_for_link(**values, address=address)
        return request.render("ecom_returns.guest_sent", values)
