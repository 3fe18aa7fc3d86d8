"""Mollie: settlements and balance transactions."""
