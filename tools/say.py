"""How the tools speak: one line a step, and errors that say what to do."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path


class Stop(Exception):
    """Something a person must mend; the message tells what and how."""


def say(text):
    # Not standard output: that belongs to what a tool is asked for.
    print(f"==> {text}", file=sys.stderr, flush=True)


def loud(text):
    """A warning nobody can overlook in a long log."""
    bar = "!" * 72
    print(f"\n{bar}\n!! " + text.replace("\n", "\n!! ") + f"\n{bar}\n", file=sys.stderr, flush=True)


@contextmanager
def step(text, size=None):
    """Say what begins, every ten seconds how far it is, and how long it took.

    `size` is a function that returns a short text, such as "45 MB".
    """
    say(f"{text} ...")
    begun = time.monotonic()
    done = threading.Event()

    def tick():
        while not done.wait(10):
            far = f", {size()}" if size else ""
            say(f"{text}: {time.monotonic() - begun:.0f} s{far}")

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()
    say(f"{text}: done in {time.monotonic() - begun:.0f} s")


def run(command, **options):
    """Run a command quietly; when it fails, show what it said and stop."""
    command = [str(part) for part in command]
    result = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        **options,
    )
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-30:])
        raise Stop(f"{_brief(command)} failed ({result.returncode}):\n{tail}")
    return result.stdout


def _brief(command):
    """The command without the options that would hide what it was for."""
    words = [word for word in command if not word.startswith("-") and "=" not in word]
    return " ".join([Path(words[0]).name, *words[1:]])


def main(function):
    """Run a tool's main function and turn `Stop` into a message and exit 1."""
    try:
        sys.exit(function())
    except Stop as stop:
        print(f"\n*** {stop}", file=sys.stderr, flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\n*** stopped by you", file=sys.stderr, flush=True)
        sys.exit(130)
