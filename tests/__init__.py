"""What crosses add-ons. A package, so that no add-on's own `tests` is taken for it."""
