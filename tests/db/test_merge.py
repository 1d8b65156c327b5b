"""What comes of two desks' work when their files are merged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import (
    arrivals,
    attachments,
    blobs,
    cards,
    cases,
    check,
    citations,
    claims,
    history,
    intake,
    merge,
    news,
    notes,
    scales,
    undo,
    verdicts,
)
from db.casebook import Casebook
from db.errors import BuiltUpon, Untrusted
from db.kinds import Kind
from db.progress import Cancelled
from db.vocabulary import Op, Status
from tests.db.union import digest, operations, slice_of, unite
from tests.makers import Clock, attach, edit_case, give_verdict, make_book, make_case, make_source, picture


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Casebook, Casebook, str]]:
    """Two desks that know one case."""
    with (
        make_book(tmp_path, "mine", clock=Clock()) as mine,
        make_book(tmp_path, "theirs", desk="Peshawar desk", code="PSH", analyst="Bilal", clock=Clock()) as theirs,
    ):
        case = make_case(mine)
        unite(theirs, mine.path)
        yield mine, theirs, case


def title(book: Casebook, case: str) -> str:
    return cases.one(book, case).title


def exchange(one: Casebook, other: Casebook) -> None:
    unite(one, other.path)
    unite(other, one.path)
    assert digest(one) == digest(other)


def test_through_the_helper_process_the_same_comes_in(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(theirs, case, "Theirs")
    attach(theirs, case, picture(), "their.png")
    with intake.receive(theirs.path, mine) as incoming:
        assert (incoming.operations, incoming.blobs) == (len(operations(theirs)) - len(operations(mine)), 1)
        merged = merge.apply(mine.path, incoming)
    mine.catch_up(merged.notice)
    assert operations(mine) == operations(theirs)
    assert digest(mine) == digest(theirs)
    assert not any((mine.path.parent / "scratch").glob("*"))
    assert check.check(mine).problems == ()


def test_the_same_file_twice_brings_nothing_and_nothing_comes_back(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(theirs, case, "Theirs")
    assert unite(mine, theirs.path).arrival
    assert unite(mine, theirs.path).arrival is None
    assert unite(theirs, mine.path).arrival is None, "A → B → A"


def test_edits_that_did_not_see_each_other_both_stand_whatever_the_clocks(tmp_path: Path) -> None:
    ahead, behind = Clock("2031-01-01T00:00:00"), Clock("2001-01-01T00:00:00")
    with make_book(tmp_path, "a", clock=ahead) as mine, make_book(tmp_path, "b", clock=behind) as theirs:
        case = make_case(mine)
        unite(theirs, mine.path)
        edit_case(mine, case, "Mine")
        edit_case(theirs, case, "Theirs")
        exchange(mine, theirs)
        assert title(mine, case) == "Mine", "the later claimed time is what is shown first"
        assert cards.page(theirs, cards.Sort.REFERENCE)[0].conflicts == 1
        edit_case(theirs, case, "Theirs again")  # made in 2001, having seen both
        exchange(mine, theirs)
        assert title(mine, case) == "Theirs again"
        assert cards.page(mine, cards.Sort.REFERENCE)[0].conflicts == 0


def test_edits_of_different_fields_go_together_without_a_word(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    with mine.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, case, {"title": "New title"})
    with theirs.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, case, {"status": Status.IN_REVIEW})
    exchange(mine, theirs)
    found = cases.one(mine, case)
    assert (found.title, found.status, found.conflicts) == ("New title", Status.IN_REVIEW, 0)


def test_the_same_edit_on_both_desks_is_no_conflict(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(mine, case, "Same")
    edit_case(theirs, case, "Same")
    exchange(mine, theirs)
    assert cases.one(mine, case).conflicts == 0


def test_a_deletion_beside_an_edit_keeps_the_case_and_shows_it(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(mine, case, "Still wanted")
    with theirs.change(Op.DELETE_CASE) as change:
        cases.delete(change, case, "not ours")
    exchange(mine, theirs)
    assert title(mine, case) == "Still wanted"
    assert mine.select("SELECT DISTINCT field FROM conflict") == [("deleted",)]


def test_two_verdicts_both_stand_until_one_supersedes_both(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    give_verdict(mine, case, "False", "Mine.")
    give_verdict(theirs, case, "True", "Theirs.")
    exchange(mine, theirs)
    assert {(v.rating, v.rationale) for v in verdicts.standing(mine, case)} == {("False", "Mine."), ("True", "Theirs.")}
    assert cards.page(mine, cards.Sort.REFERENCE)[0].verdicts == 2
    give_verdict(theirs, case, "Unproven", "Both of us looked again.")
    exchange(mine, theirs)
    assert [v.rating for v in verdicts.standing(mine, case)] == ["Unproven"]


def test_two_desks_keep_a_scale_each(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, _ = desks
    with theirs.change(Op.EDIT_SCALE) as change:
        scales.edit(change, [scales.RatingDraft("", "Made up", None, "", "red")])
    exchange(mine, theirs)
    assert len(scales.ratings(mine)) == 8
    assert [rating.label for rating in scales.ratings(theirs)] == ["Made up"]


def test_a_case_with_the_same_reference_at_both_desks_stays_two(tmp_path: Path) -> None:
    with make_book(tmp_path, "a") as mine, make_book(tmp_path, "b") as theirs:
        make_case(mine, "Mine")
        make_case(theirs, "Theirs")
        exchange(mine, theirs)
        references = {card.reference for card in cards.page(mine, cards.Sort.REFERENCE)}
        assert len(references) == 2
        make_case(mine, "The next")
        assert len({card.reference for card in cards.page(mine, cards.Sort.REFERENCE)}) == 3


def test_a_chain_that_two_went_on_with_keeps_both_lines_and_is_left(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, _, case = desks
    copy = mine.path.with_name("copy.casebook")
    shutil.copy(mine.path, copy)
    with Casebook.open(copy) as twin:
        twin._chain = mine._chain  # as after the whole disk was copied
        edit_case(twin, case, "The twin's")
        edit_case(mine, case, "Mine")
        unite(mine, twin.path)
        unite(twin, mine.path)
        assert operations(mine) == operations(twin)
        assert mine.value("SELECT count(*) FROM chain WHERE forked = 1") == 1
        edit_case(mine, case, "Later")
        edit_case(twin, case, "Later at the twin's")
        unite(mine, twin.path)
        sql = "SELECT count(*) FROM op GROUP BY chain, number HAVING count(*) > 1"
        assert mine.select(sql) == [(2,)], "nobody went on with the fork"
        assert check.check(mine).problems == ()


def test_yesterdays_backup_can_always_be_merged_back(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, _, case = desks
    backup = mine.path.with_name("backup.casebook")
    shutil.copy(mine.path, backup)
    edit_case(mine, case, "Newer")
    assert unite(mine, backup).arrival is None
    assert title(mine, case) == "Newer"


def test_some_cases_first_and_all_of_it_later(desks: tuple[Casebook, Casebook, str], tmp_path: Path) -> None:
    mine, theirs, case = desks
    other = make_case(theirs, "Another")
    edit_case(theirs, case, "Changed")
    edit_case(theirs, other, "Changed too")
    slice_of(theirs, [other], tmp_path / "slice")
    unite(mine, tmp_path / "slice")
    assert title(mine, other) == "Changed too"
    assert title(mine, case) == ""
    assert check.check(mine).problems == ()
    unite(mine, theirs.path)
    assert digest(mine) == digest(theirs)


def test_a_newer_claimdesk_is_kept_and_passed_on_byte_for_byte(
    desks: tuple[Casebook, Casebook, str], tmp_path: Path
) -> None:
    mine, theirs, case = desks
    with make_book(tmp_path, "third") as third:
        edited = write_as_newer(theirs, case)
        unite(mine, theirs.path)
        unite(third, mine.path)
        sql = "SELECT id, made_at, kind, thing, parents, body_hash, body FROM op WHERE id = :id"
        for op in edited:
            assert third.one(sql, id=op) == theirs.one(sql, id=op)
        assert title(third, case) == "From the future"
        found = news.of(third, 1, 1 << 40)
        assert found.unknown == 2
        assert blobs.left_over(third) is False
        assert check.check(third).problems == ()


def write_as_newer(book: Casebook, case: str) -> list[bytes]:
    """Operations as a newer version writes them: a field and a kind that this one does not know."""
    from db import log

    with book.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, case, {"title": "From the future"})
        heads = change.writer.select(
            "SELECT o.id, o.generation FROM head h JOIN op o ON o.n = h.op WHERE h.thing = :t", t=case
        )
        body = log.body_of({"mood": "hopeful"})
        n, first = change.pen.append(change.writer, "case", case, (heads[0][0],), heads[0][1] + 1, body)
        change.writer.execute("UPDATE head SET op = :n WHERE thing = :t", n=n, t=case)
        _, second = change.pen.append(change.writer, "hypothesis", "thing-of-2031", (), 1, log.body_of({"text": "?"}))
    return [first, second]


def test_the_plan_says_what_then_comes(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(mine, case, "Mine")
    edit_case(theirs, case, "Theirs")
    make_source(theirs, [case], "A new source")
    new = make_case(theirs, "A new claim")
    before = digest(mine)
    with intake.receive(theirs.path, mine) as incoming:
        with merge.preview(mine.path, incoming) as preview:
            planned = news.of(preview, preview.first, preview.last)
            edits = [e for entry in news.entries(preview, case, preview.first, preview.last) for e in entry.edits]
            seen = {e: history.of_case(preview, e) for e in (case, new)}
            assert [c.source_id for c in citations.of_case(preview, case)]
            assert claims.of_case(preview, new)[0].text == "A new claim"
        assert digest(mine) == before, "a plan writes nothing"
        merged = merge.apply(mine.path, incoming)
    mine.catch_up(merged.notice)
    assert merged.arrival
    assert news.of(mine, merged.arrival.first, merged.arrival.last) == planned
    by_id = {each.case_id: each for each in planned.cases}
    assert (by_id[new].is_new, by_id[case].is_new) == (True, False)
    assert by_id[case].conflicts == 1
    assert ("title", "", "Theirs") in [(e.field, e.old, e.new) for e in edits]
    assert {e: history.of_case(mine, e) for e in (case, new)} == seen


def test_a_merge_is_taken_out_again_as_one_step(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(mine, case, "Mine")
    before = digest(mine)
    edit_case(theirs, case, "Theirs")
    new = make_case(theirs, "A new claim")
    attach(theirs, new, picture(), "their.png")
    give_verdict(theirs, case)
    merged = unite(mine, theirs.path)
    assert merged.arrival
    own = make_case(mine, "Saved meanwhile")
    mine.catch_up(arrivals.reverse(mine.path, merged.arrival.id))
    assert title(mine, own) == ""
    with mine.change(Op.DELETE_CASE) as change:
        cases.delete(change, own)
    assert mine.select("SELECT id FROM blob") == []
    assert title(mine, case) == "Mine"
    assert {k: v for k, v in digest(mine).items() if k in ("conflict", "blob", "citation", "verdict")} == {
        k: v for k, v in before.items() if k in ("conflict", "blob", "citation", "verdict")
    }
    assert check.check(mine).problems == ()
    assert unite(mine, theirs.path).arrival, "and it can be merged again"
    assert operations(theirs) <= operations(mine)


def test_a_merge_that_was_built_upon_stays(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, _ = desks
    new = make_case(theirs, "A new claim")
    merged = unite(mine, theirs.path)
    assert merged.arrival
    with mine.change(Op.ADD_NOTE) as change:
        note = notes.add_note(change, new, "We should look at this.")
    before = digest(mine)
    with pytest.raises(BuiltUpon) as raised:
        arrivals.reverse(mine.path, merged.arrival.id)
    assert raised.value.things == ((Kind.NOTE, note),)
    assert digest(mine) == before


@pytest.mark.parametrize("at", [0, 10, 60])
def test_a_cancelled_merge_leaves_nothing(desks: tuple[Casebook, Casebook, str], at: int) -> None:
    mine, theirs, case = desks
    for number in range(3):
        attach(theirs, make_case(theirs, f"Claim {number}"), picture(4, number + 1), f"{number}.png")
    before = digest(mine)

    class Stop:
        def step(self, done: int, total: int) -> None:
            if done * 100 >= at * total:
                raise Cancelled

    with intake.receive(theirs.path, mine) as incoming, pytest.raises(Cancelled):
        merge.apply(mine.path, incoming, Stop())
    assert digest(mine) == before
    edit_case(mine, case, "Goes on")


def test_undo_goes_on_with_ones_own_saves_after_a_merge(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(mine, case, "Mine")
    make_case(theirs, "Theirs")
    unite(mine, theirs.path)
    assert mine.steps() == undo.Steps(undo.Step(mine.steps().undo.save, Op.EDIT_CASE))  # type: ignore[union-attr]
    mine.undo()
    assert title(mine, case) == ""


def test_an_operation_that_cannot_be_is_refused_whole(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    from db import log

    with theirs.change(Op.EDIT_CASE) as change:
        change.put(Kind.CASE, case, {"title": "x"})
        change.pen.append(change.writer, "note", case, (), 1, log.body_of({"text": "two kinds"}))
    before = digest(mine)
    with pytest.raises(Untrusted):
        unite(mine, theirs.path)
    assert digest(mine) == before


def test_nobody_else_writes_what_a_desk_says_of_itself(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, _ = desks
    with theirs.change(Op.EDIT_DESK) as change:
        change.put(Kind.DESK, desk_of(mine), {"analyst": "Somebody else"})
    with pytest.raises(Untrusted) as raised, intake.receive(theirs.path, mine):
        pass
    assert raised.value.detail == "desk"


def test_what_another_copy_of_this_desk_says_of_it_is_told(
    desks: tuple[Casebook, Casebook, str], tmp_path: Path
) -> None:
    mine, _, _ = desks
    shutil.copy(mine.path, tmp_path / "copy.casebook")
    with Casebook.open(tmp_path / "copy.casebook") as copy, copy.change(Op.EDIT_DESK) as change:
        change.put(Kind.DESK, desk_of(mine), {"analyst": "Somebody else"})
    with intake.receive(tmp_path / "copy.casebook", mine) as incoming, merge.preview(mine.path, incoming) as preview:
        assert news.of(preview, preview.first, preview.last).home == 1


def desk_of(book: Casebook) -> str:
    return str(book.value("SELECT value FROM meta WHERE name = 'desk'"))


def test_pictures_of_both_are_kept_once(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    attach(mine, case, picture(), "mine.png")
    attach(theirs, case, picture(), "theirs.png")
    exchange(mine, theirs)
    assert mine.value("SELECT count(*) FROM blob") == 1
    assert {a.name for a in attachments.of_case(mine, case)} == {"mine.png", "theirs.png"}


def test_bytes_that_were_held_back_come_when_they_are_sent_later(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    attachment = attach(theirs, case, picture(), "their.png")
    whole = theirs.path.with_name("whole.casebook")
    shutil.copy(theirs.path, whole)
    with theirs.repair() as writer:
        for table in ("piece", "blob"):
            writer.execute(f"DELETE FROM {table}")
    assert unite(mine, theirs.path).arrival
    assert check.check(mine).absent == 1
    merged = unite(mine, whole)
    assert merged.arrival is None, "no operation is new"
    assert merged.notice.of(Kind.ATTACHMENT) == {attachment}
    assert blobs.read(mine, attachments.of_case(mine, case)[0].sha256) == picture()
    assert check.check(mine).absent == 0


def test_a_preview_is_read_by_its_indexes(desks: tuple[Casebook, Casebook, str]) -> None:
    mine, theirs, case = desks
    edit_case(theirs, case, "Theirs")
    make_source(theirs, [case])
    give_verdict(theirs, case)
    asked: list[str] = []
    with intake.receive(theirs.path, mine) as incoming, merge.preview(mine.path, incoming) as preview:
        preview._connection.set_trace_callback(asked.append)
        news.entries(preview, case, preview.first, preview.last)
        judged = news._Gathered(kinds={Kind.VERDICT})
        news._case(preview, case, judged, preview.first, preview.last)
        preview._connection.set_trace_callback(None)
        assert len(asked) > 3
        for sql in (each for each in asked if not each.endswith("FROM desk")):
            plan = [row[3] for row in preview._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
            whole = ("SCAN main.op", "SCAN i", "SCAN f", "SCAN old", "MATERIALIZE op", "AUTOMATIC")
            assert not [step for step in plan if step.startswith(whole[:-1]) or whole[-1] in step], (sql, plan)
