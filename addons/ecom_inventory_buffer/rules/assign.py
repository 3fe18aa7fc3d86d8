"""The winning rule of very many listings: asked once for each kind of listing, not for each listing."""

from collections import defaultdict

from .precedence import Facts, holding, ranked, winner


class Winners:
    """`candidates`: precedence.Candidate, in any order. `today`: the day on which they must hold."""

    def __init__(self, candidates, today):
        self.candidates, self.today = ranked(candidates), today
        # What a product alone decides: the rules that name it.
        self._named = defaultdict(list)
        for number, candidate in enumerate(self.candidates):
            for products in (candidate.scope.products, candidate.scope.domain):
                for product in products or ():
                    self._named[product].append(number)
        self._named = {product: tuple(numbers) for product, numbers in self._named.items()}
        self._of_channel, self._kinds = {}, {}

    def kind(self, product, category):
        """A number: products that have the same one have the same winner on a channel and at a location."""
        return self._kinds.setdefault((self._named.get(product), category), len(self._kinds))

    def of(self, product, channel, location, above):
        """The Candidate that wins, or None. `above`: frozenset of the product's category and all above it."""
        if channel not in self._of_channel:
            self._of_channel[channel] = holding(self.candidates, channel, self.today)
        return winner(self._of_channel[channel], Facts(product, channel, location, above))
