"""Bring a bare machine to where Odoo can be started. Quick when all is there."""

from concurrent.futures import ThreadPoolExecutor

from tools import fetch_odoo, fetch_postgres, lock, make_venv
from tools.places import LOCAL, PYTHON
from tools.say import Stop, main, run


def prepare():
    with lock.held(LOCAL / "prepare.lock"):
        _fetch_all()
    check()


def _fetch_all():
    # One waits for the network while the other works: side by side.
    with ThreadPoolExecutor() as pool:
        odoo = pool.submit(fetch_odoo.ensure)
        make_venv.ensure()
        record = odoo.result()
    fetch_odoo.link_into_venv(record)
    fetch_postgres.ensure()


def check():
    """The one proof that set-up worked: Odoo 19 imports from the venv."""
    code = "import odoo.release as r; print(r.series)"
    series = run([PYTHON, "-c", code], cwd="/").strip()
    if series != fetch_odoo.SERIES:
        raise Stop(f"the virtual environment imports Odoo {series}, not 19.0")


if __name__ == "__main__":
    main(prepare)
