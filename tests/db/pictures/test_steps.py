"""Steps come back as they were kept, and a list from another desk that no Claimdesk made is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Invalid
from db.pictures import steps
from db.pictures.steps import Area, Arrow, BlackOut, Blur, Box, Crop, Highlight, Step, Turn, Words
from tests import makers

ONE_OF_EACH = (
    Turn(1),
    Crop(0, 0, 90, 80),
    BlackOut(1, 2, 3, 4),
    Blur(10, 10, 40, 30),
    Highlight(5, 5, 9, 9, "#ffee00"),
    Box(0, 0, 50, 40, 3, "#d92d20"),
    Arrow(60, 60, 10, 5, 4, "#1f6fd0"),
    Words(7, 9, 24, "#ffffff", makers.URDU),
)


def test_every_step_comes_back_as_it_was_kept() -> None:
    assert steps.from_json(steps.as_json(ONE_OF_EACH)) == ONE_OF_EACH


BLACK = {"step": "black out", "x": 1, "y": 2, "x2": 3, "y2": 4}
WORDS = {"step": "words", "x": 1, "y": 2, "size": 9, "color": "#000000", "text": "a"}


@pytest.mark.parametrize(
    "hostile",
    [
        None,
        "black out",
        {"step": "turn", "quarters": 1},
        ["black out"],
        [None],
        [{}],
        [{"step": "explode"}],
        [{"step": ["turn"], "quarters": 1}],
        [BLACK | {"x": -1}],
        [BLACK | {"x2": 10**9}],
        [BLACK | {"x2": 1}],
        [BLACK | {"y": 5}],
        [BLACK | {"x": 0.5}],
        [BLACK | {"x": True}],
        [BLACK | {"x": "1"}],
        [BLACK | {"more": 1}],
        [{key: value for key, value in BLACK.items() if key != "y"}],
        [{"step": "turn", "quarters": 4}],
        [{"step": "turn", "quarters": 1}] * 2,
        [{"step": "crop", "x": 0, "y": 0, "x2": 9, "y2": 9}] * 2,
        [WORDS | {"text": ""}],
        [WORDS | {"text": " "}],
        [WORDS | {"text": "a" * (steps.MOST_LETTERS + 1)}],
        [WORDS | {"text": "a\0"}],
        [WORDS | {"text": 1}],
        [WORDS | {"color": "red"}],
        [WORDS | {"color": "#FFFFFF\n"}],
        [WORDS | {"color": "#fff"}],
        [WORDS | {"size": 0}],
        [WORDS | {"size": 10**6}],
        [BLACK] * (steps.MOST_STEPS + 1),
    ],
)
def test_a_list_that_no_claimdesk_made_is_refused(hostile: object) -> None:
    with pytest.raises(Invalid):
        steps.from_json(hostile)  # type: ignore[arg-type]


@given(st.integers(0, 3), st.tuples(*[st.integers(0, 99)] * 4))
def test_turned_there_and_back_a_step_is_where_it_was(by: int, at: tuple[int, int, int, int]) -> None:
    width, height = 120, 100
    back = (height, width) if by % 2 else (width, height)
    area = BlackOut(min(at[0], at[2]), min(at[1], at[3]), max(at[0], at[2]) + 1, max(at[1], at[3]) + 1)
    for step in (area, Arrow(*at, 3, "#000000"), Words(at[0], at[1], 12, "#000000", "a")):
        there = steps.turned(step, by, width, height)
        assert steps.turned(there, 4 - by, *back) == step
        if isinstance(there, Area):
            assert 0 <= there.x < there.x2 <= back[0]
            assert 0 <= there.y < there.y2 <= back[1]


def test_turns_add_up_and_four_are_none() -> None:
    done: tuple[Step, ...] = (BlackOut(0, 0, 1, 1),)
    for wanted in (1, 2, 3, 0):
        done = steps.turn(done, 1)
        assert steps.quarters(done) == wanted
    assert done == (BlackOut(0, 0, 1, 1),)


@pytest.mark.parametrize("step", ONE_OF_EACH)
def test_a_step_can_be_moved_as_far_as_it_can_be_kept(step: Step) -> None:
    for by in (-steps.FARTHEST * 2, 3, steps.FARTHEST * 2):
        steps.from_json(steps.as_json([steps.moved(step, by, by)]))


def test_moving_changes_the_place_alone() -> None:
    assert steps.moved(ONE_OF_EACH[5], 4, -3) == Box(4, 0, 54, 40, 3, "#d92d20")  # its upper side is at the edge
    assert steps.moved(ONE_OF_EACH[6], 4, 3) == replace(ONE_OF_EACH[6], x=64, y=63, x2=14, y2=8)  # type: ignore[call-arg]
    assert steps.moved(Turn(1), 4, 3) == Turn(1)
