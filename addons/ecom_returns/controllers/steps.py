from odoo import SUPERUSER_ID, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import email_normalize

from .asked import articles, say
from .photos import Refused, take

LONGEST = 200


class ReturnSteps(http.Controller):
    """A buyer opens a return: what, why, how. Each step carries what was said before, so nothing is kept of who stops
    half-way. The link in the address says which order, and whether it was a present; a link that we did not sign shows
    the same page as one that is too old."""

    @http.route("/returns/open/<string:link>", type="http", auth="public", sitemap=False, website=True)
    def what(self, link, **posted):
        return self._show("what", link, posted)

    @http.route("/returns/open/<string:link>/why", type="http", auth="public", sitemap=False, website=True)
    def why(self, link, **posted):
        return self._show("why", link, posted)

    @http.route("/returns/open/<string:link>/how", type="http", auth="public", sitemap=False, website=True)
    def how(self, link, **posted):
        return self._show("how", link, posted)

    @http.route("/returns/open/<string:link>/done", type="http", auth="public", sitemap=False, website=True)
    def done(self, link, **posted):
        order, gift = self._order(link)
        if request.httprequest.method != "POST" or not order:
            return self._show("what", link, {})
        returns, notices = request.env["ecom.return"].sudo(), request.env["ecom.return.notice"].sudo()
        digest = notices._digest(request.httprequest.remote_addr)
        if returns._opened_too_often(digest):
            return self._later()
        values = self._values(order, gift, link, posted)
        problem = self._problem("done", values, posted) or self._take_photos(values["chosen"])
        if not problem:
            try:
                return request.redirect(self._open(values, posted, digest).get_portal_url())
            except UserError as error:
                problem = str(error)
        return self._page("how" if values["chosen"] else "what", {**values, "problem": problem})

    # ------------------------------------------------------------------- pages
    def _show(self, step, link, posted):
        order, gift = self._order(link)
        if not order:
            response = request.render("ecom_returns.open_gone", {})
            response.status_code = 404
            return response
        if request.httprequest.method != "POST":
            step, posted = "what", {}
        values = self._values(order, gift, link, posted)
        problem = self._problem(step, values, posted)
        before = {"why": "what", "how": "why" if values["chosen"] else "what"}.get(step, step)
        return self._page(before if problem else step, {**values, "problem": problem})

    def _page(self, step, values):
        return request.render(f"ecom_returns.open_{step}", values)

    def _later(self):
        response = request.render("ecom_returns.withdraw_later", {})
        response.status_code = 429
        return response

    # -------------------------------------------------------------------- facts
    def _order(self, link):
        return request.env["sale.order"].sudo()._ecom_of_return_link(link)

    def _values(self, order, gift, link, posted):
        """What all steps show. Reasons and wishes are those that are offered for this order."""
        reasons = request.env["ecom.return.reason"].sudo().search([("for_buyers", "=", True)])
        found = articles(order)
        chosen, clear = say(found, posted, reasons)
        policy = request.env["ecom.return.policy"].sudo()._find(order)
        return {
            "order": order,
            "gift": gift,
            "link": link,
            "articles": found,
            "chosen": chosen,
            "clear": clear,
            "reasons": reasons,
            "policy": policy,
            "wishes": policy._wishes(gift),
            "posted": posted,
        }

    def _problem(self, step, values, posted):
        """The sentence that keeps the buyer on the step before; "" where all was said."""
        if step == "what":
            return ""
        if not values["clear"]:
            return request.env._("Please say how many of each, and not more than came.")
        if not values["chosen"]:
            return request.env._("Please say how many you send back of at least one article.")
        if step != "why" and not all(article.reason for article in values["chosen"]):
            return request.env._("Please choose a reason for each article.")
        if step == "done" and posted.get("wish") not in dict(values["wishes"]):
            return request.env._("Please say what you would like instead.")
        if step == "done" and values["gift"] and not email_normalize(posted.get("email") or ""):
            return request.env._("Please tell us a valid e-mail address at which we can reach you.")
        return ""

    def _take_photos(self, chosen):
        """Put the uploaded photos onto the articles; the sentence where one is refused."""
        words = {
            "many": request.env._("Please send up to five photos of an article."),
            "large": request.env._("A photo is larger than 8 MB. Please send a smaller one."),
            "kind": request.env._("Please send photos as JPEG or PNG."),
        }
        for article in chosen:
            try:
                article.photos = take(request.httprequest.files.getlist(f"photos-{article.key}"))
            except Refused as refused:
                return words[refused.code]
        return ""

    # --------------------------------------------------------------------- open
    @staticmethod
    def _prepare_line(article, wish):
        values = {"reason_id": article.reason.id, "answer": article.answer}
        return values | ({"swap_product_id": article.swap.id} if wish == "exchange" else {})

    def _open(self, values, posted, digest):
        said = [
            (
                article.line,
                article.product,
                article.units,
                self._prepare_line(article, posted["wish"]),
                article.photos,
            )
            for article in values["chosen"]
        ]
        contact = {}
        if values["gift"]:
            contact = {
                "is_gift": True,
                "contact_name": (posted.get("name") or "").strip()[:LONGEST],
                "contact_email": email_normalize(posted["email"]),
            }
        # The rules decide, not the public user: no name of his stands on it.
        record = (
            request.env["ecom.flow.return.request"]
            .with_user(SUPERUSER_ID)
            ._request(
                said,
                wish=posted["wish"],
                reason=(posted.get("note") or "").strip()[:LONGEST],
                address_digest=digest,
                contact_lang=request.env.lang,
                **contact,
            )
        )
        record._portal_ensure_token()
        request.env.ref("ecom_returns.ir_cron_send_letters").sudo()._trigger()
        return record
