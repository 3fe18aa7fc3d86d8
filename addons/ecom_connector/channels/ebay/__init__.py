"""eBay: the transaction report and the Finances API."""
