"""The buyer's mail box is thrown away after use.

The best known providers of such boxes; further ones belong on the block list, as a mail domain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import Facts, Limits
from ..finding import Reason
from ..identity import email_of

if TYPE_CHECKING:
    from ....channels.records import Order

POINTS = 40
DOMAINS = frozenset(
    """
    10minutemail.com 33mail.com anonbox.net burnermail.io dispostable.com dropmail.me emailondeck.com fakeinbox.com
    getairmail.com getnada.com grr.la guerrillamail.com guerrillamail.de guerrillamail.net guerrillamail.org
    guerrillamailblock.com inboxkitten.com jetable.org mail-temp.com mailcatch.com maildrop.cc mailexpire.com
    mailinator.com mailinator.net mailnesia.com mailnull.com mintemail.com moakt.com mohmal.com mytemp.email
    sharklasers.com spam4.me spamgourmet.com temp-mail.io temp-mail.org tempail.com tempmail.net tempmailo.com
    tempr.email throwawaymail.com trash-mail.com trashmail.com trashmail.de trashmail.net wegwerfmail.de yopmail.com
    yopmail.fr yopmail.net
    """.split()
)


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    domain = email_of(order).rpartition("@")[2]
    # Some give out sub-domains.
    if domain in DOMAINS or domain.partition(".")[2] in DOMAINS:
        yield Reason(code="disposable_mail", values={"domain": domain}, about=(domain,), points=POINTS)
