"""Adyen: the settlement details report."""
