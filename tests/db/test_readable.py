"""The words of an attachment as they are read, whatever sort of document it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import attachments, extracts, passages, readable
from db.attachments import Attachment
from db.casebook import Casebook
from db.errors import NotFound
from db.reading.found import Read, State
from db.texts.candidates import CandidateKind
from tests import makers

TEXT = f"{makers.URDU} 🚨\n\nOn 5 March 2025 it cost USD 43,000.\n"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with makers.make_book(tmp_path) as book:
        yield book


def attached(book: Casebook, data: bytes, name: str = "text.txt") -> Attachment:
    return attachments.one(book, makers.attach(book, makers.make_case(book), data, name))


def test_a_text_is_read_to_the_letter_and_its_candidates_with_it(book: Casebook) -> None:
    found = readable.read(book.path, attached(book, TEXT.encode()))
    assert (found.text, found.sha256, found.state) == (TEXT, passages.digest(TEXT), State.READ)
    told = {each.kind: TEXT[each.start : each.stop] for each in found.candidates}
    assert (told[CandidateKind.DATE], told[CandidateKind.NUMBER]) == ("5 March 2025", "USD 43,000")


def test_what_is_read_once_is_kept_and_read_alike(book: Casebook) -> None:
    page = attached(book, b"<!doctype html><p>One</p><p>Two</p><script>x</script>", "page.html")
    first = readable.read(book.path, page)
    assert extracts.of(book, page.sha256) is not None
    assert readable.read(book.path, page) == first
    assert first.text.split() == ["One", "Two"]


def test_a_casebook_that_cannot_be_written_is_read_without_keeping(book: Casebook) -> None:
    page = attached(book, TEXT.encode())
    assert readable.read(book.path, page, keep=False).text == TEXT
    assert extracts.of(book, page.sha256) is None


def test_a_document_without_words_says_why(book: Casebook) -> None:
    found = readable.read(book.path, attached(book, b"%PDF-1.4 broken", "broken.pdf"))
    assert (found.text, found.candidates) == ("", ())
    assert found.state is not State.READ


def test_documents_are_offered_to_be_read_and_unknown_bytes_are_not(book: Casebook) -> None:
    assert readable.may_be(book, attached(book, b"words"))
    assert readable.may_be(book, attached(book, b"%PDF-1.7", "a.pdf"))
    assert not readable.may_be(book, attached(book, b"\0\1\2", "x.bin"))


def test_a_picture_is_read_once_words_were_found_in_it(book: Casebook) -> None:
    shot = attached(book, makers.picture())
    assert not readable.may_be(book, shot)
    with book.repair() as writer:
        extracts.keep(writer, shot.sha256, Read(State.READ, "a reader of pictures", makers.RUSSIAN))
    assert readable.may_be(book, shot)
    assert readable.read(book.path, shot).text == makers.RUSSIAN


def test_bytes_that_are_not_in_this_copy_are_said_to_be_missing(book: Casebook) -> None:
    page = attached(book, b"gone")
    with book.repair() as writer:
        writer.execute("DELETE FROM blob WHERE sha256 = :digest", digest=page.sha256)
    with pytest.raises(NotFound):
        readable.read(book.path, page)
