"""Arithmetic of orders and stock, in plain Python: no Odoo, no database."""
