"""Sequences of changes drawn at random, and what is to be seen of a casebook after each."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st

from db import (
    actors,
    attachments,
    cases,
    citations,
    claims,
    desks,
    joints,
    links,
    notes,
    scales,
    sources,
    timeline,
    verdicts,
)
from db.actors import ActorDraft
from db.attachments import Ready
from db.casebook import Casebook
from db.cases import CaseDraft
from db.change import Change
from db.citations import CitationDraft
from db.claims import ClaimDraft
from db.errors import Invalid
from db.identity import new_id
from db.kinds import Kind
from db.notes import TaskDraft
from db.scales import RatingDraft
from db.sources import SourceDraft
from db.timeline import AppearanceDraft
from db.verdicts import VerdictDraft
from db.vocabulary import Credibility, Op, Priority, Relation, Role, Stance, Status
from tests.makers import EMOJI, RUSSIAN, URDU

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
some_text = st.one_of(st.sampled_from(["", "a", "Half true", URDU, RUSSIAN, EMOJI]), any_text)


class Hand:
    """Somebody who works in a casebook: each deed takes numbers and a text that say what exactly is done."""

    def __init__(self, book: Casebook, taken: tuple[Ready, ...] = ()) -> None:
        self.book = book
        self.taken = taken

    def pick(self, change: Change, kind: Kind, number: int) -> str:
        """One of the things of a kind that are there; none where there are none."""
        rows = change.writer.select(f'SELECT id FROM "{kind}" WHERE deleted = 0 ORDER BY id')
        return rows[number % len(rows)][0] if rows else ""

    def deed(self, change: Change, name: str, a: int, b: int, text: str) -> None:
        """Do one thing, if there is something to do it to."""
        case = self.pick(change, Kind.CASE, a)
        words = text if text.strip() else f"words {a}"
        if name == "add case" or not case:
            actor = self.pick(change, Kind.ACTOR, b)
            cases.add(change, CaseDraft(title=text), ClaimDraft(words, claimant_id=actor))
            return
        getattr(self, "_" + name.replace(" ", "_"))(change, case, a, b, text, words)

    def _edit_case(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        status, priority = tuple(Status)[b % 5], tuple(Priority)[a % 4]
        cases.edit(change, case, CaseDraft(text, status, priority, assignee=words, due=("2026", "soon", "")[b % 3]))

    def _same_case(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        cases.edit(change, case, cases.one(change.writer, case))

    def _there_and_back(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        now = cases.one(change.writer, case)
        cases.edit(change, case, CaseDraft(title=now.title + "x"))
        cases.edit(change, case, now)

    def _come_and_go(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        notes.delete_note(change, notes.add_note(change, case, words))

    def _delete_case(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        if b % 3 == 0:
            cases.delete(change, case, text)

    def _claim(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        whole = claims.of_case(change.writer, case)
        parent = whole[0].id if whole else ""
        if b % 3 == 0:
            claims.add(change, case, ClaimDraft(words, parent_id=parent, claimed_on="2025-11"))
        elif whole and b % 3 == 1:
            actor = self.pick(change, Kind.ACTOR, a)
            claims.edit(change, whole[-1].id, ClaimDraft(words, translation=text, claimant_id=actor))
        elif whole:
            claims.delete(change, whole[-1].id, text)

    def _appearance(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        draft = AppearanceDraft(
            self.pick(change, Kind.ACTOR, a), tuple(Role)[b % 4], text, seen_on="2025-11-17", quotation=text
        )
        there = timeline.of_case(change.writer, case)
        if not there or b % 3 == 0:
            timeline.add(change, case, draft)
        elif b % 3 == 1:
            timeline.edit(change, there[0].id, draft)
        else:
            timeline.delete(change, there[0].id)

    def _actor(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        actor = self.pick(change, Kind.ACTOR, b)
        other = self.pick(change, Kind.ACTOR, b + a // 4)
        if not actor or a % 4 == 0:
            actors.add(change, ActorDraft(words))
        elif a in (5, 9) and actor != other:
            joints.join(change, actor, other)
        elif a == 6:
            joints.part(change, actor)
        elif a % 4 == 1:
            actors.edit(change, actor, ActorDraft(words, note=text))
        elif a % 4 == 2:
            actors.set_aliases(change, actor, [words, f"alias {b % 3}", ""][b % 2 :])
        else:
            change.delete(Kind.ACTOR, actor, text)

    def _source(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        source = self.pick(change, Kind.SOURCE, b)
        if not source or a % 4 == 0:
            made = sources.add(change, SourceDraft(words, author=text))
            citations.cite(change, case, made, CitationDraft(Stance.SUPPORTS, quotation=text))
        elif a % 4 == 1:
            with suppress(Invalid):  # a circle
                other = self.pick(change, Kind.SOURCE, b + a // 4)
                sources.edit(change, source, SourceDraft(words, published_on="2024/2025", derived_from=other))
        elif a % 4 == 2:
            citations.cite(change, case, source, CitationDraft(note=text))
        else:
            sources.delete(change, source, text)

    def _citation(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        there = citations.of_case(change.writer, case)
        if there and b % 2:
            draft = CitationDraft(tuple(Stance)[b % 4], credibility=tuple(Credibility)[a % 6], quotation=text)
            citations.edit(change, there[-1].id, draft)
        elif there:
            citations.delete(change, there[0].id, text)

    def _note(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        there = notes.of_case(change.writer, case)
        if not there or b % 3 == 0:
            notes.add_note(change, case, words)
        elif b % 3 == 1:
            notes.edit_note(change, there[0].id, words)
        else:
            notes.delete_note(change, there[-1].id)

    def _task(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        there = notes.tasks_of_case(change.writer, case)
        if not there or b % 3 == 0:
            notes.add_task(change, case, TaskDraft(words, due="2026-12"))
        elif b % 3 == 1:
            notes.edit_task(change, there[0].id, TaskDraft(words, done=bool(a % 2), assignee=text))
        else:
            notes.delete_task(change, there[-1].id)

    def _tag(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        if b % 2:
            notes.untag(change, case, f"Tag {a % 3}")
        else:
            notes.tag(change, case, f"tag {a % 3}")

    def _attachment(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        there = attachments.of_case(change.writer, case)
        if not there or b % 4 == 0:
            attachments.attach(change, case, self.taken[a % len(self.taken)], caption=text)
        elif b % 4 == 1:
            attachments.edit(change, there[0].id, name="n.png", caption=text)
        elif b % 4 == 2:
            attachments.file_under(change, there[0].id, self.pick(change, Kind.SOURCE, a))
        else:
            attachments.delete(change, there[0].id, text)

    def _link(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        other = self.pick(change, Kind.CASE, b)
        if other != case and a % 4:
            links.link(change, case, other, tuple(Relation)[a % 2], text)
        elif other != case:
            links.unlink(change, case, other)

    def _desk(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        desks.edit(change, name=words, code=f"D{a % 3}", analyst=f"Analyst {b % 2}", imprint=text)

    def _scale(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        now = scales.ratings(change.writer)
        drafts = [RatingDraft(r.id, r.label, r.value, text, r.color) for r in now[:: (1, -1)[a % 2]]]
        scales.edit(change, [*drafts[b % 2 :], RatingDraft("", new_id(), 2.5, "", "red")])

    def _verdict(self, change: Change, case: str, a: int, b: int, text: str, words: str) -> None:
        stands = verdicts.standing(change.writer, case)
        if stands and b % 2:
            verdicts.withdraw(change, stands[0].id, words)
        else:
            rating = scales.ratings(change.writer)[a % 3].label
            verdicts.give(change, case, VerdictDraft(rating, words))


DEEDS = {
    "add case": Op.ADD_CASE, "edit case": Op.EDIT_CASE, "same case": Op.EDIT_CASE, "there and back": Op.EDIT_CASE,
    "come and go": Op.ADD_NOTE, "delete case": Op.DELETE_CASE, "claim": Op.EDIT_CLAIM,
    "appearance": Op.EDIT_APPEARANCE, "actor": Op.EDIT_ACTOR, "source": Op.ADD_SOURCE, "citation": Op.EDIT_CITATION,
    "note": Op.EDIT_NOTE, "task": Op.EDIT_TASK, "tag": Op.TAG_CASE, "attachment": Op.EDIT_ATTACHMENT,
    "desk": Op.EDIT_DESK, "link": Op.LINK_CASES, "scale": Op.EDIT_SCALE,
}  # fmt: skip
_numbers = st.integers(0, 11)
_deed = st.tuples(st.sampled_from(sorted(DEEDS)), _numbers, _numbers, some_text)
_save = st.tuples(st.just("save"), st.lists(_deed, min_size=1, max_size=5))
_other = st.tuples(st.sampled_from(["undo", "undo", "redo", "reopen", "fail", "verdict"]), st.lists(_deed, max_size=1))
sequences = st.lists(st.one_of(_save, _save, _other), min_size=5, max_size=20)


def copy_of(template: Path, folder: Path, count: itertools.count[int]) -> Path:
    """A casebook of its own to work in, quicker than a new one."""
    made = folder / f"{next(count)}.casebook"
    shutil.copy(template, made)
    return made


def everything(book: Casebook) -> dict[str, object]:
    """All rows of projection, cards and search, and all terms of the search index, without row numbers."""
    found: dict[str, object] = {
        table: sorted(map(repr, book.select(f'SELECT * FROM "{table}"')))
        for table in (*Kind, "head", "conflict", "case_card", "joint")
    }
    found["search_text"] = sorted(book.select("SELECT case_id, kind, thing, folded FROM search_text"))
    found["terms"] = terms(book.path)
    return found


def terms(path: Path) -> list[tuple[object, ...]]:
    """What the full-text indexes really hold, by case and thing."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows: list[tuple[object, ...]] = []
        for table in ("search_part", "search_word"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab(main, {table}, instance)")
            rows += connection.execute(f"""SELECT '{table}', v.term, s.case_id, s.thing FROM temp.v_{table} v
                LEFT JOIN search_text s ON s.id = v.doc""").fetchall()
        return sorted(rows, key=repr)
    finally:
        connection.close()


def visible(book: Casebook) -> dict[str, list[tuple[object, ...]]]:
    """What a person sees, verdicts excepted: every thing that is not deleted, without the time of its last change."""
    found = {}
    for kind in Kind:
        if kind in (Kind.VERDICT, Kind.WITHDRAWAL):
            continue
        rows = book.select(f'SELECT * FROM "{kind}" WHERE deleted = 0 ORDER BY id')
        columns = [row[1] for row in book.select(f'PRAGMA table_info("{kind}")')]
        found[str(kind)] = [tuple(c for c, n in zip(row, columns, strict=True) if n != "changed_at") for row in rows]
    sql = "SELECT case_id, thing, folded FROM search_text WHERE kind NOT IN ('verdict', 'withdrawal') ORDER BY 1, 2"
    return {**found, "search": book.select(sql)}
