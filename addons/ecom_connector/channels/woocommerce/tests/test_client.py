import unittest
from urllib.parse import urlsplit

from ...errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from .. import signing
from ..client import connect, shop_address
from .pretend import CREDENTIALS, PretendShop, answer, pages, problem

INDEX = {
    "name": "Sample Shop",
    "url": "https://shop.example",
    "gmt_offset": "0",
    "timezone_string": "Europe/Brussels",
    "namespaces": ["wp/v2", "wc/v3"],
}


class Connecting(unittest.TestCase):
    def test_what_people_paste_becomes_the_address_of_the_shop(self):
        for pasted, address in (
            ("shop.example", "https://shop.example"),
            (" https://shop.example/ ", "https://shop.example"),
            ("HTTP://Shop.Example:8081/store/", "http://shop.example:8081/store"),
            ("https://shop.example/store/wp-json/wc/v3/", "https://shop.example/store"),
            ("https://shop.example/wp-admin/admin.php?page=wc-settings", "https://shop.example"),
            ("http://[::1]:81", "http://[::1]:81"),
        ):
            with self.subTest(pasted=pasted):
                self.assertEqual(shop_address(pasted), address)

    def test_what_is_no_address_is_refused(self):
        for pasted in (
            "ftp://shop.example",
            "https://",
            "file:///etc/passwd",
            "https://me:secret@shop.example",
            "http://a:b:c",
        ):
            with self.subTest(pasted=pasted), self.assertRaises(Refused):
                shop_address(pasted)

    def test_missing_credentials_are_named(self):
        with self.assertRaisesRegex(Refused, "consumer secret"):
            connect({**CREDENTIALS, "consumer_secret": " "})

    def test_secrets_do_not_show_in_the_client(self):
        self.assertNotIn("cs_sample", repr(connect(CREDENTIALS, PretendShop({}))))


class ProvingWhoWeAre(unittest.TestCase):
    def test_over_https_key_and_secret_are_sent_as_basic(self):
        shop = PretendShop({("GET", "orders"): answer([])})
        shop.client().get("orders", what="x")
        self.assertEqual(shop.asked[0].headers["Authorization"], "Basic Y2tfc2FtcGxlOmNzX3NhbXBsZQ==")
        self.assertTrue(callable(shop.asked[0].auth))

    def test_over_http_the_secret_is_never_sent(self):
        shop = PretendShop({("GET", "orders"): [answer([]), answer([])]})
        client = shop.client(url="http://shop.example")
        client.get("orders", {"search": "é & ü"}, what="x")
        client.get("orders", what="x")
        first, second = (request.headers["Authorization"] for request in shop.asked)
        self.assertTrue(first.startswith('OAuth oauth_consumer_key="ck_sample"'))
        self.assertIn('oauth_signature_method="HMAC-SHA256"', first)
        self.assertNotIn("cs_sample", first)
        self.assertNotEqual(first, second)

    def test_the_signed_text_is_the_one_of_the_standard(self):
        """The worked example of RFC 5849, 3.4.1.1, as far as a request without a token goes."""
        params = {"b5": "=%3D", "a3": "a", "c@": "", "a2": "r b", "oauth_nonce": "7d8f3e4a"}
        self.assertEqual(
            signing.base_string("post", "HTTP://EXAMPLE.com/request", params),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D"
            "%26oauth_nonce%3D7d8f3e4a",
        )

    def test_the_signature_covers_the_parameters_of_the_address(self):
        claims = {"oauth_signature_method": "HMAC-SHA256", "oauth_nonce": "n", "oauth_timestamp": "1"}
        url = "http://shop.example/wp-json/wc/v3/orders"
        signed = signing.signature("GET", url, {"page": 1, **claims}, "cs")
        self.assertEqual(signed, signing.signature("GET", url, {**claims, "page": "1"}, "cs"))
        self.assertNotEqual(signed, signing.signature("GET", url, {"page": 2, **claims}, "cs"))
        self.assertNotEqual(signed, signing.signature("GET", url, {"page": 1, **claims}, "other"))


class ReadingAnswers(unittest.TestCase):
    def ask(self, response, method="get"):
        shop = PretendShop({(method.upper(), "orders"): response})
        client = shop.client()
        if method == "get":
            return client.get("orders", what="Trying")
        return getattr(client, method)("orders", {}, what="Trying")

    def test_the_code_of_an_error_decides_before_its_status(self):
        for response, error in (
            (problem(500, "woocommerce_rest_invalid_order_refund_amount"), Rejected),
            (problem(500, "woocommerce_rest_cannot_create_order_refund"), Rejected),
            (problem(500, "internal_server_error"), Unreachable),
            (problem(401, "woocommerce_rest_cannot_view"), Refused),
            (problem(403, "rest_forbidden"), Refused),
            (problem(404, "woocommerce_rest_shop_order_invalid_id"), Gone),
            (problem(404, "rest_no_route"), Rejected),
            (problem(400, "rest_invalid_param"), Rejected),
            (answer(b"<html>", 404), Unreachable),
            (answer(b"<html>", 500), Unreachable),
            (answer(b"<html>", 503), Unreachable),
            (answer(b"<html>", 403), Refused),
            (answer(b"<html>", 418), Rejected),
        ):
            with self.subTest(status=response.status, body=response.body[:60]), self.assertRaises(error) as caught:
                self.ask(response)
            self.assertIs(type(caught.exception), error)

    def test_a_missing_route_is_not_a_missing_order(self):
        """WooCommerce switched off answers 404 to everything; no order was deleted by that."""
        with self.assertRaises(Rejected) as caught:
            self.ask(problem(404, "rest_no_route"))
        self.assertNotIsInstance(caught.exception, Gone)

    def test_a_busy_shop_says_when_to_come_back(self):
        for status in (429, 503):
            with self.assertRaises(Busy) as caught:
                self.ask(answer(b"", status, Retry_After="7"))
            self.assertEqual(caught.exception.retry_after, 7)

    def test_a_write_that_broke_off_may_have_been_applied(self):
        for status in (500, 502, 504, 524):
            with self.subTest(status=status), self.assertRaises(Unanswered):
                self.ask(answer(b"<html>", status), "put")
        with self.assertRaises(Unreachable) as caught:
            self.ask(answer(b"", 503), "post")
        self.assertNotIsInstance(caught.exception, Unanswered)

    def test_a_redirected_write_is_not_taken_for_done(self):
        with self.assertRaises(Refused):
            self.ask(answer(b"", 301), "post")
        with self.assertRaises(Unreachable):
            self.ask(answer(b"", 302), "post")

    def test_the_message_of_the_shop_is_shown_without_markup(self):
        response = problem(400, "x", "<strong>Invalid</strong> &amp;\n odd <a href='http://x'>id</a>")
        with self.assertRaises(Rejected) as caught:
            self.ask(response)
        self.assertEqual(str(caught.exception), "Trying: Invalid & odd id")
        self.assertEqual((caught.exception.code, caught.exception.status), ("x", 400))


class CheckingAShop(unittest.TestCase):
    def shop(self, **changes):
        answers = {
            "index": ("GET", "", answer(INDEX)),
            "orders": ("GET", "orders", pages([{"id": 1, "version": "9.9.5"}], 1)),
            "products": ("GET", "products", pages([], 0)),
            "currency": ("GET", "data/currencies/current", answer({"code": "EUR"})),
            "write_orders": ("POST", "orders/batch", answer([])),
            "write_products": ("POST", "products/batch", answer([])),
            "write_webhooks": ("POST", "webhooks/batch", answer([])),
        }
        for name, response in changes.items():
            answers[name] = (*answers[name][:2], response)
        return PretendShop({(method, path): response for method, path, response in answers.values()})

    def test_a_good_key_gives_name_currency_version_and_time_zone(self):
        shop = self.shop()
        found = shop.client().check()
        self.assertEqual((found.external_id, found.name, found.currency), ("shop.example", "Sample Shop", "EUR"))
        self.assertEqual((found.version, found.timezone, found.missing_scopes), ("9.9.5", "Europe/Brussels", ()))
        self.assertEqual(shop.unused(), [])

    def test_the_public_index_is_asked_without_the_key(self):
        shop = self.shop()
        shop.client().check()
        self.assertNotIn("Authorization", shop.asked[0].headers)
        self.assertEqual(urlsplit(shop.asked[0].url).path, "/wp-json/")

    def test_the_write_test_writes_nothing(self):
        shop = self.shop()
        shop.client().check()
        self.assertEqual({request.body for request in shop.asked if request.writes}, {b"{}"})

    def test_a_read_only_key_is_found(self):
        said = "The API key provided does not have write permissions."
        refused = problem(401, "woocommerce_rest_authentication_error", said)
        found = self.shop(write_orders=refused, write_products=refused).client().check()
        self.assertEqual(
            found.missing_scopes, ("Change orders (shipments, refunds)", "Change products (stock, prices)")
        )

    def test_a_missing_permission_is_named(self):
        refused = problem(401, "woocommerce_rest_cannot_view")
        found = self.shop(currency=refused, products=refused).client().check()
        self.assertEqual(found.missing_scopes, ("Read products", "Read the shop's currency"))
        self.assertEqual(found.currency, "")

    def test_a_wrong_secret_is_refused_in_the_words_of_the_shop(self):
        wrong = problem(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.")
        with self.assertRaisesRegex(Refused, "Consumer secret is invalid"):
            self.shop(orders=wrong).client().check()

    def test_an_unknown_key_is_explained(self):
        refused = problem(401, "woocommerce_rest_cannot_view")
        with self.assertRaisesRegex(Refused, "does not accept the key"):
            self.shop(orders=refused, products=refused).client().check()

    def test_an_address_without_woocommerce_is_refused(self):
        with self.assertRaisesRegex(Refused, "WooCommerce is not active"):
            self.shop(index=answer({**INDEX, "namespaces": ["wp/v2"]})).client().check()
        with self.assertRaisesRegex(Refused, "pretty permalinks"):
            self.shop(index=answer(b"<html>")).client().check()

    def test_a_hidden_index_does_not_stop_a_good_key(self):
        found = self.shop(index=problem(401, "rest_login_required")).client().check()
        self.assertEqual((found.name, found.timezone), ("shop.example", ""))

    def test_an_offset_stands_for_a_missing_time_zone(self):
        for offset, name in (("0", "UTC"), (5.5, "UTC+05:30"), ("-3", "UTC-03:00")):
            index = answer({**INDEX, "timezone_string": "", "gmt_offset": offset})
            self.assertEqual(self.shop(index=index).client().check().timezone, name)

    def test_an_answer_that_is_not_json_is_unreadable(self):
        with self.assertRaises(Unreadable):
            self.shop(currency=answer(b"<!-- cached -->")).client().check()


if __name__ == "__main__":
    unittest.main()
