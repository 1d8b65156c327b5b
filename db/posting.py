"""A post that was pasted, kept in one save: as a source with its words, a citation, and an appearance of the claim."""

from __future__ import annotations

from dataclasses import dataclass

from db import actors, addresses, cards, citations, collecting, sources, timeline
from db.actors import ActorDraft
from db.attachments import Ready
from db.change import Change
from db.citations import CitationDraft
from db.collecting import Tool
from db.sources import SourceDraft
from db.store import Store
from db.texts import posts
from db.texts.folding import fold
from db.texts.posts import Post
from db.timeline import AppearanceDraft
from db.vocabulary import ActorKind, Role, SourceKind, Stance

_TITLE = 120


@dataclass(frozen=True, slots=True)
class Posting:
    """A post as an analyst corrected it, and what the case makes of it; without a role it is no appearance."""

    title: str
    text: str = ""
    author: str = ""
    handle: str = ""
    platform: str = ""
    posted_on: str = ""
    url: str = ""
    stance: Stance = Stance.CONTEXT
    role: Role | None = None

    @property
    def byline(self) -> str:
        """The author with the handle, as one name."""
        return Post(self.author, self.handle).byline


@dataclass(frozen=True, slots=True)
class Twin:
    """A source that is the same post: its title, and the first case that cites it, if any does."""

    title: str
    reference: str


def of(post: Post) -> Posting:
    """What is proposed for a post as it was read."""
    title = title_of(post.text) or post.byline
    return Posting(title, post.text, post.author, post.handle, post.platform, post.posted_on, post.url)


def title_of(text: str) -> str:
    """What a post is called: its first words."""
    return cards.shorten(" ".join(text.split()), _TITLE)


def twin(store: Store, posting: Posting) -> Twin | None:
    """The source that has the same address, or the same author, day and words; none where it is new."""
    sql = """SELECT s.title, coalesce(k.reference, ''), s.url, s.author, s.published_on, coalesce(c.quotation, '')
        FROM source s LEFT JOIN citation c ON c.source_id = s.id AND c.deleted = 0
        LEFT JOIN "case" k ON k.id = c.case_id AND k.deleted = 0
        WHERE s.deleted = 0 AND (s.url <> '' OR (s.author = :author AND s.published_on = :day)) ORDER BY s.id, c.id"""
    address, words = addresses.plain(posting.url), fold(posting.text)
    for title, reference, url, author, day, quotation in store.select(
        sql, author=posting.byline, day=posting.posted_on
    ):
        same = (author, day) == (posting.byline, posting.posted_on) and words and fold(quotation) == words
        if (same and author) or (address and addresses.plain(url) == address):
            return Twin(title, reference)
    return None


def enter(change: Change, case_id: str, posting: Posting, ready: Ready, by: Tool) -> str:
    """Keep a post in a case with the text as it was pasted and the record of that; returns the id of the citation."""
    draft = SourceDraft(
        posting.title, SourceKind.POST, posting.url, author=posting.byline, publisher=posting.platform,
        published_on=posting.posted_on,
    )  # fmt: skip
    source_id = sources.add(change, draft)
    cited = citations.cite(change, case_id, source_id, CitationDraft(posting.stance, quotation=posting.text))
    collecting.take_in(change, case_id, ready, by, source_id=source_id)
    if posting.role:
        seen = AppearanceDraft(
            _actor(change, posting), posting.role, posting.platform, posting.url, posting.posted_on, posting.text
        )
        timeline.add(change, case_id, seen)
    return cited


def cut_off(source: SourceDraft, quotation: str) -> bool:
    """Whether what is quoted of a post ends before the post does."""
    return source.kind is SourceKind.POST and posts.cut_off(quotation)


def _actor(change: Change, posting: Posting) -> str:
    """The account that made a post, known by its handle or its name; both are names of it from now on."""
    handle = f"@{posting.handle}" if posting.handle else ""
    names = [name for name in (handle, posting.author) if name]
    known = next((found for name in names if (found := actors.find(change.writer, name))), None)
    if not names:
        return ""
    if known is None:
        actor_id = actors.add(change, ActorDraft(names[-1], ActorKind.ACCOUNT))
        actors.set_aliases(change, actor_id, names[:-1])
        return actor_id
    new = [name for name in names if fold(name) not in map(fold, (known.name, *known.aliases))]
    if new:
        actors.set_aliases(change, known.id, (*known.aliases, *new))
    return known.id
