"""Very many listings of one stock, a screw in a thousand kits: those that sell most are worked out by themselves, the
others are counted together, as demand that asks nobody."""

from .exposure import Reach

MOST = 16


def busiest(reaches, first=None):
    """Positions of those that are worked out. `first`: for each, whether it goes before others whatever it sells."""
    first = first or [False] * len(reaches)
    ranked = sorted(range(len(reaches)), key=lambda at: (not first[at], -reaches[at].rate * reaches[at].units))
    return sorted(ranked[:MOST])


def merged(reaches):
    """One Reach that sells as much as all of these: in fewer orders, larger ones, which overstates the risk."""
    units = max(reach.units for reach in reaches)
    return Reach(
        rate=sum(reach.rate * reach.units for reach in reaches) / units,
        imported=max(reach.imported for reach in reaches),
        pushed=max(reach.pushed for reach in reaches),
        share=sum(reach.share for reach in reaches),
        units=units,
        limited=False,
    )
