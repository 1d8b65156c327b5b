"""Schemas and pages that SQLite would trip over, or run something for."""

from __future__ import annotations

import sqlite3

from db import form
from db.errors import Torn, Untrusted
from tests.db.hostile.forge import Forger, page_size, patch
from tests.db.hostile.scene import Accepted, Refused, Scene

SQL = dict(form.statements())


def a_trigger_on_operations(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("CREATE TRIGGER evil AFTER INSERT ON op BEGIN DELETE FROM blob; END")


def a_trigger_on_a_table_that_is_not_read(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("""CREATE TRIGGER evil AFTER UPDATE ON "case" BEGIN DELETE FROM op; END""")


def a_trigger_that_says_it_is_a_table(scene: Scene) -> None:
    """It would be made when the schema is read; nothing is ever written that could set it off."""
    with scene.forger() as forger:
        sql = "CREATE TRIGGER evil AFTER INSERT ON op BEGIN DELETE FROM blob; END"
        forger.add_to_schema("table", "harmless", "harmless", 0, sql)


def a_name_that_steers_the_screen(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute('CREATE VIEW "\x1b[2J\u202eevil" AS SELECT 1')


def a_view_in_place_of_a_table(scene: Scene) -> None:
    """One that never ends."""
    with scene.forger() as forger:
        forger.sql.execute("ALTER TABLE op RENAME TO hidden")
        forger.sql.execute("""CREATE VIEW op AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)
            SELECT x AS n FROM r""")


def a_view_beside_the_tables(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("CREATE VIEW v AS SELECT load_extension('evil')")


def a_virtual_table_in_place_of_a_table(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("DROP TABLE op")
        forger.sql.execute("CREATE VIRTUAL TABLE op USING fts5(id, chain, number)")


def a_module_that_nobody_has(scene: Scene) -> None:
    """A newer one may use it; it is not read."""
    with scene.forger() as forger:
        forger.add_to_schema("table", "novel", "novel", 0, "CREATE VIRTUAL TABLE novel USING quantum(x)")


def damage_in_the_search_index(scene: Scene) -> None:
    """It is not read; ours is made anew."""
    with scene.forger() as forger:
        forger.sql.execute("UPDATE search_part_data SET block = x'ffffffffffffffffffff'")
        forger.sql.execute("UPDATE search_word_data SET block = zeroblob(10)")


def a_projection_that_says_something_else(scene: Scene) -> None:
    """It is not read: ours says what the operations say."""
    with scene.forger() as forger:
        forger.sql.execute("UPDATE claim SET text = 'Forged'")
        forger.sql.execute("UPDATE verdict SET rating = 'True'")
        forger.sql.execute("INSERT INTO tag SELECT 'x', id, 'forged', '', '', '', 0, 0 FROM \"case\" LIMIT 1")


def a_generated_column(scene: Scene) -> None:
    bomb = "body TEXT GENERATED ALWAYS AS (hex(randomblob(100000000))) VIRTUAL"
    with scene.forger() as forger:
        forger.rewrite("op", SQL["op"].replace("body TEXT", bomb))


def a_check_that_never_ends(scene: Scene) -> None:
    bomb = "body TEXT CHECK (length(replace(hex(zeroblob(100000000)), '0', 'aaaaaaaaaa')) > 1)"
    with scene.forger() as forger:
        forger.rewrite("op", SQL["op"].replace("body TEXT", bomb))


def an_index_on_an_expression(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("CREATE INDEX evil ON op(length(body))")


def an_index_on_some_operations(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("CREATE INDEX evil ON op(chain, number) WHERE number < 5")


def an_index_more(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("CREATE INDEX evil ON piece(blob, number, data)")


def an_index_that_says_it_is_of_another_table(scene: Scene) -> None:
    """SQLite goes by the statement, not by the columns beside it, and would read from this index."""
    with scene.forger() as forger:
        forger.sql.execute("CREATE UNIQUE INDEX evil ON op(chain, number, id)")
        with forger.writable():
            forger.sql.execute("UPDATE sqlite_schema SET name = 'fine', tbl_name = 'fine' WHERE name = 'evil'")


def an_index_without_words(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.add_to_schema("index", "evil", "op", 7, "")


def an_index_that_hides_operations(scene: Scene) -> None:
    """The table has them, the index that leads to them has not."""
    with scene.forger() as forger:
        for name in ("op_chain", "op_thing"):
            forger.rewrite(name, SQL[name] + " WHERE number < 4")
        forger.reopen()
        forger.sql.execute("REINDEX")
        for name in ("op_chain", "op_thing"):
            forger.rewrite(name, SQL[name])


def an_index_that_hides_blobs(scene: Scene) -> None:
    with scene.forger() as forger:
        root = forger.value("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_piece_1'")
        other = forger.value("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_blob_1'")
        with forger.writable():
            sql = "UPDATE sqlite_schema SET rootpage = ? WHERE name = ?"
            forger.sql.execute(sql, (other, "sqlite_autoindex_piece_1"))
            forger.sql.execute(sql, (root, "sqlite_autoindex_blob_1"))


def figures_for_the_planner(scene: Scene) -> None:
    """SQLite reads them whenever it opens a file; Claimdesk never makes them."""
    with scene.forger() as forger:
        forger.sql.execute("ANALYZE")
        forger.sql.execute("UPDATE sqlite_stat1 SET stat = '1 1 1'")


def two_tables_on_one_page(scene: Scene) -> None:
    with scene.forger() as forger:
        root = forger.value("SELECT rootpage FROM sqlite_schema WHERE name = 'piece'")
        with forger.writable():
            forger.sql.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'op'", (root,))


def a_table_on_the_page_of_one_that_is_not_read(scene: Scene) -> None:
    with scene.forger() as forger:
        root = forger.value("SELECT rootpage FROM sqlite_schema WHERE name = 'arrival'")
        with forger.writable():
            forger.sql.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'blob'", (root,))


def a_table_on_the_page_of_the_schema(scene: Scene) -> None:
    with scene.forger() as forger, forger.writable():
        forger.sql.execute("UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'op'")


def a_name_in_other_letters(scene: Scene) -> None:
    with scene.forger() as forger, forger.writable():
        forger.sql.execute("UPDATE sqlite_schema SET name = 'OP', tbl_name = 'OP' WHERE name = 'op'")


def a_table_without_row_numbers(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("DROP TABLE blob")
        forger.sql.execute("CREATE TABLE blob (id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, size INTEGER NOT NULL) "
                           "STRICT, WITHOUT ROWID")  # fmt: skip


def a_table_that_is_not_strict(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.rewrite("op", SQL["op"].removesuffix(" STRICT"))


def a_table_that_is_not_there(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.sql.execute("DROP TABLE piece")


def the_same_schema_in_other_lines(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.rewrite("op", SQL["op"].replace("\n", "\r\n   \t"))


def five_thousand_tables(scene: Scene) -> None:
    with scene.forger() as forger, forger.writable():
        rows = ((f"t{n}", f"t{n}", f"CREATE TABLE t{n}(x)") for n in range(5000))
        forger.sql.executemany("INSERT INTO sqlite_schema SELECT 'table', ?, ?, 2, ?", rows)


def more_tables_than_anybody_makes(scene: Scene) -> None:
    with scene.forger() as forger, forger.writable():
        forger.sql.execute("""WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 25000)
            INSERT INTO sqlite_schema SELECT 'table', 't' || n, 't' || n, 2, 'CREATE TABLE t' || n || '(x)' FROM r""")


def a_schema_of_800_kilobytes(scene: Scene) -> None:
    with scene.forger() as forger:
        columns = ", ".join(f"c{n} TEXT /* {'x' * 380} */" for n in range(2000))
        forger.add_to_schema("table", "wide", "wide", 2, f"CREATE TABLE wide ({columns})")


def a_schema_that_is_no_text(scene: Scene) -> None:
    with scene.forger() as forger:
        forger.add_to_schema("table", "odd", "odd", 2, "CREATE TABLE odd(x /* ")
        with forger.writable():
            forger.sql.execute("UPDATE sqlite_schema SET sql = CAST(x'435245415445205441424C45206F646428FF29' AS TEXT) "
                               "WHERE name = 'odd'")  # fmt: skip


def _vacuumed(scene: Scene, *pragmas: str) -> None:
    with scene.forger() as forger:
        for pragma in pragmas:
            forger.sql.execute(f"PRAGMA {pragma}")
        forger.sql.execute("VACUUM")


def the_smallest_pages(scene: Scene) -> None:
    _vacuumed(scene, "page_size=512")


def the_largest_pages(scene: Scene) -> None:
    _vacuumed(scene, "page_size=65536")


def pages_that_are_moved_by_themselves(scene: Scene) -> None:
    _vacuumed(scene, "auto_vacuum=FULL")


def pages_of_300_bytes(scene: Scene) -> None:
    patch(scene.file, 16, (300).to_bytes(2, "big"))


def pages_of_another_size_than_it_says(scene: Scene) -> None:
    patch(scene.file, 16, (page_size(scene.file) * 2).to_bytes(2, "big"))


def texts_in_utf_16(scene: Scene) -> None:
    scene.file.unlink()
    connection = sqlite3.connect(scene.file)
    connection.execute("PRAGMA encoding='UTF-16le'")
    form.create(connection)
    connection.close()


def a_sign_of_a_write_ahead_log(scene: Scene) -> None:
    patch(scene.file, 18, b"\2\2")


def bytes_set_apart_on_each_page(scene: Scene) -> None:
    patch(scene.file, 20, b"\x20")


def fractions_nobody_uses(scene: Scene) -> None:
    patch(scene.file, 21, b"\x20\x10\x10")


def a_schema_format_of_the_future(scene: Scene) -> None:
    patch(scene.file, 44, (9).to_bytes(4, "big"))


def no_schema_number(scene: Scene) -> None:
    patch(scene.file, 60, bytes(4))


def a_list_of_free_pages_that_never_ends(scene: Scene) -> None:
    """Nothing is ever written into it, so free pages are nobody's concern."""
    with scene.forger() as forger:
        forger.sql.execute("CREATE TABLE t AS SELECT randomblob(100000) AS x")
        forger.sql.execute("DROP TABLE t")
    first = int.from_bytes(scene.file.read_bytes()[32:36], "big")
    assert first
    patch(scene.file, (first - 1) * page_size(scene.file), first.to_bytes(4, "big"))


def a_tree_that_bites_its_tail(scene: Scene) -> None:
    """An inner page of the operations that leads to itself."""
    with scene.forger() as forger:
        for _ in range(200):
            forger.new("note", {"case_id": scene.shared, "text": "x" * 500})
        root = int(str(forger.value("SELECT rootpage FROM sqlite_schema WHERE name = 'op'")))
    at = (root - 1) * page_size(scene.file)
    assert scene.file.read_bytes()[at] == 5, "not an inner page"
    patch(scene.file, at + 8, root.to_bytes(4, "big"))


def a_row_that_is_told_twice(scene: Scene) -> None:
    with Forger(scene.file) as forger, forger.relaxed("op", " UNIQUE"):
        forger.sql.execute("""INSERT INTO op SELECT (SELECT max(n) + 1 FROM op), id, chain, number, previous, made_at,
            analyst, verb, save, undoes, kind, thing, generation, parents, body_hash, body FROM op WHERE n = 2""")


CRAFTS = (
    Refused(a_trigger_on_operations, Untrusted, "trigger evil"),
    Refused(a_trigger_on_a_table_that_is_not_read, Untrusted, "trigger evil"),
    Refused(a_trigger_that_says_it_is_a_table, Torn, "malformed database schema (harmless)"),
    Refused(a_name_that_steers_the_screen, Untrusted, "view [2Jevil"),
    Refused(a_view_in_place_of_a_table, Untrusted, "view op"),
    Refused(a_view_beside_the_tables, Untrusted, "view v"),
    Refused(a_virtual_table_in_place_of_a_table, Untrusted, "table op"),
    Accepted(a_module_that_nobody_has),
    Accepted(damage_in_the_search_index),
    Accepted(a_projection_that_says_something_else),
    Refused(a_generated_column, Torn),
    Refused(a_check_that_never_ends, Untrusted, "table op"),
    Refused(an_index_on_an_expression, Untrusted, "index evil"),
    Refused(an_index_on_some_operations, Untrusted, "index evil"),
    Refused(an_index_more, Untrusted, "index evil"),
    Refused(an_index_that_says_it_is_of_another_table, Torn, "malformed database schema (fine)"),
    Refused(an_index_without_words, Torn, "malformed database schema (evil) - orphan index"),
    Refused(an_index_that_hides_operations, Torn),
    Refused(an_index_that_hides_blobs, Torn),
    Refused(figures_for_the_planner, Untrusted, "table sqlite_stat1"),
    Refused(two_tables_on_one_page, Untrusted),
    Refused(a_table_on_the_page_of_one_that_is_not_read, Torn),
    Refused(a_table_on_the_page_of_the_schema, Torn),
    Refused(a_name_in_other_letters, Untrusted),
    Refused(a_table_without_row_numbers, Untrusted, "table blob"),
    Refused(a_table_that_is_not_strict, Untrusted, "table op"),
    Refused(a_table_that_is_not_there, Untrusted, "no piece"),
    Accepted(the_same_schema_in_other_lines),
    Accepted(five_thousand_tables),
    Refused(more_tables_than_anybody_makes, Untrusted, "too many"),
    Accepted(a_schema_of_800_kilobytes),
    Refused(a_schema_that_is_no_text, Torn, "text"),
    Accepted(the_smallest_pages),
    Accepted(the_largest_pages),
    Accepted(pages_that_are_moved_by_themselves),
    Refused(pages_of_300_bytes, Untrusted, "header"),
    Refused(pages_of_another_size_than_it_says, Torn, "length"),
    Refused(texts_in_utf_16, Untrusted, "header"),
    Refused(a_sign_of_a_write_ahead_log, Untrusted, "-wal"),
    Refused(bytes_set_apart_on_each_page, Untrusted, "header"),
    Refused(fractions_nobody_uses, Untrusted, "header"),
    Refused(a_schema_format_of_the_future, Torn),
    Refused(no_schema_number, Untrusted, "header"),
    Accepted(a_list_of_free_pages_that_never_ends),
    Refused(a_tree_that_bites_its_tail, Torn),
    Refused(a_row_that_is_told_twice, Torn),
)
