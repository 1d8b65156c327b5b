"""The plan of a merge: what a file from elsewhere would bring, to be kept or discarded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.plan import Plan
from desktop import merge_words
from desktop.context import Context
from desktop.widgets.news_view import NewsView
from desktop.widgets.texts import Label, Prose, isolated

_SAFE = "Nothing is written before you keep it, and a backup is made then. It can be taken out again as a whole."


class PlanPage(QWidget):
    """Shows a plan. `seen` comes when it is looked at, `left` when somebody presses Escape."""

    seen = Signal()
    left = Signal()

    def __init__(self, context: Context, keep: QAction, discard: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.title, self.whose, self.signed = Label("", "title"), Prose("", "soft"), Prose("", "soft")
        self.figures = Prose("")
        self.banner = QFrame()
        self.banner.setProperty("banner", "warning")
        self._warnings = QVBoxLayout(self.banner)
        self._warnings.setContentsMargins(12, 8, 12, 8)
        self._warnings.setSpacing(4)
        self.view = NewsView(context.theme)
        self.keep, self.discard = _button(keep, "Keep"), _button(discard, "Discard")
        self.keep.setProperty("primary", True)
        self._lay_out()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Label(_SAFE, "soft"), 1)
        foot.addWidget(self.discard)
        foot.addWidget(self.keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        for widget in (self.title, self.whose, self.signed, self.figures, self.banner):
            box.addWidget(widget)
        box.addSpacing(4)
        box.addWidget(self.view, 1)
        box.addLayout(foot)

    def show_plan(self, plan: Plan) -> None:
        """Show what would come."""
        self.title.setText(f"What “{isolated(plan.incoming.name)}” would bring")
        self.whose.setText(" · ".join(isolated(part) for part in merge_words.provenance(plan.incoming, plan.desk)))
        self.signed.setText(merge_words.signed(plan.incoming, plan.sight))
        self.figures.setText(" · ".join(merge_words.figures(plan.news, plan.files)))
        self._warn(merge_words.warnings(plan.news))
        self.view.show_news(plan.news, plan.brought)

    def forget(self) -> None:
        """Show nothing any more: the plan is gone."""
        self.view.forget()

    def _warn(self, warnings: tuple[str, ...]) -> None:
        while item := self._warnings.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for words in warnings:
            self._warnings.addWidget(Prose(words))
        self.banner.setVisible(bool(warnings))

    def focus_list(self) -> None:
        """Go to the cases."""
        self.view.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks: what was saved meanwhile may have changed the plan."""
        super().showEvent(event)
        self.seen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape writes nothing, so it asks nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _button(action: QAction, words: str) -> QPushButton:
    """A button for a verb that is allowed when the verb is."""
    button = QPushButton(words)
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button
