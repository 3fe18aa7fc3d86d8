"""Stripe: balance transactions and payouts."""
