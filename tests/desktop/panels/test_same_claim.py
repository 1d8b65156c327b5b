"""Other cases with the same claim: suggested with reasons when the panel is looked at, told with what desks found."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import attachments, cases, links, timeline
from db.kinds import Kind
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Relation
from desktop.panels.same_claim import SameClaimPanel
from desktop.widgets.chip import Chip
from desktop.widgets.empty import EmptyState
from desktop.widgets.entries import Entry
from desktop.widgets.texts import Label, Text
from tests import makers
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import show

AGAIN = "وزير خارجه نے کہا: لقاح محفوظ ہے!"  # the claim of the desk in other letters
SAME, DIFFERENT = Relation.SAME, Relation.DIFFERENT


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> SameClaimPanel:
    panel = SameClaimPanel(desk.context)
    show(panel, desk, qtbot)
    desk.settle(qtbot)
    return panel


def said(panel: SameClaimPanel) -> str:
    """All the words beside the list."""
    QApplication.processEvents()  # what was laid out shows itself then
    shown = [*panel.findChildren(Label), *panel.findChildren(Text)]
    return "\n".join(each.text() for each in shown if each.isVisibleTo(panel))


def listed(panel: SameClaimPanel) -> list[tuple[str, str]]:
    return [(entry.id, entry.badge) for entry in panel.list.entries]


def only(panel: SameClaimPanel) -> Entry:
    (entry,) = panel.list.entries
    return entry


def link(desk: Desk, other: str, relation: Relation = SAME, reason: str = "") -> None:
    with desk.book.change(Op.LINK_CASES) as change:
        links.link(change, desk.case_id, other, relation, reason)


def test_without_any_case_like_it_it_says_so(panel: SameClaimPanel) -> None:
    (state,) = [each for each in panel.findChildren(EmptyState) if each.isVisibleTo(panel)]
    assert "No case like this one" in state.accessibleName()


def test_a_case_like_this_comes_while_the_panel_is_in_sight(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, AGAIN, title="By another desk")
    for each in (desk.case_id, other):
        with desk.book.change(Op.ADD_APPEARANCE) as change:
            timeline.add(change, each, AppearanceDraft(url="https://x.com/user/status/178000000000"))
    makers.give_verdict(desk.book, other, "False")
    before = desk.book.value("SELECT count(*) FROM op")
    desk.settle(qtbot)
    assert listed(panel) == [(other, "Maybe the same")]
    assert cases.one(desk.book, other).reference in only(panel).title
    assert "Same web address" in only(panel).subtitle
    assert "96 % of the wording" in only(panel).subtitle
    words = said(panel)
    for part in (makers.URDU, AGAIN, "By another desk", "x.com/status/178000000000", "96 % of the wording"):
        assert part in words
    assert [chip.accessibleName() for chip in panel.findChildren(Chip) if chip.isVisibleTo(panel)] == ["False"]
    assert desk.book.value("SELECT count(*) FROM op") == before, "nothing is written until the person says so"


def test_nothing_is_looked_for_while_the_panel_is_out_of_sight(desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, AGAIN)
    looks: list[object] = []
    desk.context.jobs.started.connect(looks.append)
    panel = SameClaimPanel(desk.context)
    qtbot.addWidget(panel)
    panel.show_case(desk.case_id)
    link(desk, makers.make_case(desk.book, "Else"), DIFFERENT)
    assert not looks
    assert [badge for _, badge in listed(panel)] == ["Different claim"], "what was found needs no look"
    with qtbot.waitActive(panel):
        panel.show()
    desk.settle(qtbot)
    assert len(looks) == 1
    assert (other, "Maybe the same") in listed(panel)


def test_what_was_found_is_told_with_who_and_why(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, AGAIN)
    link(desk, other, SAME, "The same <b>sermon</b>")
    desk.settle(qtbot)
    assert listed(panel) == [(other, "Same claim")]
    assert only(panel).subtitle == "Amina · Kabul desk · The same <b>sermon</b>"
    assert "The same <b>sermon</b>" in said(panel)
    link(desk, other, DIFFERENT)
    desk.settle(qtbot)
    assert listed(panel) == [(other, "Different claim")]
    desk.book.undo()
    desk.book.undo()
    desk.settle(qtbot)
    assert listed(panel) == [(other, "Maybe the same")]


def test_desks_that_differ_are_told_side_by_side(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, AGAIN)
    link(desk, other, SAME, "Sounds the same")
    with desk.book.change(Op.LINK_CASES) as change:
        said_there = {"case_id": other, "other_id": desk.case_id, "relation": "different", "reason": "Another year"}
        change.create(Kind.LINK, said_there)
    desk.settle(qtbot)
    assert listed(panel) == [(other, "Desks differ")]
    words = said(panel)
    for part in ("Desks differ", "Same claim: Amina", "Sounds the same", "Different claim: Amina", "Another year"):
        assert part in words


def test_what_follows_over_another_case_is_told(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    between, other = makers.make_case(desk.book, "Between"), makers.make_case(desk.book, AGAIN)
    link(desk, between)
    with desk.book.change(Op.LINK_CASES) as change:
        links.link(change, between, other, SAME)
    desk.settle(qtbot)
    assert listed(panel) == [(between, "Same claim"), (other, "Same claim")]
    panel.list.choose(other)
    assert "over another case" in said(panel)


def test_a_case_that_is_deleted_goes(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, AGAIN)
    desk.settle(qtbot)
    assert listed(panel)
    with desk.book.change(Op.DELETE_CASE) as change:
        cases.delete(change, other)
    desk.settle(qtbot)
    assert listed(panel) == []
    assert desk.reported == []


def test_what_was_found_for_the_last_case_does_not_stand_by_the_next(
    panel: SameClaimPanel, desk: Desk, qtbot: QtBot
) -> None:
    makers.make_case(desk.book, AGAIN)
    lone = makers.make_case(desk.book, "Nothing like it")
    desk.settle(qtbot)
    assert listed(panel)
    panel.hide()
    panel.show_case(lone)
    assert listed(panel) == []


def test_what_is_found_too_late_does_not_stand_by_the_next_case(
    panel: SameClaimPanel, desk: Desk, qtbot: QtBot
) -> None:
    makers.make_case(desk.book, AGAIN)
    lone = makers.make_case(desk.book, "Nothing like it")
    desk.context.jobs._pool.submit(lambda: None).result()  # the look is done, and has not been heard of yet
    panel.hide()
    panel.show_case(lone)
    desk.settle(qtbot)
    assert listed(panel) == []


def test_the_same_picture_is_shown_on_both_sides(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, "Other words")
    for case_id, quality in ((desk.case_id, 90), (other, 40)):
        makers.attach(desk.book, case_id, makers.encoded(makers.scene(1), quality=quality), "post.jpg")
    desk.settle(qtbot)
    assert listed(panel) == []
    assert "2 pictures in this casebook were not compared" in said(panel)
    for case_id in (desk.case_id, other):
        attachments.draw_small(desk.book.path, attachments.of_case(desk.book, case_id))
    panel.refresh()
    desk.settle(qtbot)
    assert only(panel).subtitle == "Same picture"
    assert "not compared" not in said(panel)

    def drawn() -> bool:
        return sum(not label.pixmap().isNull() for label, _ in panel.pair._pictures) == 2

    qtbot.waitUntil(drawn)


def test_a_person_compares_with_any_case(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    other = makers.make_case(desk.book, "Other words")
    desk.settle(qtbot)
    panel.pick(other)
    desk.settle(qtbot)
    assert listed(panel) == [(other, "Chosen")]
    assert "Nobody has compared" in said(panel)
    panel.pick(desk.case_id)
    assert len(panel.list.entries) == 1, "never with itself"


def test_what_one_reads_stays_when_another_save_is_told(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    makers.make_case(desk.book, AGAIN)
    desk.settle(qtbot)
    before = panel.findChildren(Text)
    makers.make_source(desk.book, [desk.case_id])
    desk.settle(qtbot)
    assert panel.findChildren(Text) == before


def test_words_without_end_are_wrapped_and_hide_nothing(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    makers.make_case(desk.book, f"{AGAIN} https://example.org/{'long' * 200}", title="x" * 500)
    desk.settle(qtbot)
    QApplication.processEvents()
    shown = [each for each in panel.pair.findChildren(Text) if each.isVisibleTo(panel)]
    edge = panel.mapToGlobal(panel.rect().bottomRight()).x()
    assert len(shown) >= 4
    assert all(each.mapToGlobal(each.rect().bottomRight()).x() <= edge for each in shown)


def test_the_link_that_a_search_found_is_chosen(panel: SameClaimPanel, desk: Desk, qtbot: QtBot) -> None:
    first, second = makers.make_case(desk.book, "One"), makers.make_case(desk.book, "Two")
    link(desk, first)
    link(desk, second, SAME, "Looked for")
    panel.choose_link(links.of_case(desk.book, second)[0].findings[0].link_id)
    assert panel.list.current == second
