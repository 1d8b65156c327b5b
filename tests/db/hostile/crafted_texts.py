"""Operations that are true and say odd things: all of them come in, and everything can still be read and printed."""

from __future__ import annotations

import os

from db import attachments, cases, claims, log, notes, project, verdicts
from db.casebook import Casebook
from db.cases import CaseDraft
from db.fields import FIELDS
from db.identity import new_id
from db.intake import Incoming
from db.kinds import FieldType, Kind
from db.vocabulary import Op, Tlp
from tests.db.hostile.forge import Forger
from tests.db.hostile.scene import Accepted, After, Scene
from tests.makers import make_case

MARKUP = (
    '<img src="file:///etc/passwd"><a href="https://evil.example">x</a> <script>alert(1)</script> '
    "<b>&lt;&amp;</b> <para><font color=red/> %s {0} {x} $(rm) `id` =cmd|'/C calc'!A0 [[x]] \\x00 \x1b[2J \x07"
)
BIDI = "Amina\u202egnp.exe\u2066\u2069 \u200f\u200e\u061c \ufeff\u00ad \U000e0041 e" + "\u0301" * 200
MANY = int(os.environ.get("HOSTILE_MANY", "10000"))  # 100,000 take a minute each
CASE = {"reference": "PSH-2026-0777", "title": "Odd", "status": "received", "priority": "low", "tlp": "GREEN"}


def _value(kind: Kind, name: str, text: str) -> object:
    """A value for a field: this text wherever a text can be."""
    each = next(f for f in FIELDS[kind] if f.name == name)
    if each.words:
        return next(iter(each.words))
    return {
        FieldType.INTEGER: 3, FieldType.REAL: 3.5, FieldType.FLAG: True, FieldType.JSON: [],
    }.get(each.type, text)  # fmt: skip


def one_of_each(forger: Forger, text: str) -> dict[Kind, str]:
    """A thing of every kind that says this wherever it can; returns their ids."""
    ids = {kind: new_id() for kind in Kind if kind is not Kind.DESK}
    ids[Kind.DESK] = forger.desk
    for kind, thing in ids.items():
        fields = {
            each.name: ids[each.refers] if each.refers else _value(kind, each.name, text) for each in FIELDS[kind]
        }
        if kind is Kind.DESK:
            forger.op("desk", thing, fields)
        else:
            forger.new(str(kind), fields, thing=thing)
    return ids


def markup_in_every_text(scene: Scene) -> After:
    with scene.forger() as forger:
        ids = one_of_each(forger, MARKUP)

    def after(mine: Casebook, _: Incoming) -> None:
        assert claims.of_case(mine, ids[Kind.CASE])[0].text == MARKUP

    return after


def directions_in_every_text(scene: Scene) -> None:
    with scene.forger() as forger:
        one_of_each(forger, BIDI)
        forger.new("note", {"case_id": scene.shared, "text": BIDI}, analyst=BIDI)


def long_texts_everywhere(scene: Scene) -> None:
    with scene.forger() as forger:
        one_of_each(forger, "Ω" * 3000 + " x" * 3000)


def a_note_of_two_megabytes(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.new("note", {"case_id": scene.shared, "text": "line\n" * 400_000})


def a_body_of_50_000_lists(scene: Scene) -> None:
    """As short as may be, and many times as long once it is read."""
    with scene.forger() as forger:
        body = '{"set":{"case_id":"' + scene.shared + '","text":[' + "[]," * 50_000 + "[]]}}"
        forger.op("note", parents=(), body=body)


def things_that_refer_to_themselves(scene: Scene) -> After:
    with scene.forger() as forger:
        ids = one_of_each(forger, "Itself")
        claim, source = new_id(), new_id()
        forger.new("claim", {"case_id": scene.shared, "text": "Part of itself", "parent_id": claim}, thing=claim)
        forger.new("source", {"title": "Copied from itself", "derived_from": source}, thing=source)
        forger.new("citation", {"case_id": scene.shared, "source_id": source, "claim_id": claim})
        forger.new("link", {"case_id": scene.shared, "other_id": scene.shared, "relation": "same"})

    def after(mine: Casebook, _: Incoming) -> None:
        assert claims.of_case(mine, ids[Kind.CASE])[0].parent_id == ids[Kind.CLAIM]

    return after


def circles(scene: Scene) -> None:
    with scene.forger() as forger:
        first, second = new_id(), new_id()
        for one, other in ((first, second), (second, first)):
            forger.new("case", {**CASE, "title": "Circle", "reference": f"PSH-2026-{one[-4:]}"}, thing=one)
            forger.new("claim", {"case_id": first, "text": "Circle", "parent_id": f"c{other}"}, thing=f"c{one}")
            forger.new("source", {"title": "Circle", "derived_from": f"s{other}"}, thing=f"s{one}")
            forger.new("citation", {"case_id": first, "source_id": f"s{one}", "claim_id": f"c{one}"})
            fields = {"case_id": first, "sha256": "0", "name": "x", "media_type": "x", "derived_from": f"a{other}"}
            forger.new("attachment", fields, thing=f"a{one}")
            forger.new("link", {"case_id": one, "other_id": other, "relation": "same"})
            forger.new("verdict", _verdict(first, supersedes=[f"v{other}"]), thing=f"v{one}")


def _verdict(case: str, **more: object) -> dict[str, object]:
    return {"case_id": case, "rating": "Odd", "rationale": "So", "confidence": "high", "decided_on": "2026-05-01",
            "analyst": "Bilal", "evidence": [], "evidence_hash": "0", "supersedes": [], **more}  # fmt: skip


def verdicts_that_supersede_themselves(scene: Scene) -> After:
    with scene.forger() as forger:
        verdict = new_id()
        forger.new("verdict", _verdict(scene.shared, supersedes=[verdict, verdict, "nothing", ""]), thing=verdict)
        forger.new("withdrawal", {"case_id": scene.shared, "verdict_id": "nothing", "reason": "x", "analyst": "x"})

    def after(mine: Casebook, _: Incoming) -> None:
        assert verdict in [v.id for v in verdicts.standing(mine, scene.shared)], "it hides nobody, itself neither"

    return after


def a_verdict_that_rests_on_strange_things(scene: Scene) -> After:
    with scene.forger() as forger:
        claim = forger.text("SELECT thing FROM op WHERE kind = 'claim' LIMIT 1")
        sealed = [
            {"kind": "hypothesis", "id": "of a newer one", "hash": "0", "heads": []},
            {"kind": "source", "id": claim, "hash": "0", "heads": ["no hex", "", "00" * 32]},
            {"kind": "claim", "id": "nowhere", "hash": "0", "heads": []},
            {"kind": "claim", "id": claim, "hash": "0", "heads": ["x"] * 500, "more": {"a": 1}},
            {"kind": "claim", "id": claim, "hash": "0", "heads": []},
        ]
        verdict = forger.new("verdict", _verdict(scene.shared, evidence=sealed))

    def after(mine: Casebook, _: Incoming) -> None:
        assert "nowhere" in [each.id for each in verdicts.changes_since(mine, verdict)]

    return after


def words_that_are_not_known(scene: Scene) -> After:
    with scene.forger() as forger:
        case = forger.new("case", {**CASE, "status": "on the moon", "priority": "", "tlp": "PINK"})
        forger.new("claim", {"case_id": case, "text": "A claim"})
        forger.new("citation", {"case_id": case, "source_id": "x", "stance": "sings", "reliability": "Z"})
        forger.new("appearance", {"case_id": case, "role": "hero"}, verb="invent")

    def after(mine: Casebook, _: Incoming) -> None:
        assert cases.one(mine, case).tlp is Tlp.RED, "what is not known is not handed on"

    return after


ODD_VALUES: tuple[object, ...] = (
    5, -1, True, False, 2.5, 10**400, -(10**30), 1e308, [], {}, [[]], [1], {"a": [{"b": 1}]}, ["x", None], None, "",
    "x", "null", "[1", "9999-12-31/0001", "0000", "\n", " ",
)  # fmt: skip


def values_of_the_wrong_sort(scene: Scene) -> None:
    """Every field of every kind with each of them, on a thing of its own."""
    with scene.forger() as forger, forger.quickly():
        for value in ODD_VALUES:
            ids = {kind: new_id() for kind in Kind}
            for kind, fields in FIELDS.items():
                if kind is not Kind.DESK:
                    said = {each.name: value for each in fields if each.name != "desk_id"}
                    forger.new(str(kind), said, thing=ids[kind])


def values_of_the_wrong_sort_one_by_one(scene: Scene) -> None:
    """Things that are sound but for one field."""
    with scene.forger() as forger, forger.quickly():
        sound = one_of_each(forger, "Sound")
        for kind, fields in FIELDS.items():
            for wrong in fields:
                for value in (None, 7, [], {"a": 1}, "", "x", "ß" * 10):
                    if kind is Kind.DESK or wrong.name == "desk_id":
                        continue
                    said = {f.name: sound[f.refers] if f.refers else _value(kind, f.name, "Sound") for f in fields}
                    forger.new(str(kind), {**said, wrong.name: value})


def things_that_refer_to_nothing(scene: Scene) -> None:
    with scene.forger() as forger:
        for kind, fields in FIELDS.items():
            if kind not in (Kind.DESK, Kind.SCALE):
                said = {f.name: "not-here" if f.refers else _value(kind, f.name, "Alone") for f in fields}
                forger.new(str(kind), said)
                forger.new(str(kind), {})
        forger.new("citation", {"case_id": scene.shared, "source_id": "not-here"})
        forger.new("claim", {"case_id": scene.shared, "parent_id": "not-here", "claimant_id": "not-here", "text": "x"})


def things_that_refer_to_another_kind(scene: Scene) -> None:
    with scene.forger() as forger:
        source = forger.text("SELECT thing FROM op WHERE kind = 'source' LIMIT 1")
        forger.new("claim", {"case_id": source, "parent_id": scene.shared, "claimant_id": source, "text": "x"})
        forger.new("citation", {"case_id": scene.shared, "source_id": scene.shared, "claim_id": source})
        forger.new("withdrawal", {"case_id": scene.shared, "verdict_id": source, "reason": "x", "analyst": "x"})


def things_named_alike(scene: Scene) -> None:
    """A case that has the id of a desk, and a claim with the id of an operation's save."""
    with scene.forger() as forger:
        forger.new("case", CASE, thing=f"{forger.desk}x")
        forger.new("note", {"case_id": scene.shared, "text": "x"}, thing=forger.chain().name)
        forger.new("note", {"case_id": scene.shared, "text": "x"}, thing="con")


NAMES = ("../../../etc/passwd", "..\\..\\evil.exe", "C:\\x", "/etc/passwd", "CON", "nul.png", "a\nb", "", ".", "x" * 5000,
         "\u202egnp.exe", "file:///etc/passwd", "~/.bashrc", "-rf", "$(id).png", "a\0b"[:1])  # fmt: skip


def attachments_named_like_paths(scene: Scene) -> After:
    with scene.forger() as forger:
        for name in NAMES:
            for digest in ("../../" + name, "0" * 64):
                fields = {
                    "case_id": scene.shared,
                    "sha256": digest,
                    "name": name,
                    "media_type": "image/png",
                    "size": -7,
                }
                forger.new("attachment", fields)

    def after(mine: Casebook, _: Incoming) -> None:
        from desktop.names import safe_name

        for each in attachments.of_case(mine, scene.shared):
            name = safe_name(each.name)
            assert name not in (".", "..", "")
            assert not set(name) & set('/\\:\0\n"<>|?*\u202e')
            assert len(name.encode()) < 256

    return after


def references_that_use_ours_up(scene: Scene) -> After:
    """The highest numbers there are: our next ones are still our own, and no two alike."""
    year = f"{scene.mine._clock():%Y}"
    with scene.forger() as forger:
        for number in ("9998", "9999", "99999", "999999999", "9" * 30, "0", "-5", "٧٧٧٧", "1e9", "12a4"):
            forger.new("case", {**CASE, "reference": f"KBL-{year}-{number}"})
        forger.new("case", {**CASE, "reference": ""})
        forger.new("case", {**CASE, "reference": "<b>\u202e"})

    def after(mine: Casebook, _: Incoming) -> None:
        made = [make_case(mine, f"Claim {n}") for n in range(3)]
        references = [mine.value('SELECT reference FROM "case" WHERE id = :id', id=case) for case in made]
        assert len(set(references)) == 3
        for reference in references:
            assert mine.value('SELECT count(*) FROM "case" WHERE reference = :r', r=reference) == 1

    return after


def a_case_with_very_many_tags(scene: Scene) -> After:
    with scene.forger() as forger, forger.quickly():
        case = forger.new("case", CASE)
        for number in range(MANY):
            forger.new("tag", {"case_id": case, "name": f"tag {number}"})

    def after(mine: Casebook, _: Incoming) -> None:
        assert len(notes.tags_of_case(mine, case)) == MANY

    return after


def a_case_edited_by_two_hands_for_years(scene: Scene) -> After:
    """Two lines of edits that never see each other, and a thousand that all see both."""
    with scene.forger() as forger, forger.quickly():
        _, root = forger.op("case", scene.shared, {"title": "Before"})
        lines, generation = [(root,), (root,)], forger.heads(scene.shared)[1]
        for number in range(3000):
            generation += 1
            for hand in (0, 1):
                fields = {"title": f"{number} by {hand}"}
                _, op = forger.op("case", scene.shared, fields, parents=lines[hand], generation=generation)
                lines[hand] = (op,)
        both = tuple(sorted(lines[0] + lines[1]))
        for number in range(1000):
            forger.op("case", scene.shared, {"title": f"{number}"}, parents=both, generation=generation + 1)

    def after(mine: Casebook, _: Incoming) -> None:
        assert len(project.project(log.of_thing(mine, scene.shared)).heads) == 1000
        with mine.change(Op.EDIT_CASE) as change:
            cases.edit(change, scene.shared, CaseDraft("All seen"))
        assert cases.one(mine, scene.shared).conflicts == 0

    return after


def a_case_of_very_many_edits(scene: Scene) -> After:
    with scene.forger() as forger, forger.quickly():
        seen, generation = forger.heads(scene.shared)
        for number in range(MANY):
            generation += 1
            _, op = forger.op("case", scene.shared, {"title": f"{number}"}, parents=seen, generation=generation)
            seen = (op,)

    def after(mine: Casebook, _: Incoming) -> None:
        assert cases.one(mine, scene.shared).title == f"{MANY - 1}"

    return after


def parts_of_parts_1500_deep(scene: Scene) -> None:
    with scene.forger() as forger, forger.quickly():
        claim = source = ""
        for number in range(1500):
            fields: dict[str, object] = {"case_id": scene.shared, "text": f"Part {number}"}
            claim = forger.new("claim", {**fields, "parent_id": claim} if claim else fields)
            source = forger.new("source", {"title": f"Copy {number}", **({"derived_from": source} if source else {})})
        forger.new("citation", {"case_id": scene.shared, "source_id": source, "claim_id": claim})


def a_case_without_a_claim(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.new("verdict", _verdict(forger.new("case", CASE)))


def times_from_the_ends_of_the_world(scene: Scene) -> None:
    with scene.forger() as forger:
        for moment in ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"):
            case = forger.new("case", {**CASE, "due": moment}, made_at=moment)
            fields = {"case_id": case, "text": "x", "claimed_on": "9999-12-31/9999-12-31"}
            forger.new("claim", fields, made_at=moment)
            forger.new("verdict", _verdict(case, decided_on="99999-99-99"), made_at=moment)


def things_of_a_newer_claimdesk(scene: Scene) -> After:
    with scene.forger() as forger:
        thing = forger.new("hypothesis", {"text": "Novel", "weights": {"a": [1, 2.5, None]}}, verb="ponder")
        forger.op("hypothesis", thing, body='{"deleted":{"why":"odd"},"novel":[1],"set":{"x":1}}', verb="ponder")
        forger.op("case", scene.shared, {"mood": "hopeful", "title": "Newer"})

    def after(mine: Casebook, _: Incoming) -> None:
        assert len(log.of_thing(mine, thing)) == 2
        assert cases.one(mine, scene.shared).title == "Newer"

    return after


def deletions_of_everything(scene: Scene) -> None:
    with scene.forger() as forger:
        rows = forger.sql.execute("SELECT DISTINCT kind, thing FROM op WHERE kind <> 'desk'").fetchall()
        for kind, thing in rows:
            forger.op(kind, thing, body='{"deleted":"' + "x" * 100 + '","set":{}}')


CRAFTS = (
    Accepted(markup_in_every_text),
    Accepted(directions_in_every_text),
    Accepted(long_texts_everywhere),
    Accepted(a_note_of_two_megabytes),
    Accepted(a_body_of_50_000_lists),
    Accepted(things_that_refer_to_themselves),
    Accepted(circles),
    Accepted(verdicts_that_supersede_themselves),
    Accepted(a_verdict_that_rests_on_strange_things),
    Accepted(words_that_are_not_known),
    Accepted(values_of_the_wrong_sort),
    Accepted(values_of_the_wrong_sort_one_by_one),
    Accepted(things_that_refer_to_nothing),
    Accepted(things_that_refer_to_another_kind),
    Accepted(things_named_alike),
    Accepted(attachments_named_like_paths),
    Accepted(references_that_use_ours_up),
    Accepted(a_case_with_very_many_tags),
    Accepted(a_case_edited_by_two_hands_for_years),
    Accepted(a_case_of_very_many_edits),
    Accepted(parts_of_parts_1500_deep),
    Accepted(a_case_without_a_claim),
    Accepted(times_from_the_ends_of_the_world),
    Accepted(things_of_a_newer_claimdesk),
    Accepted(deletions_of_everything),
)
