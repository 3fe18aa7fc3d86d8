"""What a buyer puts into the basket: drawn from a seed, never more than the shop shows."""

from dataclasses import replace
from itertools import accumulate
from random import Random

from .catalogue import Item, assortment
from .change import Change
from .people import EUROPEAN_UNION, somebody
from .sales import Wish
from .till import COUPONS

NOTES = (
    "Please leave the parcel with the neighbours.",
    "Ring twice, the bell is shy.",
    "Bitte nicht vor 16 Uhr zustellen.",
    "It is a birthday present, no price on the slip please!",
    "Livraison au fond de la cour à gauche, merci.",
)
MESSAGES = (
    "Happy birthday! See you on the summit.",
    "Für viele gemeinsame Touren. Deine Lena",
    "Congratulations, and mind the weather!",
)
CARRIER_NOTES = ("Second floor, left door.", "Leave it in the bicycle shed.", "Beware of the dog.")
INITIALS = ("A. H.", "J. G.", "M. & T.")
BASKET_SIZES = ((1, 22), (2, 26), (3, 22), (4, 15), (5, 10), (6, 5))
QUANTITIES = ((1, 82), (2, 13), (3, 3), (4, 2))
ODD_ITEM_WEIGHT = 0.08


class Shopper:
    """Draws baskets of one shop; made once per change, since it weighs the whole catalogue."""

    def __init__(self, change: Change):
        self.change = change
        sound = {item.sku for item in assortment()}
        self.items = [item for item in change.items.values() if item.active]
        popular = Random(f"{change.seed}:popularity")
        weights = [self._weight(item, popular, sound) for item in self.items]
        self._upto = list(accumulate(weights))

    @staticmethod
    def _weight(item: Item, popular: Random, sound: set[str]) -> float:
        """A few items make most of the sales; cheap ones sell better; flawed listings sell seldom."""
        weight = popular.paretovariate(1.3) * (2.0 if item.price < 5000 else 1.0)
        return weight if item.sku in sound else weight * ODD_ITEM_WEIGHT

    def wish(self, chance: Random) -> Wish | None:
        """One buyer's wish, or None where nothing of it is left."""
        change, habits = self.change, self.change.profile.habits
        person = somebody(chance, change.seed, change.profile.country, habits)
        place, basket = self._basket(chance)
        if not basket:
            return None
        payment, method = self._payment(chance)
        wish = Wish(
            items=tuple(basket.items()),
            person=person,
            payment=payment,
            method=method,
            delivery="express" if chance.random() < habits.express else "standard",
            coupon=chance.choice(tuple(COUPONS)) if chance.random() < habits.coupon else "",
            gift=chance.random() < habits.gift,
            note=chance.choice(NOTES) if chance.random() < habits.note else "",
            location=place,
        )
        return replace(wish, **self._besides(wish))

    def _besides(self, wish: Wish) -> dict:
        """What else is asked for at the checkout, drawn apart so that it leaves the baskets as they were."""
        change, habits = self.change, self.change.profile.habits
        chance = Random(f"{change.seed}:besides:{change.stamp}:{wish.person['buyer']['email']}")
        first = wish.items[0][0]
        abroad = wish.person["ship_to"]["country"] not in {change.profile.country, *EUROPEAN_UNION}
        return {
            "gift_message": chance.choice(MESSAGES) if wish.gift else "",
            "delivery_note": chance.choice(CARRIER_NOTES) if chance.random() < habits.carrier_note else "",
            "chosen": {first: (("Embroidery", chance.choice(INITIALS)),)} if chance.random() < habits.engraved else {},
            "tip": chance.choice((100, 200, 500)) if chance.random() < habits.tip else 0,
            "gift_card": chance.choice((2500, 5000)) if chance.random() < habits.gift_card else 0,
            "voucher": chance.choice((1000, 2500)) if chance.random() < habits.voucher else 0,
            "duty": 890 if abroad and wish.person["bill_to"]["company"] else 0,
        }

    def _basket(self, chance: Random) -> tuple[str, dict[str, int]]:
        size = _draw(chance, BASKET_SIZES)
        wanted: dict[str, int] = {}
        for item in chance.choices(self.items, cum_weights=self._upto, k=size):
            wanted[item.id] = _draw(chance, QUANTITIES)
        best: tuple[str, dict[str, int]] = ("", {})
        for place in self.change.profile.places:
            held = {item_id: min(quantity, self.change.held(item_id, place.id)) for item_id, quantity in wanted.items()}
            found = {item_id: quantity for item_id, quantity in held.items() if quantity}
            if len(found) > len(best[1]):
                best = (place.id, found)
        return best

    def _payment(self, chance: Random) -> tuple[str, str]:
        habits, draw = self.change.profile.habits, chance.random()
        for payment, method, share in (
            ("unpaid", "invoice", habits.unpaid),
            ("pending", "transfer", habits.prepaid),
            ("authorized", "card", habits.authorized),
        ):
            if draw < share:
                return payment, method
            draw -= share
        return "paid", "card" if chance.random() < 0.65 else "wallet"


def _draw(chance: Random, table: tuple[tuple[int, int], ...]) -> int:
    values, weights = zip(*table, strict=True)
    return chance.choices(values, weights)[0]
