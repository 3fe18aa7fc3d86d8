"""Plain Python, never imports odoo: which order a line of a payout is about, and what entry a payout makes."""
