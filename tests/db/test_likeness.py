"""Cases that may have the same claim are suggested with every reason, the likeliest first, until somebody decides."""

from __future__ import annotations

import pytest

from db import attachments, likeness, links, timeline
from db.casebook import Casebook
from db.likeness import Suggestion
from db.progress import Cancelled
from db.timeline import AppearanceDraft
from db.vocabulary import Op, Relation
from tests.makers import attach, encoded, make_case, scene

CLAIM = "Taliban fighters killed 15,000 Afghan soldiers in a single week, the spokesman said."
AGAIN = "In a single week Taliban fighters killed 15 thousand soldiers of the Afghan army"


def appear(book: Casebook, case_id: str, url: str) -> None:
    with book.change(Op.ADD_APPEARANCE) as change:
        timeline.add(change, case_id, AppearanceDraft(url=url))


def link(book: Casebook, case_id: str, other: str, relation: Relation = Relation.SAME) -> None:
    with book.change(Op.LINK_CASES) as change:
        links.link(change, case_id, other, relation)


def show(book: Casebook, case_id: str, seed: int, quality: int = 85) -> None:
    attach(book, case_id, encoded(scene(seed), quality=quality), "a.jpg")
    attachments.draw_small(book.path, attachments.of_case(book, case_id))


def suggested(book: Casebook, case_id: str) -> list[str]:
    return [each.case_id for each in likeness.suggest(book, case_id)]


def test_each_reason_is_told_and_all_of_them_together_come_first(book: Casebook) -> None:
    case_id, every, words, address, shown, _ = (
        make_case(book, CLAIM), make_case(book, AGAIN, title="All of it"), make_case(book, AGAIN),
        make_case(book, "Nothing like it"), make_case(book, "Nor this"), make_case(book, "Something else altogether"),
    )  # fmt: skip
    for each in (case_id, every, address):
        appear(book, each, "https://x.com/user/status/178000000000")
    for each, quality in ((case_id, 85), (every, 40), (shown, 30)):
        show(book, each, 1, quality)
    found = {each.case_id: each for each in likeness.suggest(book, case_id)}
    assert next(iter(found)) == every
    assert found.keys() == {every, words, address, shown}
    best = found[every]
    assert (best.title, best.claim) == ("All of it", AGAIN)
    assert best.phrase.share > 0.7
    assert best.phrase.numbers == ("15000",)
    assert best.addresses == ("x.com/status/178000000000",)
    assert [(each.name, each.mirrored, each.equal) for each in best.pictures] == [("a.jpg", False, False)]
    assert reasons(found[words]) == (True, False, False)
    assert reasons(found[address]) == (False, True, False)
    assert reasons(found[shown]) == (False, False, True)
    assert suggested(book, every)[0] == case_id


def reasons(suggestion: Suggestion) -> tuple[bool, bool, bool]:
    return bool(suggestion.phrase.share), bool(suggestion.addresses), bool(suggestion.pictures)


@pytest.mark.parametrize("relation", Relation)
def test_what_was_compared_is_not_suggested_again_until_it_is_taken_back(book: Casebook, relation: Relation) -> None:
    case_id, other = make_case(book, CLAIM), make_case(book, AGAIN)
    assert suggested(book, case_id) == [other]
    link(book, other, case_id, relation)
    assert suggested(book, case_id) == suggested(book, other) == []
    book.undo()
    assert suggested(book, case_id) == [other]


def test_what_is_the_same_over_another_case_is_not_suggested(book: Casebook) -> None:
    case_id, between, other = make_case(book, CLAIM), make_case(book, "In between"), make_case(book, AGAIN)
    link(book, case_id, between)
    link(book, between, other)
    assert suggested(book, case_id) == []


def test_looking_writes_nothing(book: Casebook) -> None:
    case_id, _ = make_case(book, CLAIM), make_case(book, AGAIN)
    before = book.value("SELECT count(*) FROM op")
    likeness.suggest(book, case_id)
    assert book.value("SELECT count(*) FROM op") == before
    with book.reader() as reader:
        assert [each.case_id for each in likeness.suggest(reader, case_id)]


def test_only_the_likeliest_are_told(book: Casebook) -> None:
    case_id = make_case(book, CLAIM)
    for place in range(likeness.MOST + 3):
        make_case(book, f"{CLAIM} Version {'again ' * place}")
    assert len(likeness.suggest(book, case_id)) == likeness.MOST


def test_pairs_of_what_arrived_are_told_once(book: Casebook) -> None:
    here, arrived, twin, _ = (make_case(book, text) for text in (CLAIM, AGAIN, CLAIM, "Something else altogether"))
    pairs = likeness.suggest_between(book, [arrived, twin])
    assert {frozenset((pair.case_id, pair.suggestion.case_id)) for pair in pairs} == {
        frozenset((here, arrived)), frozenset((here, twin)), frozenset((arrived, twin)),
    }  # fmt: skip
    assert len(pairs) == 3


def test_looking_can_be_stopped_and_tells_how_far_it_is(book: Casebook) -> None:
    steps: list[float] = []

    class Told:
        def step(self, done: int, total: int) -> None:
            steps.append(done / total)

    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    case_id, _ = make_case(book, CLAIM), make_case(book, AGAIN)
    likeness.suggest(book, case_id, Told())
    assert steps == sorted(steps)
    assert 0 <= steps[0] < steps[-1] <= 1
    with pytest.raises(Cancelled):
        likeness.suggest(book, case_id, Stop())
