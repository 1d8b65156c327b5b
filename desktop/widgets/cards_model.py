"""The model of the list of cases: cards fetched by key as one scrolls, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from db import cards, derived
from db.cards import PAGE, Card, Filter, Sort
from db.casebook import Casebook
from db.change import Notice
from db.vocabulary import Priority
from desktop import wording
from desktop.rows import ROW, Index
from desktop.theme import Theme
from desktop.widgets.texts import isolated, runs_right_to_left, tooltip

SAME = "The same claim as another case"
STALE = "The evidence is not what the verdict rests on any more"
DIFFER = "Verdicts differ: each stands until one supersedes them"
_DISPUTED = "written by desks that did not see each other"


@dataclass(frozen=True, slots=True)
class CardColumn:
    """A column of the list: its heading, what it says of a card, and what the list is sorted by with it."""

    heading: str
    text: Callable[[Card], str]
    sort: Sort | None
    width: int


def rating_words(card: Card) -> str:
    """The verdicts that stand, with what is the matter with them."""
    if not card.rating:
        return "No verdict"
    several = f"\n{DIFFER}." if len(card.ratings) > 1 else f"\n{card.verdicts} verdicts." if card.verdicts > 1 else ""
    return " / ".join(card.ratings) + several + (f"\n{STALE}." if card.stale else "")


def conflict_words(card: Card) -> str:
    """How much of a case is in conflict; empty where nothing is."""
    return f"{card.conflicts} {'conflict' if card.conflicts == 1 else 'conflicts'}" if card.conflicts else ""


COLUMNS = (
    CardColumn("Reference", lambda card: isolated(card.reference), Sort.REFERENCE, 148),
    CardColumn("Title", lambda card: card.title, Sort.TITLE, 290),
    CardColumn("Status", lambda card: wording.word(card.status), Sort.STATUS, 92),
    CardColumn("Rating", rating_words, Sort.RATING, 190),
    CardColumn("Priority", lambda card: wording.word(card.priority), Sort.PRIORITY, 94),
    CardColumn("Assignee", lambda card: card.assignee, Sort.ASSIGNEE, 110),
    CardColumn("Sources", lambda card: str(card.sources), Sort.SOURCES, 84),
    CardColumn("Tags", lambda card: ", ".join(card.tags.splitlines()), None, 116),
    CardColumn("Due", lambda card: isolated(wording.when(card.due)), Sort.DUE, 114),
    CardColumn("Changed", lambda card: isolated(wording.when(card.changed_at[:10])), Sort.CHANGED, 114),
)
REFERENCE, TITLE, RATING, PRIORITY, ASSIGNEE, SOURCES, TAGS, DUE, CHANGED = 0, 1, 3, 4, 5, 6, 7, 8, 9
_FLAGS: Mapping[Priority, str] = {Priority.HIGH: "orange", Priority.URGENT: "red"}
# What a card shows of what the list is sorted by: while it stays, the card stays in its place.
_PLACED_BY: Mapping[Sort, Callable[[Card], str]] = {
    **{column.sort: column.text for column in COLUMNS if column.sort},
    Sort.CHANGED: lambda card: card.changed_at,
}


class CardsModel(QAbstractTableModel):
    """The cards that a filter leaves, in an order; a save moves only the rows that it touched."""

    def __init__(self, book: Casebook, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._theme = book, theme
        self._rows: list[Card] = []
        self._more = True
        self._only, self._sort, self._descending = Filter(), Sort.CHANGED, True

    @property
    def complete(self) -> bool:
        """Whether every row there is has been fetched."""
        return not self._more

    def narrow(self, only: Filter) -> None:
        """Show the cases that this filter leaves."""
        if only != self._only:
            self._only = only
            self._start()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the cases in the order of a column."""
        by = COLUMNS[column].sort if 0 <= column < len(COLUMNS) else None
        if by:
            self._sort, self._descending = by, order is Qt.SortOrder.DescendingOrder
            self._start()

    def hear(self, notice: Notice) -> None:
        """Take in what a save touched, with as little reading as will do."""
        touched = derived.cases_of(self._book, {kind: set(ids) for kind, ids in notice.touched.items()})
        if not touched:
            return
        fresh = {card.case_id: card for card in cards.some(self._book, touched)}
        shown = {card.case_id: place for place, card in enumerate(self._rows) if card.case_id in touched}
        by = _PLACED_BY[self._sort]
        stays = self._only == Filter() and all(
            case_id in shown and case_id in fresh and by(fresh[case_id]) == by(self._rows[shown[case_id]])
            for case_id in touched
        )
        if stays:
            for case_id, place in shown.items():
                self._put(place, fresh[case_id])
        else:
            self.read_again()

    def read_again(self) -> None:
        """Read what is loaded anew: rows that are gone go, the others move to their places, new ones come."""
        new = self._page(None, max(len(self._rows), PAGE) + 1)
        more = len(new) > max(len(self._rows), PAGE)
        new = new[:-1] if more else new
        places = {card.case_id: place for place, card in enumerate(new)}
        self._drop(places)
        self._order(places)
        for place, card in enumerate(new):
            if place == len(self._rows) or self._rows[place].case_id != card.case_id:
                self.beginInsertRows(QModelIndex(), place, place)
                self._rows.insert(place, card)
                self.endInsertRows()
            else:
                self._put(place, card)
        self._more = more

    def card(self, index: Index) -> Card | None:
        """The card at an index."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def places(self, case_ids: Sequence[str]) -> list[QModelIndex]:
        """Where those of these cases stand that are loaded."""
        wanted = set(case_ids)
        return [self.index(place, 0) for place, card in enumerate(self._rows) if card.case_id in wanted]

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        """Whether there are rows that were not fetched yet."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        """Fetch the next rows."""
        if parent.isValid() or not self._more:
            return
        page = self._page(self._rows[-1] if self._rows else None, PAGE)
        self._more = len(page) == PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page) - 1)
            self._rows += page
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows are loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """What a view asks of a cell."""
        card = self.card(index)
        if card is None or not 0 <= index.column() < len(COLUMNS):
            return None
        if role == ROW:
            return card
        text = COLUMNS[index.column()].text(card)
        return text if role == Qt.ItemDataRole.DisplayRole else self._dress(card, index.column(), text, role)

    def _dress(self, card: Card, column: int, text: str, role: int) -> Any:  # noqa: ANN401
        """What goes with the words of a cell."""
        if role == Qt.ItemDataRole.ToolTipRole:
            linked = f"{text}\n{SAME}" if card.same else text
            claim = f"{card.claim}\n{conflict_words(card)}: {_DISPUTED}." if card.conflicts else card.claim
            more = {REFERENCE: linked, TITLE: claim, CHANGED: isolated(wording.when(card.changed_at))}
            return tooltip(more.get(column, text))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TITLE and card.conflicts:
            return f"{text}, {conflict_words(card)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(text)
        if role == Qt.ItemDataRole.DecorationRole and column == PRIORITY and card.priority in _FLAGS:
            return self._theme.icon("flag", _FLAGS[card.priority])
        if role == Qt.ItemDataRole.DecorationRole and column == REFERENCE and card.same:
            return self._theme.icon("link", "text-faint")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The heading of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return COLUMNS[section].heading if role == Qt.ItemDataRole.DisplayRole else None

    def _page(self, after: Card | None, most: int) -> list[Card]:
        return list(cards.page(self._book, self._sort, self._descending, self._only, after, most))

    def _start(self) -> None:
        """Begin anew with the first page."""
        self.beginResetModel()
        self._rows = self._page(None, PAGE)
        self._more = len(self._rows) == PAGE
        self.endResetModel()

    def _drop(self, kept: Mapping[str, int]) -> None:
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place].case_id not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()

    def _order(self, places: Mapping[str, int]) -> None:
        """Bring the rows into their order, selection and all."""
        ordered = sorted(self._rows, key=lambda card: places[card.case_id])
        if ordered == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        now = {card.case_id: place for place, card in enumerate(ordered)}
        old = self.persistentIndexList()
        new = [self.index(now[self._rows[index.row()].case_id], index.column()) for index in old]
        self._rows = ordered
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _put(self, place: int, card: Card) -> None:
        if self._rows[place] != card:
            self._rows[place] = card
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))


def _side(text: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if runs_right_to_left(text) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
