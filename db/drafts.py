"""What is typed and cannot be saved yet, kept so that a crash does not lose it. Never part of the log."""

from __future__ import annotations

from db.casebook import Casebook
from db.store import Store


def keep(book: Casebook, name: str, body: str) -> None:
    """Keep unfinished text under a name; an empty text lets go of it."""
    if body == read(book, name):
        return
    with book.repair() as writer:
        writer.execute("DELETE FROM draft WHERE name = :name", name=name)
        if body:
            writer.execute("INSERT INTO draft VALUES (:name, :body)", name=name, body=body)


def read(store: Store, name: str) -> str:
    """The unfinished text kept under a name; empty where there is none."""
    return store.value("SELECT body FROM draft WHERE name = :name", name=name) or ""
