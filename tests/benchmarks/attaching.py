"""A thousand pictures of 1 MB attached, against SHA-256 and a plain blob write of the same bytes."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from time import perf_counter

from PIL import Image

from db import attachments, cases
from db.casebook import Casebook
from db.claims import ClaimDraft
from db.vocabulary import Op

PICTURES = 1000
_SIDE = 1290


def main(folder: Path) -> None:
    """Attach as the window does: the bytes by a worker, then one save."""
    files = _pictures(folder)
    size = sum(file.stat().st_size for file in files) / len(files)
    ours = _attach(folder, files)
    plain = _plain(folder, files)
    print(
        f"attaching {len(files)} pictures of {size / 1e6:.2f} MB: {ours:.1f} s, SHA-256 and a plain "
        f"fsynced blob write each {plain:.1f} s, ratio {ours / plain:.2f} (aim <= 1.5)"
    )


def _pictures(folder: Path) -> list[Path]:
    """Photographs as phones make them: JPEG, each other bytes."""
    dice = Random(3)
    noise = Image.frombytes("RGB", (_SIDE, _SIDE), dice.randbytes(_SIDE * _SIDE * 3))
    out = BytesIO()
    noise.save(out, "JPEG", quality=75)
    files = []
    for number in range(PICTURES):
        file = folder / f"{number}.jpg"
        file.write_bytes(out.getvalue() + number.to_bytes(4, "big"))
        files.append(file)
    return files


def _attach(folder: Path, files: list[Path]) -> float:
    with Casebook.create(folder / "attach.casebook", "Desk", "DSK", "Analyst") as book:
        with book.change(Op.ADD_CASE) as change:
            case_id = cases.add(change, cases.CaseDraft(), ClaimDraft("Pictures"))
        begin = perf_counter()
        with attachments.Depot(book.path) as depot:
            ready = [depot.file(file) for file in files]
        with book.change(Op.ADD_ATTACHMENT) as change:
            for each in ready:
                attachments.attach(change, case_id, each)
        return perf_counter() - begin


def _plain(folder: Path, files: list[Path]) -> float:
    connection = sqlite3.connect(folder / "plain-blobs.db", isolation_level=None)
    connection.executescript(
        "PRAGMA page_size=8192; PRAGMA synchronous=EXTRA; CREATE TABLE b (sha TEXT PRIMARY KEY, d BLOB)"
    )
    begin = perf_counter()
    for file in files:
        data = file.read_bytes()
        connection.execute("INSERT INTO b VALUES (?, ?)", (sha256(data).hexdigest(), data))
    taken = perf_counter() - begin
    connection.close()
    return taken
