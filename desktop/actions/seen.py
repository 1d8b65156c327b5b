"""The verbs of knowing pictures again: where one was seen before, and reading the text in pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from db import attachments, claims, extracts, sources
from db.attachments import Attachment
from db.formats import DRAWN
from db.pictures import drawn
from db.progress import Progress, Share
from desktop import seen_words
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.widgets.notice import Notice
from desktop.widgets.once import open_once

if TYPE_CHECKING:
    from db.pictures.ocr import Engine
    from db.pictures.seen import Sighting

_NO_ENGINE = (
    "Claimdesk reads text in pictures with Tesseract, which is not installed on this computer. Everything else works "
    "without it."
)
_NO_DATA = "Tesseract is installed on this computer, but no data of any language was found for it."
_WAYS = (
    "On a computer with a connection, get Tesseract and the language data that you need (on Debian the packages "
    "tesseract-ocr and, for Urdu, tesseract-ocr-urd; else from its project), carry them here and install them."
)
_FOLDER = (
    "Or choose the folder that holds the language data (files such as urd.traineddata), where you have it already."
)


_TOGETHER = 20


class SeenVerbs(QObject):
    """`told` says in a few words how something came out, `wanted` which case is to be opened, `known` what was seen."""

    told = Signal(str)
    wanted = Signal(str)
    known = Signal(frozenset)

    def __init__(
        self,
        context: Context,
        window: QWidget,
        case_id: Callable[[], str],
        selected: Callable[[], tuple[Attachment, ...]],
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._case_id, self._selected = context, window, case_id, selected
        self._known: set[str] = set()
        self.seen = verb(self, "Seen &before", self._on_seen, "F11")
        self.read = verb(self, "Read te&xt in pictures…", self._on_read, "Shift+F11")
        context.theme.changed.connect(self._draw)
        self._draw()
        self.refresh()

    def _draw(self) -> None:
        self.seen.setIcon(self._context.theme.icon("fingerprint"))
        self.read.setIcon(self._context.theme.icon("scan-text"))

    @property
    def all(self) -> tuple[QAction, ...]:
        """Both verbs, for menus."""
        return self.seen, self.read

    def refresh(self) -> None:
        """Allow what can be done now; for a change of place or selection."""
        self.seen.setEnabled(bool(self._selected()))
        self.read.setEnabled(self._context.book.writable and bool(self._case_id()))

    # Seen before

    def look(self, came: Sequence[Attachment]) -> None:
        """Look in quiet whether pictures that were just drawn have been here before, and tell of those that have.

        Some at a time, so that no other job waits for all of them.
        """
        book, now, later = self._context.book, came[:_TOGETHER], came[_TOGETHER:]

        def work(progress: Progress) -> dict[str, tuple[Sighting, ...]]:
            from db.pictures.seen import seen_before  # noqa: PLC0415 (start-up does not wait for it)

            found = {}
            with book.reader() as reader:
                for place, each in enumerate(now):
                    progress.step(place, len(now))
                    found[each.id] = seen_before(reader, each.id)
            return found

        def done(found: dict[str, tuple[Sighting, ...]]) -> None:
            self._on_looked(found)
            if later:
                self.look(later)

        self._context.jobs.start("Looking whether it was seen before", work, done, quiet=True)

    def _on_looked(self, found: Mapping[str, Sequence[Sighting]]) -> None:
        case_id, again = self._case_id(), [sightings for sightings in found.values() if sightings]
        self._known.update(each for each, sightings in found.items() if sightings)
        self.known.emit(frozenset(self._known))
        if len(again) == 1:
            self.told.emit(seen_words.summary(again[0], case_id))
        elif again:
            self.told.emit(f"{len(again)} of these pictures were seen before. {seen_words.summary(again[0], case_id)}")

    def _on_seen(self) -> None:
        for asked in self._selected()[:1]:
            self._look_for(asked)

    def _look_for(self, asked: Attachment) -> None:
        """Look where a picture was seen; first draw what nobody has looked at yet, so that it is known again."""
        book = self._context.book

        def work(progress: Progress) -> tuple[Sighting, ...]:
            from db.pictures.seen import seen_before  # noqa: PLC0415 (as above)

            with book.reader() as reader:
                if book.writable:
                    waiting = [attachments.one(reader, each) for each in drawn.waiting(reader)]
                    attachments.draw_small(book.path, waiting, Share(progress, 0, 95))
                return seen_before(reader, asked.id)

        self._context.jobs.start("Looking where it was seen before", work, lambda found: self._show(asked, found))

    def _show(self, asked: Attachment, found: tuple[Sighting, ...]) -> None:
        from desktop.forms.seen_form import SeenForm  # noqa: PLC0415 (as above)

        self._on_looked({asked.id: found})
        form = SeenForm(self._context, asked, found, self._window)
        form.wanted.connect(self.wanted)
        open_once(form)

    # Text in pictures

    def _on_read(self) -> None:
        folder = self._context.settings.tessdata

        def work(_progress: Progress) -> Engine | None:
            from db.pictures import ocr  # noqa: PLC0415 (as above)

            return ocr.find(folder)

        self._context.jobs.start("Looking for Tesseract", work, self._on_engine)

    def _on_engine(self, engine: Engine | None) -> None:
        from db.pictures import ocr  # noqa: PLC0415 (as above)
        from desktop.forms.ocr_form import OcrForm  # noqa: PLC0415 (as above)

        case_id = self._case_id()
        if engine is None or not engine.languages:
            why = _NO_ENGINE if engine is None else _NO_DATA
            notice = Notice(self._window, "Text in pictures cannot be read here yet", (why, _WAYS, _FOLDER))
            notice.add_button("Choose the folder…", self._on_folder)
            notice.show()
        elif case_id:
            groups = self._pictures(case_id)
            if not groups[-1][1]:
                self.told.emit("There is no picture in this case.")
                return
            suggested = ocr.suggest(engine, self._languages(case_id))
            start = partial(self._start, engine)
            open_once(OcrForm(self._window, engine, groups, suggested, start))

    def _pictures(self, case_id: str) -> Sequence[tuple[str, tuple[Attachment, ...]]]:
        """Which pictures may be meant, in words."""
        book = self._context.book
        of_case = tuple(each for each in attachments.of_case(book, case_id) if each.media_type in DRAWN)
        chosen = tuple(each for each in self._selected() if each.media_type in DRAWN)
        unread = tuple(each for each in of_case if extracts.of(book, each.sha256) is None)
        return (
            ("The chosen pictures", chosen),
            ("Pictures of the case that were not read yet", unread),
            ("All pictures of the case", of_case),
        )

    def _languages(self, case_id: str) -> list[str]:
        """The languages that are noted in the case."""
        book = self._context.book
        said = [claim.language for claim in claims.of_case(book, case_id)]
        return said + [source.language for source in sources.of_case(book, case_id)]

    def _on_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, "The folder that holds the language data")
        if folder:
            self._context.settings.tessdata = Path(folder)
            self._on_read()

    def _start(self, engine: Engine, some: Sequence[Attachment], names: Sequence[str]) -> None:
        path = self._context.book.path

        def work(progress: Progress) -> int:
            from db.pictures import ocr  # noqa: PLC0415 (as above)

            return ocr.read_out(path, engine, some, names, progress)

        def done(worded: int) -> None:
            self.told.emit(f"Read {len(some)} {'picture' if len(some) == 1 else 'pictures'}: text in {worded}.")

        title = "Reading the text in a picture" if len(some) == 1 else f"Reading the text in {len(some)} pictures"
        self._context.jobs.start(
            title, work, done, cancelled=lambda: self.told.emit("Stopped: what was read until then is kept.")
        )
