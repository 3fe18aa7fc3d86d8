"""`make pot`: write every add-on's translation template anew."""

import re
import subprocess

from tools import database, modules, odoo_command, template
from tools.places import ADDONS, PYTHON
from tools.postgres import Server
from tools.say import Stop, main, say


def export():
    server, name = Server("test"), template.name_for("pot")
    with server.in_use():
        # With what glue of ours installs itself beside.
        template.fresh(server, name, beside=modules.BESIDE)
        try:
            for addon in modules.manifests():
                _export(server, name, addon)
        finally:
            database.drop(server, name)


def _export(server, name, addon):
    path = ADDONS / addon / "i18n" / f"{addon}.pot"
    path.parent.mkdir(exist_ok=True)
    command = [PYTHON, odoo_command.SCRIPT, f"--addons-path={ADDONS}", "i18n", "export"]
    options = ["--config=/dev/null", f"--database={name}", "--languages=pot", addon]
    result = subprocess.run([*command, *options], env=odoo_command.environment(server), capture_output=True, text=True)
    if result.returncode or not path.exists():
        raise Stop(f"the template of {addon} could not be exported:\n{result.stderr[-2000:]}")
    # Without the moment of the export, a file changes only when its terms do.
    text = re.sub(r'^"(POT-Creation|PO-Revision)-Date: .*\n', "", path.read_text(), flags=re.MULTILINE)
    path.write_text(text)
    say(f"{path.relative_to(ADDONS.parent)}: {text.count('msgid') - 1} terms")


if __name__ == "__main__":
    main(export)
