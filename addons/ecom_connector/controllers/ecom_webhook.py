import logging

from psycopg2.errors import SerializationFailure
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    ServiceUnavailable,
    Unauthorized,
)

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..channels import CHANNELS
from ..channels.errors import BadSignature, ChannelError, Refused
from ..channels.storable import LONGEST_KEY, is_plain
from ..models.ecom_channel_webhook import PING_HEADER

_logger = logging.getLogger(__name__)

# The largest order that was ever recorded has some 100 kB; a proxy in front must let pass as much.
LARGEST_BODY = 4 * 1024 * 1024
STORE_ATTEMPTS = 5
CHANNEL_FIELDS = ["name", "code", "mode", "company_id", "webhook_key"]


class EcomWebhook(http.Controller):
    """What channels push to us. Verified, stored, committed, answered; understood later by the engine.

        200   stored and committed, or nothing to store (a ping)
        400   the body ended before it was complete
        401   the signature is missing or wrong
        404   no channel has this address
        413   too large, not even read
        503   the channel is off, or has no secret to verify with: come again, or let the poll find it. Not 410, which
              makes some platforms give up the subscription for good

    The transaction is committed by Odoo after this method has returned and before the answer is sent; where that
    fails the answer is 500.
    """

    @http.route(
        "/ecom/webhook/<string:key>",
        type="ecom_raw",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=LARGEST_BODY + 1,
    )
    def receive(self, key):
        channel = self._channel(key)
        headers = {name.lower(): value for name, value in request.httprequest.headers.items()}
        if PING_HEADER in headers:
            return self._pong(channel, headers[PING_HEADER])
        webhook = channel._adapter().noun("webhook")
        if webhook is None:
            raise NotFound()
        if channel.mode == "off":
            raise ServiceUnavailable("This channel is switched off.")
        body = self._body()
        if webhook.is_unsigned_ping(headers, body):
            return _answer()
        if not self._is_genuine(channel, webhook, headers, body):
            # Returned, not raised: what is noted about it is to stay.
            channel._complain_of_signature()
            return _answer("The signature does not fit.", status=401)
        item = self._item(channel, webhook, headers, body)
        if item:
            self._store(channel, item)
        return _answer()

    @http.route("/ecom/webhook/<string:key>", type="http", auth="none", methods=["GET"], csrf=False, save_session=False)
    def answer_challenge(self, key, **params):
        """Some vendors ask the address whether it is ours before they deliver anything."""
        channel = self._channel(key)
        webhook = channel._adapter().noun("webhook")
        if not hasattr(webhook, "answer_challenge"):
            raise MethodNotAllowed(["POST"])
        if channel.mode == "off":
            raise NotFound()
        try:
            told = webhook.answer_challenge(params, channel.sudo().webhook_url, channel._webhook_secret())
        except Refused as error:
            raise ServiceUnavailable("This channel is paused.") from error
        if told is None:
            raise NotFound()
        return http.Response(told, content_type="application/json")

    def _pong(self, channel, ping):
        pong = channel._webhook_pong(ping)
        if not pong:
            raise Unauthorized("This ping is not ours.")
        return _answer(pong)

    def _channel(self, key):
        env = request.env(user=SUPERUSER_ID, context={"ecom_flow": True})
        channel = None
        if is_plain(key):
            channel = env["ecom.channel"].search_fetch([("webhook_key", "=", key)], CHANNEL_FIELDS)
        if not channel or channel.code not in CHANNELS:
            raise NotFound()
        return channel.with_company(channel.company_id)

    def _body(self):
        """413 by its stated length, before a byte is read, or as soon as it is longer; 400 where it ends too soon.

        Kept with the request: Odoo may call us again after a conflict in the database.
        """
        if (request.httprequest.content_length or 0) > LARGEST_BODY:
            raise RequestEntityTooLarge()
        try:
            body = request.httprequest.get_data(cache=True, parse_form_data=False)
        except HTTPException:
            raise
        except (OSError, ValueError) as error:
            raise BadRequest("The body cannot be read.") from error
        if len(body) > LARGEST_BODY:
            raise RequestEntityTooLarge()
        return body

    def _is_genuine(self, channel, webhook, headers, body):
        try:
            secret = channel._webhook_secret()
        except Refused as error:
            raise ServiceUnavailable("This channel is paused.") from error
        if not secret:
            raise ServiceUnavailable("This channel has no secret to verify with.")
        try:
            webhook.verify(headers, body, secret)
        except BadSignature:
            return False
        except Exception as error:
            # What makes the verifier stumble has proven nothing.
            _logger.error("%s: a signature could not be checked: %s", channel.code, type(error).__name__)
            return False
        return True

    def _item(self, channel, webhook, headers, body):
        """What to file, None for a ping. Whatever was signed is kept, also when nobody can read it."""
        event, kind = None, headers.get("content-type", "")
        try:
            event = webhook.read_event(headers, body)
        except Exception as error:
            if not isinstance(error, ChannelError):
                # Without its own words, which may quote the body.
                _logger.error("%s: a webhook could not be read: %s", channel.code, type(error).__name__)
        if event and event.topic == "ping":
            return None
        kind = kind[:LONGEST_KEY] if kind.isprintable() else ""
        return channel.env["ecom.flow.receive"]._told_item(event, body, kind)

    def _store(self, channel, item):
        for attempt in range(1, STORE_ATTEMPTS + 1):
            try:
                channel.env["ecom.flow.receive"]._store(channel, [item], topic=item["topic"])
                return
            except SerializationFailure:
                # The same delivery is being stored by somebody else: look again with a fresh snapshot, at once.
                if attempt == STORE_ATTEMPTS:
                    raise
                channel.env.cr.rollback()


def _answer(text="ok", status=200):
    return http.Response(text, status=status, content_type="text/plain; charset=utf-8")
