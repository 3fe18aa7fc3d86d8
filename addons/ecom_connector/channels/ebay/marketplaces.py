"""The marketplaces a seller may be registered on: currency, and whether calls about his money must be signed there."""

# European sellers and those of the United Kingdom sign what is about money (guide).
MARKETPLACES = {
    "EBAY_US": "USD",
    "EBAY_CA": "CAD",
    "EBAY_AU": "AUD",
    "EBAY_GB": "GBP",
    "EBAY_DE": "EUR",
    "EBAY_AT": "EUR",
    "EBAY_FR": "EUR",
    "EBAY_IT": "EUR",
    "EBAY_ES": "EUR",
    "EBAY_BE": "EUR",
    "EBAY_NL": "EUR",
    "EBAY_IE": "EUR",
    "EBAY_PL": "PLN",
    "EBAY_CH": "CHF",
    "EBAY_HK": "HKD",
    "EBAY_SG": "SGD",
}
_UNSIGNED = ("EBAY_US", "EBAY_CA", "EBAY_AU", "EBAY_CH", "EBAY_HK", "EBAY_SG")


def signs(marketplace: str) -> bool:
    return marketplace not in _UNSIGNED
