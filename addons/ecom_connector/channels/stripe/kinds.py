"""Stripe's reporting categories and types of balance transactions (docs.stripe.com/reports/reporting-categories)."""

FAMILIES = {
    **dict.fromkeys(("charge", "payment", "partial_capture_reversal"), "sale"),
    **dict.fromkeys(("refund", "refund_failure", "payment_refund", "payment_failure_refund"), "refund"),
    **dict.fromkeys(("dispute", "dispute_reversal", "adjustment_dispute"), "dispute"),
    **dict.fromkeys(
        ("fee", "stripe_fee", "stripe_fx_fee", "network_cost", "tax_fee", "application_fee"), "payment_fee"
    ),
    **dict.fromkeys(
        ("payout", "payout_reversal", "payout_failure", "payout_cancel", "payout_minimum_balance_hold"), "payout"
    ),
    **dict.fromkeys(
        ("risk_reserved_funds", "reserved_funds", "reserve_transaction", "reserve_hold", "reserve_release"), "reserve"
    ),
    **dict.fromkeys(("transfer", "transfer_reversal", "topup", "topup_reversal", "transfer_refund"), "transfer"),
    **dict.fromkeys(("advance", "advance_funding", "financing_paydown", "financing_payout"), "loan"),
    **dict.fromkeys(("currency_conversion",), "conversion"),
    **dict.fromkeys(("other_adjustment", "adjustment", "platform_earning", "contribution"), "adjustment"),
    **dict.fromkeys(("tax", "withheld_tax"), "withholding"),
}


def family(kind: str) -> str:
    return FAMILIES.get(kind.strip().casefold(), "unknown")
