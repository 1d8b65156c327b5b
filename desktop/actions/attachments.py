"""The verbs of attachments: attach, paste, view, save a copy, move, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from db import attachments, sources
from db.attachments import Attachment
from db.change import Change
from db.vocabulary import Op
from desktop import wording
from desktop.actions.copies import Copies
from desktop.actions.intake import Batch, Intake, Place, Refused
from desktop.actions.paste import PasteGuard
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.forms.doubled_form import DoubledForm
from desktop.widgets import mime
from desktop.widgets.choice import Choice, Way
from desktop.widgets.mime import Offer, Picture
from desktop.widgets.notice import Notice
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated
from desktop.widgets.viewer import Viewer

__all__ = ["AttachmentVerbs", "Place"]

_LONGEST = 60


class AttachmentVerbs(QObject):
    """What can be done with attachments. `told` says in a few words for the status bar how something came out.

    `folder_wanted` carries a folder that is to be attached, `source_wanted` a web address that is to be a source; both
    with the place that they were offered at. `record_wanted` carries the attachment whose record a viewer asks for.
    """

    told = Signal(str)
    custody_wanted = Signal(object)
    words_pasted = Signal(str, str, object)  # a text, the source whose files are in use, and the text’s origin
    viewed = Signal(object)  # a viewer that was opened
    record_wanted = Signal(object)
    folder_wanted = Signal(object, object)
    source_wanted = Signal(object, object)

    def __init__(
        self,
        context: Context,
        window: QWidget,
        place: Callable[[], Place | None],
        selected: Callable[[], tuple[Attachment, ...]],
    ) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._place, self._selected = place, selected
        self._folder = ""
        self._viewers: list[Viewer] = []
        self._intake = Intake(context, self)
        self._copies = Copies(context, self)
        self._intake.attached.connect(self._on_attached)
        self._intake.asked.connect(self._on_asked)
        self._intake.abandoned.connect(self._on_abandoned)
        self._copies.told.connect(self.told)
        self._make_verbs()
        self._guard = PasteGuard(self.paste, window, self)
        context.theme.changed.connect(self._draw)
        self.refresh()

    def _make_verbs(self) -> None:
        self.attach = verb(self, "&Attach files…", self._on_attach, "Ctrl+Shift+A")
        self.paste = verb(self, "&Paste picture, text or files", self._on_paste, "Ctrl+V")
        self.view = verb(self, "&View", self._on_view, "Ctrl+Shift+O")
        self.save = verb(self, "&Save a copy…", self._on_save, "Ctrl+Shift+C")
        self.copy = verb(self, "Copy SHA-&256", self._on_copy, "Ctrl+Shift+H")
        self.move_menu = QMenu("&Move to", self._window)
        self.move_menu.aboutToShow.connect(self._fill_move_menu)
        self.move = self.move_menu.menuAction()
        self.remove = verb(self, "&Remove", self._on_remove, "Del")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._window.addActions([self.attach, self.paste, self.save])
        self._draw()

    def _draw(self) -> None:
        for action, icon in (
            (self.attach, "paperclip"),
            (self.paste, "clipboard-paste"),
            (self.view, "eye"),
            (self.save, "download"),
            (self.copy, "copy"),
            (self.move, "folder"),
            (self.remove, "trash-2"),
        ):
            action.setIcon(self._context.theme.icon(icon))

    @property
    def all(self) -> tuple[QAction | None, ...]:
        """The verbs in the order of a menu; None stands for a line between them."""
        return (self.attach, self.paste, None, self.view, self.save, self.copy, None, self.move, self.remove)

    def refresh(self) -> None:
        """Allow what can be done now; for a change of place or selection."""
        writable, any_selected = self._context.book.writable, bool(self._selected())
        for action in (self.attach, self.paste):
            action.setEnabled(writable and self._place() is not None)
        for action in (self.view, self.copy):
            action.setEnabled(any_selected)
        self.save.setEnabled(bool(self._kept()))
        for action in (self.move, self.remove):
            action.setEnabled(writable and any_selected)

    def take(self, offer: Offer, place: Place) -> None:
        """Take what was dropped or pasted; of an address alone it is asked what is to become of it."""
        folders = [path for path in offer.files if path.is_dir()]
        self.attach_paths([path for path in offer.files if path not in folders], place)
        for folder in folders:
            self.folder_wanted.emit(folder, place)
        if offer.picture:
            self.attach_picture(offer.picture, place)
        elif offer.link:
            self._ask_what_becomes(offer, place)
        elif offer.text:
            self.words_pasted.emit(offer.text, place.source_id, offer.origin)

    def attach_paths(self, paths: Sequence[Path], place: Place, folder: Path | None = None) -> None:
        """Attach files, those listed in one `folder` as such; what cannot be read is named, the others are attached."""
        if paths:
            self._intake.start(tuple(paths), place, folder)

    def attach_picture(self, picture: Picture, place: Place) -> None:
        """Attach a picture: its bytes as they are, or its pixels as PNG."""
        self._intake.start((picture,), place)

    def _ask_what_becomes(self, offer: Offer, place: Place) -> None:
        """An address that is all there is may be a source, or a text like any other; nobody opens it."""
        ways: list[Way] = [("New source", lambda: self.source_wanted.emit(offer.link, place))]
        if offer.text:
            ways.append(
                ("Take it as a text", lambda: self.words_pasted.emit(offer.text, place.source_id, offer.origin))
            )
        address = offer.link.page
        shown = address if len(address) <= _LONGEST else address[: _LONGEST - 1] + "…"
        words = (isolated(shown), "Nothing is fetched from it: the address and its title are noted.")
        open_once(Choice(self._window, "A web address", words, ways))

    def _on_asked(self, batch: Batch) -> None:
        form = DoubledForm(batch.doubled, batch.place.case_id, len(batch.ready), self._window)
        form.skipped.connect(partial(self._intake.skip, batch))
        form.kept.connect(partial(self._intake.keep, batch))
        form.rejected.connect(partial(self._intake.abandon, batch))
        open_once(form)

    def settle(self) -> bool:
        """Save what is typed in viewers; returns whether nothing unsaved is left."""
        return all(viewer.settle() for viewer in self._viewers)

    def close(self) -> None:
        """Close the viewers, before the casebook is closed."""
        for viewer in tuple(self._viewers):
            viewer.close()

    def _on_attach(self) -> None:
        chooser = QFileDialog(self._window, "Attach files", self._folder)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self._on_files_chosen)
        chooser.open()

    def _on_files_chosen(self, names: list[str]) -> None:
        place = self._place()
        if place and names:
            self._folder = str(Path(names[0]).parent)
            self.attach_paths([Path(name) for name in names], place)

    def _on_paste(self) -> None:
        place, offered = self._place(), QGuiApplication.clipboard().mimeData()
        if place is None or offered is None:
            return
        if offer := mime.offered(offered):
            self.take(offer, place)
        else:
            self.told.emit("There is no picture, no file and no text on the clipboard.")

    def _on_view(self) -> None:
        for chosen in self._selected()[:1]:
            shown = attachments.of_case(self._context.book, chosen.case_id)
            viewer = Viewer(self._context, shown, chosen.id, self._window)
            viewer.save_wanted.connect(self._on_save_wanted)
            viewer.custody_wanted.connect(self.custody_wanted)
            viewer.record_wanted.connect(self.record_wanted)
            viewer.closed.connect(self._on_viewer_closed)
            self._viewers.append(viewer)
            self.viewed.emit(viewer)
            viewer.show()

    def _on_viewer_closed(self) -> None:
        self._viewers = [each for each in self._viewers if each is not self.sender()]

    def _on_save_wanted(self, attachment: Attachment) -> None:
        self._copies.choose((attachment,), self.sender())  # type: ignore[arg-type]

    def _on_save(self) -> None:
        self._copies.choose(self._kept(), self._window)

    def _kept(self) -> tuple[Attachment, ...]:
        """Those chosen whose bytes were not erased."""
        return tuple(each for each in self._selected() if each.erased is None)

    def _on_copy(self) -> None:
        digests = [each.sha256 for each in self._selected()]
        QGuiApplication.clipboard().setText("\n".join(digests))
        self.told.emit("Copied the SHA-256." if len(digests) == 1 else f"Copied {len(digests)} SHA-256.")

    def _fill_move_menu(self) -> None:
        self.move_menu.clear()
        chosen = self._selected()
        if not chosen:
            return
        found = sources.of_case(self._context.book, chosen[0].case_id)
        now = {each.source_id for each in chosen}
        places = [("The case itself", ""), *((f"{n}. {s.title}", s.id) for n, s in enumerate(found, 1))]
        for words, source_id in places:
            shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            action = self.move_menu.addAction(shown.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(now == {source_id})
            action.triggered.connect(partial(self._move_to, source_id))

    def _move_to(self, source_id: str, _checked: bool = False) -> None:
        chosen = [each.id for each in self._selected() if each.source_id != source_id]

        def write(change: Change) -> None:
            for each in chosen:
                attachments.file_under(change, each, source_id)

        if chosen and self._context.save(Op.EDIT_ATTACHMENT, write):
            self.told.emit(f"Moved {wording.files(len(chosen))}.")

    def _on_remove(self) -> None:
        chosen = [each.id for each in self._selected()]

        def write(change: Change) -> None:
            for each in chosen:
                attachments.delete(change, each)

        if chosen and self._context.save(Op.DELETE_ATTACHMENT, write):
            self.told.emit(
                f"Removed {wording.files(len(chosen))}. Undo brings {'it' if len(chosen) == 1 else 'them'} back."
            )

    def _on_attached(self, count: int, refused: list[Refused]) -> None:
        if count:
            self.told.emit(f"Attached {wording.files(count)}.")
        if refused:
            title = f"{wording.files(len(refused)).capitalize()} could not be attached"
            others = f"The other {wording.files(count)} {'is' if count == 1 else 'are'} attached." if count else ""
            listed = "\n".join(f"{isolated(each.name)}: {each.why}" for each in refused)
            Notice(self._window, title, (listed, others)).show()

    def _on_abandoned(self) -> None:
        self.told.emit("Cancelled: nothing was attached.")
