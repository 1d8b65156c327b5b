"""The words for what a merge brings: each said only where there is something to say."""

from __future__ import annotations

from pathlib import Path

from db.errors import BuiltUpon
from db.merge import Arrival
from db.news import Called, CaseNews, News
from desktop import merge_words
from desktop.merge_words import Trait

AT = "2026-03-01T10:00:00.000Z"
QUIET = News((), 1, 1, (), 0, 0, 0, 0, ())


def case(*, new: bool = False, deleted: bool = False, conflicts: int = 0, differ: bool = False) -> CaseNews:
    return CaseNews("c", "PSH-2026-0001", "A dam", new, deleted, 3, conflicts, differ, ("Bilal", ""), ("Peshawar",), AT)


def test_a_case_is_new_changed_or_deleted_and_more_where_it_is() -> None:
    assert merge_words.traits(case(new=True)) == (Trait.NEW,)
    assert merge_words.traits(case(conflicts=2, differ=True)) == (Trait.CHANGED, Trait.CONFLICT, Trait.VERDICTS)
    assert merge_words.traits(case(new=True, deleted=True)) == (Trait.DELETED,)


def test_figures_name_only_what_there_is() -> None:
    assert merge_words.figures(QUIET) == ()
    news = News((case(new=True), case(conflicts=2), case(differ=True)), 9, 9, ("an actor",), 0, 0, 0, 0, ())
    assert merge_words.figures(news, 1200) == (
        "1 new case",
        "2 changed cases",
        "2 conflicts",
        "1 case whose verdicts differ",
        "1 thing in no case",
        "1,200 attached files",
    )


def test_every_warning_is_a_sentence_with_its_number() -> None:
    assert merge_words.warnings(QUIET) == ()
    odd = News((), 9, 9, (), 1, 2, 4, 3, ("Peshawar desk", "Kabul desk"))
    home, unknown, own, future, forked = merge_words.warnings(odd)
    assert home.startswith("4 operations change what your own desk says of itself")
    assert unknown.startswith("1 operation was written by a newer Claimdesk")
    assert own.startswith("2 operations are said to be of your own desk")
    assert future.startswith("3 operations are dated more than a day from now")
    assert "(Peshawar desk, Kabul desk)" in forked


def test_who_leaves_out_whoever_has_no_name() -> None:
    assert merge_words.who(case()) == ("1 Mar 2026, 10:00 UTC", "Bilal", "Peshawar")


def test_an_arrival_says_when_it_was_taken_out() -> None:
    made = Arrival(3, AT, "theirs.casebook", "ab" * 32, "Peshawar desk", 11, 11, "/backups/x.casebook", "")
    assert merge_words.arrival(made) == "1 Mar 2026, 10:00 UTC · Peshawar desk · theirs.casebook · 1 operation"
    gone = Arrival(3, AT, "theirs.casebook", "ab" * 32, "Peshawar desk", 11, 20, "", AT)
    assert merge_words.arrival(gone).endswith("10 operations · taken out 1 Mar 2026, 10:00 UTC")


def test_what_a_merge_was_built_upon_is_named_and_a_long_list_is_counted() -> None:
    things = [
        Called("case", "KBL-2026-0001", "KBL-2026-0001"),
        Called("source", "A  report\nof two lines", ""),
        Called("hypothesis", "", ""),
        *(Called("note", f"Note {number}", "KBL-2026-0002") for number in range(20)),
    ]
    error = BuiltUpon(Path("desk.casebook"), tuple((thing.kind, "id") for thing in things))
    what, names, safe, todo = merge_words.built_upon(error, things)
    assert "23 things were saved since" in what
    assert names.splitlines()[:3] == ["• Case (KBL-2026-0001)", "• Source “A report of two lines”", "• hypothesis"]
    assert names.splitlines()[3] == "• Note “Note 0” (KBL-2026-0002)"
    assert names.splitlines()[-1] == "• and 11 more"
    assert safe == "Nothing was changed."
    assert todo
