"""Nothing that a person may meet lacks words."""

from __future__ import annotations

import ast
from enum import StrEnum
from pathlib import Path

import pytest

from db import cards, check, errors, shelf, verdicts, vocabulary
from db.check import Problem
from db.entrance import Closed
from db.errors import CasebookError, FileError, Invalid
from db.fields import FIELDS
from db.independence import Work
from db.kinds import Kind
from db.pictures import decoding
from db.places import HERE, Place, Sort
from db.vocabulary import Credibility, Op, Reliability, Stance, Status, Tlp
from desktop import place_words, wording
from desktop.dossier.options import Unprintable

HOUSE = Path(__file__).parents[2]
FILE = Path("/place/some.casebook")


def raised_in_db(name: str) -> list[list[str | None]]:
    """The literal arguments of every `raise name(...)` in db; None for what is no literal."""
    calls = []
    for file in sorted((HOUSE / "db").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            raised = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(raised, ast.Call) and getattr(raised.func, "id", "") == name:
                calls.append([arg.value if isinstance(arg, ast.Constant) else None for arg in raised.args])
    return calls


def below(error: type[FileError]) -> list[type[FileError]]:
    return [each for child in error.__subclasses__() for each in (child, *below(child))]


def every_error() -> list[CasebookError]:
    made: list[CasebookError] = [
        errors.NotFound(Kind.CASE, "KBL-2026-0001"),
        errors.Ambiguous("KBL-2026-0001", ("KBL-2026-0001-AAAA", "KBL-2026-0001-BBBB")),
        Invalid("title", "empty"),
        errors.Unconfirmed(Work("id", 2, "A report"), Stance.REFUTES, ()),
        Unprintable(("U+1F9FF NAZAR AMULET",)),
        errors.NeedsExtra("share"),
        errors.HeldBack("id", "KBL-2026-0001", "RED", "GREEN"),
        errors.NameStands("id", "Gul Agha", ((Kind.NOTE, "id", "text"),)),
        errors.NothingLeaves(),
        errors.MovedOn(),
        errors.Unconfirmed(Work("id", 2, "Mail"), Stance.REFUTES, ()),
        CasebookError("bare"),
    ]
    return [
        *made,
        errors.SharedPlace(FILE, Place(Sort.REMOVABLE, "KINGSTON")),
        *every_file_error(),
        FileError(FILE, "detail"),
    ]


def every_file_error() -> list[FileError]:
    away = errors.Away(FILE, Place(Sort.REMOVABLE, "KINGSTON"))
    return [away, *(each(FILE, "detail") for each in below(FileError) if each not in (errors.Away, errors.SharedPlace))]


@pytest.mark.parametrize("error", every_error(), ids=lambda error: type(error).__name__)
def test_every_error_is_told_in_three_sentences(error: CasebookError) -> None:
    told = wording.explain(error)
    assert told.what
    assert told.safe
    assert told.todo
    for part in (told.what, told.safe, told.todo):
        assert "{" not in part
    if isinstance(error, FileError):
        assert "some.casebook" in told.what


def test_no_error_class_is_left_out_of_this_test() -> None:
    classes = {c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, CasebookError)}
    assert classes <= {type(error) for error in every_error()}


def test_file_errors_have_words_of_their_own() -> None:
    told = {wording.explain(each).what for each in every_file_error()}
    assert len(told) == len(every_file_error())


def test_every_refusal_of_a_value_names_field_and_cure() -> None:
    problems = {(args[0], args[1]) for args in raised_in_db("Invalid")}
    assert ("label", "twice") in problems
    fallback = wording.explain(Invalid("title", "never used")).what
    for field, problem in problems:
        assert problem, "a problem is a literal code"
        told = wording.explain(Invalid(field or "published_on", problem, "x y"))
        assert told.what != fallback.replace("Title", "Published on")
        assert "published_on" not in told.what


@pytest.mark.parametrize(
    "name", ["ReadOnly", "Untrusted", "Unreadable", "Vanished", "Damaged", "NoBackup", "Locked", "DiskFailed"]
)
def test_codes_for_details_do_not_reach_a_person(name: str) -> None:
    codes = {args[1] for args in raised_in_db(name) if len(args) > 1 and args[1]}
    for code in codes - {"it is the open casebook itself"}:
        assert f"({code})" not in wording.explain(getattr(errors, name)(FILE, code)).what


@pytest.mark.parametrize("why", Closed)
def test_a_read_only_casebook_says_why(why: Closed) -> None:
    assert place_words.closed(why).startswith("Open for reading only")
    assert str(why) not in str(wording.explain(errors.ReadOnly(FILE, why))) or " " in why
    assert "desk-pc, process 7" in place_words.closed(Closed.IN_USE, "desk-pc, process 7")


@pytest.mark.parametrize("sort", Sort)
def test_every_place_is_named_and_says_why_nothing_is_saved_there(sort: Sort) -> None:
    told = place_words.closed(Closed.SHARED_PLACE, where=Place(sort, "KINGSTON"))
    assert "{" not in told
    assert ("KINGSTON" in told) is (sort is not Sort.LOCAL)
    assert place_words.place(HERE) == "on this computer"


def test_every_verb_has_words_for_history_and_for_undo() -> None:
    for op in Op:
        assert wording.verb(op)[0].isupper()
        assert wording.undo_label(op)[0].islower()


def test_verbs_differ_and_a_newer_one_is_said_to_be_newer() -> None:
    assert len({wording.verb(op) for op in Op}) == len(Op)
    assert len({wording.undo_label(op) for op in Op}) == len(Op)
    assert wording.verb(Op.ADD_SOURCE) == "Added a source"
    assert "newer Claimdesk" in wording.verb("fold space")
    assert "fold space" in wording.verb("fold space")


def test_every_kind_and_field_has_a_name() -> None:
    for kind in Kind:
        assert wording.kind(kind)[0].isupper()
        for field in FIELDS[kind]:
            named = wording.field(kind, field.name)
            assert named[0].isupper(), field.name
            assert not set(named) & set("_."), field.name
        assert len({wording.field(kind, field.name) for field in FIELDS[kind]}) == len(FIELDS[kind])


def every_word() -> list[StrEnum]:
    modules = (vocabulary, verdicts, decoding, cards, shelf)
    enums = {
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each not in (StrEnum, Op, Kind, cards.Sort)
    }
    return [member for each in sorted(enums, key=lambda each: each.__name__) for member in each]


def test_every_word_of_a_vocabulary_is_said() -> None:
    for member in every_word():
        assert wording.word(member)[0].isupper() or wording.word(member)[0].isdigit()
        assert "_" not in wording.word(member)


def test_words_that_other_code_and_people_rely_on() -> None:
    assert wording.word(Status.IN_WORK) == "In work"
    assert wording.word(Stance.SUPPORTS) == "Supports"
    assert wording.word(Tlp.AMBER_STRICT) == "TLP:AMBER+STRICT"
    assert wording.word(Reliability.B) == "B – Usually reliable"
    assert wording.word(Reliability.F) == "F – Reliability cannot be judged"
    assert wording.word(Credibility.CONFIRMED) == "1 – Confirmed by other sources"
    assert wording.word(Credibility.CANNOT_BE_JUDGED) == "6 – Truth cannot be judged"


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2026-11-24T14:05:33.123Z", "24 Nov 2026, 14:05 UTC"),
        ("2026-11-24T14:05Z", "24 Nov 2026, 14:05 UTC"),
        ("2026-11-24 00:07", "24 Nov 2026, 00:07 UTC"),
        ("2025-03-05", "5 Mar 2025"),
        ("2025-11", "Nov 2025"),
        ("2025", "2025"),
        ("2025-10-03..2025-10-04", "3 Oct 2025 – 4 Oct 2025"),
        ("2025-06/2025-11", "Jun 2025 – Nov 2025"),
        ("before 3 April 2025", "before 3 April 2025"),
        ("2025-13-40", "2025-13-40"),
        ("خزاں 2025", "خزاں 2025"),
        ("", ""),
    ],
)
def test_times_are_said_the_same_in_every_locale(stored: str, said: str) -> None:
    assert wording.when(stored) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_960, "1.0 MB"),
        (2_147_483_648, "2.1 GB"),
    ],
)
def test_sizes_are_said_in_units_of_a_thousand(count: int, said: str) -> None:
    assert wording.size(count) == said


@pytest.mark.parametrize(
    ("kind", "field", "stored", "said"),
    [
        (Kind.CASE, "status", "in work", "In work"),
        (Kind.CASE, "tlp", "RED", "TLP:RED"),
        (Kind.CITATION, "credibility", "2", "2 – Probably true"),
        (Kind.TASK, "done", "true", "Yes"),
        (Kind.TASK, "done", "false", "No"),
        (Kind.CASE, "due", "2026-12-01", "1 Dec 2026"),
        (Kind.VERDICT, "evidence", '[{"a":1}]', "1 item"),
        (Kind.CASE, "status", "a newer word", "a newer word"),
        (Kind.CASE, "a newer field", "text", "text"),
        (Kind.NOTE, "text", "2026-12-01", "2026-12-01"),
    ],
)
def test_values_in_history_are_said_in_words(kind: Kind, field: str, stored: str, said: str) -> None:
    assert wording.value(kind, field, stored) == said


def test_every_problem_of_a_check_is_said() -> None:
    tree = ast.parse(Path(check.__file__).read_text("utf-8"))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem"
    ]
    codes = {node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)}
    assert "projection" in codes
    for code in codes:
        said = wording.problem(Problem(code, "the place"))
        assert not said.startswith(code)
        assert "the place" in said


def test_why_something_is_missing_is_told_in_words_and_nonsense_as_it_is() -> None:
    stored = '[["network","unsafe to record"],["page_title","not visible"]]'
    assert (
        wording.value(Kind.COLLECTION, "missing", stored) == "Network used: unsafe to record\nTitle seen: not visible"
    )
    assert wording.value(Kind.COLLECTION, "missing", "[]") == ""
    assert wording.value(Kind.COLLECTION, "missing", "[1]") == "[1]"
    assert wording.kind(Kind.COLLECTION) == "Collection record"
