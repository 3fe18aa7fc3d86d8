"""Sends deliveries at a fixed rate, whether the receiver keeps up or not, and prints how long each took.

A process of its own: `python -m bench.webhook.load`, deliveries as JSON lines on standard input, one result a line on
standard output: [seconds from the moment it was due, status, connections that were cut]. A delivery whose connection
is cut before an answer is brought again at once, as the same delivery, as shops do. Bounded by what it is given; it
goes to 127.0.0.1 only.
"""

import http.client
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

HANDS = 60
PATIENCE = 30.0
TRIES = 5


def main():
    setup, *deliveries = map(json.loads, sys.stdin)
    to = urlsplit(setup["url"])
    if to.hostname != "127.0.0.1":
        raise SystemExit("this load goes to this machine only")
    begin = time.monotonic() + 1
    with ThreadPoolExecutor(HANDS) as hands:
        sent = [
            hands.submit(_bring, to, delivery, begin + number / setup["rate"])
            for number, delivery in enumerate(deliveries)
        ]
        for future in sent:
            print(json.dumps(future.result()), flush=True)


def _bring(to, delivery, due):
    """Counted from when it was due until it was answered: a receiver that is slow for one makes the next ones wait,
    and a connection that it cuts makes this one wait; both count."""
    time.sleep(max(0.0, due - time.monotonic()))
    status, cuts = 0, 0
    while not status and cuts < TRIES:
        try:
            status = _post(to, delivery)
        except (OSError, http.client.HTTPException):
            cuts += 1
    return time.monotonic() - due, status, cuts


def _post(to, delivery):
    """A connection of its own each, as shops make them: none is taken that the receiver is about to close."""
    connection = http.client.HTTPConnection(to.hostname, to.port, timeout=PATIENCE)
    try:
        connection.request("POST", to.path, delivery["body"].encode(), {**delivery["headers"], "Connection": "close"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


if __name__ == "__main__":
    main()
