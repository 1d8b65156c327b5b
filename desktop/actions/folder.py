"""Attaching a whole folder of files in one save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from db import folders
from db.folders import Listing
from desktop.actions.attachments import AttachmentVerbs
from desktop.actions.intake import Place
from desktop.actions.verb import verb
from desktop.context import Context
from desktop.forms.folder_form import FolderForm
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated


class FolderVerb(QObject):
    """Lists a folder, asks, and attaches its files; folders that are dropped go the same way."""

    def __init__(
        self, context: Context, window: QWidget, attaching: AttachmentVerbs, place: Callable[[], Place | None]
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._attaching, self._place = context, window, attaching, place
        self._folder = ""
        self.attach = verb(self, "Attach a &folder…", self._on_attach, "Ctrl+Shift+Q")
        self.attach.setIcon(context.theme.icon("folder-plus"))
        window.addAction(self.attach)
        attaching.folder_wanted.connect(self.look_into)

    def refresh(self) -> None:
        """Allow it where files can be attached."""
        self.attach.setEnabled(self._context.book.writable and self._place() is not None)

    def look_into(self, folder: Path, place: Place) -> None:
        """List a folder, and ask what of it is to be attached."""
        title = f"Listing {isolated(folder.name or str(folder))}"
        self._context.jobs.start(title, partial(folders.look, folder), partial(self._ask, place))

    def _ask(self, place: Place, listing: Listing) -> None:
        form = FolderForm(listing, self._window)
        form.chosen.connect(lambda paths: self._attaching.attach_paths(paths, place, listing.root))
        open_once(form)

    def _on_attach(self) -> None:
        chooser = QFileDialog(self._window, "Attach a folder", self._folder)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self._on_chosen)
        open_once(chooser)

    def _on_chosen(self, name: str) -> None:
        place = self._place()
        if place and name:
            self._folder = str(Path(name).parent)
            self.look_into(Path(name), place)
