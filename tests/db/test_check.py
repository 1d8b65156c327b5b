"""A check finds whatever is not as it was written, and says how much it looked at."""

from __future__ import annotations

import pytest

from db import check
from db.casebook import Casebook
from db.errors import Damaged
from db.progress import Cancelled
from tests.makers import attach, edit_case, give_verdict, make_case, make_source


@pytest.fixture
def worked(book: Casebook) -> Casebook:
    """A casebook with something of everything."""
    case_id = make_case(book)
    make_source(book, [case_id])
    attach(book, case_id, b"evidence")
    edit_case(book, case_id, "A title")
    give_verdict(book, case_id)
    book.undo()
    return book


def test_a_sound_casebook_is_told_in_figures(worked: Casebook) -> None:
    report = check.check(worked)
    assert report.problems == ()
    assert (report.chains, report.blobs, report.blob_bytes, report.attachments) == (1, 1, 8, 1)
    assert report.operations == worked.value("SELECT count(*) FROM op")
    assert report.things == worked.value("SELECT count(DISTINCT thing) FROM op")


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE op SET body = replace(body, 'A title', 'B title')", {"operation"}),
        ("UPDATE op SET body = substr(body, 3) WHERE n = 5", {"operation"}),
        ("UPDATE op SET body = 'null' WHERE n = 5", {"operation"}),
        ("UPDATE op SET made_at = '2020-01-01T00:00:00.000Z' WHERE n = 5", {"operation"}),
        ("UPDATE op SET analyst = 'Somebody' WHERE n = 5", {"operation"}),
        ("UPDATE op SET parents = x'' WHERE length(parents) > 0", {"operation"}),
        ("UPDATE op SET number = number + 1 WHERE n = (SELECT max(n) FROM op)", {"operation", "chain"}),
        ("DELETE FROM op WHERE n = (SELECT max(n) FROM op)", {"chain", "projection"}),
        ("DELETE FROM op WHERE n = 5", {"chain", "projection"}),
        ("UPDATE chain SET top_number = 1", {"chain"}),
        ("UPDATE \"case\" SET title = 'forged'", {"projection"}),
        ("UPDATE verdict SET rating = 'True'", {"projection"}),
        ("UPDATE claim SET claimed_on_earliest = '2020'", {"projection"}),
        ("DELETE FROM citation", {"projection"}),
        ("DELETE FROM head", {"projection"}),
        ("INSERT INTO actor SELECT 'new', 'Name', 'person', '', NULL, '', '', '', 0, 0", {"projection"}),
        ("UPDATE piece SET data = x'00'", {"blob"}),
        ("DELETE FROM piece", {"blob"}),
        ("UPDATE blob SET sha256 = NULL", {"attachment"}),
        ("DELETE FROM \"case\"", {"projection"}),
    ],
)  # fmt: skip
def test_tampering_is_found(worked: Casebook, tampering: str, found: set[str]) -> None:
    with worked.repair() as writer:
        writer.execute(tampering)
    assert {problem.what for problem in check.check(worked).problems} >= found
    assert all(problem.where for problem in check.check(worked).problems)


def test_text_that_is_no_text_is_damage(worked: Casebook) -> None:
    with worked.repair() as writer:
        writer.execute("UPDATE op SET body = CAST(x'7bff7d' AS TEXT) WHERE n = 5")
    with pytest.raises(Damaged):
        check.check(worked)


def test_a_check_tells_how_far_it_is_and_stops_when_told(worked: Casebook) -> None:
    for n in range(200):
        edit_case(worked, worked.value('SELECT id FROM "case"'), f"{n}")

    class Watch:
        def __init__(self) -> None:
            self.told: list[tuple[int, int]] = []
            self.stop = False

        def step(self, done: int, total: int) -> None:
            self.told.append((done, total))
            if self.stop:
                raise Cancelled

    watch = Watch()
    check.check(worked, watch)
    assert watch.told == sorted(watch.told)
    assert watch.told[-1][0] <= watch.told[-1][1]
    watch.stop = True
    with pytest.raises(Cancelled):
        check.check(worked, watch)
    edit_case(worked, worked.value('SELECT id FROM "case"'), "after")
