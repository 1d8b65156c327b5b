"""Taking files out of a mail, a saved page or an archive: chosen in a list, attached in one save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db import attachments, extracts, unpacking
from db.attachments import Attachment
from db.extracts import Extract
from db.unpacking import Taken
from db.vocabulary import Op
from desktop import document_words, wording
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.forms.parts_model import PartsModel, PartsView
from desktop.widgets.fitted import Answers
from desktop.widgets.notice import Notice
from desktop.widgets.once import open_once
from desktop.widgets.texts import Label, Prose, isolated


class UnpackVerbs(QObject):
    """The verb that takes files out of the chosen attachment. `told` says how it came out."""

    told = Signal(str)

    def __init__(self, context: Context, window: QWidget, selected: Callable[[], tuple[Attachment, ...]]) -> None:
        super().__init__(window)
        self._context, self._window, self._selected = context, window, selected
        hint = "Attach files that are in this one, such as those of a mail"
        self.unpack = verb(self, "&Unpack…", self._on_unpack, "Ctrl+Shift+F4", hint)
        context.theme.changed.connect(self._draw)
        self._draw()
        self.refresh()

    @property
    def all(self) -> tuple[QAction, ...]:
        """The verbs in the order of a menu."""
        return (self.unpack,)

    def refresh(self) -> None:
        """Allow what can be done now; for a change of selection."""
        chosen = self._selected()
        self.unpack.setEnabled(self._context.book.writable and len(chosen) == 1 and chosen[0].erased is None)

    def _draw(self) -> None:
        self.unpack.setIcon(self._context.theme.icon("package-open"))

    def _on_unpack(self) -> None:
        """Read the file where no worker has come to it, then let the person choose."""
        (container,) = self._selected()
        found = extracts.of(self._context.book, container.sha256)
        if found:
            self._offer(container, found)
            return
        path = self._context.book.path
        self._context.jobs.start(
            f"Reading {isolated(container.name)}",
            lambda progress: extracts.read_out(path, (container,), progress),
            lambda _: self._offer(container, extracts.of(self._context.book, container.sha256)),
        )

    def _offer(self, container: Attachment, found: Extract | None) -> None:
        if found is None or not found.parts:
            self.told.emit(f"There are no files in {isolated(container.name)}.")
            return
        chooser = PartChooser(found, self._window)
        chooser.accepted.connect(lambda: self._take(container, found, chooser.chosen))
        open_once(chooser)

    def _take(self, container: Attachment, found: Extract, numbers: tuple[int, ...]) -> None:
        path = self._context.book.path
        self._context.jobs.start(
            f"Unpacking {isolated(container.name)}",
            lambda progress: unpacking.take(path, container, found, numbers, progress),
            partial(self._on_taken, container),
            cancelled=lambda: self.told.emit("Cancelled: nothing was unpacked."),
        )

    def _on_taken(self, container: Attachment, taken: Taken) -> None:
        write = partial(unpacking.attach, container=container, ready=taken.ready)
        if taken.ready and not self._context.save(Op.ADD_ATTACHMENT, write):
            path = self._context.book.path
            self._context.jobs.start(
                "Dropping what was not attached",
                lambda _: attachments.abandon(path, taken.ready),
                lambda _: None,
                failed=lambda _: None,  # the next opening sweeps
            )
            return
        if taken.ready:
            self.told.emit(f"Unpacked {wording.files(len(taken.ready))} from {isolated(container.name)}.")
        if taken.left:
            listed = "\n".join(f"{isolated(each.name)}: {document_words.STATES[each.state]}" for each in taken.left)
            kept = "All of it stays in the file that holds it, which is kept as it came."
            Notice(self._window, f"{wording.files(len(taken.left))} could not be unpacked", (listed, kept)).show()


class PartChooser(QDialog):
    """Offers the files within a document."""

    def __init__(self, found: Extract, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unpack")
        self.resize(640, 440)
        self.model = PartsModel(found.parts, unpacking.MOST_FILES, self)
        self.list = PartsView(self.model, self)
        self.model.ticked_changed.connect(self._show)
        self.told = Prose()
        buttons = Answers(self, "Attach", self.accept)
        self.button = buttons.answer
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        for widget in (Label("Which files are to be attached?", "heading"), self.list, self.told, buttons):
            box.addWidget(widget)
        self._show()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the chosen files."""
        return tuple(int(row.id) for row in self.model.ticked)

    def _show(self) -> None:
        numbers = self.chosen
        size = sum(self.model.rows[number].part.size for number in numbers)
        self.told.setText(
            f"{wording.files(len(numbers))}, {wording.size(size)}. At most {unpacking.MOST_FILES} files and "
            f"{wording.size(unpacking.MOST_BYTES)} are taken at once; each is attached beside the file that it is in."
        )
        self.button.setEnabled(0 < len(numbers) <= unpacking.MOST_FILES)
