"""The add-ons install from the Apps menu and uninstall again, leaving nothing behind.

One at a time on a database with nothing but its declared dependencies, so that a
forgotten dependency shows; and all of them together.
"""

import json
import re

import pytest

from tools import database as databases
from tools import modules, odoo_command, template

ADDONS = modules.ours()
GLUE = [name for name in modules.manifests() if name not in ADDONS]
CASES = [[name] for name in ADDONS + GLUE] + ([ADDONS] if len(ADDONS) > 1 else [])

PRESS = """
import odoo
env["ir.module.module"].update_list()
found = env["ir.module.module"].search([("name", "in", {names!r})])
assert len(found) == {count}, found.mapped("name")
found.button_immediate_{verb}()
env.cr.commit()
# The registry was loaded anew meanwhile; this one still knows the old classes.
registry = odoo.modules.registry.Registry(env.cr.dbname)
env = odoo.api.Environment(registry.cursor(), odoo.SUPERUSER_ID, {{}})
"""

# What a person would stumble over: a view that cannot be opened, a scheduled
# action or a menu that leads nowhere.
LOOK = """
import json
broken = []
for view in env["ir.ui.view"].search([("type", "!=", "qweb"), ("model", "!=", False), ("inherit_id", "=", False)]):
    if view.model not in env:
        broken.append(f"view {view.xml_id or view.name}: no model {view.model}")
        continue
    try:
        env[view.model].get_view(view.id, view.type)
    except Exception as error:
        broken.append(f"view {view.xml_id or view.name}: {error}")
for cron in env["ir.cron"].with_context(active_test=False).search([]):
    if not cron.model_id or cron.model_id.model not in env:
        broken.append(f"scheduled action {cron.name}: no model")
for menu in env["ir.ui.menu"].with_context(active_test=False, **{"ir.ui.menu.full_list": True}).search([]):
    if menu.action and not menu.action.exists():
        broken.append(f"menu {menu.complete_name}: no action")
print("BROKEN", json.dumps(broken))
"""

# Rows by name, so that a difference says what was left.
ROWS = {
    "views": "SELECT model || ' ' || name FROM ir_ui_view",
    "scheduled actions": "SELECT cron_name FROM ir_cron",
    "actions": "SELECT type || ' ' || (name->>'en_US') FROM ir_actions",
    "menus": "SELECT name->>'en_US' FROM ir_ui_menu",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model || '.' || name FROM ir_model_fields",
    "access rights": "SELECT name FROM ir_model_access",
    "record rules": "SELECT name FROM ir_rule",
    "groups": "SELECT name->>'en_US' FROM res_groups",
    "sequences": "SELECT name FROM ir_sequence",
    "settings": "SELECT key FROM ir_config_parameter",
    # Odoo itself forgets the ids of what a model has from a mixin of another module;
    # add-ons and their categories are listed by the Apps menu, installed or not.
    "external ids": "SELECT module || '.' || name FROM ir_model_data "
    "WHERE model NOT IN ('ir.model.fields.selection', 'ir.model.inherit', 'ir.module.module', 'ir.module.category')",
    "mail templates": "SELECT name->>'en_US' FROM mail_template",
    "activity types": "SELECT name->>'en_US' FROM mail_activity_type",
    "message subtypes": "SELECT name->>'en_US' FROM mail_message_subtype",
    "tables": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'",
}


def snapshot(server, name):
    return {what: {row for (row,) in databases.query(server, name, select)} for what, select in ROWS.items()}


def press(server, name, verb, addons):
    """Press Install or Uninstall, as the Apps menu does; returns what is broken then."""
    script = PRESS.format(names=addons, count=len(addons), verb=verb)
    printed = odoo_command.shell(server, name, script + LOOK)
    return json.loads(re.search(r"^.*BROKEN (.*)$", printed, re.MULTILINE).group(1))


def installed(server, name):
    select = "SELECT name FROM ir_module_module WHERE state = 'installed'"
    return {row for (row,) in databases.query(server, name, select)}


def with_ours(addons):
    """The add-ons and those of ours that they lean on."""
    known, found = modules.manifests(), set()
    todo = list(addons)
    while todo:
        name = todo.pop()
        if name in known and name not in found:
            found.add(name)
            todo += known[name].get("depends", [])
    return sorted(found)


@pytest.mark.parametrize("addons", CASES, ids="+".join)
def test_install_and_uninstall(postgres, addons):
    ours = with_ours(addons)
    name = template.name_for("install")
    databases.copy(postgres, template.core(postgres, names=modules.core_dependencies(ours)), name)
    try:
        before = snapshot(postgres, name)

        assert press(postgres, name, "install", addons) == []
        assert set(ours) <= installed(postgres, name)

        assert press(postgres, name, "uninstall", ours) == []
        assert not set(ours) & installed(postgres, name)
        after = snapshot(postgres, name)
        left = {what: sorted(after[what] - before[what]) for what in ROWS}
        assert {what: names for what, names in left.items() if names} == {}
    finally:
        databases.drop(postgres, name)
