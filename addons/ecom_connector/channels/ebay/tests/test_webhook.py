import hashlib
import json
import unittest
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ...errors import BadSignature, Refused, Unreadable
from ...tests.answering import Answering
from .. import keys, signing, webhook

SECRET = "Odoo-App-PRD-1\ncertificate"
KEY = ec.generate_private_key(ec.SECP256R1())
NUMBER = "9936261a-7d7b-4621-a0f1-96ccb428af49"
DELETION = json.dumps(
    {
        "metadata": {"topic": "MARKETPLACE_ACCOUNT_DELETION", "schemaVersion": "1.0"},
        "notification": {"notificationId": "n-1", "data": {"username": "mug_lover", "userId": "u"}},
    }
).encode()


def signed(body, number=NUMBER, digest="SHA1"):
    kind = {"SHA1": hashes.SHA1, "SHA256": hashes.SHA256}[digest]
    signature = KEY.sign(body, ec.ECDSA(kind()))
    said = {"alg": "ecdsa", "kid": number, "signature": b64encode(signature).decode(), "digest": digest}
    return {"x-ebay-signature": b64encode(json.dumps(said).encode()).decode()}


def pem(key=KEY):
    """As eBay writes it: in one line."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode().replace("\n", "")


class Deliveries(unittest.TestCase):
    def setUp(self):
        super().setUp()
        keys._known.clear()
        keys.remember(NUMBER, "Odoo-App-PRD-1", keys.load(pem()))
        self.addCleanup(keys._known.clear)

    def test_a_signed_delivery_is_accepted_and_refused_after_any_byte_changed(self):
        for digest in ("SHA1", "SHA256"):
            headers = signed(DELETION, digest=digest)
            webhook.verify(headers, DELETION, SECRET)
            for place in range(0, len(DELETION), 7):
                forged = bytearray(DELETION)
                forged[place] ^= 1
                with self.assertRaises(BadSignature):
                    webhook.verify(headers, bytes(forged), SECRET)

    def test_whatever_stands_in_the_header_is_no_signature_unless_it_is_one(self):
        for claimed in ("", "x", "e30=", "W10=", b64encode(b'{"kid": 1, "signature": "!"}').decode()):
            with self.subTest(claimed=claimed), self.assertRaises(BadSignature):
                webhook.verify({"x-ebay-signature": claimed}, DELETION, SECRET)
        for secret in ("", "Odoo-App-PRD-1"):
            with self.assertRaises(BadSignature):
                webhook.verify(signed(DELETION), DELETION, secret)

    def test_a_key_is_fetched_once_and_an_invented_one_asked_for_once_a_minute(self):
        class Ebay(Answering):
            def access(self, request):
                return b'{"access_token": "t", "expires_in": 7200}' if "oauth2" in request.url else None

        ebay = Ebay(json.dumps({"key": pem(), "algorithm": "ECDSA", "digest": "SHA1"}).encode())
        for _time in range(3):
            self.assertIsNotNone(keys.find("other-key-1", "id", "secret", ebay))
        self.assertEqual(len(ebay.asked), 2)
        none = Ebay(b"{}", 404)
        for number in ("invented-1", "invented-1", "invented-2"):
            with self.assertRaises(BadSignature):
                keys.find(number, "id2", "secret", none)
        self.assertEqual(len(none.asked), 2)

    def test_the_deletion_of_an_account_is_an_erasure(self):
        event = webhook.read_event({}, DELETION)
        self.assertEqual((event.topic, event.external_id, event.delivery_id), ("privacy", "erasure:mug_lover", "n-1"))
        order = {"metadata": {"topic": "ORDER_CONFIRMATION"}, "notification": {"data": {"order": {"orderId": "12-1"}}}}
        self.assertEqual(webhook.read_event({}, json.dumps(order).encode()).external_id, "12-1")
        with self.assertRaises(Unreadable):
            webhook.read_event({}, b"{}")

    def test_the_challenge_is_answered_for_this_address_only(self):
        url, entered = "https://erp.example/ecom/webhook/k", f"{SECRET}\n{'t' * 40}"
        for secret in (SECRET, entered):
            told = json.loads(webhook.answer_challenge({"challenge_code": "abc"}, url, secret))
            token = webhook.verification_token(secret)
            self.assertEqual(told["challengeResponse"], hashlib.sha256(f"abc{token}{url}".encode()).hexdigest())
        self.assertEqual(webhook.verification_token(entered), "t" * 40)
        self.assertTrue(32 <= len(webhook.verification_token(SECRET)) <= 80)
        self.assertIsNone(webhook.answer_challenge({}, url, SECRET))


class DigitalSignatures(unittest.TestCase):
    def test_what_is_signed_is_the_digest_the_key_the_method_the_path_and_the_host(self):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        pair, url = (b64encode(private).decode(), "jwe-of-it"), "https://apiz.ebay.com/sell/finances/v1/payout?limit=1"
        headers = signing.signed(pair, "get", url, b"", now=1663459378)
        base = (
            '"x-ebay-signature-key": jwe-of-it\n"@method": GET\n"@path": /sell/finances/v1/payout\n'
            '"@authority": apiz.ebay.com\n'
            '"@signature-params": ("x-ebay-signature-key" "@method" "@path" "@authority");created=1663459378'
        )
        signature = headers["Signature"].removeprefix("sig1=:").removesuffix(":")
        key.public_key().verify(b64decode(signature), base.encode())
        with_body = signing.signed(pair, "POST", url, b'{"hello": "world"}', now=1)
        self.assertEqual(with_body["Content-Digest"], "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
        self.assertTrue(with_body["Signature-Input"].startswith('sig1=("content-digest" "x-ebay-signature-key"'))

    def test_a_spoiled_key_is_named(self):
        with self.assertRaisesRegex(Refused, "spoiled"):
            signing.signed(("AAAA", "jwe"), "GET", "https://apiz.ebay.com/x", b"")


if __name__ == "__main__":
    unittest.main()
