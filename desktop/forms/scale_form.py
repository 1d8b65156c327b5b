"""The window in which a desk makes its rating scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.scales import BEST, WORST, Rating, RatingDraft
from desktop.forms.asked import Asked
from desktop.forms.ratings_model import RatingDelegate, RatingsModel, number_words
from desktop.theme import Theme
from desktop.widgets.chip import Chip
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Line, Prose, Text

COLORS = ("red", "orange", "amber", "lime", "green", "gray", "violet", "blue")
_NEW = "New rating"
_WHAT = (
    "The labels of your verdicts, in the order in which they are offered. Verdicts that were given keep theirs, "
    "whatever is changed here."
)


class ScaleForm(Fitted):
    """Edits the labels of a scale; `submitted` comes with all of them, and the window stays open until accepted."""

    submitted = Signal(object)

    def __init__(self, theme: Theme, ratings: Sequence[Rating], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rating scale")
        self.resize(720, 500)
        self._before = tuple(RatingDraft(r.id, r.label, r.value, r.definition, r.color) for r in ratings)
        self.model = RatingsModel(self._before, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(RatingDelegate(theme, self.view))
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Ratings")
        self.label = Asked("Label", Line())
        self.number = Asked("Number", Line("None"), "From 1, false, to 5, true; empty for a label beside the scale.")
        self.definition = Asked("Definition", Text("When this rating is given", least=4))
        self.color = QComboBox()
        self.color.addItems([name.capitalize() for name in COLORS])
        self.color.setAccessibleName("Color")
        self.chip = Chip(theme)
        self._buttons(theme)
        self._lay_out()
        self.label.editor.textChanged.connect(self._on_edited)
        self.number.editor.textChanged.connect(self._on_edited)
        self.definition.editor.textChanged.connect(self._on_edited)
        self.color.currentIndexChanged.connect(self._on_edited)
        self.view.selectionModel().currentChanged.connect(self._show_current)
        self._go(self.model.index(0))

    def _buttons(self, theme: Theme) -> None:
        self.add, self.remove = QPushButton("Add"), QPushButton("Remove")
        self.up, self.down = QPushButton("Up"), QPushButton("Down")
        for button, icon, do in (
            (self.add, "plus", self._on_add),
            (self.remove, "trash-2", self._on_remove),
            (self.up, "", self._on_up),
            (self.down, "", self._on_down),
        ):
            if icon:
                button.setIcon(theme.icon(icon))
            button.setAutoDefault(False)
            button.clicked.connect(do)

    def _lay_out(self) -> None:
        order = QHBoxLayout()
        order.setSpacing(6)
        for button in (self.add, self.remove, self.up, self.down):
            order.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.view, 1)
        left.addLayout(order)
        color = QHBoxLayout()
        color.setSpacing(12)
        color.addWidget(self.color)
        color.addWidget(self.chip)
        color.addStretch(1)
        name = Label("Color", "label")
        name.setBuddy(self.color)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.label)
        right.addWidget(self.number)
        right.addWidget(self.definition)
        right.addWidget(name)
        right.addLayout(color)
        right.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(18)
        sides.addLayout(left, 5)
        sides.addLayout(right, 6)
        buttons = Answers(self, "Done", self._on_accepted)
        self.button = buttons.answer
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(12)
        box.addWidget(Label("Rating scale", "title"))
        box.addWidget(Prose(_WHAT, "soft"))
        box.addLayout(sides, 1)
        box.addWidget(buttons)

    @property
    def _place(self) -> int:
        return self.view.currentIndex().row()

    def _go(self, index: QModelIndex) -> None:
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._show_current()

    def _show_current(self) -> None:
        """Show the label that is marked in the fields."""
        there = self._place >= 0
        for widget in (self.label, self.number, self.definition, self.color, self.remove):
            widget.setEnabled(there)
        self.up.setEnabled(self._place > 0)
        self.down.setEnabled(there and self._place < self.model.rowCount() - 1)
        draft = self.model.drafts[self._place] if there else RatingDraft("", "", None, "", "gray")
        fields = (self.label.editor, self.number.editor, self.definition.editor)
        for editor, text in zip(fields, (draft.label, number_words(draft.value), draft.definition), strict=True):
            with QSignalBlocker(editor):
                editor.setText(text)
        with QSignalBlocker(self.color):
            self.color.setCurrentIndex(COLORS.index(draft.color) if draft.color in COLORS else COLORS.index("gray"))
        self.chip.say(draft.label, draft.color)
        self.label.complain("")
        self.number.complain("")

    def _on_edited(self) -> None:
        """Take over what is typed, and say what is wrong with it."""
        if self._place < 0:
            return
        old = self.model.drafts[self._place]
        value, number_problem = _number(self.number.text, old.value)
        draft = replace(
            old,
            label=self.label.text,
            value=value,
            definition=self.definition.editor.text(),
            color=COLORS[self.color.currentIndex()],
        )
        self.model.put(self._place, draft)
        self.chip.say(draft.label, draft.color)
        self.label.complain(self._label_problem(self._place))
        self.number.complain(number_problem)

    def _label_problem(self, place: int) -> str:
        labels = [draft.label.casefold() for draft in self.model.drafts]
        if not labels[place]:
            return "A rating needs a label."
        return "Another rating has this label." if labels.count(labels[place]) > 1 else ""

    def _on_add(self) -> None:
        names = {draft.label for draft in self.model.drafts}
        number = next(n for n in range(1, len(names) + 2) if (f"{_NEW} {n}" if n > 1 else _NEW) not in names)
        label = f"{_NEW} {number}" if number > 1 else _NEW
        self._go(self.model.add(RatingDraft("", label, None, "", "gray")))
        self.label.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.label.editor.selectAll()

    def _on_remove(self) -> None:
        place = self._place
        self.model.remove(place)
        self._go(self.model.index(min(place, self.model.rowCount() - 1)))

    def _on_up(self) -> None:
        self.model.move(self._place, -1)
        self._show_current()

    def _on_down(self) -> None:
        self.model.move(self._place, 1)
        self._show_current()

    def _on_accepted(self) -> None:
        if self.number.wrong:
            self.number.editor.setFocus()
            return
        for place in range(self.model.rowCount()):
            problem = self._label_problem(place)
            if problem:
                self._go(self.model.index(place))
                self.label.complain(problem)
                self.label.editor.setFocus()
                return
        if self.model.drafts == self._before:
            self.reject()
        else:
            self.submitted.emit(self.model.drafts)


def _number(text: str, before: float | None) -> tuple[float | None, str]:
    """The number that was typed, and what is wrong with it; one that is wrong leaves the old one."""
    if not text:
        return None, ""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return before, "A number is needed, or nothing."
    return (value, "") if WORST <= value <= BEST else (before, f"From {WORST:g} to {BEST:g}, or nothing.")
