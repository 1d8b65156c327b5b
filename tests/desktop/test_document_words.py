"""Every state and every fact of a document has words, and a name in a list cannot turn the list around."""

from __future__ import annotations

from db.extracts import Extract
from db.reading.found import About, Fact, Part, State
from desktop import document_words


def test_everything_has_words() -> None:
    assert set(document_words.STATES) == set(State)
    assert set(document_words.FACTS) == set(About)


def test_what_a_document_says_stands_line_by_line() -> None:
    parts = (Part("order\u202efdp.exe", "application/octet-stream", 10), Part("a.jpg", "image/jpeg", 2000))
    found = Extract(
        State.READ, "", "words", "", (Fact(About.FROM, "a@b.org"), Fact(About.ENCODING, "utf-8")), "Hi", parts
    )
    assert document_words.head(found).replace("\u200e", "").splitlines() == [
        "Title: Hi", "From: a@b.org", "", "In it:", "  orderfdp.exe (10 bytes)", "  a.jpg (JPEG picture, 2.0 kB)",
    ]  # fmt: skip


def test_a_long_list_of_files_is_cut_with_their_number() -> None:
    found = Extract(State.NO_TEXT, "", "", "", (), "", tuple(Part(f"{n}.txt", "", 1) for n in range(1000)))
    assert document_words.head(found).endswith("and 800 more")
