"""An analyst brings evidence in from a browser and from a folder, says how it was got, and takes a step back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from db import attachments, blobs, check, collecting, sources
from db.casebook import Casebook
from db.collecting import Record
from db.vocabulary import Method
from tests import makers
from tests.desk import Desk, plain

PAGE, IMAGE = "https://x.com/ariana/status/1234", "https://pbs.twimg.com/media/Ga1.png"


def copied_picture() -> QMimeData:
    """A picture as Chrome on Linux copies it from a page."""
    copied = QMimeData()
    copied.setData("image/png", makers.picture(40, 30, "teal"))
    copied.setData("chromium/x-source-url", PAGE.encode())
    copied.setData("text/html", f'<img src="{IMAGE}" alt="لقاح">'.encode())
    return copied


def shots(folder: Path) -> Path:
    """Thirty screenshots, of which three have the bytes of others."""
    folder.mkdir()
    for number in range(1, 31):
        same = {7: 1, 19: 2, 30: 2}.get(number, number)
        (folder / f"shot {number}.png").write_bytes(makers.picture(30 + same, 20, "navy"))
    return folder


def at_a_case(desk: Desk, book: Path) -> None:
    desk.new_casebook(book)
    desk.new_case(makers.URDU)


def records(book: Path) -> dict[str, Record]:
    """The records in a casebook by the names of the files; the casebook is whole."""
    with Casebook.open(book, write=False) as opened:
        assert check.check(opened).problems == ()
        case_id = opened.value('SELECT id FROM "case"')
        found = collecting.of_case(opened, case_id)
        return {each.name: found[each.id] for each in attachments.of_case(opened, case_id)}


def test_a_pasted_picture_gets_a_whole_record(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "Kabul.casebook"
    at_a_case(desk, book)
    desk.paste(copied_picture())
    desk.wait(lambda: len(desk.files()) == 1)
    desk.rest()
    (name,) = desk.files()
    desk.choose_file(name)
    said = desk.fill_record(
        Address_asked_for="https://t.co/abc", Title_seen="Ariana: لقاح", Tool="Chrome 151", Purpose=makers.PASHTO
    )
    assert said.startswith("Said: 8 of 10; 2 open.")
    desk.explain_gap("Identity used", "unsafe to record")
    desk.explain_gap("Network used", "the desk does not say")
    desk.close()
    (record,) = records(book).values()
    assert (record.requested_url, record.reached_url, record.file_url) == ("https://t.co/abc", PAGE, IMAGE)
    assert (record.page_title, record.tool, record.purpose) == ("Ariana: لقاح", "Chrome 151", makers.PASHTO)
    assert record.captured_by == "Amina"
    assert record.clock.startswith("this computer, UTC")
    assert record.explained == {"identity": "unsafe to record", "network": "the desk does not say"}
    assert collecting.gaps(record) == ()


def test_a_folder_comes_in_with_its_doubles_named_and_goes_in_one_step(desk: Desk, tmp_path: Path) -> None:
    book, folder = tmp_path / "Kabul.casebook", shots(tmp_path / "shots")
    at_a_case(desk, book)
    desk.attach(folder / "shot 5.png")
    said = desk.attach_folder(folder)
    assert said.startswith("30 files, ")
    doubled = [
        (name, where.replace("\u2066", "").replace("\u2069", ""))
        for name, where in desk.doubled_files("Leave them out")
    ]
    assert doubled == [
        ("shot 5.png", "in this case as shot 5.png"),
        ("shot 7.png", "twice in the folder, first as shot 1.png"),
        ("shot 19.png", "twice in the folder, first as shot 2.png"),
        ("shot 30.png", "twice in the folder, first as shot 2.png"),
    ]
    desk.wait(lambda: desk.status == "Attached 26 files.")
    expected = [f"shot {n}.png" for n in range(1, 31) if n not in (5, 7, 19, 30)]
    assert desk.files() == ["shot 5.png", *expected]
    desk.choose_all_files()
    desk.say_of_all(Tool="Android 16", Purpose="What was posted that day")
    desk.press("Ctrl+Z")
    desk.press("Ctrl+Z")
    desk.wait(lambda: desk.files() == ["shot 5.png"])
    (redo,) = [verb for verb in desk.verbs() if plain(verb).startswith("Redo")]
    redo.trigger()
    desk.wait(lambda: len(desk.files()) == 27)
    (redo,) = [verb for verb in desk.verbs() if plain(verb).startswith("Redo")]
    redo.trigger()
    desk.rest()
    desk.close()
    found = records(book)
    assert {record.tool for record in found.values()} == {"Android 16"}
    assert not any(record.captured_on for record in found.values())
    with Casebook.open(book, write=False) as opened:
        for each in attachments.of_case(opened, opened.value('SELECT id FROM "case"')):
            assert each.method is (Method.FILE if each.name == "shot 5.png" else Method.FOLDER)
            assert blobs.read(opened, each.sha256) == (folder / each.name).read_bytes()


def test_an_address_that_is_pasted_becomes_a_source_and_is_not_opened(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "Kabul.casebook"
    at_a_case(desk, book)
    link = QMimeData()
    link.setUrls([QUrl(PAGE)])
    link.setData("text/x-moz-url", f"{PAGE}\nAriana: لقاح".encode("utf-16-le"))
    link.setText(PAGE)
    desk.paste(link)
    assert "Nothing is fetched" in desk.asked
    desk.answer("New source")
    desk.wait(lambda: len(desk.entries()) == 1)
    desk.close()
    with Casebook.open(book, write=False) as opened:
        (source,) = sources.of_case(opened, opened.value('SELECT id FROM "case"'))
        assert (source.title, source.url) == ("Ariana: لقاح", PAGE)


def test_a_passage_that_is_pasted_knows_the_page_it_is_from(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "Kabul.casebook"
    at_a_case(desk, book)
    copied = QMimeData()
    copied.setText(f"{makers.URDU}\n{makers.RUSSIAN}")
    copied.setData("chromium/x-source-url", PAGE.encode())
    desk.paste(copied)
    desk.keep_text()
    desk.close()
    (record,) = records(book).values()
    assert (record.reached_url, record.captured_by) == (PAGE, "Amina")
