"""Stock of the sandbox: what lies there, what orders have taken of it, what is left to sell."""

from collections import defaultdict


class Stock:
    """`history`: (kind, item, location, available after it) of every change; who wrote what over what."""

    def __init__(self):
        self._available, self._committed = {}, defaultdict(int)
        self.history = []

    def keep(self, item, location, available=0):
        self._available.setdefault((item, location), available)

    def keeps(self, item, location):
        return (item, location) in self._available

    def available(self, item, location):
        return self._available[item, location]

    def committed(self, item, location):
        return self._committed[item, location]

    def on_hand(self, item, location):
        return self._available[item, location] + self._committed[item, location]

    def sell(self, item, location, units):
        """A sale takes units at once, also those that are not there."""
        self._available[item, location] -= units
        self._committed[item, location] += units
        self._note("sold", item, location)

    def send(self, item, location, units):
        self._committed[item, location] -= units
        self._note("sent", item, location)

    def give_back(self, item, location, units, committed):
        """Units return to sale: from an order that had taken them, or from a buyer."""
        self._available[item, location] += units
        if committed:
            self._committed[item, location] -= units
        self._note("returned", item, location)

    def move(self, item, source, target, units):
        """An order's units are sent from elsewhere."""
        self.keep(item, source)
        self.keep(item, target)
        self._committed[item, source] -= units
        self._available[item, source] += units
        self._committed[item, target] += units
        self._available[item, target] -= units
        self._note("moved", item, target)

    def write(self, name, item, location, quantity):
        """`name`: "available" or "on_hand"."""
        taken = self._committed[item, location] if name == "on_hand" else 0
        self._available[item, location] = quantity - taken
        self._note("written", item, location)

    def quantity(self, name, item, location):
        return {"available": self.available, "committed": self.committed, "on_hand": self.on_hand}[name](item, location)

    def _note(self, kind, item, location):
        self.history.append((kind, item, location, self._available[item, location]))
