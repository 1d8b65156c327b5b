"""Saves and attaches in one process after another, each killed at a random moment. Run by test_store.py.

    python -m tests.db.killed CASEBOOK ROUNDS SEED

Prints how many saves and attachments were acknowledged, and every loss.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from hashlib import sha256
from pathlib import Path

from db import attachments, blobs, check, notes
from db.casebook import Casebook
from db.errors import NotFound
from db.vocabulary import Op
from tests.makers import take


def work(path: Path, case_id: str, turn: int, acknowledge: int) -> None:
    """Save and attach without end; each is acknowledged when the function that did it has returned."""
    dice = random.Random(turn)
    with Casebook.open(path) as book:
        assert book.writable
        for number in range(10_000):
            word = f"{turn}-{number}"
            if number % 4 == 2:
                data = dice.randbytes(dice.choice((900, 300_000, 2_500_000)))
                ready = take(path, data, f"{word}.bin")
                with book.change(Op.ADD_ATTACHMENT) as change:
                    attachments.attach(change, case_id, ready)
                word = ready.sha256
            else:
                with book.change(Op.ADD_NOTE) as change:
                    notes.add_note(change, case_id, word)
            os.write(acknowledge, f"{word}\n".encode())


def killed(path: Path, case_id: str, turn: int, after: float) -> list[str]:
    """Let a process work and kill it; what it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(path, case_id, turn, writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read().split("\n")[:-1]


def lost(book: Casebook, case_id: str, acknowledged: list[str]) -> list[str]:
    """What was acknowledged and is not there, or not whole."""
    there = {note.text for note in notes.of_case(book, case_id)}
    there |= {attachment.sha256 for attachment in attachments.of_case(book, case_id)}
    missing = [word for word in acknowledged if word not in there]
    for word in acknowledged:
        try:
            if len(word) == 64 and sha256(blobs.read(book, word)).hexdigest() != word:
                missing.append(f"{word} is not whole")
        except NotFound:
            missing.append(f"{word} has no bytes")
    return missing


def main(path: Path, rounds: int, seed: int) -> None:
    dice = random.Random(seed)
    with Casebook.open(path) as book:
        case_id = book.value('SELECT id FROM "case"')
    everything: list[str] = []
    problems: list[str] = []
    hot = 0
    for turn in range(rounds):
        acknowledged = killed(path, case_id, turn, dice.uniform(0.004, 0.15))
        everything += acknowledged
        hot += Path(f"{path}-journal").exists()
        with Casebook.open(path) as book:
            if not book.writable:
                problems.append(f"round {turn}: {book.closed}")
            if book.value("SELECT count(*) FROM blob WHERE sha256 IS NULL"):
                problems.append(f"round {turn}: half a blob")
            problems += lost(book, case_id, acknowledged)
            if turn % 20 == 19 or turn == rounds - 1:
                problems += map(str, check.check(book).problems)
                problems += lost(book, case_id, everything)
    print(json.dumps({"acknowledged": len(everything), "hot": hot, "problems": problems}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
