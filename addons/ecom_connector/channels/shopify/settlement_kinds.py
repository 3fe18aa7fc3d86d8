"""Types of Shopify Payments balance transactions, as the API and the exports write them."""

FAMILIES = {
    **dict.fromkeys(("charge", "payment", "captured", "sale"), "sale"),
    **dict.fromkeys(("refund", "refund_failure", "payment_refund"), "refund"),
    **dict.fromkeys(("marketplace_sales_tax", "import_tax", "customs_duty", "marketplace_tax"), "remitted_tax"),
    **dict.fromkeys(("reserve", "reserved_funds", "reserved_funds_reversal", "reserved_funds_withdrawal"), "reserve"),
    **dict.fromkeys(
        ("shipping_label", "shipping_label_adjustment", "shipping_other_carrier_charge_adjustment"), "label"
    ),
    **dict.fromkeys(("shop_cash_campaign_billing_debit", "shop_cash_billing_debit"), "advertising"),
    **dict.fromkeys(("shop_cash_credit", "shop_cash_refund_debit"), "sale"),
    **dict.fromkeys(("advance", "advance_funding", "lending_debit", "lending_credit"), "loan"),
    **dict.fromkeys(("transfer", "transfer_failure", "transfer_cancel", "transfer_refund"), "transfer"),
    **dict.fromkeys(
        ("stripe_fee", "application_fee_refund", "marketplace_fee_credit", "vat_refund_credit"), "payment_fee"
    ),
    **dict.fromkeys(("adjustment", "debit", "credit", "tax_adjustment_debit", "tax_adjustment_credit"), "adjustment"),
    **dict.fromkeys(("payout", "payout_failure", "payout_cancellation"), "payout"),
}
STARTS = (("dispute", "dispute"), ("chargeback", "dispute"), ("shipping_label", "label"), ("reserved_funds", "reserve"))


def family(kind: str) -> str:
    """ "marketplace sales tax" of an export and "marketplace_sales_tax" of the API are one."""
    kind = kind.strip().casefold().replace(" ", "_")
    start = next((name for start, name in STARTS if kind.startswith(start)), "unknown")
    return FAMILIES.get(kind, start)
