"""Merges a working copy back and kills itself at the given one of the things it does with files.

usage: python -m tests.db.mergeback_killed CASEBOOK-ID [NUMBER]    without a number: prints how many things it does
"""

from __future__ import annotations

import os
import signal
import sys

from db import mergeback, workcopies

_TELLING = (
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.listdir",
    "sqlite3.connect",
    "subprocess.Popen",
)


class _Killer:
    def __init__(self, at: int) -> None:
        self.at, self.seen, self.on = at, 0, False

    def __call__(self, event: str, args: tuple) -> None:
        if self.on and event in _TELLING and not str(args[0]).endswith((".py", ".pyc")):
            self.seen += 1
            if self.seen == self.at:
                os.kill(os.getpid(), signal.SIGKILL)

    def step(self, done: int, total: int) -> None:
        self("open", ("a step",))


def main(casebook: str, at: int) -> None:
    work = workcopies.of_casebook(casebook)
    assert work
    killer = _Killer(at)
    sys.addaudithook(killer)
    killer.on = True
    mergeback.merge_back(work, lambda _: None, killer)
    killer.on = False
    print(killer.seen)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else -1)
