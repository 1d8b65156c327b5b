"""What a desk writes down beside a case: notes, tasks and tags."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import Change
from db.kinds import Kind
from db.store import Store
from db.texts.folding import fold


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a case."""

    id: str
    text: str
    created_at: str
    created_by: str


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """Something to be done for a case."""

    text: str
    done: bool = False
    assignee: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(TaskDraft):
    """A task of a case."""

    id: str


def add_note(change: Change, case_id: str, text: str) -> str:
    """Write a note on a case; returns its id."""
    return change.create(Kind.NOTE, {"case_id": case_id, "text": text})


def edit_note(change: Change, note_id: str, text: str) -> bool:
    """Change the words of a note; returns whether they were others."""
    return change.put(Kind.NOTE, note_id, {"text": text})


def delete_note(change: Change, note_id: str) -> None:
    """Take a note away."""
    change.delete(Kind.NOTE, note_id)


def of_case(store: Store, case_id: str) -> tuple[Note, ...]:
    """The notes on a case, newest first."""
    sql = """SELECT id, text, created_at, created_by FROM note WHERE case_id = :case AND deleted = 0
        ORDER BY id DESC"""
    return store.records(Note, sql, case=case_id)


def add_task(change: Change, case_id: str, draft: TaskDraft) -> str:
    """Add a task to a case; returns its id."""
    return change.add(Kind.TASK, draft, case_id=case_id)


def edit_task(change: Change, task_id: str, draft: TaskDraft) -> bool:
    """Make the task what the draft says; returns whether anything changed."""
    return change.edit(Kind.TASK, task_id, draft)


def delete_task(change: Change, task_id: str) -> None:
    """Take a task away."""
    change.delete(Kind.TASK, task_id)


def tasks_of_case(store: Store, case_id: str) -> tuple[Task, ...]:
    """The tasks of a case, open ones first."""
    sql = """SELECT id, text, done, assignee, due FROM task WHERE case_id = :case AND deleted = 0
        ORDER BY done, id"""
    return store.records(Task, sql, case=case_id)


def tags_of_case(store: Store, case_id: str) -> tuple[str, ...]:
    """The tags of a case, each once."""
    rows = store.select("SELECT name FROM tag WHERE case_id = :case AND deleted = 0 ORDER BY id", case=case_id)
    return tuple({fold(name): name for (name,) in rows}.values())


def all_tags(store: Store) -> tuple[str, ...]:
    """Every tag in use, by name."""
    # from name to name along the index: a plain DISTINCT reads every tag of every case
    rows = store.select("""WITH RECURSIVE each(name) AS (SELECT min(name) FROM tag
        UNION ALL SELECT (SELECT min(t.name) FROM tag t WHERE t.name > each.name) FROM each WHERE name IS NOT NULL)
        SELECT name FROM each WHERE EXISTS (SELECT 1 FROM tag t JOIN "case" c ON c.id = t.case_id
            WHERE t.name = each.name AND t.deleted = 0 AND c.deleted = 0) ORDER BY name COLLATE NOCASE""")
    return tuple(name for (name,) in rows)


def tag(change: Change, case_id: str, name: str) -> bool:
    """Put a tag on a case; returns whether it was not there already."""
    if fold(name) in map(fold, tags_of_case(change.writer, case_id)):
        return False
    change.create(Kind.TAG, {"case_id": case_id, "name": name.strip()})
    return True


def untag(change: Change, case_id: str, name: str) -> None:
    """Take a tag off a case."""
    sql = "SELECT id, name FROM tag WHERE case_id = :case AND deleted = 0"
    for tag_id, found in change.writer.select(sql, case=case_id):
        if fold(found) == fold(name):
            change.delete(Kind.TAG, tag_id)
