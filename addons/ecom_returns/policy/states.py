"""A return line stands on three axes that have nothing to do with each other; where it is in all follows from them."""

AUTHORISATION = {
    "requested": ("approved", "rejected", "cancelled"),
    "approved": ("cancelled", "expired"),
    "rejected": ("requested",),  # an appeal
    "cancelled": (),
    "expired": ("approved",),  # it came after all
}
GOODS = {
    "keep": ("awaiting",),
    "awaiting": ("in_transit", "received", "short", "wrong_item", "lost", "expired", "keep"),
    "in_transit": ("received", "short", "wrong_item", "lost", "expired", "awaiting"),
    "received": ("given_back",),
    "short": ("received", "lost"),
    "wrong_item": ("given_back", "received"),
    "lost": ("received",),
    "expired": ("received", "in_transit", "awaiting"),
    "given_back": (),
}
MONEY = {
    "none": ("granted", "executed"),
    "granted": ("pending", "executed", "none"),
    "pending": ("executed", "failed"),
    "failed": ("pending", "executed", "none"),
    "executed": (),
}
ENDED = ("rejected", "cancelled", "expired")
HERE = ("received", "wrong_item")
OWED = ("awaiting", "in_transit", "short", "lost", "expired")
PROMISED = ("awaiting", "in_transit")
# The four ways in which goods and money disagree, worst first.
DISAGREEMENTS = ("money_without_goods", "goods_without_money", "undecided_goods", "awaited_goods")


def may(axis: dict, old: str, new: str) -> bool:
    return old == new or new in axis[old]


def disagreement(authorisation: str, goods: str, money: str, disposition: str, resolution: str = "refund") -> str:
    """What somebody still owes somebody on a line, "" where goods and money agree.

    `resolution` "none": no money is due (a repair, an exchange for the same)."""
    if goods in OWED and money in ("executed", "pending"):
        return "" if goods == "lost" and disposition == "missing" else "money_without_goods"
    if authorisation in ENDED:
        return "undecided_goods" if goods in HERE and not disposition else ""
    if goods in HERE and not disposition:
        return "undecided_goods"
    due = goods in (*HERE, "keep", "lost") and disposition != "give_back"
    if due and money != "executed" and resolution != "none":
        return "goods_without_money"
    return "awaited_goods" if goods in PROMISED else ""


def overall(authorisation: str, lines: list[str]) -> str:
    """The state of a whole return: `lines` are the disagreements of its lines."""
    left = [line for line in lines if line]
    if authorisation in ENDED:
        return "working" if left else authorisation
    if authorisation == "requested":
        return "requested"
    if not left:
        return "closed" if lines else "approved"
    return "approved" if set(left) == {"awaited_goods"} else "working"
