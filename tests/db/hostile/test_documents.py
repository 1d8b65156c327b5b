"""Broken and malicious documents: none crashes, hangs, loads, escapes or takes more than it may; each says what it is."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from db import formats, reader, traces
from db.formats import Drawable
from db.pictures import decoding
from db.reading.found import State
from desktop import filetypes
from tests import papers
from tests.db.hostile.crafted_documents import ARCHIVES, MAILS, PAPERS, PDFS, PICTURES, Paper

ALL = (*PAPERS, *PICTURES)


def named(paper: Paper) -> str:
    return paper.name


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, where nothing may appear."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_enough_of_them() -> None:
    assert len({paper.name for paper in ALL}) == len(ALL) >= 80


@pytest.mark.parametrize("paper", ALL, ids=named)
def test_each_says_what_it_is(paper: Paper) -> None:
    found = formats.sniff(paper.make()[: formats.HEAD])
    assert found == paper.media_type
    assert filetypes.type_name(found)


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_reading_it_comes_to_an_end(paper: Paper, around: Path, home: Path) -> None:
    found = reader.read(io.BytesIO(paper.make()))
    assert found.state in paper.states
    assert paper.holds in found.text
    assert not paper.lacks or paper.lacks not in found.text
    assert "\0" not in found.text
    found.text.encode()
    assert len(found.parts) <= 1000
    assert list(around.iterdir()) == []
    assert not any((home / "scratch").iterdir())


@pytest.mark.parametrize("paper", PDFS, ids=named)
def test_drawing_a_page_comes_to_an_end(paper: Paper) -> None:
    drawn = reader.page(io.BytesIO(paper.make()), 0, 1200)
    assert len(drawn.rgb) == drawn.width * drawn.height * 3 <= 20 << 20
    assert (drawn.state is State.READ) is bool(drawn.rgb)


@pytest.mark.parametrize("paper", [*MAILS, *ARCHIVES, *PDFS], ids=named)
def test_taking_a_part_out_comes_to_an_end(paper: Paper, around: Path) -> None:
    state, data = reader.unpack(io.BytesIO(paper.make()), 0)
    assert (state is State.READ) or data == b""
    assert len(data) <= 64 << 20
    assert list(around.iterdir()) == []


@pytest.mark.parametrize("paper", PICTURES, ids=named)
def test_a_picture_is_drawn_or_says_why_not(paper: Paper) -> None:
    data, media_type = paper.make(), paper.media_type
    small = decoding.thumbnail(io.BytesIO(data), media_type)
    assert small.state in set(Drawable) - {Drawable.UNSEEN}
    assert (small.state is Drawable.YES) is bool(small.image)
    assert decoding.pixels(io.BytesIO(data), media_type).state in (small.state, Drawable.BROKEN)
    traces.read(io.BytesIO(data), media_type)
    assert reader.read(io.BytesIO(data)).state is State.NO_TEXT


# The helper itself


def test_a_helper_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PATIENCE", 0.0)
    assert reader.read(io.BytesIO(papers.pdf("words"))).state is State.TOOK_TOO_LONG


@pytest.mark.skipif(os.name == "nt", reason="a program of one line is written in sh")
@pytest.mark.parametrize(
    ("says", "state"),
    [
        ("exit 0", State.BROKEN),
        ("kill -SEGV $$", State.BROKEN),
        ("printf garbage", State.BROKEN),
        ("head -c 1000 /dev/zero", State.BROKEN),
        (r"printf 'claimdesk-read-1\0\0\0\0\0\0\0\002\0\0\0\0\0\0\0\0{}'", State.BROKEN),
        (r"printf 'claimdesk-read-1\0\0\0\0\0\0\0\004\0\0\0\0\0\0\0\0null'", State.BROKEN),
        (r"printf 'claimdesk-read-1\377\0\0\0\0\0\0\002\0\0\0\0\0\0\0\0{}'", State.BROKEN),
    ],
)
def test_what_a_helper_says_is_not_trusted(
    says: str, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    assert reader.read(io.BytesIO(b"text")).state is state
    assert reader.page(io.BytesIO(b"text"), 0, 100).state is state
    assert reader.unpack(io.BytesIO(b"text"), 0) == (state, b"")


def test_a_helper_that_eats_memory_is_ended_where_the_system_does_not_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MEMORY", 1)
    monkeypatch.setattr(reader, "_LOOK", 0.001)
    assert reader.read(io.BytesIO(papers.pdf(*(["words"] * 300)))).state is State.TOO_LARGE
