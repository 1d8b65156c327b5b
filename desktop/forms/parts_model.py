"""The files within a document, each with a tick that says that it is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.reading.found import Part
from desktop import document_words, wording
from desktop.rows import Column
from desktop.widgets.texts import tooltip
from desktop.widgets.ticked import TickedModel, TickedView


@dataclass(frozen=True, slots=True)
class PartRow:
    """A file within a document; `id` is its place."""

    id: str
    part: Part


def _tip(row: PartRow, role: int) -> str | None:
    return tooltip(row.part.name) if role == Qt.ItemDataRole.ToolTipRole else None


_COLUMNS: tuple[Column[PartRow], ...] = (
    Column("No.", lambda row: str(int(row.id) + 1)),  # the tick stands here, where no name turns it to the other side
    Column("File", lambda row: document_words.plain_name(row.part), _tip),
    Column("Type", lambda row: document_words.kind(row.part)),
    Column("Size", lambda row: wording.size(row.part.size)),
)
_NAME = 1
_WIDTHS = (64, 290, 130, 100)


class PartsModel(TickedModel[PartRow]):
    """All are ticked at first, up to as many as can be taken at once."""

    def __init__(self, parts: Sequence[Part], most: int, parent: QWidget) -> None:
        rows = [PartRow(str(place), part) for place, part in enumerate(parts)]
        super().__init__(_COLUMNS, parent, [row.id for row in rows[:most]])
        self.show(rows)


class PartsView(TickedView):
    """The files as a table."""

    def __init__(self, model: PartsModel, parent: QWidget) -> None:
        super().__init__(model, "Files in it", _WIDTHS, _NAME, parent)
