"""Ask for the first page once, so that whoever looks first does not wait for the
web client's bundles to be put together: on a small machine that takes a while."""

import json
import re
import urllib.request
from http.cookiejar import CookieJar

WAIT = 120


def fetch(odoo, path, login="admin", password="admin"):
    """Best effort: a shop with another password is simply a little slower at first."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        _log_in(browser, odoo, login, password)
        with browser.open(odoo.url + path, timeout=WAIT) as page:
            text = page.read().decode("utf-8", "replace")
        for bundle in sorted(set(re.findall(r"/web/assets/[^\"'\s]+\.(?:js|css)", text))):
            browser.open(odoo.url + bundle, timeout=WAIT).close()
    except OSError:
        return False
    return True


def _log_in(browser, odoo, login, password):
    values = {"db": odoo.database, "login": login, "password": password}
    request = urllib.request.Request(
        f"{odoo.url}/web/session/authenticate",
        data=json.dumps({"jsonrpc": "2.0", "params": values}).encode(),
        headers={"Content-Type": "application/json"},
    )
    browser.open(request, timeout=WAIT).close()
