"""PayPal: activity downloads and settlement reports."""
