"""One at a time: several clones may share one LOCAL, and several runs one clone."""

import fcntl
from contextlib import contextmanager


@contextmanager
def held(path, shared=False):
    """Wait for the lock of this name and keep it. Yields the open file, so that the kind of lock can be changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield file
