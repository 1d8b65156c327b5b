"""Whether a picture was seen before among 100,000 others, against comparing the fingerprints of all of them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter, process_time

from db import attachments
from db.casebook import Casebook
from db.formats import Drawable
from db.pictures import anchors, decoding, drawn, fingerprints
from db.pictures.anchors import Anchor
from db.pictures.seen import seen_before
from db.store import Writer
from db.vocabulary import Op
from tests import drawings
from tests.benchmarks.measure import percentile
from tests.makers import encoded, make_case

PICTURES = 100_000
_ASKED = 60
_MODELS = 400
_KINDS = (drawings.landscape, drawings.portrait, drawings.texture, drawings.post)


def main(folder: Path, number: int = PICTURES) -> None:
    """Print how long a person waits for the answer, and whether it was right."""
    with Casebook.create(folder / "seen.casebook", "Desk", "DSK", "Analyst") as book:
        case_id = make_case(book)
        originals = [_KINDS[seed % len(_KINDS)](seed) for seed in range(_ASKED)]
        copies = [drawings.cropped(image, seed, 0.15) for seed, image in enumerate(originals)]
        asked = _attach(book, case_id, [encoded(image) for image in originals])
        wanted = _attach(book, make_case(book), [encoded(image) for image in copies])
        attachments.draw_small(book.path, [attachments.one(book, each) for each in drawn.waiting(book)])
        with book.repair() as writer:
            _fill(writer, number)
        times, worked, found, scans = [], [], 0, []
        for one, copy in zip(asked, wanted, strict=True):
            begin, work = perf_counter(), process_time()
            answer = seen_before(book, one)
            times.append(perf_counter() - begin)
            worked.append(process_time() - work)
            found += copy in [each.attachment_id for each in answer]
        for _ in range(3):
            begin = perf_counter()
            fingerprints.find(book, case_id)
            scans.append(perf_counter() - begin)
        print(
            f"seen before among {number:,} pictures, p50: {percentile(times, 0.5) * 1000:.0f} ms, "
            f"p95: {percentile(times, 0.95) * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms (aim < 100); "
            f"time of the processor {percentile(worked, 0.5) * 1000:.0f} and {percentile(worked, 0.95) * 1000:.0f} ms; {found} of {_ASKED} crops found; all fingerprints compared one by one {min(scans) * 1000:.0f} ms"
        )


def _attach(book: Casebook, case_id: str, data: list[bytes]) -> list[str]:
    with attachments.Depot(book.path) as depot:
        ready = [depot.picture(each, f"{n}.jpg") for n, each in enumerate(data)]
    with book.change(Op.ADD_ATTACHMENT) as change:
        return [attachments.attach(change, case_id, each) for each in ready]


def _fill(writer: Writer, number: int) -> None:
    """As many pictures as asked for: a few hundred are drawn, the others put together of their spots, changed a little.

    Drawing them all would take an hour. Spots of real pictures are as often alike as these are.
    """
    dice = Random(1)
    models = [_KINDS[seed % len(_KINDS)](1000 + seed).convert("L") for seed in range(_MODELS)]
    for model in models:
        model.thumbnail((decoding.THUMBNAIL, decoding.THUMBNAIL))
    spots = [anchors.find(model) for model in models]
    prints = [fingerprints.draw(model) for model in models]
    image = encoded(models[0].convert("RGB"))
    words: list[tuple[int, int]] = []
    for n in range(number):
        row = dice.randrange(_MODELS) // len(_KINDS) * len(_KINDS) + n % len(_KINDS)
        mixed = [_changed(dice, dice.choice(spots[_other(dice, row)])) for _ in spots[row]]
        print_ = bytes(a ^ b for a, b in zip(prints[row], dice.randbytes(len(prints[row])), strict=True))
        picture = writer.execute_row(
            "INSERT INTO thumbnail (sha256, width, height, state, dhash, anchors, image) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (f"{n:064x}", 900, 600, Drawable.YES, print_, anchors.pack(mixed), image),
        )
        words.extend((anchors.key(each.word), picture) for each in mixed)
    writer.execute_rows("INSERT OR IGNORE INTO anchor VALUES (?, ?)", sorted(words))


def _other(dice: Random, row: int) -> int:
    """A picture of the same kind."""
    return dice.randrange(_MODELS // len(_KINDS)) * len(_KINDS) + row % len(_KINDS)


def _changed(dice: Random, spot: Anchor) -> Anchor:
    """A spot that looks a little different: some of its bits are other ones, the weak ones more often."""
    flips = sum(1 << bit for bit in range(32) if dice.random() < (0.5 if spot.weak >> bit & 1 else 0.1))
    return Anchor(spot.word ^ flips, spot.weak, spot.x, spot.y, spot.half)
