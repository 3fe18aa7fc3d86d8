"""OCA's connector as its package index has it, in a folder of its own: only the bench's second database sees it."""

import subprocess

from tools.places import LOCAL, PYTHON
from tools.say import Stop

# The connector of 2026-10, the queue it stands on, and what that asks for.
PACKAGES = (
    "odoo-addon-shopify_connector==19.0.1.1.0.4",
    "odoo-addon-queue_job==19.0.2.4.0.1",
    "openupgradelib==3.12.0",
)
FOLDER = LOCAL / "oca"
ADDONS = FOLDER / "odoo" / "addons"


def fetch():
    """The folder, filled once."""
    done = FOLDER / "packages.txt"
    wanted = "\n".join(PACKAGES)
    if done.exists() and done.read_text() == wanted:
        return FOLDER
    line = [PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", FOLDER, *PACKAGES]
    result = subprocess.run(line, capture_output=True, text=True)
    if result.returncode:
        raise Stop(f"OCA's packages could not be fetched:\n{result.stderr[-2000:]}")
    done.write_text(wanted)
    return FOLDER
