"""Trustly: the reports of its funding and reconciliation files."""
