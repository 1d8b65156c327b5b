"""Files that are no file, that are not what they say, or that have something beside them."""

from __future__ import annotations

import os
import socket
import sqlite3
import struct
from pathlib import Path

from db import migrate
from db.errors import (
    DiskFailed,
    DiskFull,
    ForeignDatabase,
    Missing,
    NewerForm,
    NotADatabase,
    NotPlain,
    SealBroken,
    SealedFile,
    Torn,
    Untrusted,
    WrongKey,
)
from db.exchange import age, keys
from db.exchange.age import Lock
from tests.db.hostile.forge import fit_header, page_size, patch
from tests.db.hostile.scene import Accepted, Refused, Scene
from tests.makers import attach, edit_case, picture

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def _journal(scene: Scene) -> bytes:
    """A hot journal that ends in the name of a super-journal: reading the casebook would delete that file."""
    name = os.fsencode(scene.victim)
    size = page_size(scene.file)
    header = _JOURNAL_MAGIC + struct.pack(">IIIII", 0, 0, scene.file.stat().st_size // size, 512, size)
    tail = struct.pack(">I", 0xFFFFFFFF) + name + struct.pack(">II", len(name), sum(name)) + _JOURNAL_MAGIC
    return header.ljust(512, b"\0") + tail


def _beside(scene: Scene, ending: str) -> Path:
    return scene.file.with_name(scene.file.name + ending)


def a_hot_journal_that_names_a_victim(scene: Scene) -> None:
    _beside(scene, "-journal").write_bytes(_journal(scene))


def a_journal_and_a_log_that_name_a_victim(scene: Scene) -> None:
    for ending in ("-journal", "-wal", "-shm"):
        _beside(scene, ending).write_bytes(_journal(scene))


def a_log_beside(scene: Scene) -> None:
    _beside(scene, "-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(100))


def a_journal_that_is_a_link(scene: Scene) -> None:
    _beside(scene, "-journal").symlink_to(scene.victim)


def a_log_that_is_a_link_to_nothing(scene: Scene) -> None:
    _beside(scene, "-wal").symlink_to(scene.folder / "nowhere")


def a_journal_that_is_a_folder(scene: Scene) -> None:
    _beside(scene, "-journal").mkdir()


def a_journal_that_is_a_pipe(scene: Scene) -> None:
    os.mkfifo(_beside(scene, "-journal"))


def an_empty_journal(scene: Scene) -> None:
    """What other programs leave there when they have finished."""
    _beside(scene, "-journal").touch()


def a_link_to_a_casebook(scene: Scene) -> None:
    there = scene.file.rename(scene.folder / "there.casebook")
    scene.file.symlink_to(there)


def a_link_to_nothing(scene: Scene) -> None:
    scene.file.unlink()
    scene.file.symlink_to(scene.folder / "nowhere")


def a_pipe(scene: Scene) -> None:
    scene.file.unlink()
    os.mkfifo(scene.file)


def a_folder(scene: Scene) -> None:
    scene.file.unlink()
    scene.file.mkdir()


def a_socket(scene: Scene) -> None:
    scene.file.unlink()
    here = Path.cwd()
    os.chdir(scene.folder)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(scene.file.name)
    finally:
        os.chdir(here)


def a_device_without_an_end(scene: Scene) -> None:
    scene.file = Path("/dev/zero")


def no_file(scene: Scene) -> None:
    scene.file.unlink()


def a_file_nobody_may_read(scene: Scene) -> None:
    scene.file.chmod(0)
    scene.undo.append(lambda: scene.file.chmod(0o600))


def an_empty_file(scene: Scene) -> None:
    scene.file.write_bytes(b"")


def a_header_and_no_more(scene: Scene) -> None:
    scene.file.write_bytes(scene.file.read_bytes()[:99])


def a_text(scene: Scene) -> None:
    scene.file.write_text("Dear colleagues, " * 50)


def a_pdf(scene: Scene) -> None:
    scene.file.write_bytes(b"%PDF-1.7\n" + bytes(5000))


def a_sealed_hand_over(scene: Scene) -> None:
    scene.file.write_bytes(b"age-encryption.org/v1\n-> X25519 abc\n" + bytes(500))


def a_sealed_hand_over_in_letters(scene: Scene) -> None:
    scene.file.write_bytes(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + b"YWdl" * 100)


def a_hand_over_sealed_with_words(scene: Scene) -> None:
    sealed = scene.file.with_name("sealed")
    with sealed.open("wb") as file:
        age.seal(scene.file, file, (), "correct horse battery staple")
    sealed.replace(scene.file)


def a_hand_over_sealed_for_somebody_else(scene: Scene) -> None:
    _seal(scene, age.new_witness().recipient)


def a_film_that_was_sealed_for_us(scene: Scene) -> None:
    a_text(scene)
    _seal(scene, keys.own().recipient)


def a_hand_over_that_was_sealed_for_us(scene: Scene) -> None:
    _seal(scene, keys.own().recipient)


def _seal(scene: Scene, recipient: str) -> None:
    scene.plain = scene.file
    scene.file = scene.file.with_name("sealed.casebook.age")
    with scene.file.open("wb") as file:
        age.seal(scene.plain, file, (recipient,), "")


def a_database_of_another_program(scene: Scene) -> None:
    scene.file.unlink()
    connection = sqlite3.connect(scene.file)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()


def another_program_that_took_our_number(scene: Scene) -> None:
    a_database_of_another_program(scene)
    connection = sqlite3.connect(scene.file)
    connection.execute(f"PRAGMA application_id={migrate.APPLICATION_ID}")
    connection.execute("PRAGMA user_version=1")
    connection.commit()
    connection.close()


def more_than_any_disk_holds(scene: Scene) -> None:
    """Sparse: it takes no room where it lies, and would take all of ours. A sound header, or it is not even copied."""
    size = 1 << 40
    patch(scene.file, 28, (size // page_size(scene.file)).to_bytes(4, "big"))
    os.truncate(scene.file, size)


def a_film_by_mistake(scene: Scene) -> None:
    """Nothing of it is copied: its beginning says enough."""
    scene.file.write_bytes(b"\0\0\0\x20ftypisom" + bytes(200))
    os.truncate(scene.file, 1 << 40)


def a_file_that_grows_while_it_is_copied(scene: Scene) -> None:
    with_pictures(scene)

    def grow(_: int) -> None:
        with scene.file.open("ab") as file:
            file.write(bytes(page_size(scene.file)))

    scene.during = grow


def a_file_that_shrinks_while_it_is_copied(scene: Scene) -> None:
    with_pictures(scene)
    scene.during = lambda _: os.truncate(scene.file, 1 << 20)


def a_file_that_is_written_while_it_is_copied(scene: Scene) -> None:
    with_pictures(scene)
    scene.during = lambda _: patch(scene.file, 50_000, b"another page")


def a_save_that_begins_while_it_is_copied(scene: Scene) -> None:
    with_pictures(scene)
    scene.during = lambda _: _beside(scene, "-journal").write_bytes(b"pages as they were before")


def with_pictures(scene: Scene) -> None:
    """Some megabytes, so that the copy is made in several turns."""
    from db.casebook import Casebook

    with Casebook.open(scene.file) as book:
        attach(book, scene.shared, picture() + bytes(5 << 20), "large.png")


def the_open_casebook_itself(scene: Scene) -> None:
    scene.file = scene.mine.path


def the_open_casebook_by_another_name(scene: Scene) -> None:
    scene.file.unlink()
    os.link(scene.mine.path, scene.file)
    scene.undo.append(scene.file.unlink)  # SQLite minds a second name


def the_open_casebook_through_a_linked_folder(scene: Scene) -> None:
    linked = scene.folder / "linked"
    linked.symlink_to(scene.mine.path.parent)
    scene.file = linked / scene.mine.path.name


def a_name_like_an_address(scene: Scene) -> None:
    """Nothing of it is taken for a part of an address that SQLite opens."""
    odd = scene.folder / "a?mode=rwc&vfs=unix#%00 \u202ekooboesac\u202c.casebook"
    scene.file = scene.file.rename(odd)


def a_form_that_only_a_newer_one_reads(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("UPDATE meta SET value = '2' WHERE name = 'format'")


def tables_of_a_newer_one(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("PRAGMA user_version=99")
        forger.sql.execute("CREATE TABLE hypothesis (id TEXT PRIMARY KEY) STRICT")


def nothing_that_says_whose_it_is(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("DELETE FROM meta WHERE name = 'desk'")


def cut_in_the_middle_of_a_page(scene: Scene) -> None:
    os.truncate(scene.file, scene.file.stat().st_size - 100)


def cut_at_the_end_of_a_page(scene: Scene) -> None:
    os.truncate(scene.file, scene.file.stat().st_size - page_size(scene.file))


def cut_and_the_header_made_to_fit(scene: Scene) -> None:
    os.truncate(scene.file, scene.file.stat().st_size // 2 // page_size(scene.file) * page_size(scene.file))
    fit_header(scene.file)


def one_page_missing_in_the_middle(scene: Scene) -> None:
    size, whole = page_size(scene.file), scene.file.read_bytes()
    middle = len(whole) // 2 // size * size
    scene.file.write_bytes(whole[:middle] + whole[middle + size :])
    fit_header(scene.file)


def half_of_it_from_an_older_copy(scene: Scene) -> None:
    """What a file manager makes of a file that is being saved."""
    from db.casebook import Casebook

    old = scene.file.read_bytes()
    with Casebook.open(scene.file) as book:
        for number in range(30):
            edit_case(book, scene.shared, f"Title {number}" * 100)
    new, middle = scene.file.read_bytes(), 40 * page_size(scene.file)
    assert new[:middle] != old[:middle]
    scene.file.write_bytes(new[:middle] + old[middle:] + new[len(old) :])


CRAFTS = (
    Refused(a_hot_journal_that_names_a_victim, Torn, "journal"),
    Refused(a_journal_and_a_log_that_name_a_victim, Torn, "journal"),
    Refused(a_log_beside, Torn, "journal"),
    Refused(a_journal_that_is_a_link, Torn, "journal"),
    Refused(a_log_that_is_a_link_to_nothing, Torn, "journal"),
    Refused(a_journal_that_is_a_folder, Torn, "journal"),
    Refused(a_journal_that_is_a_pipe, Torn, "journal"),
    Accepted(an_empty_journal),
    Refused(a_link_to_a_casebook, NotPlain, "link"),
    Refused(a_link_to_nothing, NotPlain, "link"),
    Refused(a_pipe, NotPlain, "no plain file"),
    Refused(a_folder, NotPlain, "no plain file"),
    Refused(a_socket, NotPlain, "no plain file"),
    Refused(a_device_without_an_end, NotPlain, "no plain file"),
    Refused(no_file, Missing),
    Refused(a_file_nobody_may_read, DiskFailed, "Permission denied"),
    Refused(an_empty_file, NotADatabase),
    Refused(a_header_and_no_more, NotADatabase),
    Refused(a_text, NotADatabase),
    Refused(a_pdf, NotADatabase),
    Refused(a_film_by_mistake, NotADatabase),
    Refused(a_sealed_hand_over, SealBroken, Lock.KEY),
    Refused(a_sealed_hand_over_in_letters, SealBroken, Lock.KEY),
    Refused(a_hand_over_sealed_with_words, SealedFile),
    Refused(a_hand_over_sealed_for_somebody_else, WrongKey, Lock.KEY),
    Refused(a_film_that_was_sealed_for_us, NotADatabase),
    Refused(a_database_of_another_program, ForeignDatabase),
    Refused(another_program_that_took_our_number, Untrusted, "no meta"),
    Refused(more_than_any_disk_holds, DiskFull),
    Refused(a_file_that_grows_while_it_is_copied, Torn, "changed"),
    Refused(a_file_that_shrinks_while_it_is_copied, Torn, "changed"),
    Refused(a_file_that_is_written_while_it_is_copied, Torn, "changed"),
    Refused(a_save_that_begins_while_it_is_copied, Torn, "journal"),
    Refused(the_open_casebook_itself, NotPlain, "itself"),
    Refused(the_open_casebook_by_another_name, NotPlain, "itself"),
    Refused(the_open_casebook_through_a_linked_folder, NotPlain, "itself"),
    Accepted(a_name_like_an_address),
    Accepted(a_hand_over_that_was_sealed_for_us),
    Refused(a_form_that_only_a_newer_one_reads, NewerForm, "2"),
    Accepted(tables_of_a_newer_one),
    Refused(nothing_that_says_whose_it_is, Untrusted, "meta"),
    Refused(cut_in_the_middle_of_a_page, Torn, "length"),
    Refused(cut_at_the_end_of_a_page, Torn, "length"),
    Refused(cut_and_the_header_made_to_fit, Torn),
    Refused(one_page_missing_in_the_middle, Torn),
    Refused(half_of_it_from_an_older_copy, Torn),
)
