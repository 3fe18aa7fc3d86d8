"""Vendors take minutes until a sale can be asked for; their doubles take none, and a test has no patience."""

import os
from dataclasses import replace

from odoo.addons.ecom_connector.channels import CHANNELS

HASTE = "ECOM_CHAOS_IMPORT_SECONDS"

if os.environ.get(HASTE):
    for _code, _channel in list(CHANNELS.items()):
        _limits = replace(_channel.limits, sale_to_import_seconds=int(os.environ[HASTE]))
        CHANNELS[_code] = replace(_channel, limits=_limits)
