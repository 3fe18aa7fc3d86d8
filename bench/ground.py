"""What a benchmark stands on: databases and running Odoos, tidied up after it."""

from contextlib import ExitStack

from tools import database, odoo_command, template
from tools.odoo_server import OdooServer


class Ground:
    def __init__(self, server):
        self.server = server
        self._made = ExitStack()

    def database(self, name, addons=True):
        """A fresh database; without the add-ons it holds what they depend on only."""
        name = template.name_for(f"bench_{name}")
        if addons:
            template.fresh(self.server, name)
        else:
            database.copy(self.server, template.core(self.server), name)
        self._made.callback(database.drop, self.server, name)
        return name

    def odoo(self, name, *options, **settings):
        """A started Odoo on that database."""
        odoo = OdooServer(self.server, name, *options, **settings)
        self._made.callback(odoo.kill)
        return odoo.start()

    def environment(self):
        """Variables for a child process that opens the databases itself."""
        return odoo_command.environment(self.server)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._made.close()
