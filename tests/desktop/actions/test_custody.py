"""Verifying, saving copies and erasing, as the analyst does it; what is written down of each, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from db import attachments, blobs, custody
from db.attachments import Attachment
from db.kinds import Kind
from db.vocabulary import Custody, Method, Op, Outcome
from desktop.actions.copies import Copies
from desktop.actions.custody import CustodyVerbs
from desktop.jobs import Job
from desktop.widgets.ask import Ask
from desktop.widgets.texts import Label
from desktop.widgets.told import Told
from tests import makers
from tests.desktop.desk import Desk, wait_for

_DIRECT = Qt.ConnectionType.DirectConnection  # in the thread of the worker


@dataclass
class Bench:
    """A window with the verbs of custody."""

    desk: Desk
    window: QMainWindow
    verbs: CustodyVerbs
    chosen: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def choose(self, *ids: str) -> None:
        self.chosen[:] = ids
        self.verbs.refresh()

    def events(self, attachment_id: str) -> list[Custody | None]:
        return [event.what for event in custody.of_attachment(self.desk.book, attachment_id)]

    def said(self) -> list[str]:
        """What small windows say; they are closed."""
        shown = [each for each in self.window.findChildren(Told) if each.isVisible()]
        words = ["\n".join(label.text() for label in each.findChildren(Label)) for each in shown]
        for each in shown:
            each.close()
        return words

    def asked(self) -> Ask:
        (form,) = [each for each in self.window.findChildren(Ask) if each.isVisible()]
        return form


def sit(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    window, chosen = QMainWindow(), []
    qtbot.addWidget(window)

    def selected() -> tuple[Attachment, ...]:
        return tuple(each for each in desk.attachments() if each.id in chosen)

    verbs = CustodyVerbs(desk.context, window, selected)
    bench = Bench(desk, window, verbs, chosen)
    verbs.told.connect(bench.told.append)
    with qtbot.waitExposed(window):
        window.show()
    yield bench
    verbs.close()
    for each in QApplication.topLevelWidgets():
        if isinstance(each, Ask | Told):
            each.close()


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    yield from sit(desk, qtbot)


def test_only_what_applies_is_offered(bench: Bench) -> None:
    assert [action.isEnabled() for action in bench.verbs.chosen] == [False, False, False]
    assert bench.verbs.verify_all.isEnabled()
    bench.choose(makers.attach(bench.desk.book, bench.desk.case_id, b"one"))
    assert [action.isEnabled() for action in bench.verbs.chosen] == [True, True, True]


def test_verifying_writes_down_what_was_found_of_the_chosen_files_alone(bench: Bench, qtbot: QtBot) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    one, other = makers.attach(book, case_id, b"one"), makers.attach(book, case_id, b"other")
    bench.choose(one)
    bench.verbs.verify.trigger()
    bench.desk.settle(qtbot)
    assert bench.events(one) == [Custody.CAPTURED, Custody.VERIFIED]
    assert bench.events(other) == [Custody.CAPTURED]
    assert "Verified 1 file, 3 bytes" in bench.told[0]
    assert bench.said() == []


def test_a_file_that_is_not_what_it_was_is_shown_by_name_with_what_to_do(bench: Bench, qtbot: QtBot) -> None:
    bad = makers.attach(bench.desk.book, bench.desk.case_id, b"the bytes", "گواہ.txt")
    with bench.desk.book.repair() as writer:
        writer.execute("UPDATE piece SET data = CAST('THE BYTES' AS BLOB)")
    bench.choose(bad)
    bench.verbs.verify.trigger()
    bench.desk.settle(qtbot)
    (said,) = bench.said()
    for part in ("Not every file is as it came in", "گواہ.txt", "1 altered", "Nothing was changed", "backup"):
        assert part in said
    assert custody.of_attachment(bench.desk.book, bad)[-1].details.outcome is Outcome.ALTERED


def test_all_files_of_a_large_casebook_are_verified_and_written_down_in_one_save(bench: Bench, qtbot: QtBot) -> None:
    book = bench.desk.book
    with attachments.Depot(book.path) as depot:
        ready = [depot.picture(b"bytes %d" % number, f"{number}.png") for number in range(320)]
    with book.change(Op.ADD_ATTACHMENT) as change:
        for each in ready:
            attachments.attach(change, bench.desk.case_id, each)
    bench.verbs.verify_all.trigger()
    bench.desk.settle(qtbot)
    (said,) = bench.said()
    assert "Every file that is here is as it came in" in said
    assert "320 intact" in said
    assert book.value("SELECT count(*) FROM custody WHERE outcome = 'intact'") == 320
    assert book.value("SELECT count(DISTINCT save) FROM op WHERE kind = 'custody'") == 1


def test_what_was_verified_until_it_was_stopped_is_written_down(bench: Bench, qtbot: QtBot) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    ids = [makers.attach(book, case_id, bytes([number]) * 3_000_000) for number in range(3)]

    def stop_when_it_goes_on(job: Job[object]) -> None:
        job.progressed.connect(lambda done, _total: job._teller.cancel() if done > 400 else None, _DIRECT)

    bench.desk.context.jobs.started.connect(stop_when_it_goes_on)
    bench.verbs.verify_all.trigger()
    bench.desk.settle(qtbot)
    verified = [each for each in ids if Custody.VERIFIED in bench.events(each)]
    assert 0 < len(verified) < len(ids)
    (said,) = bench.said()
    assert "Stopped before every file was verified" in said
    assert f"Stopped after {len(verified)} file" in said


def test_a_casebook_that_is_only_read_is_verified_and_says_that_nothing_is_written_down(
    reading_desk: Desk, qtbot: QtBot
) -> None:
    for bench in sit(reading_desk, qtbot):
        bench.verbs.verify_all.trigger()
        reading_desk.settle(qtbot)
        assert "not written down" in bench.said()[0]
        assert not bench.verbs.erase.isEnabled()
    assert reading_desk.reported == []


def test_a_saved_copy_is_written_down_by_the_name_of_its_file(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    one, other = makers.attach(book, case_id, b"one", "one.png"), makers.attach(book, case_id, b"other", "one.png")
    copies, told = Copies(bench.desk.context, bench.window), []
    copies.told.connect(told.append)
    copies.choose(bench.desk.attachments(), bench.window)
    (chooser,) = bench.window.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    bench.desk.settle(qtbot)
    names = [custody.of_attachment(book, each)[-1].details.file for each in (one, other)]
    assert names == ["one.png", "one (2).png"]
    assert all((tmp_path / name).is_file() for name in names)
    assert book.value("SELECT count(DISTINCT save) FROM op WHERE verb = :verb", verb=Op.EXPORT_ATTACHMENTS) == 1
    assert str(tmp_path) not in str(book.select("SELECT body FROM op WHERE kind = 'custody'"))
    assert not any("not written down" in words for words in told)


def test_copies_that_were_made_before_one_failed_are_written_down(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    good, bad = makers.attach(book, case_id, b"good", "good.png"), makers.attach(book, case_id, b"bad", "bad.png")
    with book.repair() as writer:
        writer.execute("UPDATE piece SET data = CAST('BAD' AS BLOB) WHERE data = CAST('bad' AS BLOB)")
    copies = Copies(bench.desk.context, bench.window)
    copies.choose(bench.desk.attachments(), bench.window)
    (chooser,) = bench.window.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()
    bench.desk.settle(qtbot)
    assert bench.events(good) == [Custody.CAPTURED, Custody.EXPORTED]
    assert bench.events(bad) == [Custody.CAPTURED]
    assert len(bench.desk.reported) == 1


def test_erasing_says_what_goes_what_stays_and_where_the_bytes_still_are(bench: Bench, qtbot: QtBot) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    other_case = makers.make_case(book, "Another claim")
    one, twin = (
        makers.attach(book, case_id, b"the bytes", "one.png"),
        makers.attach(book, other_case, b"the bytes", "2.png"),
    )
    with book.change(Op.RETOUCH_ATTACHMENT) as change:
        change.create(
            Kind.ATTACHMENT,
            {"case_id": case_id, "sha256": "0" * 64, "media_type": "image/png", "name": "crop.png",
             "method": Method.DERIVED, "derived_from": one},
        )  # fmt: skip
    bench.choose(one)
    bench.verbs.erase.trigger()
    form = bench.asked()
    words = "\n".join(label.text() for label in form.findChildren(Label)).replace("\u2066", "").replace("\u2069", "")
    for part in ("KBL-2026-0001  one.png", "KBL-2026-0002  2.png", "keeps its own bytes", "crop.png", "9 bytes",
                 "These stay", "SHA-256", "Backups, hand-overs and copies"):  # fmt: skip
        assert part in words, part
    assert not form.button.isEnabled()
    form.text.setText("  ")
    assert not form.button.isEnabled()
    form.text.setText("خاندان کی درخواست")
    form.button.click()
    bench.desk.settle(qtbot)
    assert bench.events(one) == [Custody.CAPTURED, Custody.REDACTED, Custody.ERASED]
    assert bench.events(twin) == [Custody.CAPTURED, Custody.ERASED]
    assert book.value("SELECT count(*) FROM piece") == 0
    assert bench.told == ["Erased. What is known of it stays."]
    assert [action.isEnabled() for action in bench.verbs.chosen] == [True, False, False]


def test_whoever_does_not_answer_erases_nothing(bench: Bench) -> None:
    one = makers.attach(bench.desk.book, bench.desk.case_id, b"the bytes")
    bench.choose(one)
    bench.verbs.erase.trigger()
    form = bench.asked()
    form.text.setText("a reason")
    (cancel,) = [b for b in form.findChildren(QPushButton) if b.text().replace("&", "") == "Cancel"]
    cancel.click()
    assert bench.events(one) == [Custody.CAPTURED]
    assert blobs.read(bench.desk.book, attachments.one(bench.desk.book, one).sha256) == b"the bytes"


def test_nobody_erases_what_somebody_attached_meanwhile(bench: Bench) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    one = makers.attach(book, case_id, b"the bytes")
    bench.choose(one)
    bench.verbs.erase.trigger()
    form = bench.asked()
    makers.attach(book, case_id, b"the bytes", "meanwhile.png")
    form.text.setText("a reason")
    form.button.click()
    assert bench.events(one) == [Custody.CAPTURED]
    assert len(bench.desk.reported) == 1


def test_one_window_for_one_file(bench: Bench, qtbot: QtBot) -> None:
    book, case_id = bench.desk.book, bench.desk.case_id
    one, other = makers.attach(book, case_id, b"one"), makers.attach(book, case_id, b"other")
    for each in (one, other, one):
        bench.choose(each)
        bench.verbs.show.trigger()
    assert [page.attachment_id for page in bench.verbs._pages] == [one, other]
    bench.verbs._pages[1].close()
    wait_for(qtbot, lambda: len(bench.verbs._pages) == 1)
