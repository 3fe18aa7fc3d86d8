import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import sealing

STORE_ATTEMPTS = 5


class EcomChannelCredential(models.Model):
    """One secret or token of a channel. It can be entered and replaced, by whomever; it is never read back."""

    _name = "ecom.channel.credential"
    _description = "Channel Credential"
    _order = "channel_id, name"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    name = fields.Char(required=True)
    value = fields.Char(
        compute="_compute_value", inverse="_inverse_value", copy=False, help="Enter a new value to replace the old one."
    )
    sealed = fields.Char(copy=False, readonly=True, prefetch=False, groups=fields.NO_ACCESS)
    fingerprint = fields.Char(
        copy=False, readonly=True, groups=fields.NO_ACCESS, help="The database in which the value was entered."
    )

    _name_uniq = models.UniqueIndex("(channel_id, name)")

    def _compute_value(self):
        """What was entered never comes out again: not in a view, an export or a read."""
        self.value = False

    def _inverse_value(self):
        # Read all before the first is kept: keeping forgets what the others of the same call still hold.
        for channel, name, value in [(row.channel_id, row.name, row.value) for row in self]:
            if value:
                self._put(channel, {name: value})

    @api.model
    def _put(self, channel, values):
        """Keep {name: value} sealed; an empty value forgets it. SQL because the ORM knows no ON CONFLICT: of several
        workers that rotate a token at once the last one wins, under the row's lock."""
        self.sudo().flush_model()
        fingerprint = self._present_fingerprint()
        for name, value in values.items():
            if not value:
                self.sudo().search([("channel_id", "=", channel.id), ("name", "=", name)]).unlink()
                continue
            query = SQL(
                """INSERT INTO ecom_channel_credential (channel_id, company_id, name, sealed, fingerprint,
                                                        create_uid, create_date, write_uid, write_date)
                   VALUES (%(channel)s, %(company)s, %(name)s, %(sealed)s, %(fingerprint)s,
                           %(uid)s, %(now)s, %(uid)s, %(now)s)
                   ON CONFLICT (channel_id, name) DO UPDATE
                      SET sealed = excluded.sealed, fingerprint = excluded.fingerprint,
                          write_uid = excluded.write_uid, write_date = excluded.write_date""",
                channel=channel.id,
                company=channel.company_id.id,
                name=name,
                sealed=self._seal(value),
                fingerprint=fingerprint,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
            self.env.cr.execute(query, log_exceptions=False)
        self.sudo().invalidate_model()

    @api.model
    def _seal(self, value):
        try:
            return sealing.seal(value)
        except sealing.LostKey:
            raise UserError(
                self.env._(
                    "The server's key for credentials (%(option)s) is unusable. Ask whoever runs the server to put in "
                    "a key of 32 random bytes in base64.",
                    option=sealing.OPTION,
                )
            ) from None

    @api.model
    def _present_fingerprint(self):
        """Which database this is: its own id, its name, and the server cluster it lies in. A copy differs in at least
        one of them. Where the cluster's id may not be asked for, the number of the database in it must do."""
        self.env.cr.execute(
            SQL(
                """SELECT current_database(), d.oid::text,
                          CASE WHEN has_function_privilege('pg_control_system()', 'execute')
                               THEN (SELECT system_identifier::text FROM pg_control_system()) END
                     FROM pg_database d WHERE d.datname = current_database()"""
            )
        )
        name, number, cluster = self.env.cr.fetchone()
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        return hashlib.sha256("\n".join((uuid, name, cluster or number)).encode()).hexdigest()

    def _is_from_elsewhere(self):
        """Whether any of these was entered in another database than this one."""
        present = self._present_fingerprint()
        return any(not hmac.compare_digest(row.fingerprint or "", present) for row in self.sudo())

    def _reseal(self):
        """After a new key was put first: seal with it what an older one had sealed. What no key opens stays."""
        for credential in self.sudo().search([("sealed", "!=", False)]):
            if sealing.is_current(credential.sealed):
                continue
            try:
                credential.sealed = sealing.seal(sealing.unseal(credential.sealed))
            except sealing.LostKey:
                continue


class CredentialStore(Mapping[str, str]):
    """The credentials of one channel by name, in plain text, for its client. Its text shows no value.

    `rotate` is for what the channel itself hands out: a rotated token must be safe before anything else happens, or a
    crash disconnects the shop.
    """

    def __init__(self, channel, values: Mapping[str, str]):
        self._registry = channel.pool
        self._channel_id = channel.id
        self._values = dict(values)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"CredentialStore({', '.join(sorted(self._values))})"

    def rotate(self, renew: Callable[[Mapping[str, str]], Mapping[str, str]]) -> "CredentialStore":
        """Renew tokens, one worker at a time: `renew` gets what is stored now and returns {name: value} to keep.

        The answer is committed at once, before anybody uses it. The lock is an advisory one on a cursor of its own:
        no row is locked and nothing is open for writing while the channel is asked. It is taken in a transaction
        before the one that reads, whose snapshot would else be older than what the last holder kept.
        """
        with self._registry.cursor() as lock:
            lock.execute("SET LOCAL lock_timeout = '20s'")
            lock.execute("SELECT pg_advisory_xact_lock(hashtext('ecom.channel.credential'), %s)", [self._channel_id])
            with self._channel() as channel:
                self._values = dict(channel._credentials())
            fresh = renew(dict(self._values))
            if fresh:
                self._keep(fresh)
        return self

    def _keep(self, fresh: Mapping[str, str]) -> None:
        """Raises OperationalError when somebody else has kept the rows locked for seconds."""
        for attempt in range(1, STORE_ATTEMPTS + 1):
            try:
                with self._channel() as channel:
                    channel.env.cr.execute("SET LOCAL lock_timeout = '5s'")
                    channel.env["ecom.channel.credential"]._put(channel, fresh)
                break
            except OperationalError:
                if attempt == STORE_ATTEMPTS:
                    raise
        self._values.update(fresh)

    @contextmanager
    def _channel(self):
        """The channel in a transaction of its own."""
        with self._registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})["ecom.channel"].browse(self._channel_id)
