"""A thousand screenshots taken in, drawn small and fingerprinted, against copying and hashing the same files."""

from __future__ import annotations

import io
import shutil
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from PIL import Image

from db import attachments, cases
from db.casebook import Casebook
from db.claims import ClaimDraft
from db.pictures import anchors, decoding, fingerprints
from db.vocabulary import Op
from tests import drawings

SCREENSHOTS = 1000
_DRAWN = 50
_SIZE = (1080, 1350)


def main(folder: Path, number: int = SCREENSHOTS) -> None:
    """Take them in as the window does: bytes, one save, small pictures."""
    files = _screenshots(folder, number)
    size = sum(file.stat().st_size for file in files) / number
    plain = _plain(folder, files)
    stored, drawn = _ours(folder, files)
    decode, prints = _parts(files[:_DRAWN])
    print(
        f"taking in {number} screenshots of {size / 1e3:.0f} kB: stored {stored:.1f} s, drawn small with fingerprints "
        f"{drawn:.1f} s, together {(stored + drawn) / number * 1000:.1f} ms each; plain copy and SHA-256 {plain:.1f} s, "
        f"ratio {(stored + drawn) / plain:.1f}, stored alone {stored / plain:.1f}; decoding and shrinking alone is "
        f"{decode * 1000:.1f} ms each, fingerprints {prints * 1000:.1f} ms"
    )


def _screenshots(folder: Path, number: int) -> list[Path]:
    """As telephones make them: PNG, each other bytes."""
    made = []
    for seed in range(_DRAWN):
        out = io.BytesIO()
        drawings.post(seed, *_SIZE).save(out, "PNG")
        made.append(out.getvalue())
    files = []
    for n in range(number):
        file = folder / f"screen-{n}.png"
        file.write_bytes(made[n % _DRAWN] + n.to_bytes(4, "big"))
        files.append(file)
    return files


def _plain(folder: Path, files: list[Path]) -> float:
    target = folder / "copies"
    target.mkdir()
    begin = perf_counter()
    for file in files:
        shutil.copyfile(file, target / file.name)
        sha256((target / file.name).read_bytes()).hexdigest()
    return perf_counter() - begin


def _ours(folder: Path, files: list[Path]) -> tuple[float, float]:
    with Casebook.create(folder / "ingest.casebook", "Desk", "DSK", "Analyst") as book:
        with book.change(Op.ADD_CASE) as change:
            case_id = cases.add(change, cases.CaseDraft(), ClaimDraft("Screens"))
        begin = perf_counter()
        with attachments.Depot(book.path) as depot:
            ready = [depot.file(file) for file in files]
        with book.change(Op.ADD_ATTACHMENT) as change:
            for each in ready:
                attachments.attach(change, case_id, each)
        stored = perf_counter()
        attachments.draw_small(book.path, attachments.of_case(book, case_id))
        return stored - begin, perf_counter() - stored


def _parts(files: list[Path]) -> tuple[float, float]:
    """What the small picture takes alone, and what its fingerprints take."""
    begin = perf_counter()
    small = []
    for file in files:
        with Image.open(file) as picture:
            picture.thumbnail((decoding.THUMBNAIL, decoding.THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=2.0)
            small.append(picture.convert("L"))
    middle = perf_counter()
    for each in small:
        fingerprints.draw(each)
        anchors.find(each)
    return (middle - begin) / len(files), (perf_counter() - middle) / len(files)
