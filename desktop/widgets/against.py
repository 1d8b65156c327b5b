"""What stands beside a field that came: each other version, and who wrote it where and when."""

from __future__ import annotations

from collections.abc import Iterator

from db.conflicts import DELETED, Conflict, Version
from db.history import Edit
from desktop import wording
from desktop.widgets.texts import Label, Prose, isolated


def against(conflict: Conflict | None, edit: Edit) -> Iterator[Label]:
    """The lines to stand below what an edit says; none where it is in no conflict."""
    if conflict is None:
        return
    if conflict.field == DELETED:
        deletes = not edit.field and not edit.new
        others = [version for version in conflict.versions if version.deletes is not deletes]
    else:
        others = [version for version in conflict.versions if version.value != edit.new]
    for version in others:
        yield Label("in conflict with", "warning")
        yield Prose(_words(conflict, version))
        yield Prose(f"{version.analyst}, {version.desk} · {isolated(wording.when(version.made_at))}", "soft")


def _words(conflict: Conflict, version: Version) -> str:
    if conflict.field != DELETED:
        return wording.value(conflict.kind, conflict.field, version.told) or "(empty)"
    thing = wording.kind(conflict.kind).lower()
    if version.deletes:
        return f"Deletes this {thing}" + (f": {version.value}" if version.value else ".")
    said = (
        f"{wording.field(conflict.kind, each.field)}: {_said(conflict, each.field, each.value)}"
        for each in version.said
    )
    return "\n".join((f"Keeps this {thing}.", *said))


def _said(conflict: Conflict, field: str, value: str) -> str:
    return wording.value(conflict.kind, field, value) or "(empty)"
