"""Looking for many things at once in a file finds what looking for each finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.exchange import proof
from db.progress import SILENT

_few = st.binary(max_size=300).map(lambda data: bytes(each % 3 for each in data))  # alike, so that much is nearly found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_few, st.lists(st.binary(min_size=proof._SHORTEST, max_size=40), max_size=6), st.data())
def test_all_that_is_there_is_found_wherever_it_stands(
    tmp_path: Path, data: bytes, others: list[bytes], more: st.DataObject
) -> None:
    starts = st.integers(0, max(0, len(data) - proof._SHORTEST))
    cut = [data[(at := more.draw(starts)) : at + more.draw(st.integers(7, 40))] for _ in range(4)]
    needles = {each for each in (*cut, *others) if len(each) >= proof._SHORTEST}
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "_WINDOW", more.draw(st.integers(1, 64)))
        found = proof._found(path, [proof._Needle(each) for each in needles], SILENT)
    assert sorted(each.data for each in found) == sorted(each for each in needles if each in data)


def test_long_words_are_looked_for_at_their_beginning_middle_and_end() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(400))
    parts = list(proof._slices(f'"{text}"'))
    assert len(parts) == 3
    assert all(part in text.encode() for part in parts)
    assert any(text.encode().startswith(part) for part in parts)
    assert any(text.encode().endswith(part) for part in parts)
    assert list(proof._slices("short")) == []
