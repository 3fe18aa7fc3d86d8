"""Walmart Marketplace: its reconciliation report."""
