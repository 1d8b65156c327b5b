"""What the log knew before the tables could show it: an older Claimdesk merged what a newer one wrote."""

from __future__ import annotations

import json
from collections.abc import Collection

from db import derived
from db.fields import FIELDS
from db.kinds import Kind
from db.projection import reproject
from db.store import Writer


def draw(writer: Writer, before: Collection[str]) -> None:
    """Draw the things that say what no table had a column for; `before` are the columns that there were."""
    things = {thing for kind in Kind for thing in _unshown(writer, kind, before)}
    if things:
        derived.refresh(writer, reproject(writer, sorted(things)))


def _unshown(writer: Writer, kind: Kind, before: Collection[str]) -> set[str]:
    if f"{kind}.id" not in before:
        return {thing for (thing,) in writer.select("SELECT DISTINCT thing FROM op WHERE kind = :kind", kind=kind)}
    new = [each.name for each in FIELDS[kind] if f"{kind}.{each.columns[0]}" not in before]
    sql = """SELECT DISTINCT thing FROM op WHERE kind = :kind AND EXISTS (SELECT 1 FROM json_each(:new) n
        WHERE instr(op.body, '"' || n.value || '":') > 0)"""
    rows = writer.select(sql, kind=kind, new=json.dumps(new)) if new else []
    return {thing for (thing,) in rows}
