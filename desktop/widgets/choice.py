"""A small window that asks which way to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.fitted import Fitted
from desktop.widgets.texts import Label, Prose

_WIDTH = 500
Way = tuple[str, Callable[[], object]]


class Choice(Fitted):
    """Says what is the case and offers ways to go on, the first as the one that is meant; or to let it be."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: Sequence[str],
        ways: Sequence[Way],
        left: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.rejected.connect(left)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        heading = Label(title, "heading")
        heading.setWordWrap(True)
        box.addWidget(heading)
        for each in words:
            box.addWidget(Prose(each, "soft"))
        box.addSpacing(4)
        for number, (text, do) in enumerate(ways):
            self._offer(buttons, text, do, first=not number)
        box.addWidget(buttons)
        self.setMinimumWidth(max(_WIDTH, buttons.sizeHint().width() + 40))

    def _offer(self, buttons: QDialogButtonBox, text: str, do: Callable[[], object], *, first: bool) -> None:
        role = QDialogButtonBox.ButtonRole.AcceptRole if first else QDialogButtonBox.ButtonRole.ActionRole
        button: QPushButton = buttons.addButton(text, role)
        button.setProperty("primary", first)
        button.setDefault(first)
        button.ensurePolished()  # the one that is meant is set in bold, and wider

        def chosen() -> None:
            self.accept()
            do()

        button.clicked.connect(chosen)
