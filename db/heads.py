"""The state of a casebook in a few figures: where each of its chains of operations ends."""

from __future__ import annotations

from dataclasses import dataclass

from db.store import Store


@dataclass(frozen=True, slots=True)
class Head:
    """The end of one chain: whose it is, how many operations it has, the last of them and its time."""

    chain: str
    desk: str
    number: int
    operation: str
    made_at: str


def heads(store: Store) -> tuple[Head, ...]:
    """The ends of all chains by name. Two casebooks with the same heads know the same."""
    sql = """SELECT c.name AS chain, coalesce(d.name, c.desk) AS desk, c.top_number AS number,
        lower(hex(c.top_op)) AS operation, o.made_at AS made_at
        FROM chain c JOIN op o ON o.id = c.top_op LEFT JOIN desk d ON d.id = c.desk ORDER BY c.name"""
    return store.records(Head, sql)
