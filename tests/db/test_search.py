"""What is looked for is found, in whatever spelling, and shown where and why; whatever is typed is safe."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from db import actors, cases, citations, notes, search, timeline
from db.actors import ActorDraft
from db.casebook import Casebook
from db.kinds import Kind
from db.search import Hit
from db.timeline import AppearanceDraft
from db.vocabulary import Op
from tests.makers import edit_case, make_case, make_source

some = settings(
    max_examples=150,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def found(book: Casebook, query: str) -> set[str]:
    return {hit.case_id for hit in search.search(book, query)}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("علي قال", "علی"),
        ("علی گفت", "علي"),
        ("كتاب", "کتاب"),
        ("کتاب", "كتاب"),
        ("می\u200cرود", "میرود"),
        ("میرود", "می\u200cرود"),
        ("اللِّقاحُ آمِنٌ", "اللقاح"),
        ("اللقاح", "اللِّقاح"),
        ("تلقي اللقاح", "لقاح"),
        ("مـحـمـد", "محمد"),
        ("Вакцина ещё", "еще"),
        ("Вакцина еще", "ещё"),
        ("Вакцина", "вакцин"),
        ("Oʻzbekiston", "o'zbek"),
        ("O'zbekiston", "Oʻzbekiston"),
        ("Oʼzbekiston", "ozbek"),
        ("O‘zbekiston", "o’zbek"),
        ("İstanbul", "istanbul"),
        ("ISTANBUL ılık", "ilik"),
        ("straße", "STRASSE"),
        ("Strasse", "straße"),
        ("۱۲۳ کشته", "123"),
        ("١٢٣ قتيل", "123"),
        ("123 killed", "۱۲۳"),
        ("ＦＵＬＬ width", "full"),
        ("Café", "cafe"),
        ("cafe\u0301", "Café"),
        ("हिन्दी में दावा", "हिन्दी"),
        ("on tv in the UK", "uk"),
        ("да, это он", "он"),
        ("او و ما", "او"),
        ("12 dead", "12"),
        ("Breaking 🚨 news", "🚨"),
        ("news🟠now", "🟠"),
        ("100 % true", "100 %"),
        ("a\x01b\x02c", "abc"),
        ("C:\\temp", "c:\\temp"),
        ('said "never"', '"never"'),
        ("x NOT y", "NOT"),
        ("a*b column:near", "column:near"),
    ],
)
def test_a_spelling_does_not_hide_a_hit(book: Casebook, text: str, query: str) -> None:
    case_id = make_case(book, text)
    make_case(book, "irrelevant")
    assert found(book, query) == {case_id}


def test_all_words_must_be_there_in_any_order(book: Casebook) -> None:
    both = make_case(book, "The vaccine was not approved")
    make_case(book, "The vaccine was tested")
    assert found(book, "approved vaccine") == {both}


def test_a_hit_says_where_and_shows_the_words_as_they_were_written(book: Casebook) -> None:
    case_id = make_case(book, "قال إن اللِّقاحَ آمن")
    (hit,) = search.search(book, "لقاح")
    assert (hit.case_id, hit.kind, hit.field) == (case_id, Kind.CLAIM, "text")
    assert hit.reference == cases.one(book, case_id).reference
    assert (hit.before, hit.match, hit.after) == ("قال إن ال", "لِّقاحَ", " آمن")


def test_a_long_text_is_cut_around_the_hit(book: Casebook) -> None:
    make_case(book, "before " * 100 + "needle" + " after" * 100)
    (hit,) = search.search(book, "needle")
    assert hit.match == "needle"
    assert hit.before.startswith("…")
    assert hit.after.endswith("…")
    assert len(hit.before) + len(hit.after) < 200


def in_order(hit: Hit, text: str) -> bool:
    whole = unicodedata.normalize("NFC", text)
    return f"{hit.before.removeprefix('…')}{hit.match}{hit.after.removesuffix('…')}" in whole


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)


@some
@given(text=words)
@example("ﷺ ﷽ ﬃ ǅ")
@example("ẞ ß İ ı ŉ ΐ")
@example("가각")
@example("🇦🇫👩‍⚕️👍🏽")
@example("'\"`´ʻ")
def test_what_was_saved_is_found_by_its_own_words(book: Casebook, text: str) -> None:
    case_id = make_case(book, f".{text}")
    for query in (text, text.upper(), *text.split()[:2]):
        hits = search.search(book, query)
        if search._words(query) and query == text:
            assert case_id in {hit.case_id for hit in hits}
        for hit in hits:
            if hit.case_id == case_id and hit.field == "text":
                assert in_order(hit, f".{text}")
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id)


@some
@given(query=st.text(max_size=60))
@example('" OR 1 NEAR( *')
@example("\0")
@example("\ud800 x")
@example("^a AND (")
@example("{folded} : x")
@example("x" * 5000)
@example("a' b`")
def test_whatever_is_typed_is_safe(book: Casebook, query: str) -> None:
    assert isinstance(search.search(book, query), tuple)


def test_actors_are_found_by_name_and_alias_in_the_cases_that_name_them(book: Casebook) -> None:
    case_id = make_case(book)
    with book.change(Op.ADD_ACTOR) as change:
        actor = actors.add(change, ActorDraft("Zalmay Khalilzad"))
        actors.set_aliases(change, actor, ["زلمی خلیلزاد"])
    assert [(hit.case_id, hit.field) for hit in search.search(book, "خليلزاد")] == [("", "alias")]
    with book.change(Op.ADD_APPEARANCE) as change:
        shown = timeline.add(change, case_id, AppearanceDraft(actor_id=actor))
    assert [(hit.case_id, hit.field) for hit in search.search(book, "خليلزاد")] == [(case_id, "alias")]
    with book.change(Op.EDIT_ACTOR) as change:
        actors.set_aliases(change, actor, ["Khan"])
    assert search.search(book, "خليلزاد") == ()
    assert found(book, "khan") == {case_id}
    with book.change(Op.DELETE_APPEARANCE) as change:
        timeline.delete(change, shown)
    assert found(book, "zalmay") == {""}
    with book.change(Op.DELETE_ACTOR) as change:
        change.delete(Kind.ACTOR, actor)
    assert search.search(book, "zalmay") == ()


def test_a_source_is_found_in_every_case_that_cites_it(book: Casebook) -> None:
    one, two = make_case(book), make_case(book)
    source = make_source(book, [one, two], "Ministry of Health bulletin")
    assert found(book, "bulletin") == {one, two}
    with book.change(Op.DELETE_CITATION) as change:
        citations.delete(change, citations.of_case(book, one)[0].id)
    assert found(book, "bulletin") == {two}
    with book.change(Op.DELETE_SOURCE) as change:
        change.delete(Kind.SOURCE, source)
    assert search.search(book, "bulletin") == ()
    book.undo()
    assert found(book, "bulletin") == {two}


def test_a_deleted_case_is_not_found_until_it_is_brought_back(book: Casebook) -> None:
    case_id = make_case(book, "the needle")
    with book.change(Op.ADD_NOTE) as change:
        notes.add_note(change, case_id, "a haystack")
    with book.change(Op.DELETE_CASE) as change:
        cases.delete(change, case_id, "by mistake")
    assert search.search(book, "needle") == search.search(book, "haystack") == ()
    book.undo()
    assert found(book, "needle") == found(book, "haystack") == {case_id}


def test_an_edit_is_found_at_once_by_new_words_and_no_more_by_old_ones(book: Casebook) -> None:
    case_id = make_case(book)
    edit_case(book, case_id, "first title")
    edit_case(book, case_id, "second title")
    assert search.search(book, "first") == ()
    assert found(book, "second") == {case_id}
    assert found(book, cases.one(book, case_id).reference.lower()) == {case_id}


def test_a_whole_match_stands_before_a_part_of_a_word(book: Casebook) -> None:
    make_case(book, "antivaccine movement")
    whole = make_case(book, "vaccine")
    make_case(book, "vaccines")
    assert search.search(book, "vaccine")[0].case_id in (whole, *found(book, "vaccine"))
    assert len(search.search(book, "vaccine")) == 3
