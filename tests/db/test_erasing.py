"""Erased bytes are nowhere in the file, do not come back with a merge, and what was known of them stays."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from db import (
    attachments,
    blobs,
    check,
    custody,
    erasing,
    extracts,
    history,
    intake,
    mergeback,
    plan,
    search,
    verifying,
)
from db.attachments import Attachment
from db.casebook import Casebook
from db.errors import Invalid, MovedOn, NotFound
from db.kinds import Kind
from db.pictures import decoding, drawn
from db.reading.found import Read, State
from db.vocabulary import Custody, Method, Op
from tests.db.synced import make_synced, work_here
from tests.db.union import unite
from tests.makers import attach, encoded, make_book, make_case, scene, take


def erase(book: Casebook, *ids: str, reason: str = "The family asked for it") -> None:
    planned = erasing.plan(book, ids)
    with book.change(Op.ERASE_ATTACHMENT) as change:
        remains = erasing.erase(change, planned, reason)
    erasing.wipe(book.path, remains)


def lively(size: int, seed: int = 7) -> bytes:
    return Random(seed).randbytes(size)


def stands_in(path: Path, data: bytes) -> bool:
    """Whether any part of the bytes stands in the file as a file manager copies it."""
    raw = path.read_bytes()
    return any(data[start : start + 24] in raw for start in range(0, len(data) - 24, 997))


@pytest.mark.parametrize("size", [40, 5_000, 3_000_000])
def test_the_raw_file_does_not_hold_the_bytes(tmp_path: Path, size: int) -> None:
    data, other = lively(size), lively(size, 8)
    with make_book(tmp_path) as book:
        case_id = make_case(book)
        attach(book, case_id, other, "stays.bin")
        picture = attach(book, case_id, data)
        take(book.path, data)  # a second time, and dropped again
        before = {table: book.value(f'SELECT count(*) FROM "{table}"') for table in ("attachment", "op")}
        erase(book, picture)
        with pytest.raises(NotFound):
            blobs.reader(book, attachments.one(book, picture).sha256)
        assert book.value("SELECT count(*) FROM attachment") == before["attachment"]
        assert book.value("SELECT count(*) FROM op") == before["op"] + 1
        assert history.of_case(book, case_id)[0].verb == Op.ERASE_ATTACHMENT
    assert not stands_in(book.path, data)
    assert stands_in(book.path, other)


def test_the_small_picture_and_the_words_that_were_read_go_too(tmp_path: Path) -> None:
    words = "مجھے گواہ کا نام لکھا ہوا ہے zebrafish"
    with make_book(tmp_path) as book:
        case_id = make_case(book)
        picture = attach(book, case_id, encoded(scene(3, 300, 200)))
        attachments.draw_small(book.path, attachments.of_case(book, case_id))
        digest = attachments.one(book, picture).sha256
        small = attachments.thumbnails(book, [digest])[digest]
        with book.repair() as writer:
            writer.execute("INSERT INTO extract VALUES (:d, 'read', 'ocr', :words, 'ur', '{}')", d=digest, words=words)
        with book.change(Op.EDIT_ATTACHMENT) as change:
            attachments.edit(change, picture, name="renamed.png", caption="")
        assert len(search.search(book, "zebrafish")) == 1
        erase(book, picture)
        assert attachments.thumbnails(book, [digest]) == {}
        assert book.value("SELECT count(*) FROM anchor") == 0
        assert book.value("SELECT count(*) FROM extract") == 0
        assert search.search(book, "zebrafish") == ()
        assert len(search.search(book, "renamed")) == 1
    assert not stands_in(book.path, small)
    raw = book.path.read_bytes()
    assert b"zebrafish" not in raw
    assert not any(word.encode() in raw for word in words.split() if len(word) > 3)


def test_a_crash_before_the_bytes_are_written_over_is_put_right_at_the_next_opening(tmp_path: Path) -> None:
    data = lively(50_000)
    with make_book(tmp_path) as book:
        picture = attach(book, make_case(book), data)
        with book.change(Op.ERASE_ATTACHMENT) as change:
            erasing.erase(change, erasing.plan(book, [picture]), "no longer needed")
    assert stands_in(book.path, data)
    with Casebook.open(book.path) as book:
        assert check.check(book).problems == ()
    assert not stands_in(book.path, data)


def test_a_check_calls_it_erased_and_a_verification_passes_it_over(book: Casebook) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, b"the bytes")
    attach(book, case_id, b"others")
    erase(book, picture)
    report = check.check(book)
    assert (report.problems, report.erased, report.absent) == ((), 1, 0)
    verified = verifying.verify(book)
    assert (len(verified.findings), verified.erased, verified.problems) == (1, 1, ())
    erased = attachments.one(book, picture).erased
    assert erased is not None
    assert (erased.analyst, erased.desk, erased.reason) == ("Amina", "Kabul desk", "The family asked for it")
    assert [each.erased is None for each in attachments.of_case(book, case_id)] == [False, True]
    item = custody.item(book, picture)
    assert (item.present, item.erased, item.events[-1].what) == (False, erased, Custody.ERASED)
    assert item.events[-1].details.sha256 == item.sha256


def test_what_a_worker_drew_or_read_meanwhile_is_not_kept(book: Casebook) -> None:
    file = attach(book, make_case(book), encoded(scene(1)))
    digest = attachments.one(book, file).sha256
    small = decoding.thumbnail(io.BufferedReader(blobs.reader(book, digest)), "image/png")
    erase(book, file)
    with book.repair() as writer:
        drawn.keep(writer, digest, small)
        extracts.keep(writer, digest, Read(State.READ, "a reader", "zebrafish secret words"))
    for table in ("thumbnail", "anchor", "extract"):
        assert book.value(f"SELECT count(*) FROM {table}") == 0
    assert search.search(book, "zebrafish") == ()


def test_what_belongs_to_no_case_does_not_hinder(book: Casebook) -> None:
    file = attach(book, make_case(book), b"the bytes")
    digest = attachments.one(book, file).sha256
    with book.repair() as writer:
        writer.execute(
            """INSERT INTO attachment SELECT 'odd', 'nowhere', source_id, sha256, size, media_type, name,
            caption, method, captured_at, derived_from, steps, graphic, created_at, created_by, changed_at, deleted,
            conflicts FROM attachment WHERE id = :file""",
            file=file,
        )
    with book.change(Op.VERIFY_ATTACHMENTS) as change:
        verifying.record(change, verifying.verify(book))
    erase(book, file)
    assert not blobs.is_here(book, digest)
    assert custody.item(book, file).events[-1].what is Custody.ERASED


def test_all_who_have_the_same_bytes_are_told_of_and_lose_them_together(book: Casebook) -> None:
    first, second = make_case(book), make_case(book)
    here, there, removed = attach(book, first, b"same"), attach(book, second, b"same"), attach(book, second, b"same")
    with book.change(Op.DELETE_ATTACHMENT) as change:
        attachments.delete(change, removed)
    with book.change(Op.RETOUCH_ATTACHMENT) as change:
        derived = change.create(
            Kind.ATTACHMENT,
            {"case_id": first, "sha256": "0" * 64, "media_type": "image/png", "name": "crop.png",
             "method": Method.DERIVED, "derived_from": here},
        )  # fmt: skip
    planned = erasing.plan(book, [here])
    assert [(use.id, use.deleted) for use in planned.uses] == [(here, False), (there, False), (removed, True)]
    assert [use.id for use in planned.derived] == [derived]
    assert planned.size == 4
    late = attach(book, first, b"same", "late.png")
    with pytest.raises(MovedOn), book.change(Op.ERASE_ATTACHMENT) as change:
        erasing.erase(change, planned, "reason")
    assert blobs.read(book, planned.digests[0]) == b"same"
    erase(book, here)
    for attachment_id in (here, there, removed, late):
        assert custody.of_attachment(book, attachment_id)[-1].what is Custody.ERASED


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_erased_without_a_reason(book: Casebook, reason: str) -> None:
    picture = attach(book, make_case(book), b"the bytes")
    with pytest.raises(Invalid):
        erase(book, picture, reason=reason)
    assert custody.item(book, picture).present


def test_a_merge_does_not_bring_the_bytes_back(tmp_path: Path) -> None:
    data = lively(30_000)
    with make_book(tmp_path, "kabul") as kabul, make_book(tmp_path, "herat", desk="Herat", code="HRT") as herat:
        picture = attach(kabul, make_case(kabul), data)
        unite(herat, kabul.path)
        erase(kabul, picture)
        attach(herat, make_case(herat), data, "the same.bin")
        merged = unite(kabul, herat.path)
        assert merged.digests == frozenset()
        assert merged.arrival is not None
        assert not custody.item(kabul, picture).present
        theirs = kabul.value("SELECT id FROM attachment WHERE name = 'the same.bin'")
        assert attachments.one(kabul, theirs).erased is not None
        assert check.check(kabul).problems == ()
        assert unite(herat, kabul.path).arrival is not None
        assert custody.item(herat, picture).present  # what Kabul erased, Herat decides on for itself
        assert attachments.one(herat, picture).erased is None
        assert verifying.verify(herat).problems == ()
    assert not stands_in(kabul.path, data)


def test_a_plan_does_not_promise_bytes_that_were_erased(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        picture = attach(book, make_case(book), b"the bytes")
        earlier = Path(shutil.copy(book.path, tmp_path / "earlier.casebook"))
        erase(book, picture)
        with intake.receive(earlier, book) as incoming, contextlib.closing(plan.of(book.path, incoming)) as planned:
            assert incoming.blobs == 1
            assert planned.files == 0
            assert planned.brings_nothing


def test_the_same_file_may_be_attached_anew_by_hand(book: Casebook) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, b"the bytes")
    erase(book, picture)
    anew = attach(book, case_id, b"the bytes", "anew.png")
    assert attachments.one(book, anew).erased is None
    assert custody.of_attachment(book, anew)[0].what is Custody.CAPTURED
    assert custody.item(book, picture).present
    assert check.check(book).erased == 0


def test_bytes_erased_in_a_shared_casebook_are_erased_in_the_working_copy_that_merges_back(tmp_path: Path) -> None:
    data, kept = lively(30_000), lively(30_000, 9)
    stick = make_synced(tmp_path / "stick")
    with elsewhere(stick) as book:
        case_id = make_case(book)
        first, again = attach(book, case_id, data), attach(book, case_id, kept)
    work = work_here(stick, tmp_path / "here")
    with elsewhere(stick) as book:
        erase(book, first)
        erase(book, again)
        attach(book, case_id, kept, "anew.bin")
    mergeback.merge_back(work, lambda _: None)
    for path in (stick, work.copy):
        assert not stands_in(path, data)
        assert stands_in(path, kept)


@contextlib.contextmanager
def elsewhere(stick: Path) -> Iterator[Casebook]:
    """The casebook on the stick as another computer works on it, and a service carries it here."""
    there = Path(shutil.copy(stick, stick.parent.parent / "elsewhere.casebook"))
    with Casebook.open(there) as book:
        yield book
    there.replace(stick)


def sees(attachment: Attachment) -> str:
    from desktop import filetypes

    return filetypes.not_drawn(attachment)


def test_nothing_tries_to_draw_what_was_erased(book: Casebook) -> None:
    case_id = make_case(book)
    picture = attach(book, case_id, encoded(scene(3, 60, 40), "PNG"))
    erase(book, picture)
    assert sees(attachments.one(book, picture)) == "Erased"
