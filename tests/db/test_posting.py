"""A pasted post becomes a source, a citation, an attachment and an appearance in one save; one that is here is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from db import actors, attachments, citations, collecting, posting, sources, timeline
from db.attachments import Depot
from db.casebook import Casebook
from db.check import check
from db.collecting import Tool
from db.posting import Posting, Twin
from db.texts import posts
from db.vocabulary import ActorKind, Method, Op, Role, SourceKind, Stance
from tests.makers import URDU, make_case

RAW = f"{URDU}…\n— وزارت اطلاعات (@MoIB) ۱۷ نومبر ۲۰۲۵"


@pytest.fixture
def case_id(book: Casebook) -> str:
    return make_case(book)


def keep(book: Casebook, case_id: str, post: Posting, raw: str = RAW) -> str:
    with Depot(book.path) as depot:
        ready = depot.picture(raw.encode(), "Post.txt")
    with book.change(Op.ADD_SOURCE) as change:
        return posting.enter(change, case_id, post, ready, Tool("Claimdesk", "clock"))


def test_all_of_a_post_is_kept_in_one_save(book: Casebook, case_id: str, tmp_path: Path) -> None:
    post = replace(
        posting.of(posts.parse(RAW)), stance=Stance.SUPPORTS, role=Role.ORIGIN, url="https://x.com/MoIB/status/1"
    )
    cited = keep(book, case_id, post)
    (source,) = sources.of_case(book, case_id)
    assert (source.kind, source.author, source.publisher) == (SourceKind.POST, "وزارت اطلاعات (@MoIB)", "X")
    assert (source.published_on, source.url) == ("2025-11-17", "https://x.com/MoIB/status/1")
    (citation,) = citations.of_case(book, case_id)
    assert (citation.id, citation.stance, citation.quotation) == (cited, Stance.SUPPORTS, f"{URDU}…")
    assert posting.cut_off(source, citation.quotation)
    (attached,) = attachments.of_case(book, case_id)
    assert (attached.source_id, attached.method, attached.size) == (source.id, Method.PASTED, len(RAW.encode()))
    record = collecting.of_attachment(book, attached.id)
    assert record
    assert (record.captured_by, record.clock) == ("Amina", "clock")
    (seen,) = timeline.of_case(book, case_id)
    assert (seen.actor, seen.role, seen.channel, seen.seen_on) == ("وزارت اطلاعات", Role.ORIGIN, "X", "2025-11-17")
    assert (seen.quotation, seen.url) == (f"{URDU}…", source.url)
    actor = actors.one(book, seen.actor_id)
    assert (actor.kind, actor.aliases) == (ActorKind.ACCOUNT, ("@MoIB",))
    assert check(book).problems == ()
    book.undo()
    assert sources.all_of_them(book) == timeline.of_case(book, case_id) == attachments.of_case(book, case_id) == ()


def test_an_account_that_is_known_is_not_added_again(book: Casebook, case_id: str) -> None:
    post = Posting("T", "one", "Sarah Adams", "TPASarah", role=Role.AMPLIFICATION)
    keep(book, case_id, post)
    keep(book, case_id, replace(post, author="Sarah A.", text="two"))
    keep(book, case_id, replace(post, author="", text="three"))
    (actor,) = (each for each in actors.everyone(book) if "@TPASarah" in each.aliases)
    assert (actor.name, actor.aliases) == ("Sarah Adams", ("@TPASarah", "Sarah A."))
    assert {seen.actor_id for seen in timeline.of_case(book, case_id) if seen.quotation in ("one", "two", "three")} == {
        actor.id
    }


def test_a_post_that_is_here_is_named(book: Casebook, case_id: str) -> None:
    post = Posting(
        "Title", "Words of it", "Sarah Adams", "TPASarah", "X", "2025-11-17", "https://x.com/TPASarah/status/7"
    )
    assert posting.twin(book, post) is None
    keep(book, case_id, post)
    twin = posting.twin(book, replace(post, text="other", url="https://twitter.com/a/status/7?s=20"))
    assert twin
    assert (twin.title, bool(twin.reference)) == ("Title", True)
    assert posting.twin(book, replace(post, url="", text="words  of IT")) == Twin("Title", twin.reference)
    assert posting.twin(book, replace(post, url="", text="other words")) is None
    assert posting.twin(book, replace(post, url="", posted_on="2025-11-18")) is None
    assert posting.twin(book, Posting("Title", "Words of it")) is None


def test_only_a_quotation_of_a_post_is_cut_off() -> None:
    post = sources.SourceDraft("T", SourceKind.POST)
    assert posting.cut_off(post, "It goes on…")
    assert not posting.cut_off(post, "It ends.")
    assert not posting.cut_off(replace(post, kind=SourceKind.ARTICLE), "It goes on…")
