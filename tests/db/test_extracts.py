"""The words of attached documents: read out once, kept, and found by search where the document is attached."""

from __future__ import annotations

import pytest

from db import attachments, extracts, search
from db.casebook import Casebook
from db.kinds import Kind
from db.progress import Cancelled
from db.reading.found import About, Fact, Read, State
from db.vocabulary import Op
from tests import papers
from tests.makers import URDU, attach, make_case, picture

PAGE = (
    f'<html lang="ur"><title>Ministry</title><link rel="canonical" href="https://a.org/1"><script>alert(1)</script>'
    f"<p>{URDU}</p><p>Second paragraph</p></html>"
).encode()


def read_out(book: Casebook, case_id: str) -> None:
    extracts.read_out(book.path, attachments.of_case(book, case_id))


def test_a_page_is_read_out_once(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, PAGE, "saved.txt")
    (found,) = attachments.of_case(book, case_id)
    assert extracts.of(book, found.sha256) is None
    assert extracts.unread(book, [found]) == (found,)
    read_out(book, case_id)
    extract = extracts.of(book, found.sha256)
    assert extract is not None
    assert (extract.state, extract.text, extract.title) == (State.READ, f"{URDU}\n\nSecond paragraph", "Ministry")
    assert extract.facts[:2] == (Fact(About.LANGUAGE, "ur"), Fact(About.CANONICAL, "https://a.org/1"))
    assert extract.media_type == "text/html"
    assert extracts.unread(book, [found]) == ()


def test_words_of_a_document_are_found_under_its_attachment(book: Casebook) -> None:
    case_id = make_case(book, "Another claim")
    attachment_id = attach(book, case_id, b"<html><p>" + b"filler " * 30_000 + b"zurmat district</p></html>", "a.html")
    assert search.search(book, "zurmat") == ()
    read_out(book, case_id)
    (hit,) = search.search(book, "Zurmat")
    assert (hit.case_id, hit.kind, hit.thing, hit.field) == (case_id, Kind.ATTACHMENT, attachment_id, "extract")
    assert (hit.match, hit.after) == ("zurmat", " district")


def test_the_same_bytes_attached_elsewhere_are_found_there_too(book: Casebook) -> None:
    first, second = make_case(book, "One"), make_case(book, "Two")
    attach(book, first, PAGE, "a.html")
    read_out(book, first)
    attach(book, second, PAGE, "b.html")
    assert {hit.case_id for hit in search.search(book, "second paragraph")} == {first, second}


def test_what_is_removed_is_found_no_longer(book: Casebook) -> None:
    case_id = make_case(book)
    attachment_id = attach(book, case_id, PAGE, "a.html")
    read_out(book, case_id)
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, attachment_id)
    assert search.search(book, "second paragraph") == ()


def test_pictures_are_left_to_others(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, picture())
    assert extracts.unread(book, attachments.of_case(book, case_id)) == ()


def test_reading_stops_when_it_is_told_to_and_keeps_what_was_read(book: Casebook) -> None:
    case_id = make_case(book)
    for n in range(3):
        attach(book, case_id, f"text {n}".encode(), f"{n}.txt")

    class Stop:
        steps = 0

        def step(self, done: int, total: int) -> None:
            if done == 1:
                raise Cancelled

    with pytest.raises(Cancelled):
        extracts.read_out(book.path, attachments.of_case(book, case_id), Stop())
    assert len(extracts.unread(book, attachments.of_case(book, case_id))) == 2


def test_a_text_is_cut_and_says_so(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, "ж".encode() * (3 << 20), "long.txt")
    read_out(book, case_id)
    (found,) = attachments.of_case(book, case_id)
    extract = extracts.of(book, found.sha256)
    assert extract is not None
    assert extract.state is State.CUT
    assert len(extract.text.encode()) == 4 << 20


def test_a_mail_is_found_by_who_sent_it_and_what_it_is_about(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, papers.mail(), "saved.dat")
    read_out(book, case_id)
    assert [hit.match for hit in search.search(book, "gul@example.org")] == ["gul@example.org"]
    assert [hit.match for hit in search.search(book, "letter of the ministry")] == ["Letter of the ministry"]


def test_what_wanted_a_library_is_read_again_when_it_may_be_there(book: Casebook) -> None:
    case_id = make_case(book)
    attach(book, case_id, papers.warc(("https://a.org/1", b"<html><p>kept words</html>")), "a.warc.gz")
    (found,) = attachments.of_case(book, case_id)
    with book.repair() as writer:
        extracts.keep(writer, found.sha256, Read(State.NEEDS_EXTRA))
    assert extracts.unread(book, [found]) == (found,)
    read_out(book, case_id)
    assert search.search(book, "kept words") != ()
