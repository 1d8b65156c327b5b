"""Equal bytes are named with the place where they are."""

from __future__ import annotations

from db import attachments, cases, duplicates
from db.casebook import Casebook
from db.vocabulary import Op
from tests import makers


def test_doubled_bytes_are_found_here_elsewhere_and_among_each_other(book: Casebook) -> None:
    here, there, gone = (makers.make_case(book, claim) for claim in ("One", "Two", "Three"))
    makers.attach(book, there, b"both", "there.txt")
    makers.attach(book, here, b"both", "here.txt")
    makers.attach(book, there, b"elsewhere", "elsewhere.txt")
    makers.attach(book, gone, b"deleted case", "x.txt")
    removed = makers.attach(book, here, b"removed", "y.txt")
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, gone)
        attachments.delete(change, removed)
    contents = [b"new", b"both", b"elsewhere", b"deleted case", b"removed", b"new", b"new"]
    coming = [makers.take(book.path, data, f"{n}.txt") for n, data in enumerate(contents)]
    found = duplicates.among(book, coming, here)
    reference = cases.one(book, there).reference
    assert [(each.ready.name, each.first, each.copy.name if each.copy else "") for each in found] == [
        ("1.txt", "1.txt", "here.txt"),
        ("2.txt", "2.txt", "elsewhere.txt"),
        ("5.txt", "0.txt", ""),
        ("6.txt", "0.txt", ""),
    ]
    assert found[1].copy
    assert found[1].copy.reference == reference
