"""Die at a named point, as in a power cut.

The test arms one point a start: ECOM_CHAOS_POINT names it, ECOM_CHAOS_NTH says at which visit. Before dying the point
is appended to the file ECOM_CHAOS_HITS, so that the test counts real hits and not intentions.
"""

import os
import signal
import threading

_visits = 0
_lock = threading.Lock()


def visit(point):
    global _visits
    if os.environ.get("ECOM_CHAOS_POINT") != point:
        return
    with _lock:
        _visits += 1
        if _visits != int(os.environ.get("ECOM_CHAOS_NTH", "1")):
            return
        with open(os.environ["ECOM_CHAOS_HITS"], "a") as file:
            file.write(f"{point}\n")
            file.flush()
            os.fsync(file.fileno())
        os.kill(os.getpid(), signal.SIGKILL)
