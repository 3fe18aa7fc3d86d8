"""Klarna: payouts and their transactions."""
