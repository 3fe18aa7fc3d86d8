"""The demo channel's other side: a pretend shop in one SQLite file. A real channel has no such folder."""

from .back_office import Shop
from .change import Missing, Refusal
from .journal import Entry
from .profile import DEFAULT_API_KEY, QUIET, Habits, Place, Profile, Rate
from .transport import ShopTransport

__all__ = [
    "DEFAULT_API_KEY",
    "QUIET",
    "Entry",
    "Habits",
    "Missing",
    "Place",
    "Profile",
    "Rate",
    "Refusal",
    "Shop",
    "ShopTransport",
]
