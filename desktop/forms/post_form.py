"""What was read in a pasted post, beside the text as it was pasted, to be corrected before it is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from db import posting
from db.posting import Posting
from db.texts import posts
from db.vocabulary import Role, Stance
from desktop.forms.autosave import Choice
from desktop.forms.fields import WhenLine
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Line, Prose, Text
from desktop.wording import word

_HINT = "What was read stands on the right. Correct it there; the text as it was pasted is kept with the source."
_CUT = "The post is cut off: it ends in an ellipsis. The list of sources says so until its whole text stands here."
_LOOK_MS = 300
_LONGEST = 1_500  # a longer text with a post in it is an article that shows the post
_MOST = 20_000  # characters that are laid out


class PostForm(Fitted):
    """Takes a text with a post in it; `submitted` comes with the posting and the text as it was pasted.

    `known` says in words where a post is already; such a post is kept only when the answer is given again.
    """

    submitted = Signal(object, str)

    def __init__(self, text: str, known: Callable[[Posting], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Paste a post")
        self.setMinimumWidth(960)
        self._known, self._warned, self._busy = known, "", False
        self._parts: list[str] = []
        self._whole = ""
        self._make_fields()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._lay_out()
        self._wire()
        self._show_text(text)

    def _make_fields(self) -> None:
        self.raw = Text("Paste the post here", least=19, most=19)
        self.raw.setAccessibleName("As it was pasted")
        self.several = QComboBox()
        self.several.setAccessibleName("Posts in this text")
        self.several.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.author, self.handle, self.platform = Line("Who"), Line("Without @"), Line("X, Telegram, …")
        self.posted_on, self.url, self.title = WhenLine(), Line("https://…"), Line("First words of the post")
        self.text = Text("What the post says, word for word", least=4, most=6)
        self.stance, self.role = Choice(Stance, word), Choice(Role, word)
        self.stance.choose(Stance.CONTEXT)
        self.role.choose(Role.AMPLIFICATION)
        self.appears = QCheckBox("The claim appears in it. Role:")
        self.role.setEnabled(False)
        self.cut, self.here = Prose("", "soft"), Prose("", "danger")

    def _lay_out(self) -> None:
        answers = Answers(self, "Keep the post", self._on_accepted)
        self.button = answers.answer
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.button.click)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(3)
        right.setSpacing(8)
        left.addWidget(_label("As it was pasted", self.raw))
        left.addWidget(self.raw)
        left.addSpacing(5)
        left.addWidget(self.several)
        left.addStretch(1)
        right.addLayout(_row(("Author", self.author, 3), ("Handle", self.handle, 2), ("Platform", self.platform, 2)))
        right.addLayout(_row(("Posted on", self.posted_on, 2), ("Address", self.url, 3)))
        right.addLayout(_row(("Text", self.text, 1)))
        right.addWidget(self.cut)
        right.addLayout(_row(("Title of the source", self.title, 3), ("Stance to the claim", self.stance, 2)))
        appearing = QHBoxLayout()
        appearing.addWidget(self.appears)
        appearing.addWidget(self.role, 1)
        right.addLayout(appearing)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addLayout(left, 4)
        columns.addLayout(right, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label("Paste a post", "title"))
        box.addWidget(Prose(_HINT, "soft"))
        box.addLayout(columns)
        box.addWidget(self.here)
        box.addWidget(answers)

    def _wire(self) -> None:
        self.raw.textChanged.connect(self._on_raw)
        self.several.activated.connect(self._on_part)
        self.text.textChanged.connect(self._on_text)
        self.appears.toggled.connect(self.role.setEnabled)
        self.role.setAccessibleName("Role")
        for editor in (self.author, self.handle, self.posted_on, self.url, self.text):
            editor.textChanged.connect(self._look.start)

    def be_busy(self, busy: bool) -> None:
        """The post is being kept, or could not be: nothing is changed meanwhile, and the window stays."""
        self._busy = busy
        self.setEnabled(not busy)

    def reject(self) -> None:
        """Go away without keeping the post, unless it is being kept already."""
        if not self._busy:
            super().reject()

    def _show_text(self, text: str) -> None:
        """Show a text; of one that holds several posts, or is too long to be one, the first post in it."""
        found = posts.find(text)
        parts = [text[each.start : each.stop] for each in found]
        whole = len(parts) == 1 and len(text) <= _LONGEST
        self._parts = [*parts, text]
        self.several.setVisible(bool(parts) and parts[0].strip() != text.strip())
        titles = [posting.title_of(each.post.text) or each.post.byline for each in found]
        self.several.addItems([f"{number} of {len(parts)}: {title}" for number, title in enumerate(titles, 1)])
        self.several.addItem("The whole text as one post")
        self.several.setCurrentIndex(len(parts) if whole or not parts else 0)
        self._on_part(self.several.currentIndex())
        (self.author if text.strip() else self.raw).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_part(self, place: int) -> None:
        """Show a part of the text; of a very long one the beginning, since it is there to be recognized."""
        part = self._parts[place]
        self._whole = part if len(part) > _MOST else ""
        self.raw.setReadOnly(bool(self._whole))
        self.raw.setText(part[:_MOST])

    @property
    def pasted(self) -> str:
        """The text of the post as it was pasted."""
        return self._whole or self.raw.text()

    def _on_raw(self) -> None:
        """Read the pasted text anew."""
        read = posting.of(posts.parse(self.pasted))
        for line, said in (
            (self.author, read.author), (self.handle, read.handle), (self.platform, read.platform),
            (self.posted_on, read.posted_on), (self.url, read.url), (self.title, read.title),
        ):  # fmt: skip
            line.setText(said)
            line.setCursorPosition(0)
        self.text.setText(read.text)
        self._on_look()

    def _on_text(self) -> None:
        cut = posts.cut_off(self.text.text())
        self.cut.setText(_CUT if cut else "")
        self.cut.setVisible(cut)
        self.button.setEnabled(bool(self.raw.text().strip()))

    def read(self) -> Posting:
        """The posting as it is typed now."""
        text = self.text.text().strip()
        return Posting(
            self.title.text().strip() or posting.title_of(text) or posting.title_of(self.pasted),
            text,
            self.author.text().strip(),
            self.handle.text().strip().removeprefix("@"),
            self.platform.text().strip(),
            self.posted_on.text().strip(),
            self.url.text().strip(),
            self.stance.word,
            self.role.word if self.appears.isChecked() else None,
        )

    def _on_look(self) -> None:
        """Say where this post is already."""
        self._look.stop()
        self._warned = self._known(self.read())
        self.here.setText(self._warned)
        self.here.setVisible(bool(self._warned))
        self.button.setText("Keep it once more" if self._warned else "Keep the post")

    def _on_accepted(self) -> None:
        before = self._warned
        if self._look.isActive():
            self._on_look()
        if self._warned == before:
            self.submitted.emit(self.read(), self.pasted)


def _label(words: str, editor: QWidget) -> Label:
    label = Label(words, "label")
    label.setBuddy(editor)
    editor.setAccessibleName(words)
    return label


def _row(*fields: tuple[str, QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for words, editor, share in fields:
        box = QVBoxLayout()
        box.setSpacing(3)
        box.addWidget(_label(words, editor))
        box.addWidget(editor)
        row.addLayout(box, share)
        row.setAlignment(box, Qt.AlignmentFlag.AlignTop)
    return row
