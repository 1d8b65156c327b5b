"""RIS and CSL-JSON: what Zotero writes is read, what we write comes back equal, and hostile files are refused."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import citations, sources
from db.casebook import Casebook
from db.check import check
from db.errors import Unreadable
from db.exchange import csl, exports, imports, ris
from db.exchange.exports import Wanted
from db.exchange.vocabulary import Encoding, Fate, Medium
from db.exchange.works import Works
from db.sources import Source, SourceDraft
from db.vocabulary import Op, SourceKind
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU, make_book, make_case

FILE = Path("library")
ZOTERO_RIS = """TY  - NEWS
TI  - Taliban’s Najeeb admits talks failed
AU  - Khan, Ali
AU  - Adams, Sarah
T2  - Dawn
DA  - 2025/11/17/
PY  - 2025
LA  - en
AB  - Exposes policy hypocrisy.
UR  - https://dawn.example/1
AV  - https://web.archive.org/web/2025/https://dawn.example/1
Y2  - 2025/11/20/09:13:11
KW  - TTP
SN  - 1234-5678
N1  - <p>first line</p>
      second line
ER  -

TY  - BLOG
TI  - No day
DA  - 2025/11//
ER  -
"""
ZOTERO_CSL: list[dict[str, Any]] = [
    {
        "id": "http://zotero.org/users/1/items/A",
        "type": "article-newspaper",
        "abstract": "Exposes policy hypocrisy.",
        "container-title": "Dawn",
        "language": "en",
        "title": "Taliban’s Najeeb admits talks failed",
        "URL": "https://dawn.example/1",
        "ISSN": "1234-5678",
        "archive_location": "https://web.archive.org/web/2025/https://dawn.example/1",
        "author": [{"family": "Khan", "given": "Ali"}, {"family": "Ludwig", "given": "X.", "non-dropping-particle": "van"}, {"literal": "Sarah Adams (@TPASarah)"}],
        "accessed": {"date-parts": [["2025", 11, 20]]},
        "issued": {"date-parts": [["2025", "11"]]},
        "keyword": "TTP",
    },
    {"id": 2, "type": "report", "genre": "Official record", "title": "R", "issued": {"date-parts": [[2025, 3, 5], [2025, 3, 7]]}},
    {"id": 3, "type": "book", "title": "B", "issued": {"literal": "early 2025"}},
    {"id": 4, "type": "motion_picture", "title": "V", "issued": {"date-parts": [[2025]], "circa": True}},
]  # fmt: skip


def test_what_zotero_writes_as_ris() -> None:
    read = ris.read(ZOTERO_RIS, FILE)
    assert read.ignored == ("KW", "SN")
    assert read.drafts == (
        SourceDraft(
            "Taliban’s Najeeb admits talks failed", SourceKind.ARTICLE, "https://dawn.example/1",
            "https://web.archive.org/web/2025/https://dawn.example/1", "Khan, Ali; Adams, Sarah", "Dawn", "2025-11-17", "2025-11-20",
            "en", note="Exposes policy hypocrisy.\n\n<p>first line</p>\nsecond line",
        ),
        SourceDraft("No day", SourceKind.POST, published_on="2025-11"),
    )  # fmt: skip


def test_what_zotero_writes_as_csl() -> None:
    read = csl.read(json.dumps(ZOTERO_CSL).encode(), FILE)
    assert read.ignored == ("ISSN", "keyword")
    first, record, book, film = read.drafts
    assert first == SourceDraft(
        "Taliban’s Najeeb admits talks failed", SourceKind.ARTICLE, "https://dawn.example/1",
        "https://web.archive.org/web/2025/https://dawn.example/1", "Khan, Ali; van Ludwig, X.; Sarah Adams (@TPASarah)", "Dawn",
        "2025-11", "2025-11-20", "en", note="Exposes policy hypocrisy.",
    )  # fmt: skip
    assert (record.kind, record.published_on) == (SourceKind.OFFICIAL_RECORD, "2025-03-05/2025-03-07")
    assert (book.kind, book.published_on) == (SourceKind.OTHER, "early 2025")
    assert (film.kind, film.published_on) == (SourceKind.VIDEO, "circa 2025")


def test_what_is_not_kept_is_named() -> None:
    text = "TY  - NEWS\nTI  - T\nT2  - Dawn\nPB  - Pakistan Herald\nDO  - 10.1/x\nUR  - https://dawn.example/1\nA2  - Editor\nAV  - Box 3\nER  - "
    assert ris.read(text, FILE).ignored == ("A2", "AV", "DO", "PB")
    assert ris.read("TY  - RPRT\nTI  - T\nPB  - UN\nDO  - 10.1/x\nM3  - Official record\nER  - ", FILE).ignored == ()
    items = [
        {
            "type": "book",
            "title": "T",
            "editor": [{"literal": "E"}],
            "DOI": "10.1/x",
            "URL": "https://u.example",
            "archive": "Box 3",
            "genre": "novel",
        }
    ]
    assert csl.read(json.dumps(items).encode(), FILE).ignored == ("DOI", "archive", "editor", "genre")


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))).map(str.strip)
_LINES = st.lists(_WORDS.filter(bool), max_size=3).map("\n".join)
_DAYS = st.sampled_from(
    ["", "2025", "2025-11", "2025-11-17", "early 2025", "2025-11-17/2025-11-19", "2025-11-17T20:15Z", "۲۰۲۵"]
)
_DRAFTS = st.builds(
    SourceDraft, _WORDS.filter(bool), st.sampled_from(SourceKind), _WORDS, st.sampled_from(["", "https://archive.example/1"]),
    st.sampled_from(["", "Adams, Sarah", "Adams, Sarah; Khan, Ali", "Sarah Adams (@TPASarah)", "وزارت اطلاعات", "A, B, C"]),
    _WORDS, _DAYS, _DAYS, _WORDS, note=_LINES,
)  # fmt: skip


def _source(draft: SourceDraft) -> Source:
    return Source(
        **{each.name: getattr(draft, each.name) for each in fields(draft)}, id="1", independent_of=(), conflicts=0
    )


@given(st.lists(_DRAFTS, min_size=1, max_size=3))
def test_what_leaves_as_ris_comes_back(drafts: list[SourceDraft]) -> None:
    assert ris.read("".join(ris.write(map(_source, drafts))), FILE) == Works(tuple(drafts))


@given(st.lists(_DRAFTS, min_size=1, max_size=3))
def test_what_leaves_as_csl_comes_back(drafts: list[SourceDraft]) -> None:
    assert csl.read("".join(csl.write(map(_source, drafts))).encode(), FILE) == Works(tuple(drafts))


@pytest.mark.parametrize("note", ["TY  - BLOG\nTI  - forged\nER  - ", "ER  - \r\nTY  - NEWS", "\n\nTI  - x"])
def test_a_text_cannot_forge_a_record(note: str) -> None:
    (draft,) = ris.read("".join(ris.write([_source(SourceDraft("T", note=note))])), FILE).drafts
    assert draft.title == "T"
    assert draft.note == note.replace("\r", "").strip("\n")


@given(
    st.text()
    | st.lists(
        st.sampled_from(["TY  - NEWS", "TI  - x", "ER  - ", "\n", "AU  -", "      ", "DA  - ////", "DA  - 9/9/9"])
    ).map("\n".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert ris.read(text, FILE).drafts
    except Unreadable:
        assert not text.startswith("TY  - NEWS")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, '{"type": "book"', '[{"type": "book", "type": "x"}]', "[]", "{}", "3", '["type"]', '[{"type": NaN}]',
        '{"items": 3}', "[" + ",".join(['{"type":"book"}'] * 10_001) + "]",
    ],
)  # fmt: skip
def test_what_is_no_csl_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        csl.read(text.encode(), FILE)


@pytest.mark.parametrize(
    "item",
    [
        {"type": 3, "title": ["x"], "author": "Name"}, {"type": "book", "author": [None, 3, {"family": 1}]},
        {"type": "book", "issued": {"date-parts": [[None]]}}, {"type": "book", "issued": {"date-parts": "x"}},
        {"type": "book", "issued": {"date-parts": [["2025", "99", "99"]]}},
        {"type": "book", "issued": {"date-parts": [[{"x": 1}]]}}, {"type": "book", "URL": {"x": 1}, "note": [1]},
    ],
)  # fmt: skip
def test_strange_values_are_left_out(item: dict[str, Any]) -> None:
    (draft,) = csl.read(json.dumps([item]).encode(), FILE).drafts
    assert draft.published_on == draft.url == draft.note == ""


def _book(folder: Path) -> tuple[Casebook, str]:
    book = make_book(folder)
    return book, make_case(book)


def _take(book: Casebook, path: Path, case_id: str = "") -> imports.Plan:
    found = imports.plan(book, path)
    with book.change(Op.TAKE_IN) as change:
        imports.keep(change, found, cite_in=case_id)
    return found


@pytest.mark.parametrize("medium", [Medium.RIS, Medium.CSL])
def test_a_library_comes_in_once_and_is_cited(tmp_path: Path, medium: Medium) -> None:
    book, case_id = _book(tmp_path)
    path = tmp_path / "library"
    path.write_text(ZOTERO_RIS if medium is Medium.RIS else json.dumps(ZOTERO_CSL), encoding="utf-8")
    found = _take(book, path, case_id)
    assert found.medium is medium
    assert {each.fate for each in found.offers} == {Fate.NEW}
    assert len(citations.of_case(book, case_id)) == len(sources.of_case(book, case_id)) == len(found.offers)
    again = imports.plan(book, path)
    assert {each.fate for each in again.offers} == {Fate.HERE}
    assert "“Taliban’s Najeeb admits talks failed”" in {each.here for each in again.offers}
    assert not check(book).problems
    book.close()


@pytest.mark.parametrize("medium", [Medium.RIS, Medium.CSL])
def test_the_sources_of_a_case_go_to_another_casebook(tmp_path: Path, medium: Medium) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, case_id = _book(tmp_path / "a")
    drafts = [
        SourceDraft(URDU, SourceKind.POST, "https://x.com/a/status/1", author=f"{PASHTO} (@a)", published_on="2025-11-17", note=EMOJI),
        SourceDraft(RUSSIAN, SourceKind.REPORT, publisher="=HYPERLINK(1)", note="two\nlines"),
    ]  # fmt: skip
    with first.change(Op.ADD_SOURCE) as change:
        for draft in drafts:
            source_id = sources.add(change, draft)
            citations.cite(change, case_id, source_id, citations.CitationDraft())
            citations.cite(change, case_id, source_id, citations.CitationDraft(quotation="again"))
    exports.export(first, [case_id], tmp_path / "out", Wanted(medium))
    second = make_book(tmp_path / "b")
    assert _take(second, tmp_path / "out").medium is medium
    told = {
        (s.title, s.kind, s.url, s.author, s.publisher, s.published_on, s.note) for s in sources.all_of_them(second)
    }
    assert told == {(d.title, d.kind, d.url, d.author, d.publisher, d.published_on, d.note) for d in drafts}
    first.close()
    second.close()


def test_a_work_without_a_title_or_address_or_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    book, _ = _book(tmp_path)
    path = tmp_path / "x.ris"
    path.write_text("TY  - NEWS\nER  - \n" + "TY  - NEWS\nTI  - T\nER  - \n" * 2, encoding="utf-8")
    assert [each.fate for each in imports.plan(book, path).offers] == [Fate.REFUSED, Fate.NEW, Fate.REFUSED]
    path.write_text("TY  - NEWS\nTI  - T\nN1  - " + "x" * 200_000 + "\nER  - \n", encoding="utf-8")
    assert [each.fate for each in imports.plan(book, path).offers] == [Fate.REFUSED]
    path.write_text('[{"type": "book", "title": "half \\ud83d"}]', encoding="utf-8")
    (half,) = imports.plan(book, path).offers
    assert half.fate is Fate.REFUSED
    assert half.refused
    assert half.refused.problem == "surrogate"
    book.close()


def test_a_file_that_is_too_large_or_in_other_letters_is_refused(tmp_path: Path) -> None:
    book, _ = _book(tmp_path)
    path = tmp_path / "x.ris"
    with path.open("wb") as file:
        file.write(b"TY  - NEWS\nTI  - ")
        file.truncate(100 << 20)
    with pytest.raises(Unreadable, match="too large"):
        imports.plan(book, path)
    path.write_bytes(f"TY  - NEWS\nTI  - {RUSSIAN}\nER  - \n".encode("windows-1251"))
    with pytest.raises(Unreadable, match="letters"):
        imports.plan(book, path)
    (offer,) = imports.plan(book, path, encoding=Encoding.WINDOWS_1251).offers
    assert offer.text == RUSSIAN
    path.write_bytes(ZOTERO_RIS.encode("utf-16"))
    assert len(imports.plan(book, path).offers) == 2
    book.close()
