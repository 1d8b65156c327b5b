"""Files from elsewhere: told before anything is written, kept in one save, and the same file twice adds nothing."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from db import actors, cases, citations, claims, history, notes, sources, timeline, verdicts
from db.casebook import Casebook
from db.check import check
from db.errors import Missing, Unreadable
from db.exchange import exports, imports
from db.exchange.exports import Wanted
from db.exchange.imports import Plan
from db.exchange.rows import Refusal
from db.exchange.vocabulary import Encoding, Fate, Medium, Table
from db.progress import Cancelled
from db.vocabulary import Credibility, Op, Priority, Reliability, SourceKind, Stance, Status, Tlp
from tests import makers
from tests.db.exchange.test_reviews import WHOLE
from tests.makers import EMOJI, PASHTO, RUSSIAN, URDU, make_book, make_case


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "from elsewhere"


def write(file: Path, text: str, encoding: str = "utf-8") -> Path:
    file.write_bytes(text.encode(encoding))
    return file


def keep(book: Casebook, found: Plan) -> tuple[str, ...]:
    with book.change(Op.TAKE_IN) as change:
        return imports.keep(change, found)


def take(book: Casebook, file: Path, text: str) -> Plan:
    found = imports.plan(book, write(file, text))
    keep(book, found)
    return found


def fates(found: Plan) -> list[Fate]:
    return [each.fate for each in found.offers]


def operations(book: Casebook) -> int:
    return int(book.value("SELECT count(*) FROM op"))


TABLE = f'''Reference;Title;Claim;Language;Translation;Claimant;Claimed on;Status;Priority;TLP;Assignee;Due;Tags
HRT-2025-0003;Border;"{PASHTO}; 'so'";ps;The border is closed;زلمی;2025-11;in WORK;High;TLP:AMBER+STRICT;Bilal;2026-01-02;a, b
;;{RUSSIAN};;;;;;;white;;;
'''


def test_planning_writes_nothing(book: Casebook, file: Path) -> None:
    before = book.path.read_bytes() if book.path.exists() else b""
    found = imports.plan(book, write(file, TABLE))
    assert (found.medium, found.table, fates(found)) == (Medium.CSV, Table.CASES, [Fate.NEW, Fate.NEW])
    assert book.path.read_bytes() == before


def test_rows_become_cases_in_one_save_that_one_undo_takes_back(book: Casebook, file: Path) -> None:
    before = operations(book)
    found = take(book, file, TABLE)
    case = cases.find(book, "HRT-2025-0003")
    assert (case.title, case.status, case.priority, case.tlp) == (
        "Border",
        Status.IN_WORK,
        Priority.HIGH,
        Tlp.AMBER_STRICT,
    )
    assert (case.assignee, case.due, notes.tags_of_case(book, case.id)) == ("Bilal", "2026-01-02", ("a", "b"))
    claim = claims.whole(book, case.id)
    assert (claim.text, claim.language, claim.translation) == (f"{PASHTO}; 'so'", "ps", "The border is closed")
    assert (claim.claimant, claim.claimed_on) == ("زلمی", "2025-11")
    second = next(each for each in exports.leaving(book) if each.id != case.id)
    assert second.reference.startswith("KBL-")
    assert (claims.whole(book, second.id).text, second.tlp) == (RUSSIAN, Tlp.CLEAR)
    entries = history.of_case(book, case.id)
    assert [entry.verb for entry in entries] == [Op.TAKE_IN]
    assert book.undo()
    assert exports.leaving(book) == ()
    assert actors.everyone(book) == ()
    assert book.redo()
    assert len(exports.leaving(book)) == len(found.offers)
    assert operations(book) > before
    assert check(book).problems == ()


def test_the_same_table_twice_adds_nothing(book: Casebook, file: Path) -> None:
    take(book, file, TABLE)
    before = operations(book)
    again = take(book, file, TABLE)
    assert fates(again) == [Fate.HERE, Fate.HERE]
    assert again.offers[0].here == "HRT-2025-0003"
    assert again.offers[1].here.startswith("KBL-")
    assert operations(book) == before


def test_a_row_whose_reference_is_here_is_left_out_and_changes_nothing(book: Casebook, file: Path) -> None:
    case_id = make_case(book, URDU, title="Ours")
    reference = cases.one(book, case_id).reference
    found = take(book, file, f"Reference,Claim,Title\n{reference.lower()},Other words,Theirs\n")
    assert fates(found) == [Fate.HERE]
    assert claims.whole(book, case_id).text == URDU
    assert cases.one(book, case_id).title == "Ours"


def test_a_reference_of_a_deleted_case_is_never_given_again(book: Casebook, file: Path) -> None:
    case_id = make_case(book)
    reference = cases.one(book, case_id).reference
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)
    found = imports.plan(book, write(file, f"Reference,Claim\n{reference},words\n"))
    assert found.offers[0].refused == Refusal("reference", "deleted", reference)


def test_every_row_that_cannot_be_taken_is_named_and_the_others_are_taken(book: Casebook, file: Path) -> None:
    text = (
        "Reference,Claim,Status,TLP\n"
        "KBL-2031-0001,good,,\n"
        "12,no reference,,\n"
        ",,published,\n"
        ",words,nearly done,\n"
        ",words,,PURPLE\n"
        "KBL-2031-0001,again,,\n"
        ",said twice,,\n"
        ",said twice,,\n"
    )
    found = take(book, file, text)
    told = {each.line: each.refused for each in found.of(Fate.REFUSED)}
    assert told == {
        3: Refusal("reference", "reference", "12"),
        4: Refusal("claim", "empty"),
        5: Refusal("status", "vocabulary", "nearly done"),
        6: Refusal("tlp", "vocabulary", "PURPLE"),
        7: Refusal("line", "repeated", "2"),
        9: Refusal("line", "repeated", "8"),
    }
    assert sorted(claims.whole(book, each.id).text for each in exports.leaving(book)) == ["good", "said twice"]


def test_a_claimant_is_the_actor_who_goes_by_the_name(book: Casebook, file: Path) -> None:
    with book.change(Op.ADD_ACTOR) as change:
        known = actors.add(change, actors.ActorDraft("Zalmay Khalilzad"))
        actors.set_aliases(change, known, ["زلمی خلیلزاد"])
    take(book, file, "Claim,Claimant\none,زلمي خليلزاد\ntwo, zalmay  KHALILZAD \nthree,New one\nfour,new one\n")
    assert {actor.name for actor in actors.everyone(book)} == {"Zalmay Khalilzad", "New one"}
    assert {claims.whole(book, each.id).claimant for each in exports.leaving(book)} == {"Zalmay Khalilzad", "New one"}


def test_no_verdict_comes_in_with_a_table(book: Casebook, file: Path) -> None:
    found = take(book, file, "Claim,Verdict,Rationale\nwords,False,So it is.\n")
    assert found.ignored == ("Verdict", "Rationale")
    assert verdicts.of_case(book, exports.leaving(book)[0].id) == ()


def whole_book(folder: Path, name: str = "full") -> Casebook:
    """A casebook with everything that the two tables tell, in texts that are hard to carry."""
    book = make_book(folder, name)
    first = make_case(book, f'=1+1 "{URDU}"\n{EMOJI};,\t', title=f"'{RUSSIAN}")
    second = make_case(book, PASHTO)
    with book.change(Op.TAG_CASE) as change:
        for tag in ("one", "two, three", "چپ"):
            notes.tag(change, first, tag)
    source = makers.make_source(
        book, [first], f"@{RUSSIAN}", url="https://x.example/?a=1;b", note="\tn", kind=SourceKind.POST
    )
    with book.change(Op.EDIT_CITATION) as change:
        draft = citations.CitationDraft(
            Stance.QUALIFIES, Reliability.B, Credibility.DOUBTFUL, "p. 3", f"-{PASHTO}", "+ not so", "＝note"
        )
        citations.cite(change, second, source, draft)
        citations.cite(change, second, sources.add(change, sources.SourceDraft("Other")), citations.CitationDraft())
    return book


def tables(book: Casebook, folder: Path) -> list[str]:
    ids = [each.id for each in exports.leaving(book)]
    texts = []
    for table in Table:
        exports.export(book, ids, folder / table, Wanted(Medium.CSV, table=table))
        texts.append((folder / table).read_text("utf-8"))
    return texts


def test_tables_taken_in_elsewhere_leave_again_the_same(tmp_path: Path) -> None:
    with whole_book(tmp_path) as ours, make_book(tmp_path, "other", code="HRT") as theirs:
        out = tables(ours, tmp_path)
        for table in Table:
            found = imports.plan(theirs, tmp_path / table)
            assert set(fates(found)) == {Fate.NEW}
            keep(theirs, found)
        (tmp_path / "back").mkdir()
        back = tables(theirs, tmp_path / "back")
        assert back[1] == out[1]
        assert [line.split('","')[:13] for line in back[0].split("\r\n")] == [
            line.split('","')[:13] for line in out[0].split("\r\n")
        ]
        assert len(sources.all_of_them(theirs)) == 2
        assert {f for table in Table for f in fates(imports.plan(theirs, tmp_path / table))} == {Fate.HERE}
        assert check(theirs).problems == ()


def test_a_citation_wants_its_case_here(book: Casebook, file: Path) -> None:
    found = imports.plan(
        book, write(file, "Case,Source,Stance\nKBL-2030-0001,A report,supports\nnone,A report,\n,A,\n")
    )
    assert [each.refused for each in found.offers] == [
        Refusal("case_id", "unknown", "KBL-2030-0001"),
        Refusal("reference", "reference", "none"),
        Refusal("case_id", "unknown", ""),
    ]


def test_a_citation_with_words_that_are_none_of_ours_is_refused(book: Casebook, file: Path) -> None:
    reference = cases.one(book, make_case(book)).reference
    text = f"Case,Source,Stance,Kind\n{reference},A,against,\n{reference},,supports,\n{reference},B,,podcast\n"
    assert [each.refused for each in imports.plan(book, write(file, text)).offers] == [
        Refusal("stance", "vocabulary", "against"),
        Refusal("source", "empty"),
        Refusal("kind", "vocabulary", "podcast"),
    ]


def test_a_review_becomes_a_source_of_a_case_and_never_a_verdict(book: Casebook, file: Path) -> None:
    take(book, file, json.dumps(WHOLE))
    (leaving,) = exports.leaving(book)
    claim = claims.whole(book, leaving.id)
    assert (claim.text, claim.language, claim.claimant, claim.claimed_on) == (URDU, "ur", "Al-Mirsad", "2025-11-17")
    assert [each.url for each in timeline.of_case(book, leaving.id)] == [
        "https://x.example/1", "https://t.example/2", "https://x.example/3",
    ]  # fmt: skip
    (source,) = sources.of_case(book, leaving.id)
    assert (source.title, source.publisher, source.url) == (WHOLE["headline"], "Pak Check", "https://checks.example/1")
    (cited,) = citations.of_case(book, leaving.id)
    assert cited.quotation == f"False\n\n{PASHTO}"
    assert (cited.stance, cited.reliability, cited.credibility) == (Stance.CONTEXT, "F", "6")
    assert verdicts.of_case(book, leaving.id) == ()
    assert book.undo()
    assert (exports.leaving(book), sources.all_of_them(book), actors.everyone(book)) == ((), (), ())


def test_the_same_review_twice_says_so_and_adds_nothing(book: Casebook, file: Path) -> None:
    take(book, file, json.dumps(WHOLE))
    before = operations(book)
    changed = {**WHOLE, "claimReviewed": f"  {URDU} ", "reviewBody": "Corrected.", "headline": "Another"}
    again = take(book, file, json.dumps([WHOLE, changed]))
    assert [each.fate for each in again.offers] == [Fate.HERE, Fate.REFUSED]
    assert again.offers[0].here == exports.leaving(book)[0].reference
    assert again.offers[1].refused == Refusal("line", "repeated", "1")
    assert operations(book) == before


def test_a_draft_with_no_address_is_known_again_by_publisher_and_title(book: Casebook, file: Path) -> None:
    draft = {name: value for name, value in WHOLE.items() if name not in ("url", "headline")}
    take(book, file, json.dumps(draft))
    assert fates(imports.plan(book, file)) == [Fate.HERE]
    other = {**draft, "author": "Another desk"}
    assert fates(imports.plan(book, write(file, json.dumps(other)))) == [Fate.NEW]


def test_reviews_of_one_claim_make_one_case_with_a_source_for_each(book: Casebook, file: Path) -> None:
    other = {**WHOLE, "author": {"name": "Herat desk"}, "reviewRating": {"alternateName": "True"}}
    take(book, file, json.dumps([WHOLE, other]))
    (leaving,) = exports.leaving(book)
    assert [source.publisher for source in sources.of_case(book, leaving.id)] == ["Pak Check", "Herat desk"]
    assert len(timeline.of_case(book, leaving.id)) == 3
    assert fates(imports.plan(book, file)) == [Fate.HERE, Fate.HERE]


def test_reviews_that_cannot_be_kept_are_named_and_the_others_are_taken(book: Casebook, file: Path) -> None:
    nothing, nul, half, long = ({**WHOLE, "url": f"https://x.example/{n}"} for n in range(4))
    nothing["claimReviewed"], nul["headline"] = " ", "a\0b"
    half["reviewBody"], long["claimReviewed"] = "\ud800", "x" * 100_001
    found = take(book, file, json.dumps([nothing, nul, WHOLE, half, long]))
    assert [each.refused and each.refused.problem for each in found.offers] == [
        "empty",
        "nul",
        None,
        "surrogate",
        "long",
    ]
    assert len(exports.leaving(book)) == 1


def test_our_own_reviews_come_in_elsewhere_as_they_left(tmp_path: Path) -> None:
    with make_book(tmp_path) as ours, make_book(tmp_path, "other") as theirs:
        case_id = make_case(ours, EMOJI)
        makers.give_verdict(ours, case_id, "Half true", URDU)
        exports.export(ours, [case_id], tmp_path / "out", Wanted(Medium.CLAIMREVIEW, "https://desk.example/1"))
        keep(theirs, imports.plan(theirs, tmp_path / "out"))
        (leaving,) = exports.leaving(theirs)
        assert claims.whole(theirs, leaving.id).text == EMOJI
        (source,) = sources.of_case(theirs, leaving.id)
        assert (source.publisher, source.url) == ("Kabul desk", "https://desk.example/1")
        assert citations.of_case(theirs, leaving.id)[0].quotation == f"Half true\n\n{URDU}"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", Encoding.UNICODE),
        ("utf-8-sig", Encoding.UNICODE),
        ("utf-16", Encoding.UNICODE),
        ("windows-1251", Encoding.WINDOWS_1251),
    ],
)
def test_letters_are_read_as_they_were_written(book: Casebook, file: Path, encoding: str, named: Encoding) -> None:
    found = imports.plan(book, write(file, f"Claim\n{RUSSIAN}\n", encoding), encoding=named)
    assert found.offers[0].text == RUSSIAN


def test_an_older_encoding_is_never_guessed(book: Casebook, file: Path) -> None:
    for encoding, text in (("windows-1251", RUSSIAN), ("windows-1256", "خبر")):
        with pytest.raises(Unreadable) as refused:
            imports.plan(book, write(file, f"Claim\n{text}\n", encoding))
        assert refused.value.detail == "letters"
    assert imports.plan(book, file, encoding=Encoding.WINDOWS_1256).offers[0].text == "خبر"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(book: Casebook, file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(100 << 20)
    with pytest.raises(Unreadable) as refused:
        imports.plan(book, file)
    assert refused.value.detail == "too large"


def test_what_is_no_file_is_refused_and_not_waited_for(book: Casebook, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
        with pytest.raises(Unreadable):
            imports.plan(book, pipe)
    with pytest.raises(Unreadable):
        imports.plan(book, tmp_path)
    with pytest.raises(Missing):
        imports.plan(book, tmp_path / "none")


def test_the_open_casebook_is_not_read_as_a_file(book: Casebook, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(book.path)
    for path in (book.path, link):
        with pytest.raises(Unreadable) as refused:
            imports.plan(book, path)
        assert refused.value.detail == "it is the open casebook itself"


def test_a_long_table_that_is_cancelled_leaves_nothing(book: Casebook, file: Path) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            if done == 50:
                raise Cancelled

    found = imports.plan(book, write(file, "Claim\n" + "".join(f"claim {n}\n" for n in range(100))))
    before = operations(book)
    with pytest.raises(Cancelled):
        book.change_apart(Op.TAKE_IN, lambda change: imports.keep(change, found, Stop()))
    assert operations(book) == before
    assert exports.leaving(book) == ()
    assert not book.steps().undo or book.steps().undo.verb is not Op.TAKE_IN


def test_what_another_program_made_of_a_guarded_cell_is_still_a_text(book: Casebook, file: Path) -> None:
    take(book, file, "Claim\n'=HYPERLINK(1)\n'quoted'\n")
    told = sorted(claims.whole(book, each.id).text for each in exports.leaving(book))
    assert told == ["'quoted'", "=HYPERLINK(1)"]


def test_a_plan_tells_offers_by_fate(book: Casebook, file: Path) -> None:
    found = imports.plan(book, write(file, TABLE))
    here = replace(found.offers[0], fate=Fate.HERE)
    assert replace(found, offers=(here, found.offers[1])).of(Fate.HERE) == (here,)
