"""Ten thousand thumbnails scrolled through in the gallery of the window: the longest time in which it stands still."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtWidgets import QApplication

from db import attachments
from db.casebook import Casebook
from db.formats import Drawable
from db.pictures import decoding
from db.vocabulary import Method, Op
from desktop.context import Bulletin, Context
from desktop.jobs import Jobs
from desktop.settings import Look, Settings
from desktop.theme import Theme
from desktop.widgets.gallery import Gallery
from tests import drawings
from tests.benchmarks.measure import percentile
from tests.makers import encoded, make_case

THUMBNAILS = 10_000
_DRAWN = 60
_FRAMES = 600
_FRAME = 0.016


def main(folder: Path, number: int = THUMBNAILS) -> None:
    """Scroll from top to bottom as with a wheel: a step each frame, and whatever the window does between two."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with Casebook.create(folder / "scroll.casebook", "Desk", "DSK", "Analyst") as book:
        case_id = _fill(book, number)
        jobs, bulletin = Jobs(_raise), Bulletin(book)
        gallery = Gallery(Context(book, bulletin, jobs, Settings(), Theme(app, Look.LIGHT), _raise))
        gallery.resize(1000, 640)
        gallery.show()
        begin = perf_counter()
        gallery.show_attachments(attachments.of_case(book, case_id))
        for _ in range(20):  # the cells are laid out when the window is served again
            app.processEvents()
        shown = perf_counter() - begin
        for way in ("slowly", "from end to end"):
            times, worked = _scroll(app, gallery, way)
            print(
                f"{number:,} thumbnails scrolled {way}: longest frame {max(times) * 1000:.1f} ms (aim <= 32), "
                f"{max(worked) * 1000:.1f} ms of the processor, "
                f"p99 {percentile(times, 0.99) * 1000:.1f} ms, p50 {percentile(times, 0.5) * 1000:.1f} ms; "
                f"shown at first in {shown * 1000:.0f} ms"
            )
        gallery.close()
        jobs.close()
        bulletin.close()


def _scroll(app: QApplication, gallery: Gallery, way: str) -> tuple[list[float], list[float]]:
    """The time of each turn of the event loop, and how long the processor worked in it."""
    bar = gallery.view.verticalScrollBar()
    times: list[float] = []
    worked: list[float] = []

    def turn(do: Callable[[], object]) -> None:
        begin, work = perf_counter(), thread_time()
        do()
        times.append(perf_counter() - begin)
        worked.append(thread_time() - work)

    def draw(place: int) -> None:
        bar.setValue(min(bar.maximum(), place))
        gallery.view.viewport().repaint()

    step = 40 if way == "slowly" else max(1, bar.maximum() // _FRAMES)
    bar.setValue(0)
    for frame in range(_FRAMES):
        until = perf_counter() + _FRAME
        turn(partial(draw, frame * step))
        while perf_counter() < until:
            turn(app.processEvents)
            time.sleep(0.001)
    return times, worked


def _fill(book: Casebook, number: int) -> str:
    """A case with that many pictures; what is drawn is the same for some of them, what is stored is not."""
    case_id = make_case(book)
    kinds = (drawings.landscape, drawings.portrait, drawings.post)
    made = [encoded(kinds[seed % 3](seed)) for seed in range(_DRAWN)]
    small = [decoding.thumbnail(io.BytesIO(data), "image/jpeg") for data in made]
    with book.repair() as writer:
        for n in range(number):
            writer.execute_row("INSERT INTO blob (sha256, size) VALUES (?, ?)", (f"{n:064x}", 90_000))
            each = small[n % _DRAWN]
            writer.execute_row(
                "INSERT INTO thumbnail (sha256, width, height, state, dhash, anchors, image) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (f"{n:064x}", each.width, each.height, Drawable.YES, each.dhash, b"", each.image),
            )
    with book.change(Op.ADD_ATTACHMENT) as change:
        for n in range(number):
            ready = attachments.Ready(f"{n:064x}", 90_000, "image/jpeg", f"screen {n}.jpg", Method.FILE, "")
            attachments.attach(change, case_id, ready)
    return case_id


def _raise(error: Exception) -> None:
    raise error
