"""Terms of components -> terms of the kit they make."""

from .terms import Terms


def kit_terms(parts):
    """Terms of a kit, in kits. `parts`: [(Terms of a component, units of it in one kit), ...].

    The scarcest component decides, and its terms, divided by what a kit takes of it, are the kit's: so the sum still
    adds up, and says which figure to look at. What comes in counts as far as every component comes in. A kit of
    nothing that could run out has none to sell: nobody knows how many there are.
    """
    if not parts:
        return Terms()
    scarcest, units = min(parts, key=lambda part: part[0].available / part[1])
    *plain, _incoming = (value for value in scarcest)
    return Terms(*(value / units for value in plain), _kits_incoming(parts, scarcest.available / units))


def _kits_incoming(parts, now):
    """((date, kits that can be made more from that day on), ...)"""
    found, before = [], now
    for day in sorted({day for terms, _units in parts for day, _count in terms.incoming}):
        after = min((terms.available + terms.arriving(day)) / units for terms, units in parts)
        if after > before:
            found.append((day, after - before))
            before = after
    return tuple(found)
