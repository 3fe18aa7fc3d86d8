"""What the shop sells: the merchant's assortment, and how the shop lists it.

The assortment is the same for every seed, so that two demo shops list the same products of one merchant and the stock
of both falls together. The seed sets the shop's own identifiers and where its listings are flawed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

SIZES = (("S", "S"), ("M", "M"), ("L", "L"), ("XL", "XL"))
COLOURS = (("BLK", "black"), ("OLV", "olive"))

# code, name, price in cents, tax rate, grams, axes ("s" sizes, "c" colours)
PRODUCTS = (
    ("JKT-STORM", "Stormridge rain jacket", 18900, "standard", 520, "cs"),
    ("JKT-DOWN", "Firn down jacket", 24900, "standard", 430, "s"),
    ("FLC-MID", "Midlayer fleece", 7990, "standard", 340, "cs"),
    ("TEE-MER", "Merino T-shirt", 5490, "standard", 150, "cs"),
    ("PNT-TREK", "Trekking trousers", 9990, "standard", 380, "s"),
    ("SHT-TREK", "Trekking shorts", 6490, "standard", 260, "s"),
    ("CAP-SUN", "Sun cap", 2490, "standard", 80, "c"),
    ("BNI-WOOL", "Wool beanie", 2990, "standard", 90, "c"),
    ("GLV-TOUR", "Touring gloves", 4490, "standard", 140, "s"),
    ("SCK-HIKE", "Hiking socks, pair", 1690, "standard", 70, "s"),
    ("BPK-28", "Daypack 28 l", 10990, "standard", 980, "c"),
    ("BPK-55", "Trekking backpack 55 l", 19990, "standard", 1900, "c"),
    ("BAG-DRY10", "Dry bag 10 l", 1990, "standard", 95, ""),
    ("BAG-DRY20", "Dry bag 20 l", 2490, "standard", 130, ""),
    ("TNT-2P", "Ridge tent, 2 persons", 34900, "standard", 2400, ""),
    ("TNT-PEGS", "Tent pegs, set of 8", 1490, "standard", 160, ""),
    ("SLP-BAG", "Sleeping bag -5 °C", 15990, "standard", 1350, ""),
    ("SLP-MAT", "Inflatable sleeping mat", 8990, "standard", 560, ""),
    ("STV-GAS", "Gas stove", 4990, "standard", 210, ""),
    ("POT-SET", "Camping pot set", 3990, "standard", 620, ""),
    ("CUP-STL", "Steel mug 0.3 l", 1290, "standard", 110, "c"),
    ("BTL-075", "Insulated bottle 0.75 l", 3290, "standard", 390, "c"),
    ("BTL-HYD", "Hydration bladder 2 l", 2990, "standard", 190, ""),
    ("FLT-H2O", "Water filter", 4490, "standard", 85, ""),
    ("LMP-HEAD", "Head torch 400 lm", 4990, "standard", 90, "c"),
    ("LMP-CAMP", "Camping lantern", 3490, "standard", 280, ""),
    ("KNF-FOLD", "Folding knife", 3990, "standard", 105, ""),
    ("CMP-BASE", "Baseplate compass", 2290, "standard", 45, ""),
    ("POL-CARB", "Carbon trekking poles, pair", 11990, "standard", 400, ""),
    ("GTR-HIGH", "Gaiters", 3990, "standard", 240, "s"),
    ("TWL-MICRO", "Microfibre towel", 1790, "standard", 120, "c"),
    ("AID-KIT", "First aid kit", 2990, "standard", 310, ""),
    ("RPR-KIT", "Repair kit", 1290, "standard", 60, ""),
    ("SUN-50", "Sun cream SPF 50, 100 ml", 1490, "standard", 125, ""),
    ("BK-ALPS", "Hut to hut in the Alps (book)", 2490, "reduced", 420, ""),
    ("BK-KNOTS", "Forty knots (book)", 1490, "reduced", 210, ""),
    ("MAP-HIGH", "Hiking map 1:25,000", 1290, "reduced", 70, ""),
    ("FD-BAR", "Energy bar, box of 12", 2190, "reduced", 620, ""),
    ("FD-MEAL", "Trekking meal, mountain pasta", 790, "reduced", 150, ""),
    ("FD-TEA", "Summit herbal tea, 20 bags", 490, "reduced", 45, ""),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One sellable item. `price` in cents, as shown in the shop; `tax` is the code of a rate; `weight` in grams."""

    id: str
    product_id: str
    name: str
    sku: str
    barcode: str
    price: int
    tax: str
    weight: int
    active: bool = True


def ean13(number: int) -> str:
    """A valid EAN-13 of the range 20..29, which is never given to a company."""
    digits = f"20{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def _variants(axes: str) -> Iterator[tuple[str, str]]:
    """(suffix of the SKU, suffix of the name) of each combination."""
    colours = [(f"-{code}", name) for code, name in COLOURS] if "c" in axes else [("", "")]
    sizes = [(f"-{code}", name) for code, name in SIZES] if "s" in axes else [("", "")]
    for colour_code, colour in colours:
        for size_code, size in sizes:
            label = ", ".join(part for part in (colour, size) if part)
            yield f"{colour_code}{size_code}", f" ({label})" if label else ""


@cache
def assortment() -> tuple[Item, ...]:
    """What the merchant has: every item with its own SKU and barcode. For the demo data of the other side too."""
    items = []
    for product, (code, name, price, tax, grams, axes) in enumerate(PRODUCTS, start=1):
        for suffix, label in _variants(axes):
            number = len(items) + 1
            items.append(Item(str(number), str(product), name + label, code + suffix, ean13(number), price, tax, grams))
    return tuple(items)


@cache
def listings(seed: str, flaws: bool = True) -> tuple[Item, ...]:
    """How the shop of that seed lists the assortment, in the order of its own item ids."""
    base = 41_000 + Random(f"{seed}:ids").randrange(90) * 100
    listed = [
        replace(item, id=str(base + int(item.id)), product_id=str(base // 10 + int(item.product_id)))
        for item in assortment()
    ]
    if flaws:
        _spoil(listed, Random(f"{seed}:flaws"))
    return tuple(listed)


def _spoil(listed: list[Item], chance: Random) -> None:
    """What real catalogues look like; each flaw asks for another decision when listings are matched."""
    no_sku, blank, twin, other_twin, foreign, retired, typed = chance.sample(range(len(listed)), 7)
    listed[no_sku] = replace(listed[no_sku], sku="")
    listed[blank] = replace(listed[blank], sku="", barcode="")
    listed[twin] = replace(listed[twin], sku="")
    listed[other_twin] = replace(listed[other_twin], sku="", barcode=listed[twin].barcode)
    listed[foreign] = replace(listed[foreign], sku=f"OLD-{listed[foreign].sku}", barcode="")
    listed[retired] = replace(listed[retired], active=False)
    listed[typed] = replace(listed[typed], sku=f" {listed[typed].sku.lower()} ", barcode="")
