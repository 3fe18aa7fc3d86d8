"""Etsy: the monthly statement that shops download."""
