"""Amazon: the three layouts of its settlement reports."""
