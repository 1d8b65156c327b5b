"""Where a crafted file is made and met: a good casebook of another desk, a folder it lies in, and ours."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from db import actors, cases, claims, notes, sources, timeline, verdicts
from db.actors import ActorDraft
from db.casebook import Casebook
from db.cases import CaseDraft
from db.claims import ClaimDraft
from db.errors import FileError
from db.intake import Incoming
from db.notes import TaskDraft
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from tests.db.hostile.forge import Forger
from tests.makers import (
    EMOJI,
    RUSSIAN,
    URDU,
    Clock,
    attach,
    give_verdict,
    make_book,
    make_case,
    make_source,
    picture,
    withdraw_verdict,
)

After = Callable[[Casebook, Incoming], None]


@dataclass(slots=True)
class Scene:
    """One attempt: `file` is offered, `mine` is the casebook it is offered to. `plain` is what a sealed file holds."""

    folder: Path
    file: Path
    mine: Casebook
    shared: str
    private: Path
    plain: Path | None = None
    during: Callable[[int], None] | None = None
    undo: list[Callable[[], object]] = field(default_factory=list)

    def forger(self) -> Forger:
        """A hand in the file."""
        return Forger(self.file)

    @property
    def victim(self) -> Path:
        """A file of the person that has nothing to do with it."""
        return self.folder / "thesis.txt"


@dataclass(frozen=True, slots=True)
class Refused:
    """A crafted file that is refused: by which error, with which detail."""

    make: Callable[[Scene], object]
    error: type[FileError]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A crafted file that is taken in: `make` may return what must be true then. `all_of_it`: each operation came."""

    make: Callable[[Scene], After | None]
    all_of_it: bool = True


Craft = Refused | Accepted


def good_casebook(folder: Path) -> Path:
    """A casebook of another desk with something of everything."""
    with make_book(folder, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal", clock=Clock()) as book:
        first, second = make_case(book, URDU, title="Shared"), make_case(book, RUSSIAN)
        with book.change(Op.ADD_ACTOR) as change:
            actor = actors.add(change, ActorDraft("The ministry"))
            actors.set_aliases(change, actor, ["MoFA"])
            claims.add(
                change, first, ClaimDraft("A part", claimant_id=actor, parent_id=claims.of_case(book, first)[0].id)
            )
            timeline.add(change, first, AppearanceDraft(actor, seen_on="2025-11-17", quotation=EMOJI))
        source = make_source(book, [first, second])
        with book.change(Op.ADD_SOURCE) as change:
            sources.add(change, SourceDraft("A copy", derived_from=source))
        attach(book, first, picture(), "screen.png")
        attach(book, second, bytes(range(256)) * 6000, "long.bin")
        with book.change(Op.ADD_NOTE) as change:
            notes.add_note(change, first, "To be looked at")
            notes.add_task(change, first, TaskDraft("Call them", due="2026"))
            notes.tag(change, first, "health")
        withdraw_verdict(book, give_verdict(book, second))
        give_verdict(book, first)
        with book.change(Op.EDIT_CASE) as change:
            cases.edit(change, first, CaseDraft(title="Shared and edited"))
        assert verdicts.standing(book, first)
    return book.path


def our_casebook(folder: Path) -> Path:
    """Our own casebook, with a case and a verdict of ours."""
    with make_book(folder, "mine", clock=Clock()) as book:
        give_verdict(book, make_case(book, "A claim of ours", title="Ours"), "False")
    return book.path


def set_up(folder: Path, theirs: Path, mine: Casebook, shared: str, private: Path) -> Scene:
    """A folder with a copy of the good casebook and a file of the person beside it."""
    folder.mkdir()
    scene = Scene(folder, folder / "shared.casebook", mine, shared, private)
    shutil.copy(theirs, scene.file)
    scene.victim.write_text("Three years of work.\n")
    return scene
