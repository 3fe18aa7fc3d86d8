"""A side of the comparison, seen from the bench: a process that works when it is told to."""

import json
import subprocess

from tools.places import ADDONS, DATA, PROJECT, PYTHON
from tools.say import Stop


class Side:
    """`addons`: folders of add-ons beside Odoo's own; `more`: environment variables of the process."""

    def __init__(self, ground, name, database, child="bench.ingestion.child", addons=ADDONS, **more):
        self.name = name
        options = [f"--addons-path={addons}", f"--data-dir={DATA}", "--config=/dev/null", f"--database={database}"]
        self._process = subprocess.Popen(
            [PYTHON, "-m", child, name, database, *options],
            cwd=PROJECT,
            env={**ground.environment(), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def prepare(self, number, batches, size):
        self.ask("prepare", number, batches, size)

    def work(self, number, batches, size):
        self.ask("work", number, batches, size)

    def tell(self):
        return self.ask("tell")

    def ask(self, *words):
        print(*words, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise Stop(f"the side {self.name!r} ended early")
        return json.loads(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
