"""A channel whose orders come in late sells what others sold already: until it caught up it shows less on purpose."""


def drawn_down(quantity: int, policy: str, most: int) -> int:
    """What to show instead. `policy`: "keep" as decided, "few" at most `most`, "zero" nothing."""
    if policy == "zero":
        return 0
    return min(quantity, max(0, most)) if policy == "few" else quantity
