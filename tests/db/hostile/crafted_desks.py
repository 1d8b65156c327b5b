"""Hands in what belongs to a desk alone: its name and analyst, its scale, its verdicts, its chains."""

from __future__ import annotations

from db import check, desks, news, scales, verdicts
from db.casebook import Casebook
from db.errors import Untrusted
from db.intake import Incoming
from tests.db.hostile.forge import Chain, Forger
from tests.db.hostile.scene import Accepted, After, Refused, Scene
from tests.makers import edit_case, make_case


def _desk(scene: Scene) -> str:
    return desks.home(scene.mine).id


def _copied(scene: Scene, forger: Forger, kind: str) -> str:
    """The operations of a thing of ours, byte for byte, as a desk has them that we once sent a file; returns the thing."""
    forger.sql.execute("ATTACH ? AS mine", [str(scene.mine.path)])
    thing = forger.text("SELECT o.thing FROM mine.op o WHERE o.kind = ? LIMIT 1", kind)
    forger.sql.execute("""INSERT OR IGNORE INTO chain (name, desk, top_number, top_op, forked)
        SELECT name, desk, 0, zeroblob(32), 0 FROM mine.chain""")
    forger.sql.execute(
        """INSERT OR IGNORE INTO op SELECT NULL, o.id, (SELECT c.id FROM chain c JOIN mine.chain m ON
        m.name = c.name WHERE m.id = o.chain), number, previous, made_at, analyst, verb, save, undoes, kind, thing,
        generation, parents, body_hash, body FROM mine.op o WHERE thing = ? ORDER BY n""",
        [thing],
    )
    _correct_tops(forger)
    forger.sql.execute("DETACH mine")
    return thing


def _correct_tops(forger: Forger) -> None:
    """Let each chain say how far it is one line, as Claimdesk does."""
    for (chain,) in forger.sql.execute("SELECT id FROM chain").fetchall():
        number, top = 0, bytes(32)
        sql = "SELECT number, previous, id FROM op WHERE chain = ? ORDER BY number"
        for here, previous, found in forger.sql.execute(sql, [chain]).fetchall():
            if (here, previous) != (number + 1, top):
                break
            number, top = here, found
        forger.sql.execute("UPDATE chain SET top_number = ?, top_op = ? WHERE id = ?", (number, top, chain))


def our_name_and_analyst_changed(scene: Scene) -> None:
    with scene.forger() as forger:
        thing = _copied(scene, forger, "desk")
        forger.op("desk", thing, {"name": "Evil desk", "analyst": "Mallory"})


def our_desk_written_anew(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.new("desk", {"name": "Evil desk", "code": "KBL", "analyst": "Mallory"}, thing=_desk(scene))


def our_desk_deleted(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("desk", _copied(scene, forger, "desk"), body='{"deleted":"gone","set":{}}')


def a_scale_for_our_desk(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.new("scale", {"desk_id": _desk(scene), "name": "Theirs"}, thing="0")


def our_scale_given_to_another(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("scale", _copied(scene, forger, "scale"), {"desk_id": forger.desk})


def our_rating_turned_round(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("rating", _copied(scene, forger, "rating"), {"value": 5.0, "color": "green"})


def a_rating_more_in_our_scale(scene: Scene) -> None:
    scale = scene.mine.value("SELECT id FROM scale")
    with scene.forger() as forger:
        forger.new("rating", {"scale_id": scale, "label": "False", "value": 5.0, "color": "green"}, thing="0")


def our_verdict_edited(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("verdict", _copied(scene, forger, "verdict"), {"rating": "True", "value": 5.0})


def our_verdict_written_a_second_time(scene: Scene) -> None:
    verdict = scene.mine.value("SELECT id FROM verdict")
    with scene.forger() as forger:
        fields = {"case_id": scene.shared, "rating": "True", "rationale": "We were wrong.", "analyst": "Amina"}
        forger.new("verdict", fields, thing=verdict)


def our_verdict_deleted(scene: Scene) -> After:
    """Nothing comes of it: verdicts are withdrawn, by name and with a reason."""
    with scene.forger() as forger:
        forger.op("verdict", _copied(scene, forger, "verdict"), body='{"deleted":"gone","set":{}}')

    def after(mine: Casebook, _: Incoming) -> None:
        (verdict,) = (v for v in mine.select("SELECT id FROM verdict") if verdicts.one(mine, v[0]).analyst == "Amina")
        assert verdicts.one(mine, verdict[0]).standing is verdicts.Standing.STANDS

    return after


def a_colour_for_our_rating(scene: Scene) -> After:
    """A scale of theirs with the labels of ours gives our verdicts no other colour."""
    with scene.forger() as forger:
        scale = forger.new("scale", {"desk_id": forger.desk, "name": "Theirs"}, thing="0")
        forger.new("rating", {"scale_id": scale, "label": "False", "value": 5.0, "color": "green"}, thing="0-0")

    def after(mine: Casebook, _: Incoming) -> None:
        (verdict,) = (v for v in _all_verdicts(mine) if v.analyst == "Amina")
        assert (verdict.rating, verdict.color) == ("False", "red")
        assert scales.by_label(mine, "False").value == 1

    return after


def _all_verdicts(mine: Casebook) -> list[verdicts.Verdict]:
    return [verdicts.one(mine, thing) for (thing,) in mine.select("SELECT id FROM verdict")]


def _own(scene: Scene, count: int) -> After:
    """What is said to be of our own desk comes in, is counted for who looks at the plan, and we save as before."""

    def after(mine: Casebook, incoming: Incoming) -> None:
        arrival = mine.one("SELECT first_op, last_op FROM arrival ORDER BY id DESC")
        assert arrival
        assert news.of(mine, *arrival).own == count
        assert mine.steps().undo is None or mine.undo()
        for number in range(3):
            edit_case(mine, make_case(mine, f"Claim {number}"), "Goes on")
        assert check.check(mine).problems == ()
        with Casebook.open(mine.path, write=False) as again:
            assert check.check(again).problems == ()

    return after


def _our_chain(scene: Scene, forger: Forger) -> Chain:
    """Our own chain in the other file, as far as we have written it."""
    make_case(scene.mine, "A save, so that there is a chain to go on with")
    forger.sql.execute("ATTACH ? AS mine", [str(scene.mine.path)])
    forger.sql.execute("INSERT OR IGNORE INTO chain (name, desk, top_number, top_op) "
                       "SELECT name, desk, top_number, top_op FROM mine.chain")  # fmt: skip
    forger.sql.execute("""INSERT OR IGNORE INTO op SELECT NULL, o.id, (SELECT c.id FROM chain c JOIN mine.chain m ON
        m.name = c.name WHERE m.id = o.chain), number, previous, made_at, analyst, verb, save, undoes, kind, thing,
        generation, parents, body_hash, body FROM mine.op o ORDER BY n""")
    row = forger.value("SELECT id FROM chain WHERE name = ?", scene.mine._chain)
    forger.sql.execute("DETACH mine")
    return forger.chain(int(str(row)))


def our_chain_continued(scene: Scene) -> After:
    with scene.forger() as forger:
        chain = _our_chain(scene, forger)
        forger.new("note", {"case_id": scene.shared, "text": "Said to be ours"}, chain=chain)
        forger.new("note", {"case_id": scene.shared, "text": "And this"}, chain=chain)
    return _own(scene, 2)


def our_chain_forked(scene: Scene) -> After:
    with scene.forger() as forger:
        chain = _our_chain(scene, forger)
        forger.new("note", {"case_id": scene.shared, "text": "Instead"}, chain=chain, number=chain.number)
        forger.sql.execute("UPDATE chain SET forked = 1 WHERE id = ?", [chain.row])
    return _own(scene, 1)


def our_chain_further_on(scene: Scene) -> After:
    """A number that our chain has yet to come to, and a verb that nobody knows."""
    with scene.forger() as forger:
        chain = _our_chain(scene, forger)
        for number in (2, 4):
            fields = {"case_id": scene.shared, "text": "From our future"}
            forger.new("note", fields, chain=chain, number=chain.number + number, verb="foretell", lift=False)
    return _own(scene, 2)


def our_desk_on_another_computer(scene: Scene) -> After:
    """Whoever says that they are our desk may name it anew; it stands in the plan as a save of our own desk."""
    with scene.forger() as forger:
        thing = _copied(scene, forger, "desk")
        forger.op("desk", thing, {"imprint": "12 Press Street"}, chain=forger.new_chain(desk=_desk(scene)))

    def after(mine: Casebook, incoming: Incoming) -> None:
        _own(scene, 1)(mine, incoming)
        arrival = mine.one("SELECT first_op, last_op FROM arrival ORDER BY id DESC")
        assert arrival
        told = news.loose_entries(mine, news.of(mine, *arrival), *arrival)
        assert ("imprint", "12 Press Street") in [(edit.field, edit.new) for entry in told for edit in entry.edits]

    return after


def our_verdict_superseded_by_theirs(scene: Scene) -> After:
    """A named person may do that, and it stands in the plan."""
    verdict, case = scene.mine.one("SELECT id, case_id FROM verdict") or ("", "")
    with scene.forger() as forger:
        fields = {"case_id": case, "rating": "True", "rationale": "No.", "analyst": "Bilal", "decided_on": "2026-05-01",
                  "evidence": [], "evidence_hash": "0", "supersedes": [verdict], "confidence": "high"}  # fmt: skip
        forger.new("verdict", fields, verb="give verdict")

    def after(mine: Casebook, _: Incoming) -> None:
        assert [v.analyst for v in verdicts.standing(mine, case)] == ["Bilal"]
        arrival = mine.one("SELECT first_op, last_op FROM arrival ORDER BY id DESC")
        assert arrival
        assert case in [each.case_id for each in news.of(mine, *arrival).cases]

    return after


CRAFTS = (
    Refused(our_name_and_analyst_changed, Untrusted, "desk"),
    Refused(our_desk_written_anew, Untrusted, "desk"),
    Refused(our_desk_deleted, Untrusted, "desk"),
    Refused(a_scale_for_our_desk, Untrusted, "desk"),
    Refused(our_scale_given_to_another, Untrusted, "desk"),
    Refused(our_rating_turned_round, Untrusted, "desk"),
    Refused(a_rating_more_in_our_scale, Untrusted, "desk"),
    Refused(our_verdict_edited, Untrusted, "verdict"),
    Refused(our_verdict_written_a_second_time, Untrusted, "verdict"),
    Accepted(our_verdict_deleted, all_of_it=False),
    Accepted(a_colour_for_our_rating),
    Accepted(our_chain_continued, all_of_it=False),
    Accepted(our_chain_forked, all_of_it=False),
    Accepted(our_chain_further_on, all_of_it=False),
    Accepted(our_desk_on_another_computer, all_of_it=False),
    Accepted(our_verdict_superseded_by_theirs),
)
