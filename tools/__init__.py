"""What gets Odoo 19 and PostgreSQL onto a bare machine and starts them.

Everything that runs before the virtual environment exists (`prepare` and what
it imports) keeps to the standard library.
"""
