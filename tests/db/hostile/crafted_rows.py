"""Operations, chains and blobs that are not what they say."""

from __future__ import annotations

from db import log
from db.errors import Torn, Untrusted
from db.identity import new_id
from tests.db.hostile.forge import Forger
from tests.db.hostile.scene import Accepted, Refused, Scene

_NOTE = "(SELECT n FROM op WHERE kind = 'note')"


def _sql(scene: Scene, *statements: str) -> None:
    with scene.forger() as forger:
        for sql in statements:
            forger.sql.execute(sql)


def bodies_of_two_operations_swapped(scene: Scene) -> None:
    with scene.forger() as forger:
        one, other = forger.sql.execute("SELECT n, body_hash, body FROM op WHERE kind = 'claim' LIMIT 2").fetchall()
        for n, (_, digest, body) in ((one[0], other), (other[0], one)):
            forger.sql.execute("UPDATE op SET body_hash = ?, body = ? WHERE n = ?", (digest, body, n))


def a_body_of_other_words(scene: Scene) -> None:
    _sql(scene, f"UPDATE op SET body = replace(body, 'looked', 'sneered') WHERE n = {_NOTE}")


def a_body_that_was_taken_out(scene: Scene) -> None:
    _sql(scene, f"UPDATE op SET body = NULL WHERE n = {_NOTE}")


def another_analyst(scene: Scene) -> None:
    _sql(scene, "UPDATE op SET analyst = 'Amina' WHERE kind = 'verdict'")


def another_time(scene: Scene) -> None:
    _sql(scene, "UPDATE op SET made_at = '2020-01-01T00:00:00.000Z' WHERE kind = 'verdict'")


def other_parents(scene: Scene) -> None:
    _sql(scene, "UPDATE op SET parents = x'', generation = 1 WHERE generation = 2")


def another_desk(scene: Scene) -> None:
    mine = scene.mine.value("SELECT value FROM meta WHERE name = 'desk'")
    _sql(scene, f"UPDATE chain SET desk = '{mine}'")


def _edits(scene: Scene, count: int) -> tuple[bytes, ...]:
    """So many edits of the shared case, none of which saw another."""
    with scene.forger() as forger:
        seen, _ = forger.heads(scene.shared)
        return tuple(
            forger.op("case", scene.shared, {"title": f"{n}"}, parents=seen, generation=4)[1] for n in range(count)
        )


def parents_out_of_their_order(scene: Scene) -> None:
    both = tuple(sorted(_edits(scene, 2), reverse=True))
    with scene.forger() as forger:
        forger.op("case", scene.shared, {"title": "Both"}, parents=both, generation=5)


def a_parent_named_twice(scene: Scene) -> None:
    (one,) = _edits(scene, 1)
    with scene.forger() as forger:
        forger.op("case", scene.shared, {"title": "Twice"}, parents=(one, one), generation=5)


def a_parent_of_31_bytes(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("note", "", {"case_id": scene.shared, "text": "x"}, parents=(bytes(31),), generation=1)


def a_parent_that_is_not_there(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("note", "", {"case_id": scene.shared, "text": "x"}, parents=(b"\7" * 32,), generation=1 << 40)


def a_parent_of_another_thing(scene: Scene) -> None:
    with scene.forger() as forger:
        seen, generation = forger.heads(scene.shared)
        forger.op("note", new_id(), {"case_id": scene.shared, "text": "x"}, parents=seen, generation=generation + 1)


def a_generation_too_high(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("case", scene.shared, {"title": "x"}, generation=(1 << 52) - 1)


def a_generation_that_turns_the_order(scene: Scene) -> None:
    """An operation that would be read before the one it saw."""
    with scene.forger() as forger:
        forger.op("case", scene.shared, {"title": "x"}, generation=2)


def a_beginning_in_the_middle(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("note", "", {"case_id": scene.shared, "text": "x"}, parents=(), generation=5)


def more_heads_than_anybody_could_have_seen(scene: Scene) -> None:
    """Our next save of the thing would have them all as parents, and nobody would take that."""
    with scene.forger() as forger, forger.quickly():
        for _ in range(4100):
            forger.op("case", scene.shared, {}, parents=(), generation=1)


def one_thing_of_two_kinds(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.op("note", scene.shared, {"case_id": scene.shared, "text": "x"})


def a_thing_of_ours_made_another_kind(scene: Scene) -> None:
    case = _ours(scene)
    with scene.forger() as forger:
        forger.new("note", {"case_id": case, "text": "x"}, thing=case)


def _ours(scene: Scene, kind: str = "case") -> str:
    """A thing that our desk made."""
    return str(scene.mine.value("SELECT o.thing FROM op o JOIN chain c ON c.id = o.chain WHERE o.kind = :kind AND "
                                "c.desk = (SELECT value FROM meta WHERE name = 'desk')", kind=kind))  # fmt: skip


def a_number_of_zero(scene: Scene) -> None:
    _numbered(scene, 0)


def a_number_below_zero(scene: Scene) -> None:
    _numbered(scene, -5)


def a_number_beyond_all(scene: Scene) -> None:
    _numbered(scene, 1 << 60)


def _numbered(scene: Scene, number: int) -> None:
    with scene.forger() as forger:
        forger.new("note", {"case_id": scene.shared, "text": "x"}, number=number)


def a_gap_and_a_top_that_denies_it(scene: Scene) -> None:
    _sql(scene, f"DELETE FROM op WHERE n = {_NOTE}")


def the_last_operation_left_out(scene: Scene) -> None:
    _sql(scene, "DELETE FROM op WHERE n = (SELECT max(n) FROM op)")


def the_first_operation_left_out(scene: Scene) -> None:
    _sql(scene, "DELETE FROM op WHERE n = 1")


def a_fork_that_is_not_told(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.new("note", {"case_id": scene.shared, "text": "x"}, number=3)


def a_fork_that_is_told(scene: Scene) -> None:
    a_fork_that_is_not_told(scene)
    _sql(scene, "UPDATE chain SET forked = 1")


def a_chain_that_only_says_it_is_forked(scene: Scene) -> None:
    _sql(scene, "UPDATE chain SET forked = 1")


def a_chain_without_operations(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.new_chain()


def a_chain_without_operations_that_says_it_has_some(scene: Scene) -> None:
    with scene.forger() as forger:
        chain = forger.new_chain()
        forger.sql.execute("UPDATE chain SET top_number = 7 WHERE id = ?", [chain.row])


def a_chain_whose_name_is_none(scene: Scene) -> None:
    with scene.forger() as forger:
        chain = forger.new_chain(name="../../evil")
        forger.new("note", {"case_id": scene.shared, "text": "x"}, chain=chain)


def a_chain_of_ours_in_another_desks_name(scene: Scene) -> None:
    with scene.forger() as forger:
        chain = forger.new_chain(name=scene.mine.value("SELECT name FROM chain WHERE desk = (SELECT value FROM meta "
                                                       "WHERE name = 'desk')"))  # fmt: skip
        forger.new("note", {"case_id": scene.shared, "text": "x"}, chain=chain)


def two_chains_with_one_name(scene: Scene) -> None:
    with Forger(scene.file) as forger, forger.relaxed("chain", " UNIQUE"):
        forger.new_chain(name=forger.chain().name)


def operations_of_no_chain(scene: Scene) -> None:
    with scene.forger() as forger:
        thing = forger.new("note", {"case_id": scene.shared, "text": "x"}, lift=False, number=50)
        forger.sql.execute("UPDATE op SET chain = 77 WHERE thing = ?", [thing])


def _with_body(scene: Scene, body: str, **cells: object) -> None:
    with scene.forger() as forger:
        forger.op("note", "", body=body, **cells)  # type: ignore[arg-type]


def a_body_with_spaces(scene: Scene) -> None:
    _with_body(scene, '{"set": {"text":"x"}}')


def a_body_with_one_name_twice(scene: Scene) -> None:
    _with_body(scene, '{"set":{"text":"harmless","text":"evil"}}')


def a_body_that_is_no_number(scene: Scene) -> None:
    _with_body(scene, '{"set":{"text":NaN}}')


def a_body_beyond_all_numbers(scene: Scene) -> None:
    _with_body(scene, '{"set":{"text":1e400}}')


def a_body_with_a_number_of_5000_digits(scene: Scene) -> None:
    _with_body(scene, f'{{"set":{{"text":{"9" * 5000}}}}}')


def a_body_nested_100_000_deep(scene: Scene) -> None:
    _with_body(scene, '{"set":{"text":' + "[" * 100_000 + "]" * 100_000 + "}}")


def a_body_with_a_nul(scene: Scene) -> None:
    _with_body(scene, '{"set":{"text":"a\\u0000b"}}')


def a_body_with_half_a_character(scene: Scene) -> None:
    _with_body(scene, '{"set":{"text":"a\\ud800b"}}')


def a_body_that_is_a_list(scene: Scene) -> None:
    _with_body(scene, "[]")


def a_body_that_sets_a_list(scene: Scene) -> None:
    _with_body(scene, '{"set":[]}')


def a_body_of_nothing(scene: Scene) -> None:
    _with_body(scene, "")


def a_body_larger_than_any(scene: Scene) -> None:
    _with_body(scene, log.body_of({"case_id": scene.shared, "text": "x" * (9 << 20)}))


def a_body_that_is_no_utf_8(scene: Scene) -> None:
    _sql(scene, f"UPDATE op SET body = CAST(x'7b22736574223a7b2274657874223a22fffe227d7d' AS TEXT) WHERE n = {_NOTE}")


def bytes_where_a_text_should_be(scene: Scene) -> None:
    with Forger(scene.file) as forger, forger.relaxed("op", " STRICT"):
        forger.sql.execute(f"UPDATE op SET body = CAST(body AS BLOB) WHERE n = {_NOTE}")


def a_text_where_bytes_should_be(scene: Scene) -> None:
    with Forger(scene.file) as forger, forger.relaxed("op", " STRICT"):
        forger.sql.execute(f"UPDATE op SET previous = hex(previous) WHERE n = {_NOTE}")


def nothing_where_something_must_be(scene: Scene) -> None:
    with Forger(scene.file) as forger, forger.relaxed("op", " NOT NULL"):
        forger.sql.execute(f"UPDATE op SET analyst = NULL WHERE n = {_NOTE}")


def an_analyst_of_a_megabyte(scene: Scene) -> None:
    _with(scene, analyst="M" * (1 << 20))


def an_analyst_with_a_nul(scene: Scene) -> None:
    _with(scene, analyst="Amina\0evil")


def a_time_that_cannot_be(scene: Scene) -> None:
    _with(scene, made_at="2026-02-30T25:61:00.000Z")


def a_time_in_other_digits(scene: Scene) -> None:
    _with(scene, made_at="٢٠٢٦-02-20T10:00:00.000Z")


def a_verb_that_is_no_word(scene: Scene) -> None:
    _with(scene, verb="<b>edit</b>")


def a_thing_named_like_a_path(scene: Scene) -> None:
    _with(scene, thing="../../evil")


def a_save_without_a_name(scene: Scene) -> None:
    _with(scene, save="")


def a_kind_that_is_no_word(scene: Scene) -> None:
    _with(scene, kind='case"; DROP TABLE op; --')


def _with(scene: Scene, **cells: object) -> None:
    with scene.forger() as forger:
        forger.new("note", {"case_id": scene.shared, "text": "x"}, **cells)  # type: ignore[arg-type]


CRAFTS = (
    Refused(bodies_of_two_operations_swapped, Untrusted, "operation"),
    Refused(a_body_of_other_words, Untrusted, "operation"),
    Refused(a_body_that_was_taken_out, Untrusted, "operation"),
    Refused(another_analyst, Untrusted, "operation"),
    Refused(another_time, Untrusted, "operation"),
    Refused(other_parents, Untrusted, "operation"),
    Refused(another_desk, Untrusted, "operation"),
    Refused(parents_out_of_their_order, Untrusted, "operation"),
    Refused(a_parent_named_twice, Untrusted, "operation"),
    Refused(a_parent_of_31_bytes, Untrusted, "operation"),
    Refused(a_parent_that_is_not_there, Untrusted, "generation"),
    Refused(a_parent_of_another_thing, Untrusted, "generation"),
    Refused(a_generation_too_high, Untrusted, "generation"),
    Refused(a_generation_that_turns_the_order, Untrusted, "generation"),
    Refused(a_beginning_in_the_middle, Untrusted, "generation"),
    Refused(more_heads_than_anybody_could_have_seen, Untrusted, "too many"),
    Refused(one_thing_of_two_kinds, Untrusted, "kind"),
    Refused(a_thing_of_ours_made_another_kind, Untrusted, "kind"),
    Refused(a_number_of_zero, Untrusted, "operation"),
    Refused(a_number_below_zero, Untrusted, "operation"),
    Refused(a_number_beyond_all, Untrusted, "operation"),
    Refused(a_gap_and_a_top_that_denies_it, Torn, "chain"),
    Refused(the_last_operation_left_out, Torn, "chain"),
    Refused(the_first_operation_left_out, Torn, "chain"),
    Refused(a_fork_that_is_not_told, Torn, "chain"),
    Accepted(a_fork_that_is_told),
    Accepted(a_chain_that_only_says_it_is_forked),
    Accepted(a_chain_without_operations),
    Refused(a_chain_without_operations_that_says_it_has_some, Torn, "chain"),
    Refused(a_chain_whose_name_is_none, Untrusted, "chain"),
    Refused(a_chain_of_ours_in_another_desks_name, Untrusted, "chain"),
    Refused(two_chains_with_one_name, Torn),
    Refused(operations_of_no_chain, Untrusted, "chain"),
    Refused(a_body_with_spaces, Untrusted, "operation"),
    Refused(a_body_with_one_name_twice, Untrusted, "operation"),
    Refused(a_body_that_is_no_number, Untrusted, "operation"),
    Refused(a_body_beyond_all_numbers, Untrusted, "operation"),
    Refused(a_body_with_a_number_of_5000_digits, Untrusted, "operation"),
    Refused(a_body_nested_100_000_deep, Untrusted, "operation"),
    Refused(a_body_with_a_nul, Untrusted, "operation"),
    Refused(a_body_with_half_a_character, Untrusted, "operation"),
    Refused(a_body_that_is_a_list, Untrusted, "operation"),
    Refused(a_body_that_sets_a_list, Untrusted, "operation"),
    Refused(a_body_of_nothing, Untrusted, "operation"),
    Refused(a_body_larger_than_any, Untrusted, "operation"),
    Refused(a_body_that_is_no_utf_8, Torn, "text"),
    Refused(bytes_where_a_text_should_be, Torn),
    Refused(a_text_where_bytes_should_be, Torn),
    Refused(nothing_where_something_must_be, Torn),
    Refused(an_analyst_of_a_megabyte, Untrusted, "operation"),
    Refused(an_analyst_with_a_nul, Untrusted, "operation"),
    Refused(a_time_that_cannot_be, Untrusted, "operation"),
    Refused(a_time_in_other_digits, Untrusted, "operation"),
    Refused(a_verb_that_is_no_word, Untrusted, "operation"),
    Refused(a_thing_named_like_a_path, Untrusted, "operation"),
    Refused(a_save_without_a_name, Untrusted, "operation"),
    Refused(a_kind_that_is_no_word, Untrusted, "operation"),
)
