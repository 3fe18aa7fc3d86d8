"""A record of every model of these add-ons, all public methods, and what a call to one of them changed."""

import inspect
from contextlib import contextmanager

from odoo import fields
from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.service.model import get_public_method
from odoo.tests import HttpCase
from odoo.tools import SQL, mute_logger

PREFIX = "ecom_"
MARK = "Mark4711"  # stands in every text of every record: an answer that holds it has told something
SECRET = "Secret4712"  # what nobody but the engine may ever see

# Written by Odoo whenever anybody calls anything.
NOISE = {"bus_bus", "bus_presence", "ir_logging", "mail_presence", "res_device_log", "res_users_log"}

# What parameters of these names are given; of other names, nothing.
ARGUMENTS = {
    "domain": [],
    "fields": ["id"],
    "field_names": ["id"],
    "fields_list": ["name"],
    "fields_to_export": ["id", "name"],
    "fname": "name",
    "field_name": "name",
    "fnames": ["name"],
    "groupby": ["id"],
    "grouping_sets": [["id"]],
    "aggregates": ["__count"],
    "progress_bar": {"field": "id", "colors": {}},
    "specification": {},
    "name": "x",
    "operation": "read",
    "view_id": None,
    "views": [[False, "form"]],
    "values": {},
    "vals": {},
    "vals_list": [{}],
    "data": [["x"]],
    "reason": "because",
    "decision": "because",
    "translations": {"en_US": "x"},
    "body": "x",
    "message": "From: a@example.com\nTo: b@example.com\nSubject: x\n\nx",
    "message_dict": {"body": "x", "subject": "x", "email_from": "a@example.com"},
    "msg_dict": {"body": "x", "subject": "x", "email_from": "a@example.com"},
    "model": "ecom.channel",
}


class RpcCase(HttpCase):
    counts = {}  # of rows written, by table, when the last call was done

    # ------------------------------------------------------------------- methods
    def our_models(self):
        return sorted(name for name, cls in self.env.registry.items() if cls._original_module.startswith(PREFIX))

    def public_methods(self, model):
        """Whatever RPC would let anybody call."""
        names = []
        for name in dir(type(self.env[model])):
            try:
                get_public_method(self.env[model], name)
            except (AccessError, AttributeError):
                continue
            names.append(name)
        return names

    def added_to_core(self):
        """(model, method) of what these add-ons define on models of others."""
        for model, cls in self.env.registry.items():
            if cls._original_module.startswith(PREFIX):
                continue
            for base in cls.__mro__:
                if base.__module__.startswith(f"odoo.addons.{PREFIX}"):
                    for name, member in vars(base).items():
                        if callable(member) and name in self.public_methods(model):
                            yield model, name

    def is_ours(self, model, method):
        """Whether these add-ons wrote that method."""
        owner = next(cls for cls in type(self.env[model]).__mro__ if method in vars(cls))
        return owner.__module__.startswith(f"odoo.addons.{PREFIX}")

    # ------------------------------------------------------------------- records
    def make(self, model, **values):
        """A record with every required field filled, and MARK in all its texts."""
        record = self.env[model].create({**self.required(model), **values})
        self.made[model] = record
        return record

    def one(self, model):
        """The record of that model which this test made, or any that is there, or a new one."""
        if model in self.made:
            return self.made[model]
        if not self.env[model]._auto:  # a view of other tables: what stands in them
            return self.env[model].search([], limit=1)
        if not self.env[model]._name.startswith("ecom."):
            found = self.env[model].search([], limit=1)
            if found:
                return found
        return self.make(model)

    def required(self, model):
        values, defaults = {}, self.env[model].default_get(list(self.env[model]._fields))
        for name, field in self.env[model]._fields.items():
            if not field.store or name in MAGIC_COLUMNS or field.related or (field.compute and not field.required):
                continue
            if field.type in ("char", "text") and not field.readonly:
                values[name] = f"[('name', '=', '{MARK}')]" if name == "domain" else MARK
            elif field.required and not defaults.get(name):
                values[name] = self.value(model, field)
        return values

    def value(self, model, field):
        if field.type == "many2one":
            return self.one(field.comodel_name).id
        if field.type == "selection":
            return field.get_values(self.env)[0]
        if field.type in ("datetime", "date"):
            return fields.Datetime.now()
        return {"boolean": True, "many2many": [], "one2many": []}.get(field.type, 1)

    # --------------------------------------------------------------------- calls
    def arguments(self, model, method):
        """Positional arguments for every required parameter, after the ids where the method wants some."""
        function = getattr(type(self.env[model]), method)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        given = []
        for parameter in parameters:
            if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD:
                break
            if parameter.default is parameter.empty or parameter.name in ("values", "vals", "reason"):
                given.append(ARGUMENTS.get(parameter.name))
        if getattr(function, "_api_model", False):
            return given
        return [self.ids(model), *given]

    def ids(self, model):
        return [] if self.env[model]._abstract else self.one(model).ids

    def rpc(self, model, method, args):
        """The answer as text, and whether it was an error."""
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        question = {"jsonrpc": "2.0", "method": "call", "params": params}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model"):
            answer = self.url_open("/web/dataset/call_kw", json=question)
        return answer.text, "error" in answer.json()

    @contextmanager
    def undone(self):
        """What happens inside is undone."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT rpc_call")
        try:
            yield
        finally:
            self.env.cr.execute("ROLLBACK TO SAVEPOINT rpc_call")
            self.env.invalidate_all()

    def call(self, model, method, args):
        """(answer, is an error, tables it changed). Everything is undone again, but for the counts of what was
        written: those after one call are those before the next."""
        before = self.counts
        with self.undone():
            answer, failed = self.rpc(model, method, args)
            self.counts = self.touched()
            suspects = {table for table, count in self.counts.items() if count != before.get(table)} - NOISE
            contents = {table: self.content(table) for table in suspects}
        # A write that was rolled back counts as touched, so the contents decide.
        return answer, failed, {table for table in suspects if contents[table] != self.content(table)}

    def touched(self):
        """How many rows this transaction wrote, by table. The view of these figures would ask for ten others, too."""
        self.env.cr.execute(
            """SELECT relname, written FROM pg_class CROSS JOIN LATERAL (
                      SELECT pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
                           + pg_stat_get_xact_tuples_deleted(oid) AS written) counted
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND written > 0"""
        )
        return dict(self.env.cr.fetchall())

    def content(self, table):
        rows = SQL("SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM %s t", SQL.identifier(table))
        self.env.cr.execute(rows)
        return self.env.cr.fetchone()[0]
