"""Sends deliveries at a fixed rate, whether the receiver keeps up or not, and prints how long each took.

A process of its own: `python -m bench.webhook.load`, deliveries as JSON lines on standard input, one result a line on
standard output: [seconds from the moment it was due, status]. Bounded by what it is given; it goes to 127.0.0.1 only.
"""

import http.client
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

HANDS = 60
PATIENCE = 30.0
_mine = threading.local()


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
    """Counted from when it was due: a receiver that is slow for one makes the next ones wait, and that counts."""
    time.sleep(max(0.0, due - time.monotonic()))
    try:
        status = _post(to, delivery)
    except (OSError, http.client.HTTPException):
        _mine.connection = None
        status = 0
    return time.monotonic() - due, status


def _post(to, delivery):
    connection = getattr(_mine, "connection", None)
    if connection is None:
        connection = _mine.connection = http.client.HTTPConnection(to.hostname, to.port, timeout=PATIENCE)
    connection.request("POST", to.path, delivery["body"].encode(), delivery["headers"])
    answer = connection.getresponse()
    answer.read()
    return answer.status


if __name__ == "__main__":
    main()
