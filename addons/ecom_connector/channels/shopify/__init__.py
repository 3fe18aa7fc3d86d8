"""Shopify: Shopify Payments and the reports that its admin exports."""
