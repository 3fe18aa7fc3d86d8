"""What is due to whom when goods come back: plain Python, never imports odoo. Money and quantities are Decimal."""
