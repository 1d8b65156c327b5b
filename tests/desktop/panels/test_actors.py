"""Actors, and the claims and appearances that name them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from db import actors, claims, timeline
from db.vocabulary import ActorKind, Op, Role
from desktop.panels.actors import ActorsPanel
from desktop.panels.claim import ClaimPanel
from desktop.panels.timeline import TimelinePanel
from tests.desktop.desk import Desk
from tests.desktop.panels.bench import show


@pytest.fixture
def actor(desk: Desk) -> str:
    """An actor who is named as claimant."""
    with desk.book.change(Op.EDIT_CLAIM) as change:
        (claim,) = claims.of_case(desk.book, desk.case_id)
        actor = actors.named(change, "Zalmay Khalilzad")
        claims.edit(change, claim.id, claims.ClaimDraft(claim.text, claimant_id=actor))
    return actor


def test_actors_come_with_the_claims_that_name_them(desk: Desk, actor: str, qtbot: QtBot) -> None:
    panel = ActorsPanel(desk.context)
    show(panel, desk, qtbot)
    assert [(entry.id, entry.title) for entry in panel.list.entries] == [(actor, "Zalmay Khalilzad")]


def test_aliases_and_kind_are_kept_with_an_actor(desk: Desk, actor: str, qtbot: QtBot) -> None:
    panel = ActorsPanel(desk.context)
    show(panel, desk, qtbot)
    panel.form.aliases.setFocus()
    panel.form.aliases.insertPlainText("زلمی خلیلزاد\n  Залмай Халилзад  \n\n")
    panel.form.flush()
    panel.form.kind.choose(ActorKind.ACCOUNT)
    panel.form.kind.activated.emit(0)
    found = actors.one(desk.book, actor)
    assert found.aliases == ("زلمی خلیلزاد", "Залмай Халилзад")
    assert found.kind is ActorKind.ACCOUNT
    assert panel.list.entries[0].subtitle == "زلمی خلیلزاد, Залмай Халилзад"
    desk.book.undo()
    desk.book.undo()
    assert actors.one(desk.book, actor).aliases == ()
    assert panel.form.aliases.text() == ""


def test_a_claimant_is_found_by_an_alias_and_made_only_once(desk: Desk, actor: str, qtbot: QtBot) -> None:
    with desk.book.change(Op.EDIT_ACTOR) as change:
        actors.set_aliases(change, actor, ["زلمی خلیلزاد"])
    panel = TimelinePanel(desk.context)
    show(panel, desk, qtbot)
    panel.start_new()
    panel.form.actor.setText("زلمي خليلزاد")  # as an Arabic keyboard writes it
    panel.form.flush()
    (appearance,) = timeline.of_case(desk.book, desk.case_id)
    assert appearance.actor_id == actor
    assert panel.form.actor.text() in ("Zalmay Khalilzad", "زلمي خليلزاد")
    assert len(actors.everyone(desk.book)) == 1


def test_a_new_name_is_a_new_actor(desk: Desk, qtbot: QtBot) -> None:
    panel = ClaimPanel(desk.context)
    show(panel, desk, qtbot)
    panel.form.claimant.setText("Ministry of Foreign Affairs")
    panel.form.flush()
    (claim,) = claims.of_case(desk.book, desk.case_id)
    assert claim.claimant == "Ministry of Foreign Affairs"
    desk.book.undo()
    assert actors.everyone(desk.book) == ()
    assert panel.form.claimant.text() == ""


def test_a_renamed_actor_is_renamed_wherever_it_is_shown(desk: Desk, actor: str, qtbot: QtBot) -> None:
    panel = ClaimPanel(desk.context)
    show(panel, desk, qtbot)
    with desk.book.change(Op.EDIT_ACTOR) as change:
        actors.edit(change, actor, actors.ActorDraft("Khalilzad, Zalmay"))
    assert panel.form.claimant.text() == "Khalilzad, Zalmay"
    assert "Khalilzad, Zalmay" in panel.list.entries[0].subtitle
    panel.form.translation.insertPlainText("words")
    panel.form.flush()
    assert len(actors.everyone(desk.book)) == 1


def test_the_whole_claim_cannot_be_deleted_and_a_part_can(desk: Desk, qtbot: QtBot) -> None:
    panel = ClaimPanel(desk.context)
    show(panel, desk, qtbot)
    assert not panel.can_delete
    panel.start_new()
    panel.form.text.insertPlainText("a part of it")
    panel.form.flush()
    assert panel.can_delete
    assert [entry.badge for entry in panel.list.entries] == ["Claim", "Part"]
    (whole, part) = claims.of_case(desk.book, desk.case_id)
    assert part.parent_id == whole.id
    panel.delete_current()
    assert [entry.badge for entry in panel.list.entries] == ["Claim"]


def test_appearances_stand_in_the_order_of_time(desk: Desk, qtbot: QtBot) -> None:
    panel = TimelinePanel(desk.context)
    show(panel, desk, qtbot)
    for channel, seen in (("later", "2025-11-17"), ("unknown", "some day"), ("earlier", "2025-10")):
        panel.start_new()
        panel.form.channel.setText(channel)
        panel.form.seen_on.setText(seen)
        panel.form.flush()
    assert [entry.title for entry in panel.list.entries] == ["earlier", "later", "unknown"]
    assert panel.list.current == panel.current == panel.list.entries[0].id
    roles = [each.role for each in timeline.of_case(desk.book, desk.case_id)]
    assert roles.count(Role.ORIGIN) == 1, "the first one recorded is taken for the origin, later ones are not"
