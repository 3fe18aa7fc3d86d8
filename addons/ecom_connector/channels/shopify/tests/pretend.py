"""Stand-ins for the wire and for the engine's store of credentials."""

import json

from channels.transport import Response

FULL = {
    "cost": {
        "requestedQueryCost": 10,
        "throttleStatus": {"maximumAvailable": 2000, "currentlyAvailable": 1990, "restoreRate": 100},
    }
}


class Wire:
    """Answers one after the other; an exception is raised. `sent`: the requests."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def send(self, request):
        self.sent.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def bodies(self):
        return [json.loads(request.body) for request in self.sent]


def said(data=None, status=200, errors=None, extensions=None):
    told = {"data": data, "extensions": extensions or FULL, **({"errors": errors} if errors else {})}
    return Response(status=status, headers={}, body=json.dumps(told).encode())


def throttled(available=0):
    cost = {
        "requestedQueryCost": 100,
        "throttleStatus": {"maximumAvailable": 2000, "currentlyAvailable": available, "restoreRate": 100},
    }
    return said(errors=[{"message": "Throttled", "extensions": {"code": "THROTTLED"}}], extensions={"cost": cost})


class Store(dict):
    """`rotated`: what was kept, each before it was used."""

    def __init__(self, *given, stored=None, **more):
        super().__init__(*given, **more)
        self.stored, self.rotated = stored, []

    def rotate(self, renew):
        fresh = renew(dict(self.stored or self))
        self.rotated.append(dict(fresh))
        self.update(self.stored or {})
        self.update(fresh)
        return self


class Clock:
    """Time passes only where somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds
