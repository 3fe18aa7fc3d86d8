"""A few buyers who are not who they say they are, as every shop has them."""

from dataclasses import replace
from random import Random

from .people import address
from .profile import Profile
from .sales import Wish

FAR_AWAY = {"US": "GB", "GB": "US"}
SEEN = (
    "The card was issued in another country than the buyer's",
    "Three cards were tried before one was accepted",
    "The card's security code was not checked",
)


def perhaps(wish: Wish, chance: Random, profile: Profile) -> Wish:
    """The same wish, or once in a while that of somebody with a stolen card."""
    return stolen(wish, chance, profile) if chance.random() < profile.habits.risky else wish


def stolen(wish: Wish, chance: Random, profile: Profile) -> Wish:
    """Bought from a mail box that is thrown away after use, sent abroad, and seen by the payment provider."""
    person = {
        **wish.person,
        "buyer": {**wish.person["buyer"], "id": "", "email": f"buyer{chance.randrange(10_000)}@mailinator.com"},
        "ship_to": address(chance, FAR_AWAY.get(profile.country, "US")),
    }
    risk = {"level": chance.choice(("medium", "high")), "reasons": chance.sample(SEEN, 2)}
    return replace(wish, person=person, risk=risk, gift=False)
