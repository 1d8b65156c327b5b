"""The verbs of pictures: the picture desk, comparing two, and marking what is hard to bear."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from db import attachments, blobs
from db.attachments import Attachment, Ready
from db.casebook import Casebook
from db.change import Change
from db.errors import NotFound
from db.pictures import retouch
from db.pictures.steps import Steps
from db.progress import Progress, Share
from db.vocabulary import Method, Op
from desktop import filetypes
from desktop.actions.verb import rename, verb
from desktop.context import Context
from desktop.widgets import desk_draft
from desktop.widgets.compare_pictures import ComparePictures
from desktop.widgets.lettering import patch
from desktop.widgets.picture_desk import PictureDesk, Wanted
from desktop.widgets.texts import isolated
from desktop.widgets.viewer import Viewer

_MARK, _UNMARK = "&Graphic material", "Not &graphic"


class RetouchVerbs(QObject):
    """What can be done with pictures. `told` says in a few words for the status bar how something came out."""

    told = Signal(str)

    def __init__(self, context: Context, window: QWidget, selected: Callable[[], tuple[Attachment, ...]]) -> None:
        super().__init__(window)
        self._context, self._window, self._selected = context, window, selected
        self._desks: list[PictureDesk] = []
        self._compared: list[ComparePictures] = []
        self.desk = verb(self, "Picture &desk…", self._on_desk, "F12")
        self.compare = verb(self, "Compare p&ictures", self._on_compare, "Shift+F12")
        self.graphic = verb(self, _MARK, self._on_graphic, "Ctrl+G")
        context.theme.changed.connect(self._draw)
        self._draw()
        self.refresh()

    def _draw(self) -> None:
        for action, icon in ((self.desk, "pen-line"), (self.compare, "columns-2"), (self.graphic, "eye-off")):
            action.setIcon(self._context.theme.icon(icon))

    @property
    def all(self) -> tuple[QAction, ...]:
        """The verbs in the order of a menu."""
        return (self.desk, self.compare, self.graphic)

    def refresh(self) -> None:
        """Allow what can be done now; for a change of place or selection."""
        chosen, writable = self._selected(), self._context.book.writable
        self.desk.setEnabled(writable and len(chosen) == 1 and _drawn(chosen[0]))
        self.compare.setEnabled(self._may_be_pair(chosen))
        self.graphic.setEnabled(writable and bool(chosen))
        rename(self.graphic, _UNMARK if chosen and all(each.graphic for each in chosen) else _MARK)

    def settle(self) -> bool:
        """Put by what is drawn and not kept."""
        for desk in self._desks:
            desk.settle()
        return True

    def close(self) -> None:
        """Close the windows, before the casebook is closed; what is drawn is there again when its desk is opened."""
        for desk in tuple(self._desks):
            desk.end()
        for window in tuple(self._compared):
            window.close()

    def equip(self, viewer: Viewer) -> None:
        """Give a viewer its own verbs for the picture it shows."""
        theme = self._context.theme
        desk = verb(viewer, "Picture desk", lambda: self._open_desk(viewer.attachment), "F12")
        graphic = verb(viewer, "Graphic material", lambda: self._mark((viewer.attachment,)), "Ctrl+G")
        desk.setIcon(theme.icon("pen-line"))
        graphic.setIcon(theme.icon("eye-off"))
        for action in (desk, graphic):
            action.setEnabled(self._context.book.writable)
        viewer.add_verbs((desk, graphic))

    # The desk

    def _on_desk(self) -> None:
        for chosen in self._selected()[:1]:
            self._open_desk(chosen)

    def _open_desk(self, attachment: Attachment) -> None:
        """Open the desk for a picture, or bring it to the front where it is open."""
        if not _drawn(attachment):
            self.told.emit("This is no picture that can be drawn on.")
            return
        for desk in self._desks:
            if desk.of.id == attachment.id:
                desk.raise_()
                desk.activateWindow()
                return
        desk = PictureDesk(self._context, attachment, retouch.base_of(self._context.book, attachment), self._window)
        desk.keep_wanted.connect(partial(self._on_keep_wanted, desk))
        desk.closed.connect(partial(self._on_desk_closed, desk))
        self._desks.append(desk)
        desk.show()

    def _on_desk_closed(self, desk: PictureDesk) -> None:
        self._desks.remove(desk)

    def _on_keep_wanted(self, desk: PictureDesk, wanted: Wanted) -> None:
        self._context.jobs.start(
            f"Drawing {isolated(wanted.name)}",
            partial(_make, self._context.book, wanted),
            partial(self._on_made, desk, wanted),
            failed=partial(self._on_failed, desk),
            cancelled=partial(self._go_on, desk),
        )

    def _on_made(self, desk: PictureDesk, wanted: Wanted, made: tuple[Ready, Steps]) -> None:
        ready, told = made
        if not self._context.save(Op.RETOUCH_ATTACHMENT, partial(_keep, wanted.original, ready, told)):
            abandon = partial(_abandon, self._context.book, ready)
            self._context.jobs.start("Dropping what was not kept", abandon, _ignore, failed=_ignore)
            self._go_on(desk)
            return
        desk_draft.drop(self._context.book, wanted.of)
        if isValid(desk):
            desk.end()
        self.told.emit(f"Kept {isolated(wanted.name)}. The original is as it was.")

    def _on_failed(self, desk: PictureDesk, error: Exception) -> None:
        self._go_on(desk)
        self._context.report(error)

    def _go_on(self, desk: PictureDesk) -> None:
        if isValid(desk):
            desk.go_on()

    # Comparing

    @staticmethod
    def _may_be_pair(chosen: Sequence[Attachment]) -> bool:
        drawn = all(map(_drawn, chosen))
        return drawn and (len(chosen) == 2 or (len(chosen) == 1 and bool(chosen[0].derived_from)))

    def _on_compare(self) -> None:
        """Compare the two that are chosen, or one with the original that it was made of."""
        chosen = list(self._selected())
        if len(chosen) == 1:
            try:
                chosen.insert(0, attachments.one(self._context.book, chosen[0].derived_from))
            except NotFound:
                self.told.emit("The original of this picture is not in this casebook.")
                return
        window = ComparePictures(self._context, chosen[0], chosen[1], self._window)
        window.closed.connect(partial(self._on_compared, window))
        self._compared.append(window)
        window.show()

    def _on_compared(self, window: ComparePictures) -> None:
        self._compared.remove(window)

    # Graphic material

    def _on_graphic(self) -> None:
        self._mark(self._selected())

    def _mark(self, chosen: Sequence[Attachment]) -> None:
        """Mark as graphic; where all are marked already, take the marks away."""
        graphic = not all(each.graphic for each in chosen)
        digests = tuple(dict.fromkeys(each.sha256 for each in chosen))
        mark = partial(attachments.mark_graphic, digests=digests, graphic=graphic)
        if chosen and self._context.save(Op.EDIT_ATTACHMENT, mark):
            what = "Marked as graphic: hold Space to see." if graphic else "No longer marked as graphic."
            self.told.emit(what)
            self.refresh()


def _drawn(attachment: Attachment) -> bool:
    return filetypes.can_be_drawn(attachment) and attachment.erased is None


def _make(book: Casebook, wanted: Wanted, progress: Progress) -> tuple[Ready, Steps]:
    """Draw the new picture and store its bytes; for a worker."""
    with book.reader() as store:
        stream = io.BufferedReader(blobs.reader(store, wanted.original.sha256))
        drawn = retouch.draw(stream, wanted.original.media_type, wanted.steps, patch, Share(progress, 0, 80))
    with attachments.Depot(book.path) as depot:
        ready = depot.picture(drawn.png, wanted.name, Share(progress, 80, 100), Method.DERIVED)
    return ready, drawn.steps


def _keep(original: Attachment, ready: Ready, done: Steps, change: Change) -> None:
    retouch.keep(change, original, ready, done)


def _abandon(book: Casebook, ready: Ready, _progress: Progress) -> None:
    attachments.abandon(book.path, (ready,))


def _ignore(_whatever: object) -> None:
    """What could not be dropped now is swept at the next opening."""
