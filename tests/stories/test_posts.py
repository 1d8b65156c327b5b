"""A person copies posts, from an article and from an application, and each is a source with its words a moment later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from db import attachments, blobs, cases, citations, sources, timeline
from db.casebook import Casebook
from db.check import check
from desktop.forms.post_form import PostForm
from tests import makers
from tests.db.texts.test_posts import ARTICLE, SECOND
from tests.desk import Desk

URDU_POST = f"وزارت اطلاعات\n@MoIB\n{makers.URDU} 🟠\n8:15 PM · Nov 17, 2025 · 1.2M Views"


def paste(desk: Desk, text: str) -> PostForm:
    QGuiApplication.clipboard().setText(text)
    desk.do("Paste a post")
    return desk._dialog(PostForm)


def keep(desk: Desk, form: PostForm, button: str = "Keep the post") -> None:
    before = len(desk.entries())
    desk._push(button, form)
    desk.wait(lambda: len(desk.entries()) == before + 1)
    desk.rest()


def test_posts_become_sources(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Kabul.casebook"
    desk.new_casebook(path)
    desk.new_case(makers.URDU)
    desk.turn_to("Evidence")
    form = paste(desk, ARTICLE)
    assert form.several.count() == 4
    desk.fill("Posts in this text", form.several.itemText(1), form)
    assert form.pasted == SECOND
    assert form.cut.isVisible()
    desk.fill("Stance to the claim", "Refutes", form)
    keep(desk, form)
    form = paste(desk, URDU_POST)
    desk.fill("Handle", "@MoIBOfficial", form)
    form.appears.click()
    keep(desk, form)
    assert desk.status.startswith("Kept the post of")
    form = paste(desk, SECOND)
    assert "here already" in form.here.text()
    assert desk.reference in form.here.text()
    form.reject()
    assert desk.told == []
    reference = desk.reference
    desk.close()
    with Casebook.open(path, write=False) as book:
        case_id = cases.find(book, reference).id
        adams, ministry = sources.of_case(book, case_id)
        assert (adams.author, adams.published_on, adams.kind) == ("Sarah Adams (@TPASarah)", "2025-10-05", "post")
        assert ministry.author == "وزارت اطلاعات (@MoIBOfficial)"
        first, second = citations.of_case(book, case_id)
        assert (first.stance, first.quotation[-7:]) == ("refutes", "killed…")
        assert second.quotation == f"{makers.URDU} 🟠"
        (seen,) = timeline.of_case(book, case_id)
        assert (seen.actor, seen.channel, seen.seen_on) == ("وزارت اطلاعات", "X", "2025-11-17")
        kept = {
            each.source_id: blobs.reader(book, each.sha256).readall() for each in attachments.of_case(book, case_id)
        }
        assert kept == {adams.id: SECOND.encode(), ministry.id: URDU_POST.encode()}
        assert check(book).problems == ()
