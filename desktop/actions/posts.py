"""Pasting a post: read, shown beside its text, and kept in one save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db import attachments, cards, posting
from db.attachments import Depot, Ready
from db.change import Change
from db.identity import now
from db.posting import Posting
from db.progress import Progress
from db.vocabulary import Op
from desktop import collection_words
from desktop.actions.verb import verb
from desktop.forms.post_form import PostForm
from desktop.panels.evidence import EvidencePanel
from desktop.widgets.once import open_once
from desktop.widgets.texts import isolated

_TEXT, _NAME = "text/plain", 60


class PostVerbs(QObject):
    """The verb of posts; `turn` brings the evidence to the front."""

    told = Signal(str)

    def __init__(self, panel: EvidencePanel, turn: Callable[[], None], window: QWidget) -> None:
        super().__init__(panel)
        self._panel, self._turn, self._window = panel, turn, window
        self.paste = verb(self, "Paste a p&ost…", self._on_paste, "Ctrl+U")
        self.paste.setIcon(panel.context.theme.icon("message-square-text"))

    def refresh(self, shown: bool) -> None:
        """Allow what can be done now."""
        self.paste.setEnabled(shown and self._panel.context.book.writable)

    def _on_paste(self) -> None:
        if not self._panel.settle():
            return
        offered = QGuiApplication.clipboard().mimeData()
        form = PostForm(offered.text() if offered and offered.hasText() else "", self._known, self._window)
        form.submitted.connect(partial(self._on_submitted, form, self._panel.case_id))
        open_once(form)

    def _known(self, post: Posting) -> str:
        twin = posting.twin(self._panel.context.book, post)
        if twin is None:
            return ""
        where = f"cited in {isolated(twin.reference)}" if twin.reference else "cited in no case"
        return f"This post is here already: “{isolated(twin.title)}”, {where}."

    def _on_submitted(self, form: PostForm, case_id: str, post: Posting, raw: str) -> None:
        """Store the text as it was pasted; then one save keeps all of it. The form stays until that is done."""
        book = self._panel.context.book
        name = cards.shorten(post.title.replace("/", " ").replace("\\", " "), _NAME).strip(" .…") or "Post"

        def work(progress: Progress) -> Ready:
            with Depot(book.path) as depot:
                ready = depot.picture(raw.encode("utf-8", "replace"), f"{name}.txt", progress)
            return replace(ready, media_type=_TEXT)

        form.be_busy(True)
        self._panel.context.jobs.start(
            "Keeping the post",
            work,
            partial(self._on_stored, form, case_id, post),
            failed=partial(self._on_failed, form),
            cancelled=partial(form.be_busy, False),
        )

    def _on_stored(self, form: PostForm, case_id: str, post: Posting, ready: Ready) -> None:
        cited: list[str] = []

        def write(change: Change) -> None:
            cited.append(posting.enter(change, case_id, post, ready, collection_words.this_tool(now())))

        form.be_busy(False)
        if not self._panel.context.save(Op.ADD_SOURCE, write):
            attachments.abandon(self._panel.context.book.path, [ready])
            return
        form.accept()
        if self._panel.case_id == case_id:
            self._turn()
            self._panel.choose(cited[0])
        self.told.emit(f"Kept the post{f' of {isolated(post.byline)}' if post.byline else ''}.")

    def _on_failed(self, form: PostForm, error: Exception) -> None:
        form.be_busy(False)
        self._panel.context.report(error)
