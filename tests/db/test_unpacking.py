"""Files are taken out of others within limits, under plain names, and know where they were."""

from __future__ import annotations

import pytest

from db import attachments, extracts, unpacking
from db.attachments import Attachment
from db.casebook import Casebook
from db.extracts import Extract
from db.progress import Cancelled
from db.reading.found import State
from db.vocabulary import Method, Op
from tests import papers
from tests.makers import attach, make_case


def container(book: Casebook, data: bytes) -> tuple[Attachment, Extract]:
    attach(book, make_case(book), data, "container")
    case_id = book.value('SELECT id FROM "case"')
    (found,) = attachments.of_case(book, case_id)
    extracts.read_out(book.path, (found,))
    extract = extracts.of(book, found.sha256)
    assert extract is not None
    return found, extract


def test_what_is_taken_out_knows_where_it_was(book: Casebook) -> None:
    mail, extract = container(book, papers.mail("x", {"../../a.txt": b"words", "..": b"more"}))
    taken = unpacking.take(book.path, mail, extract, (0, 1))
    assert [(each.name, each.size, each.method) for each in taken.ready] == [
        ("a.txt", 5, Method.UNPACKED), ("part-2", 4, Method.UNPACKED),
    ]  # fmt: skip
    with book.change(Op.ADD_ATTACHMENT) as change:
        made = unpacking.attach(change, mail, taken.ready)
    rows = book.select("SELECT id, derived_from FROM attachment WHERE derived_from IS NOT NULL ORDER BY id")
    assert rows == [(each, mail.id) for each in made]


def test_no_more_is_taken_than_may_be(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"{n}.txt": bytes([n]) * 1000 for n in range(4)}
    archive, extract = container(book, papers.archive(files))
    monkeypatch.setattr(unpacking, "MOST_FILES", 3)
    taken = unpacking.take(book.path, archive, extract, range(4))
    assert ([each.name for each in taken.ready], [each.name for each in taken.left]) == (
        ["0.txt", "1.txt", "2.txt"], ["3.txt"],
    )  # fmt: skip
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1500)
    taken = unpacking.take(book.path, archive, extract, range(4))
    assert [(each.name, each.state) for each in taken.left] == [(f"{n}.txt", State.TOO_LARGE) for n in (1, 2, 3)]


def test_cancelled_nothing_stays(book: Casebook) -> None:
    archive, extract = container(book, papers.archive({"a.txt": b"one", "b.txt": b"two"}))

    class Stop:
        def step(self, done: int, total: int) -> None:
            if done == 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        unpacking.take(book.path, archive, extract, (0, 1), Stop())
    assert book.value("SELECT count(*) FROM blob") == 1
