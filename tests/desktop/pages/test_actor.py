"""The page of an actor: what is known of it in every case, and where sources contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from db import actors, attributes, claims, joints, timeline
from db.actors import ActorDraft
from db.attributes import AttributeDraft
from db.claims import ClaimDraft
from db.timeline import AppearanceDraft
from db.vocabulary import Attribute, Op, Role
from desktop.pages.actor import ActorPage
from desktop.widgets.texts import Label
from tests import makers
from tests.desktop.desk import Desk, sit_down


@pytest.fixture
def hasan(desk: Desk) -> str:
    """An actor of whom two sources say different things in one case, and who appears in another."""
    with desk.book.change(Op.ADD_ACTOR) as change:
        actor = actors.add(change, ActorDraft("Hasan", note="Said to have died."))
        actors.set_aliases(change, actor, ["حسن", "Хасан"])
        (whole,) = claims.of_case(change.writer, desk.case_id)
        claims.edit(change, whole.id, ClaimDraft(makers.URDU, claimant_id=actor))
    one = makers.make_source(desk.book, [desk.case_id], "Al-Mirsad", published_on="2025-10-04")
    other = makers.make_source(desk.book, [desk.case_id], makers.PASHTO)
    elsewhere = makers.make_case(desk.book, "Another claim", title="Elsewhere")
    with desk.book.change(Op.ADD_ATTRIBUTE) as change:
        for source, value in ((one, "Khyber Pakhtunkhwa"), (other, "Achin, Nangarhar")):
            draft = AttributeDraft(Attribute.ORIGIN, value, source_id=source)
            attributes.add(change, desk.case_id, actor, draft)
        for seen_on in ("2025-11", "2024"):
            timeline.add(change, elsewhere, AppearanceDraft(actor, Role.AMPLIFICATION, "X", seen_on=seen_on))
    return actor


@pytest.fixture
def page(desk: Desk, hasan: str, qtbot: QtBot) -> Iterator[ActorPage]:
    made = ActorPage(desk.context)
    made.resize(1200, 700)
    qtbot.addWidget(made)
    made.show_actor(hasan, desk.case_id)
    made.show()
    desk.settle(qtbot)
    yield made
    made.close()
    desk.settle(qtbot)


def words(page: ActorPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def test_names_contradictions_cases_claims_and_appearances_are_shown(page: ActorPage) -> None:
    told = words(page)
    for part in (
        "Hasan",
        "Arabic: \u2066حسن\u2069   Cyrillic: \u2066Хасан\u2069",
        "Said to have died.",
        "Origin: sources differ",
    ):
        assert part in told
    assert told.index("Khyber Pakhtunkhwa") < told.index("Achin, Nangarhar")
    assert "4 Oct 2025\u2069 · F6 Cannot be judged" in told
    assert [entry.subtitle for entry in page.appearances.entries] == [
        "2024 · X · KBL-2026-0002",
        "Nov 2025 · X · KBL-2026-0002",
    ]
    assert [entry.title for entry in page.claims.entries] == [makers.URDU]
    assert [entry.badge for entry in page.cases.entries] == ["No verdict", "No verdict"]
    assert [page.tabs.tabText(n) for n in range(5)] == [
        "What sources say  2", "Appearances  2", "Claims  1", "Cases  2", "May be the same",
    ]  # fmt: skip


def test_everything_leads_to_its_case(page: ActorPage, desk: Desk, qtbot: QtBot) -> None:
    for entries, kind in ((page.appearances, "appearance"), (page.claims, "claim"), (page.cases, "actor")):
        with qtbot.waitSignal(page.opened) as went:
            entries.opened.emit(entries.entries[0].id)
        assert went.args is not None
        assert went.args[1] == kind
    (button, *_) = (b for b in page.contradictions.findChildren(QToolButton) if b.text() == "KBL-2026-0001")
    with qtbot.waitSignal(page.opened) as went:
        button.click()
    assert went.args is not None
    assert went.args[:2] == [desk.case_id, "source"]


def test_what_a_source_says_is_typed_and_saved_by_itself(page: ActorPage, desk: Desk, hasan: str) -> None:
    page.start_new()
    form = page.attributes.form
    form.name.choose(Attribute.DIED)
    form.value.setText("2025-10")
    form.flush()
    found = next(told for told in attributes.of_actor(desk.book, hasan) if told.name is Attribute.DIED)
    assert (found.value, found.case_id) == ("2025-10", desk.case_id)
    form.value.setText(" ")
    form.flush()
    assert form._complaints[form.value].isVisible()
    form.value.setText("2025-10-03")
    form.flush()
    assert next(t.value for t in attributes.of_actor(desk.book, hasan) if t.id == found.id) == "2025-10-03"
    page.attributes.choose(found.id)
    page.attributes.delete_current()
    assert len(attributes.of_actor(desk.book, hasan)) == 2
    desk.book.undo()
    assert len(attributes.of_actor(desk.book, hasan)) == 3


def test_an_actor_that_may_be_the_same_is_offered_and_joined(
    page: ActorPage, desk: Desk, hasan: str, qtbot: QtBot
) -> None:
    with desk.book.change(Op.ADD_ACTOR) as change:
        other = actors.add(change, ActorDraft("हसन"))
        actors.add(change, ActorDraft("Sarah Adams"))
    page.tabs.setCurrentWidget(page.namesakes)
    desk.settle(qtbot)
    (entry,) = page.namesakes.list.entries
    assert (entry.id, entry.title) == (other, "हसन")
    with qtbot.waitSignal(page.namesakes.joining) as asked:
        page.namesakes.join.click()
    assert asked.args == [other]
    with desk.book.change(Op.JOIN_ACTORS) as change:
        joints.join(change, hasan, other)
    assert page.name.text() == "हसन", "the page goes on with the one that leads"
    assert "Joined with \u2066Hasan\u2069" in words(page)
    desk.settle(qtbot)
    assert page.namesakes.list.entries == ()
    desk.book.undo()
    assert page.name.text() == "हसन"


def test_one_of_whom_nothing_is_known_says_so(page: ActorPage, desk: Desk, qtbot: QtBot) -> None:
    with desk.book.change(Op.ADD_ACTOR) as change:
        nobody = actors.add(change, ActorDraft("Nobody"))
    page.show_actor(nobody)
    assert not page.contradictions.isVisible()
    assert "Nothing said yet" in words(page)
    page.tabs.setCurrentIndex(1)
    assert "It appears nowhere yet" in words(page)
    page.tabs.setCurrentIndex(4)
    desk.settle(qtbot)
    assert "Nobody of that name" in words(page)


def test_an_actor_that_goes_closes_its_page(page: ActorPage, desk: Desk, hasan: str, qtbot: QtBot) -> None:
    from db.kinds import Kind

    with qtbot.waitSignal(page.closed), desk.book.change(Op.DELETE_ACTOR) as change:
        change.delete(Kind.ACTOR, hasan)
    assert page.actor_id == ""


def test_where_nothing_can_be_written_nothing_can_be_typed(tmp_path: object, qapp: object, qtbot: QtBot) -> None:
    with sit_down(tmp_path, write=False) as desk:  # type: ignore[arg-type]
        made = ActorPage(desk.context)
        qtbot.addWidget(made)
        assert made.attributes.form.value.isReadOnly()
        assert not made.namesakes.join.isEnabled()
