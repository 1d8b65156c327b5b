"""What was done to a picture is told in words; what another version did is said to be that."""

from __future__ import annotations

import pytest

from db.kinds import Kind, canonical
from db.pictures import steps
from db.pictures.steps import BlackOut, Crop, Words
from desktop import step_words, wording


def test_each_sort_is_told_once_with_how_often_it_was() -> None:
    done = (BlackOut(1, 1, 2, 2), Words(1, 1, 9, "#000000", "secret"), BlackOut(3, 3, 4, 4), Crop(0, 0, 9, 9))
    stored = canonical(steps.as_json(done))
    assert step_words.told(stored) == "Cropped, blacked out (2 times), words"
    assert wording.value(Kind.ATTACHMENT, "steps", stored) == step_words.told(stored)
    assert step_words.told("") == step_words.told("[]") == ""


@pytest.mark.parametrize("stored", ["{", "3", '[{"step": "of 2031"}]', "[" * 100_000])
def test_what_another_version_did_is_said_to_be_that(stored: str) -> None:
    assert "another version" in step_words.told(stored)
