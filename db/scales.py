"""Rating scales: the labels a desk uses for its verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db import desks
from db.change import Change
from db.errors import Invalid, NotFound
from db.kinds import Kind
from db.store import Store

BEST, WORST = 5.0, 1.0


@dataclass(frozen=True, slots=True)
class Rating:
    """One label of the scale; `value` is its number between worst and best, none where it has no place there."""

    id: str
    label: str
    value: float | None
    definition: str
    color: str


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """A label as it is to be kept; an empty id is a new one."""

    id: str
    label: str
    value: float | None
    definition: str
    color: str


_DEFAULT = (
    RatingDraft("", "False", 1, "The evidence contradicts the claim.", "red"),
    RatingDraft("", "Mostly false", 2, "The main point is contradicted; a part holds.", "orange"),
    RatingDraft("", "Half true", 3, "Parts of equal weight hold and fail.", "amber"),
    RatingDraft("", "Mostly true", 4, "The main point holds; a part is wrong or missing.", "lime"),
    RatingDraft("", "True", 5, "The evidence supports the claim.", "green"),
    RatingDraft("", "Unproven", None, "The evidence at hand neither supports nor contradicts the claim.", "gray"),
    RatingDraft("", "Misleading context", None, "Real material, presented as something it is not.", "violet"),
    RatingDraft("", "Satire", None, "Made as a joke and taken for a statement of fact.", "blue"),
)


def found(change: Change) -> None:
    """Give a new casebook the default scale: the five ClaimReview steps and three labels beside them."""
    scale = change.create(Kind.SCALE, {"desk_id": desks.home(change.writer).id, "name": "Claimdesk"})
    _write(change, scale, _DEFAULT)


def ratings(store: Store, *, removed: bool = False) -> tuple[Rating, ...]:
    """The labels of this desk's scale in its order; asked for, those that were removed come after them."""
    rows = store.select(
        """SELECT id, label, value, definition, color FROM rating
        WHERE scale_id = :scale AND deleted <= :removed ORDER BY deleted, position, id""",
        scale=_home(store),
        removed=int(removed),
    )
    return tuple(Rating(*row) for row in rows)


def by_label(store: Store, label: str) -> Rating:
    """The rating with this label, in whatever case it is typed."""
    wanted = label.strip().casefold()
    for rating in ratings(store):
        if rating.label.casefold() == wanted:
            return rating
    raise NotFound("rating", label)


def edit(change: Change, drafts: Sequence[RatingDraft]) -> None:
    """Make the scale these labels in this order; labels left out go, verdicts already given keep theirs."""
    labels = [draft.label.strip().casefold() for draft in drafts]
    if len(set(labels)) < len(labels):
        raise Invalid("label", "twice")
    scale = _home(change.writer)
    kept = {draft.id for draft in drafts}
    for rating in ratings(change.writer):
        if rating.id not in kept:
            change.delete(Kind.RATING, rating.id)
    _write(change, scale, drafts)


def _home(store: Store) -> str:
    """The scale of the desk this casebook belongs to; what other desks use came with their cases."""
    sql = """SELECT id FROM scale WHERE deleted = 0
        AND desk_id = (SELECT value FROM meta WHERE name = 'desk') ORDER BY id"""
    return str(store.value(sql) or "")


def _write(change: Change, scale: str, drafts: Sequence[RatingDraft]) -> None:
    for position, draft in enumerate(drafts):
        if draft.value is not None and not WORST <= draft.value <= BEST:
            raise Invalid("value", "range", str(draft.value))
        fields = {
            "scale_id": scale,
            "label": draft.label.strip(),
            "value": None if draft.value is None else float(draft.value),
            "definition": draft.definition,
            "color": draft.color,
            "position": position,
        }
        if draft.id:
            change.put(Kind.RATING, draft.id, fields)
        else:
            change.create(Kind.RATING, fields)
