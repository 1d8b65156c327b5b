"""One writer at a time, whoever comes and goes."""

from __future__ import annotations

from pathlib import Path

from db.lock import WriterLock


def test_the_first_has_it_and_the_next_gets_it(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "a.casebook"), WriterLock(tmp_path / "a.casebook")
    assert first.take()
    assert not second.take()
    assert str(second.holder()) == str(first.holder())
    first.release()
    assert second.take()
    first.release()  # who let go already takes it from nobody
    assert not first.take()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_a_note_of_the_writer_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "a.casebook")
    for note in (b"", b"\xff", b"{}", b'["host"]', b'["host", "x"]'):
        (tmp_path / ".a.casebook.writer").write_bytes(note)
        assert lock.holder() is None
