import math
from dataclasses import dataclass, field

# No answer is longer than this.
LONGEST = 1000


@dataclass(slots=True)
class Article:
    """Something of the order that can still come back, and what was said of it so far."""

    line: object
    product: object
    left: float
    units: float = 0.0
    reason: object = None
    answer: str = ""
    photos: list = field(default_factory=list)
    swap: object = None

    @property
    def key(self):
        """What its fields are called in the forms."""
        return f"{self.line.id}-{self.product.id}"

    @property
    def swaps(self):
        """What may be chosen instead of it: the same again, another size or colour."""
        variants = self.product.product_tmpl_id.product_variant_ids.filtered("sale_ok")
        return self.product | variants if self.product == self.line.product_id else self.product

    @property
    def shown_left(self):
        return f"{self.left:g}"

    @property
    def shown_units(self):
        return f"{self.units:g}"


def articles(order):
    """[Article] of all that can still come back."""
    left = order.env["ecom.flow.return.allot"]._what_is_left(order)
    return [Article(line=line, product=product, left=units) for line, product, units in left]


def say(found, posted, reasons):
    """Write what was posted onto the articles. Returns those that come back, and whether all was understood."""
    clear = True
    for article in found:
        units = _number(posted.get(f"units-{article.key}"))
        clear = clear and units is not None and 0 <= units <= article.left
        article.units = article.product.uom_id.round(min(max(units or 0.0, 0.0), article.left))
        reason = posted.get(f"reason-{article.key}") or ""
        article.reason = reasons.filtered(lambda known, reason=reason: str(known.id) == reason)[:1]
        swap = posted.get(f"swap-{article.key}") or ""
        article.swap = article.swaps.filtered(lambda known, swap=swap: str(known.id) == swap)[:1]
        article.answer = (posted.get(f"answer-{article.key}") or "").strip()[:LONGEST]
    return [article for article in found if article.units > 0], clear


def _number(text):
    """A float of what people type, 0 for nothing, None for what is no number."""
    try:
        number = float((text or "0").strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
