"""Asks which pictures are to be read by machine, and in which languages they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from db.attachments import Attachment
from db.pictures.ocr import CODES, Engine
from desktop import wording
from desktop.widgets.fitted import Answers, Fitted
from desktop.widgets.texts import Label, Prose

_COLUMNS = 3
Answered = Callable[[tuple[Attachment, ...], tuple[str, ...]], None]


class OcrForm(Fitted):
    """Calls back with the pictures and with the languages, as the engine names them."""

    def __init__(
        self,
        parent: QWidget,
        engine: Engine,
        pictures: Sequence[tuple[str, tuple[Attachment, ...]]],
        suggested: Collection[str],
        answered: Answered,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Read text in pictures")
        self.setMinimumWidth(520)
        self._answered, self._which = answered, QButtonGroup(self)
        self._pictures = [some for _, some in pictures]
        self.languages = {name: QCheckBox(spoken(name)) for name in sorted(engine.languages, key=spoken)}
        buttons = Answers(self, "Read", self._on_accepted)
        self.button = buttons.answer
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(Label("Read text in pictures", "title"))
        box.addWidget(Prose("The text is found by search. A machine reads it, so it may be wrong.", "soft"))
        for number, (words, some) in enumerate(pictures):
            choice = QRadioButton(f"{words} ({len(some)})")
            choice.setEnabled(bool(some))
            self._which.addButton(choice, number)
            box.addWidget(choice)
        box.addWidget(Label("Languages in the pictures", "label"))
        grid = QGridLayout()
        for place, (name, check) in enumerate(self.languages.items()):
            check.setChecked(name in suggested)
            check.toggled.connect(self._refresh)
            grid.addWidget(check, place // _COLUMNS, place % _COLUMNS)
        box.addLayout(grid)
        box.addWidget(Prose("The fewer languages, the better and quicker it reads.", "faint"))
        box.addWidget(Prose(f"Tesseract {engine.version} of this computer. No other language data was found.", "faint"))
        box.addWidget(buttons)
        first = next((number for number, some in enumerate(self._pictures) if some), 0)
        self._which.button(first).setChecked(True)
        self._refresh()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The languages that are ticked."""
        return tuple(name for name, check in self.languages.items() if check.isChecked())

    def _refresh(self) -> None:
        self.button.setEnabled(bool(self.chosen))

    def _on_accepted(self) -> None:
        self.accept()
        self._answered(self._pictures[self._which.checkedId()], self.chosen)


def spoken(name: str) -> str:
    """A language as people call it; one that has no word here as Tesseract calls it."""
    codes = [code for code, names in CODES.items() if name in names]
    words = " and ".join(wording.language(code) for code in codes)
    return f"{words} (Cyrillic)" if name.endswith("_cyrl") else words or name
