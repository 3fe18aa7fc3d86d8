"""Arithmetic of orders, in plain Python: no Odoo, no database."""
