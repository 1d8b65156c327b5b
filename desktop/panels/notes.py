"""The notes on a case, and what is to be done for it."""

from __future__ import annotations

from collections.abc import Sequence

from db import notes
from db.change import Change
from db.kinds import Kind
from db.notes import Note, Task, TaskDraft
from db.vocabulary import Op
from desktop import wording
from desktop.context import Context
from desktop.forms import drafts
from desktop.forms.things import NoteForm, TaskForm
from desktop.panels.master import MasterPanel, Saying
from desktop.widgets.entries import Entry
from desktop.widgets.texts import isolated


class NotesPanel(MasterPanel[str]):
    """Notes, newest first."""

    shows = (Kind.NOTE,)
    saying = Saying("Notes", "message-square-text", "No note yet", "Write down what the next reader should know.")
    add_op, edit_op, delete_op = Op.ADD_NOTE, Op.EDIT_NOTE, Op.DELETE_NOTE

    def __init__(self, context: Context) -> None:
        self._found: dict[str, Note] = {}
        super().__init__(context, NoteForm())

    def entries(self) -> Sequence[Entry]:
        """The notes of the case."""
        self._found = {note.id: note for note in notes.of_case(self.context.book, self.case_id)}
        return [
            Entry(n.id, n.text, f"{n.created_by} · {isolated(wording.when(n.created_at))}")
            for n in self._found.values()
        ]

    def blank(self) -> str:
        """An empty note."""
        return ""

    def draft(self, thing: str) -> str | None:
        """The words of a note."""
        found = self._found.get(thing)
        return found.text if found else None

    def put(self, change: Change, thing: str, draft: str) -> str:
        """Write a note."""
        if thing:
            notes.edit_note(change, thing, draft)
            return thing
        return notes.add_note(change, self.case_id, draft)

    def remove(self, change: Change, thing: str) -> None:
        """Delete a note."""
        notes.delete_note(change, thing)


class TasksPanel(MasterPanel[TaskDraft]):
    """Tasks, open ones first."""

    shows = (Kind.TASK,)
    saying = Saying("Tasks", "square-check", "No task yet", "Write down what has to be done before the verdict.")
    add_op, edit_op, delete_op = Op.ADD_TASK, Op.EDIT_TASK, Op.DELETE_TASK

    def __init__(self, context: Context) -> None:
        self._found: dict[str, Task] = {}
        super().__init__(context, TaskForm())

    def entries(self) -> Sequence[Entry]:
        """The tasks of the case."""
        self._found = {task.id: task for task in notes.tasks_of_case(self.context.book, self.case_id)}
        return [
            Entry(t.id, t.text, _line(t), "Done" if t.done else "Open", "green" if t.done else "amber", t.done)
            for t in self._found.values()
        ]

    def blank(self) -> TaskDraft:
        """An empty task."""
        return TaskDraft("")

    def draft(self, thing: str) -> TaskDraft | None:
        """A task as the form shows it."""
        found = self._found.get(thing)
        return drafts.of(TaskDraft, found) if found else None

    def put(self, change: Change, thing: str, draft: TaskDraft) -> str:
        """Write a task."""
        if thing:
            notes.edit_task(change, thing, draft)
            return thing
        return notes.add_task(change, self.case_id, draft)

    def remove(self, change: Change, thing: str) -> None:
        """Delete a task."""
        notes.delete_task(change, thing)


def _line(task: Task) -> str:
    due = f"due {wording.when(task.due)}" if task.due else ""
    return " · ".join(part for part in (task.assignee, due) if part)
