"""The chance of overselling that pays, from money: the newsvendor's critical ratio."""


def allowed_risk(cancelling, forgone):
    """The chance of overselling at which showing one more unit stops to pay, 0 to 1.

    cancelling  Decimal: what one cancelled sale costs (its margin, fees that are kept, what a bad rating costs)
    forgone     Decimal: the margin of one sale that is lost because the unit was hidden

    F. Y. Edgeworth, Journal of the Royal Statistical Society 51 (1888): forgone / (forgone + cancelling).
    """
    if cancelling < 0 or forgone < 0:
        raise ValueError("What a cancelled or a lost sale costs cannot be negative.")
    if not cancelling + forgone:
        raise ValueError("Say what a cancelled sale costs, or what a lost one does.")
    return float(forgone / (forgone + cancelling))
