"""A server that gives one recorded answer for each recorded request, and nothing else: the same for every vendor.

    with SomeShop() as shop:
        ... ask shop.url ...
    assert not shop.surprises and not shop.unused()

Whoever inherits says in `fits` whether a request is the recorded one.
"""

from tests.sandbox.local_server import LocalServer


class Replayed(LocalServer):
    def __init__(self, exchanges):
        super().__init__()
        self.exchanges = list(exchanges)
        self.surprises = []
        self.used = set()
        self.added = {}  # file: what our request said beyond the recorded one

    def unused(self):
        return {exchange.file for exchange in self.exchanges} - self.used

    def read(self, method, target, headers, body):
        """What `fits` looks at, made once for each request."""
        raise NotImplementedError

    def fits(self, exchange, asked):
        """What the request says beyond the recorded one; None where it is another."""
        raise NotImplementedError

    def headers_of(self, exchange):
        """Those of the recorded answer that our side may rely on."""
        return {}

    def surprise(self):
        """What a request is answered that nobody recorded."""
        raise NotImplementedError

    def answer(self, method, target, headers, body):
        asked = self.read(method, target, headers, body)
        found = [(exchange, self.fits(exchange, asked)) for exchange in self.exchanges]
        fitting = [(exchange, added) for exchange, added in found if added is not None]
        if not fitting:
            self.surprises.append(f"{method} {target} {body.decode(errors='replace')[:300]}")
            return self.surprise()
        chosen, added = next((pair for pair in fitting if pair[0].file not in self.used), fitting[-1])
        self.used.add(chosen.file)
        if added:
            self.added[chosen.file] = added
        return chosen.response["status"], self.headers_of(chosen), chosen.answer
