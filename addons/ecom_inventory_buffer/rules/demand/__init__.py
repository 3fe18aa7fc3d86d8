"""Demand that is not known yet, as chances: learnt from sparse hourly counts, kept up to date by the latest orders."""
