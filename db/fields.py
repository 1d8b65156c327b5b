"""The fields of each kind of thing: one table drives log, projection, search, merge and export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from db import vocabulary
from db.errors import Invalid
from db.kinds import Field, FieldType, Json, Kind


def _text(name: str, *, required: bool = False, searched: bool = False) -> Field:
    return Field(name, required=required, searched=searched)


def _ref(name: str, kind: Kind, *, required: bool = False) -> Field:
    return Field(name, refers=kind, required=required)


def _word(name: str, words: type[StrEnum], otherwise: StrEnum) -> Field:
    return Field(name, words=words, required=True, otherwise=otherwise)


def _ids(value: Json) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _seals(value: Json) -> bool:
    """Whether a value is what `evidence.as_json` makes."""

    def sealed(each: Json) -> bool:
        if not isinstance(each, Mapping) or not _ids(each.get("heads")):
            return False
        return all(isinstance(each.get(name), str) for name in ("kind", "id", "hash"))

    return isinstance(value, list | tuple) and all(map(sealed, value))


def _pairs(value: Json) -> bool:
    """Whether a value is a list of pairs of words."""
    return isinstance(value, list | tuple) and all(
        _ids(each) and isinstance(each, Sequence) and len(each) == 2 for each in value
    )


def _steps(value: Json) -> bool:
    """Whether a value is a list of what was done to a picture."""
    return isinstance(value, list | tuple) and all(isinstance(each, Mapping) for each in value)


_CASE = _ref("case_id", Kind.CASE, required=True)

FIELDS: Mapping[Kind, tuple[Field, ...]] = MappingProxyType(
    {
        Kind.DESK: (_text("name", required=True), _text("code", required=True), _text("analyst"), _text("imprint")),
        Kind.CASE: (
            _text("reference", required=True, searched=True),
            _text("title", searched=True),
            _word("status", vocabulary.Status, vocabulary.Status.RECEIVED),
            _word("priority", vocabulary.Priority, vocabulary.Priority.NORMAL),
            _word("tlp", vocabulary.Tlp, vocabulary.Tlp.RED),
            _text("assignee", searched=True),
            Field("due", FieldType.WHEN),
        ),
        Kind.CLAIM: (
            _CASE,
            _ref("parent_id", Kind.CLAIM),
            _text("text", required=True, searched=True),
            _text("language"),
            _text("translation", searched=True),
            _ref("claimant_id", Kind.ACTOR),
            Field("claimed_on", FieldType.WHEN),
        ),
        Kind.APPEARANCE: (
            _CASE,
            _ref("actor_id", Kind.ACTOR),
            _word("role", vocabulary.Role, vocabulary.Role.AMPLIFICATION),
            _text("channel", searched=True),
            _text("url", searched=True),
            Field("seen_on", FieldType.WHEN),
            _text("quotation", searched=True),
            _text("note", searched=True),
        ),
        Kind.ACTOR: (
            _text("name", required=True, searched=True),
            _word("kind", vocabulary.ActorKind, vocabulary.ActorKind.ACCOUNT),
            _text("note", searched=True),
            Field("joined_to", refers=Kind.ACTOR, since=2),
        ),
        Kind.ALIAS: (_ref("actor_id", Kind.ACTOR, required=True), _text("name", required=True, searched=True)),
        Kind.SOURCE: (
            _text("title", required=True, searched=True),
            _word("kind", vocabulary.SourceKind, vocabulary.SourceKind.OTHER),
            _text("url", searched=True),
            _text("archived_url"),
            _text("author", searched=True),
            _text("publisher", searched=True),
            Field("published_on", FieldType.WHEN),
            Field("accessed_on", FieldType.WHEN),
            _text("language"),
            _ref("derived_from", Kind.SOURCE),
            _text("note", searched=True),
            Field("derivation", words=vocabulary.Derivation, since=2),
            Field("independent_of", FieldType.JSON, shape=_ids, since=2, sealed=False),
        ),
        Kind.CITATION: (
            _CASE,
            _ref("source_id", Kind.SOURCE, required=True),
            _ref("claim_id", Kind.CLAIM),
            _word("stance", vocabulary.Stance, vocabulary.Stance.CONTEXT),
            _word("reliability", vocabulary.Reliability, vocabulary.Reliability.F),
            _word("credibility", vocabulary.Credibility, vocabulary.Credibility.CANNOT_BE_JUDGED),
            _text("locator"),
            _text("quotation", searched=True),
            _text("translation", searched=True),
            _text("note", searched=True),
        ),
        Kind.ATTACHMENT: (
            _CASE,
            _ref("source_id", Kind.SOURCE),
            _text("sha256", required=True, searched=True),
            Field("size", FieldType.INTEGER),
            _text("media_type", required=True),
            _text("name", required=True, searched=True),
            _text("caption", searched=True),
            _word("method", vocabulary.Method, vocabulary.Method.FILE),
            _text("captured_at"),
            _ref("derived_from", Kind.ATTACHMENT),
            Field("steps", FieldType.JSON, shape=_steps, since=2),
            Field("graphic", FieldType.FLAG, since=2, sealed=False),
        ),
        Kind.VERDICT: (
            _CASE,
            _text("rating", required=True, searched=True),
            Field("value", FieldType.REAL),
            Field("best", FieldType.REAL),
            Field("worst", FieldType.REAL),
            _text("rationale", required=True, searched=True),
            _word("confidence", vocabulary.Confidence, vocabulary.Confidence.LOW),
            _text("decided_on", required=True),
            _text("analyst", required=True),
            Field("evidence", FieldType.JSON, shape=_seals),
            _text("evidence_hash", required=True),
            Field("supersedes", FieldType.JSON, shape=_ids),
        ),
        Kind.WITHDRAWAL: (
            _CASE,
            _ref("verdict_id", Kind.VERDICT, required=True),
            _text("reason", required=True, searched=True),
            _text("analyst", required=True),
        ),
        Kind.SCALE: (_ref("desk_id", Kind.DESK, required=True), _text("name", required=True)),
        Kind.RATING: (
            _ref("scale_id", Kind.SCALE, required=True),
            _text("label", required=True),
            Field("value", FieldType.REAL),
            _text("definition"),
            _text("color"),
            Field("position", FieldType.INTEGER),
        ),
        Kind.TAG: (_CASE, _text("name", required=True, searched=True)),
        Kind.NOTE: (_CASE, _text("text", required=True, searched=True)),
        Kind.TASK: (
            _CASE,
            _text("text", required=True, searched=True),
            Field("done", FieldType.FLAG),
            _text("assignee", searched=True),
            Field("due", FieldType.WHEN),
        ),
        Kind.LINK: (
            _CASE,
            _ref("other_id", Kind.CASE, required=True),
            _word("relation", vocabulary.Relation, vocabulary.Relation.DIFFERENT),
            _text("reason", searched=True),
        ),
        Kind.EVENT: (
            _CASE,
            _text("text", required=True, searched=True),
            Field("happened_on", FieldType.WHEN),
            _text("place", searched=True),
            _text("note", searched=True),
        ),
        Kind.PASSAGE: (
            _CASE,
            _ref("attachment_id", Kind.ATTACHMENT, required=True),
            _text("exact", required=True),
            _text("prefix"),
            _text("suffix"),
            Field("start", FieldType.INTEGER),
            Field("stop", FieldType.INTEGER),
            _text("text_sha256"),
            _ref("claim_id", Kind.CLAIM),
            _ref("citation_id", Kind.CITATION),
            _ref("actor_id", Kind.ACTOR),
            _ref("event_id", Kind.EVENT),
        ),
        Kind.ATTRIBUTE: (
            _CASE,
            _ref("actor_id", Kind.ACTOR, required=True),
            _ref("source_id", Kind.SOURCE),
            _word("name", vocabulary.Attribute, vocabulary.Attribute.OTHER),
            _text("value", required=True, searched=True),
            Field("dated", FieldType.WHEN),
            _text("quotation", searched=True),
            _text("note", searched=True),
        ),
        Kind.COLLECTION: (
            _CASE,
            _ref("attachment_id", Kind.ATTACHMENT, required=True),
            _text("requested_url", searched=True),
            _text("reached_url", searched=True),
            _text("page_title", searched=True),
            Field("captured_on", FieldType.WHEN),
            _text("clock"),
            _text("captured_by"),
            _text("tool"),
            _text("identity"),
            _text("network"),
            _text("purpose", searched=True),
            _text("file_url", searched=True),
            _text("file_time"),
            Field("missing", FieldType.JSON, shape=_pairs),
        ),
        Kind.CUSTODY: (
            _CASE,
            _ref("attachment_id", Kind.ATTACHMENT, required=True),
            _word("event", vocabulary.Custody, vocabulary.Custody.VERIFIED),
            _text("sha256", required=True),
            Field("outcome", words=vocabulary.Outcome),
            _text("party"),
            _text("file"),
            _text("file_sha256"),
            _text("reason"),
            _text("done_at", required=True),
            _text("analyst"),
        ),
    }
)

WRITTEN_ONCE = frozenset((Kind.VERDICT, Kind.WITHDRAWAL, Kind.CUSTODY))
NAMING_AN_ACTOR = tuple(  # the things of a case that name one, each with the field in which they do
    (kind, each.name)
    for kind, fields in FIELDS.items()
    if _CASE in fields
    for each in fields
    if each.refers is Kind.ACTOR
)
OF_A_CASE = tuple(kind for kind, fields in FIELDS.items() if _CASE in fields)


def field_of(kind: Kind, name: str) -> Field:
    """The field of that name; raises `Invalid` when the kind has none."""
    for candidate in FIELDS[kind]:
        if candidate.name == name:
            return candidate
    raise Invalid(name, "field", kind)


def columns(kind: Kind) -> Iterator[str]:
    """The columns that the fields of a kind fill, in the order of the schema."""
    for each in FIELDS[kind]:
        yield from each.columns
