"""What the manifests in `addons/` say."""

import ast
import hashlib

from tools.places import ADDONS

# Modules of Odoo that our add-ons meet where a company has them: glue of ours installs itself beside some of them. The
# tests inside Odoo run with them; those of installation, servers and figures without.
BESIDE = ("mrp", "product_expiry", "sale_mrp", "repair", "loyalty")


def manifests():
    """{add-on: manifest} of the installable add-ons of this project."""
    found = {}
    for path in sorted(ADDONS.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(path.read_text())
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def ours():
    """The add-ons to install: glue that installs itself is left to Odoo."""
    return [name for name, manifest in manifests().items() if not manifest.get("auto_install")]


def core_dependencies(names=None):
    """The modules of Odoo itself that these add-ons lean on."""
    known = manifests()
    needed = {name for addon in (names or ours()) for name in known[addon].get("depends", ["base"])}
    return sorted(needed - set(known)) or ["base"]


def fingerprint():
    """Changes with every file that an installed database depends on."""
    digest = hashlib.sha256()
    for path in sorted(ADDONS.rglob("*")):
        if path.is_file() and not {"tests", "__pycache__"} & set(path.parts):
            digest.update(str(path.relative_to(ADDONS)).encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
