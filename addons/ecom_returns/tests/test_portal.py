import base64
import io
import re

from PIL import Image

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from ..controllers.photos import MOST
from ..models.ecom_return_buyer import AN_HOUR
from .returns_case import ReturnsCase


def photo(kind="JPEG", size=(40, 30)):
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind)
    return file.getvalue()


class PortalCase(ReturnsCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.order = self.sold((self.shirt, 3, 10), (self.cup, 1, 5))
        self.unwanted = self.env.ref("ecom_returns.ecom_return_reason_unwanted")
        self.damaged = self.env.ref("ecom_returns.ecom_return_reason_damaged")
        self.authenticate(None, None)
        # One computer opens many returns here.
        self.env["ecom.return"].search([]).sudo().address_digest = False

    def key(self, product):
        line = self.order.order_line.filtered(lambda line: line.product_id == product)
        return f"{line.id}-{product.id}"

    def said(self, shirts="1", reason=None, **values):
        reason = reason or self.unwanted
        key = self.key(self.shirt)
        return {f"units-{key}": shirts, f"reason-{key}": str(reason.id), "wish": "refund", **values}

    def post(self, path, values, files=None):
        data = {**values, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(path, data=data, files=files)

    def returns(self):
        return self.env["ecom.return"].search([("line_ids.order_id", "=", self.order.id)])

    def login(self, partner, name):
        user = new_test_user(self.env, name, "base.group_portal", password=name * 3, partner_id=partner.id)
        self.authenticate(name, name * 3)
        return user


@tagged("post_install", "-at_install")
class TestPortal(PortalCase):
    """A customer opens a return, and follows it."""

    def test_a_buyer_opens_a_return_in_three_steps(self):
        start = self.url_open(self.order._ecom_return_path())
        self.assertIn("What do you send back?", start.text)
        why = self.post(f"{self.order._ecom_return_path()}/why", self.said())
        self.assertIn("Why does it come back?", why.text)
        self.assertNotIn("Could not be delivered", why.text, "a reason that only we use")
        how = self.post(f"{self.order._ecom_return_path()}/how", self.said())
        self.assertIn("What would you like?", how.text)
        self.assertFalse(self.returns(), "nothing is opened before it is confirmed")
        done = self.post(f"{self.order._ecom_return_path()}/done", self.said())
        record = self.returns()
        self.assertIn(record.name, done.text)
        self.assertEqual((record.authorisation, record.by_buyer), ("approved", True))
        self.assertEqual((record.line_ids.quantity, record.line_ids.reason_id), (1, self.unwanted))

    def test_each_step_asks_again_for_what_is_missing(self):
        path = self.order._ecom_return_path()
        self.assertIn("at least one article", self.post(f"{path}/why", self.said("0")).text)
        for nonsense in ("9", "-1", "nan", "inf", "1e400", "two"):
            self.assertIn("not more than came", self.post(f"{path}/done", self.said(nonsense)).text, nonsense)
        self.assertIn(
            "choose a reason", self.post(f"{path}/how", self.said(**{f"reason-{self.key(self.shirt)}": "0"})).text
        )
        self.assertIn("like instead", self.post(f"{path}/done", self.said(wish="everything")).text)
        self.assertFalse(self.returns())

    def test_what_was_answered_and_photographed_stands_on_the_return(self):
        key = self.key(self.shirt)
        files = [
            (f"photos-{key}", ("a.jpg", photo(), "image/jpeg")),
            (f"photos-{key}", ("b.png", photo("PNG"), "image/png")),
        ]
        path = f"{self.order._ecom_return_path()}/done"
        self.post(path, self.said(reason=self.damaged, **{f"answer-{key}": "The sleeve is torn"}), files)
        line = self.returns().line_ids
        self.assertEqual((line.answer, len(line.photo_ids)), ("The sleeve is torn", 2))
        self.assertEqual(set(line.photo_ids.mapped("mimetype")), {"image/jpeg"})
        self.assertEqual(self.returns().authorisation, "approved", "the photo that the reason asks for is there")
        self.assertTrue(line.photo_ids.with_user(self.user("operator"))[0].raw)

    def test_uploads_are_checked_for_type_size_and_number(self):
        key = self.key(self.shirt)
        path = f"{self.order._ecom_return_path()}/done"

        def upload(*bodies):
            files = [(f"photos-{key}", ("x.jpg", body, "image/jpeg")) for body in bodies]
            return self.post(path, self.said(reason=self.damaged), files).text

        self.assertIn("as JPEG or PNG", upload(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"))
        self.assertIn("as JPEG or PNG", upload(b"MZ not a photo"))
        self.assertIn("as JPEG or PNG", upload(photo("GIF")))
        self.assertIn("as JPEG or PNG", upload(photo()[:200]), "cut off")
        self.assertIn("larger than 8 MB", upload(photo() + b"\0" * (8 * 1024 * 1024)))
        self.assertIn("up to five", upload(*[photo()] * (MOST + 1)))
        self.assertFalse(self.returns())

    def test_a_photo_is_drawn_anew_without_what_hides_in_it(self):
        file = io.BytesIO()
        exif = Image.Exif()
        exif[0x010E] = "at home, Ring 1"
        Image.new("RGB", (4000, 20), "red").save(file, "JPEG", exif=exif)
        files = [(f"photos-{self.key(self.shirt)}", ("x.jpg", file.getvalue() + b"<?php ?>", "image/jpeg"))]
        self.post(f"{self.order._ecom_return_path()}/done", self.said(reason=self.damaged), files)
        kept = base64.b64decode(self.returns().line_ids.photo_ids.datas)
        self.assertNotIn(b"Ring 1", kept)
        self.assertNotIn(b"php", kept)
        self.assertEqual(Image.open(io.BytesIO(kept)).size[0], 1920)

    def test_the_policy_refuses_with_its_reason_and_the_page_says_it(self):
        self.order.picking_ids.date_done = "2026-01-01"
        page = self.post(f"{self.order._ecom_return_path()}/done", self.said()).text
        self.assertEqual((self.returns().authorisation, self.returns().refusal_code), ("rejected", "too_late"))
        self.assertIn("The time to send it back is over.", page)

    def test_the_policy_sends_to_a_person_and_the_page_does_not_say_why(self):
        self.policy.write({"withdrawal": False, "returner_limit": 1})
        page = self.post(f"{self.order._ecom_return_path()}/done", self.said()).text
        self.assertEqual(self.returns().authorisation, "requested")
        self.assertIn("returns often: 1 returns and 1 orders", self.returns().findings)
        self.assertIn("do not send anything yet", page)
        self.assertNotIn("returns often", page)

    def test_confirmed_twice_it_is_opened_once(self):
        path = f"{self.order._ecom_return_path()}/done"
        self.post(path, self.said("3"))
        self.assertIn("at least one article", self.post(path, self.said("3")).text)
        self.assertEqual(len(self.returns()), 1)

    def test_one_computer_opens_so_many_an_hour(self):
        digest = self.env["ecom.return.notice"]._digest("127.0.0.1")
        other = self.sold((self.shirt, AN_HOUR, 10), invoice=False)
        for _number in range(AN_HOUR):
            self.opened(other, 1, address_digest=digest)
        answer = self.post(f"{self.order._ecom_return_path()}/done", self.said())
        self.assertEqual((answer.status_code, len(self.returns())), (429, 0))

    # ------------------------------------------------------------------- links
    def test_a_link_that_we_did_not_sign_shows_nothing(self):
        link = self.order._ecom_return_path()
        head, payload = link.rsplit("/", 1)
        other = "A" if payload[-1] != "A" else "B"
        for wrong in (payload[:-8] + other * 8, "A" * 80, "x", "%C3%A4", payload[:20]):
            for step in ("", "/why", "/how", "/done"):
                answer = self.post(f"{head}/{wrong}{step}", self.said())
                self.assertEqual(answer.status_code, 404, (wrong, step))
                self.assertNotIn(self.order.name, answer.text)
        self.assertFalse(self.returns())

    def test_a_link_opens_its_own_order_alone(self):
        mine, self.order = self.order, self.sold((self.shirt, 1, 10))
        self.assertIn("at least one article", self.post(f"{mine._ecom_return_path()}/done", self.said()).text)
        self.assertFalse(self.returns())

    def test_a_cancelled_order_has_no_link(self):
        path = self.order._ecom_return_path()
        self.order.state = "cancel"
        self.assertEqual(self.url_open(path).status_code, 404)

    # ------------------------------------------------------------- his own page
    def test_a_customer_opens_one_from_his_order(self):
        self.login(self.buyer, "annaannaanna")
        self.assertIn("Send something back", self.url_open(f"/my/orders/{self.order.id}").text)
        self.assertIn("What do you send back?", self.url_open(f"/my/orders/{self.order.id}/return").text)

    def test_other_peoples_orders_are_refused(self):
        self.login(self.env["res.partner"].create({"name": "Thief"}), "thiefthief")
        for number in (self.order.id, 999999):
            answer = self.url_open(f"/my/orders/{number}/return", allow_redirects=False)
            self.assertEqual((answer.status_code, answer.headers["Location"].split("/")[-1]), (303, "my"))

    def test_a_customer_sees_his_returns_and_nobody_elses(self):
        record = self.agreed(self.order, 1)
        other = self.env["res.partner"].create({"name": "Somebody else"})
        foreign = self.agreed(self.sold(invoice=False, partner_id=other.id), 1)
        self.login(self.buyer, "annaannaanna")
        page = self.url_open("/my/returns").text
        self.assertIn(record.name, page)
        self.assertNotIn(foreign.name, page)
        self.assertEqual(self.url_open(f"/my/returns/{record.id}").status_code, 200)
        for number in (foreign.id, 999999):
            for path in ("", "/slip", "/label"):
                self.assertEqual(self.url_open(f"/my/returns/{number}{path}").status_code, 404)
            for path in ("/sent", "/cancel"):
                self.assertEqual(self.post(f"/my/returns/{number}{path}", {"number": "1"}).status_code, 404)
        self.assertEqual(foreign.authorisation, "approved")

    def test_a_guest_sees_the_page_by_its_link_alone(self):
        record = self.agreed(self.order, 1)
        self.assertEqual(self.url_open(record.get_portal_url()).status_code, 200)
        self.assertEqual(self.url_open(f"/my/returns/{record.id}?access_token=wrong").status_code, 404)
        self.assertEqual(self.url_open(f"/my/returns/{record.id}").status_code, 404)

    def test_portal_users_have_no_rights_on_returns_themselves(self):
        self.agreed(self.order, 1)
        user = self.login(self.buyer, "annaannaanna")
        self.assertFalse(self.env["ecom.return"].with_user(user).has_access("read"))
        self.assertFalse(self.env["ecom.return.line"].with_user(user).has_access("read"))

    # ------------------------------------------------------------------- parcel
    def test_a_buyer_says_that_he_sent_it(self):
        record = self.agreed(self.order, 1)
        token = record._portal_ensure_token()
        self.post(f"/my/returns/{record.id}/sent", {"access_token": token, "carrier": "Post", "number": "RR1"})
        self.assertEqual((record.line_ids.goods, record.parcel_number), ("in_transit", "RR1"))
        self.assertEqual(record.picking_ids.carrier_tracking_ref, "RR1")
        self.receive(record)
        self.assertEqual(record.line_ids.goods, "received")

    def test_a_buyer_cancels_what_he_did_not_send(self):
        record = self.agreed(self.order, 1)
        token = record._portal_ensure_token()
        self.post(f"/my/returns/{record.id}/cancel", {"access_token": token})
        self.assertEqual(record.authorisation, "cancelled")
        record = self.received(self.order, 1)
        self.post(f"/my/returns/{record.id}/cancel", {"access_token": record._portal_ensure_token()})
        self.assertEqual(record.authorisation, "approved", "what is here is not cancelled")

    def test_the_slip_has_the_address_and_no_prices(self):
        record = self.agreed(self.order, 1)
        token = record._portal_ensure_token()
        slip = self.url_open(f"/my/returns/{record.id}/slip?access_token={token}")
        self.assertEqual(slip.status_code, 200)
        page = self.env["ir.actions.report"]._render_qweb_html("ecom_returns.ecom_return_slip", record.ids)[0].decode()
        self.assertIn(record.name, page)
        self.assertIn("data:image/png", page, "a barcode to scan")
        self.assertNotRegex(page, r"10\.00|12\.00")


@tagged("post_install", "-at_install")
class TestGift(PortalCase):
    """Whoever got it as a present sends it back: without the price, and without the giver."""

    def give_back(self, **values):
        values = {"wish": "exchange", "name": "Bert", "email": "bert@example.com", **values}
        return self.post(f"{self.order._ecom_return_path(gift=True)}/done", self.said(**values))

    def test_gift_receipt_without_the_buyers_identity_or_price(self):
        path = self.order._ecom_return_path(gift=True)
        pages = [self.url_open(path), self.post(f"{path}/why", self.said()), self.post(f"{path}/how", self.said())]
        pages.append(self.give_back())
        record = self.returns()
        self.assertTrue(record.is_gift)
        self.receive(record)
        self.decide(record)
        self.credited(record)
        pages.append(self.url_open(record.get_portal_url()))
        slips = self.env["ir.actions.report"]._render_qweb_html("ecom_returns.ecom_return_slip", record.ids)[0].decode()
        slips += (
            self.env["ir.actions.report"]
            ._render_qweb_html("ecom_returns.sale_order_gift_slip", self.order.ids)[0]
            .decode()
        )
        self.env["ecom.return.letter"]._cron_send()
        mails = self.env["mail.mail"].search([("model", "=", "ecom.return"), ("res_id", "=", record.id)])
        shown = [page.text for page in pages] + [slips] + mails.mapped("body_html")
        for text in shown:
            self.assertNotIn("Anna", text)
            self.assertNotIn("anna@", text)
            self.assertNotIn(self.order.name, text)
            self.assertIsNone(re.search(r"\b(10|12)\.00\b", text))
        self.assertEqual(set(mails.mapped("email_to")), {"bert@example.com"})

    def test_money_back_is_not_offered_for_a_present(self):
        self.assertNotIn("Money Back", self.post(f"{self.order._ecom_return_path(gift=True)}/how", self.said()).text)
        self.assertIn("like instead", self.give_back(wish="refund").text)
        self.assertFalse(self.returns())

    def test_the_giver_does_not_see_it(self):
        self.give_back()
        new_test_user(self.env, "annaannaanna", "base.group_portal", password="annaannaanna", partner_id=self.buyer.id)
        self.authenticate("annaannaanna", "annaannaanna")
        self.assertNotIn(self.returns().name, self.url_open("/my/returns").text)
        self.assertEqual(self.url_open(f"/my/returns/{self.returns().id}").status_code, 404)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(self.returns().get_portal_url()).status_code, 200)

    def test_a_present_needs_an_address_to_write_to(self):
        self.assertIn("valid e-mail", self.give_back(email="bert").text)
        self.assertFalse(self.returns())
