"""The tables behind `wording`: what each verb, field and word of a vocabulary is called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from db.exchange.vocabulary import Encoding, Fate, Medium, Separator, Table
from db.formats import Drawable
from db.kinds import Kind
from db.shelf import Why
from db.vocabulary import Credibility, Method, Op, Relation, Reliability, Tlp

OPS: Mapping[Op, tuple[str, str]] = MappingProxyType(
    {
        Op.FOUND_CASEBOOK: ("Made the casebook", "making the casebook"),
        Op.EDIT_DESK: ("Changed the desk", "changing the desk"),
        Op.ADD_CASE: ("Opened the case", "opening a case"),
        Op.EDIT_CASE: ("Changed the case", "changing a case"),
        Op.DELETE_CASE: ("Deleted the case", "deleting a case"),
        Op.ADD_CLAIM: ("Added a claim", "adding a claim"),
        Op.EDIT_CLAIM: ("Changed a claim", "changing a claim"),
        Op.DELETE_CLAIM: ("Deleted a claim", "deleting a claim"),
        Op.ADD_APPEARANCE: ("Added an appearance", "adding an appearance"),
        Op.EDIT_APPEARANCE: ("Changed an appearance", "changing an appearance"),
        Op.DELETE_APPEARANCE: ("Deleted an appearance", "deleting an appearance"),
        Op.ADD_ACTOR: ("Added an actor", "adding an actor"),
        Op.EDIT_ACTOR: ("Changed an actor", "changing an actor"),
        Op.DELETE_ACTOR: ("Deleted an actor", "deleting an actor"),
        Op.ADD_SOURCE: ("Added a source", "adding a source"),
        Op.EDIT_SOURCE: ("Changed a source", "changing a source"),
        Op.DELETE_SOURCE: ("Deleted a source", "deleting a source"),
        Op.EDIT_CITATION: ("Changed a citation", "changing a citation"),
        Op.DELETE_CITATION: ("Deleted a citation", "deleting a citation"),
        Op.ADD_ATTACHMENT: ("Attached a file", "attaching a file"),
        Op.EDIT_ATTACHMENT: ("Changed an attachment", "changing an attachment"),
        Op.DELETE_ATTACHMENT: ("Deleted an attachment", "deleting an attachment"),
        Op.GIVE_VERDICT: ("Gave a verdict", "giving a verdict"),
        Op.WITHDRAW_VERDICT: ("Withdrew a verdict", "withdrawing a verdict"),
        Op.EDIT_SCALE: ("Changed the rating scale", "changing the rating scale"),
        Op.TAG_CASE: ("Added a tag", "adding a tag"),
        Op.UNTAG_CASE: ("Removed a tag", "removing a tag"),
        Op.ADD_NOTE: ("Added a note", "adding a note"),
        Op.EDIT_NOTE: ("Changed a note", "changing a note"),
        Op.DELETE_NOTE: ("Deleted a note", "deleting a note"),
        Op.ADD_TASK: ("Added a task", "adding a task"),
        Op.EDIT_TASK: ("Changed a task", "changing a task"),
        Op.DELETE_TASK: ("Deleted a task", "deleting a task"),
        Op.LINK_CASES: ("Compared with another case", "comparing two cases"),
        Op.UNLINK_CASES: ("Took a comparison back", "taking a comparison back"),
        Op.TAKE_IN: ("Took in a file", "taking in a file"),
        Op.RESOLVE_CONFLICT: ("Settled a conflict", "settling a conflict"),
        Op.UNDO: ("Undid a change", "undoing"),
        Op.REDO: ("Redid a change", "redoing"),
    }
)

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "accessed_on": "Accessed on",
        "actor_id": "Actor",
        "analyst": "Analyst",
        "archived_url": "Archived copy",
        "assignee": "Assignee",
        "author": "Author",
        "best": "Best number of the scale",
        "caption": "Caption",
        "captured_at": "Captured at",
        "case_id": "Case",
        "channel": "Channel",
        "claim_id": "Claim",
        "claimant_id": "Claimant",
        "claimed_on": "Claimed on",
        "code": "Code",
        "color": "Color",
        "confidence": "Confidence",
        "credibility": "Credibility",
        "decided_on": "Decided on",
        "definition": "Definition",
        "deleted": "Deletion",
        "derived_from": "Derived from",
        "desk_id": "Desk",
        "done": "Done",
        "due": "Due",
        "evidence": "Evidence",
        "evidence_hash": "Seal of the evidence",
        "imprint": "Imprint",
        "kind": "Kind",
        "label": "Label",
        "line": "Row",
        "language": "Language",
        "locator": "Place in the source",
        "media_type": "Type of file",
        "method": "How it came in",
        "name": "Name",
        "note": "Note",
        "other_id": "Other case",
        "parent_id": "Part of",
        "position": "Position",
        "priority": "Priority",
        "published_on": "Published on",
        "publisher": "Publisher",
        "quotation": "Quotation",
        "rating": "Rating",
        "rationale": "Rationale",
        "reason": "Reason",
        "reference": "Reference",
        "relation": "Finding",
        "reliability": "Reliability",
        "role": "Role",
        "scale_id": "Rating scale",
        "seen_on": "When",
        "sha256": "SHA-256",
        "size": "Size",
        "source_id": "Source",
        "stance": "Stance",
        "status": "Status",
        "supersedes": "Supersedes",
        "tags": "Tags",
        "text": "Text",
        "title": "Title",
        "tlp": "TLP marking",
        "translation": "Translation",
        "url": "Web address",
        "value": "Number on the scale",
        "verdict": "Verdict",
        "verdict_id": "Verdict",
        "worst": "Worst number of the scale",
    }
)
FIELDS_OF: Mapping[tuple[Kind, str], str] = MappingProxyType(
    {
        (Kind.ALIAS, "name"): "Alias",
        (Kind.ATTACHMENT, "name"): "File name",
        (Kind.CLAIM, "text"): "Claim",
        (Kind.DESK, "code"): "Code in references",
        (Kind.TAG, "name"): "Tag",
    }
)

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {
        Tlp: {member: f"TLP:{member}" for member in Tlp},
        Reliability: {
            Reliability.A: "A – Completely reliable",
            Reliability.B: "B – Usually reliable",
            Reliability.C: "C – Fairly reliable",
            Reliability.D: "D – Not usually reliable",
            Reliability.E: "E – Unreliable",
            Reliability.F: "F – Reliability cannot be judged",
        },
        Credibility: {
            Credibility.CONFIRMED: "1 – Confirmed by other sources",
            Credibility.PROBABLY_TRUE: "2 – Probably true",
            Credibility.POSSIBLY_TRUE: "3 – Possibly true",
            Credibility.DOUBTFUL: "4 – Doubtful",
            Credibility.IMPROBABLE: "5 – Improbable",
            Credibility.CANNOT_BE_JUDGED: "6 – Truth cannot be judged",
        },
        Medium: {Medium.CLAIMREVIEW: "ClaimReview", Medium.CSV: "CSV", Medium.JSON: "JSON"},
        Table: {Table.CASES: "Cases, one a row", Table.SOURCES: "Sources, a row for each citation"},
        Separator: {
            Separator.COMMA: "Comma",
            Separator.SEMICOLON: "Semicolon, as Excel wants where numbers have a comma",
            Separator.TAB: "Tab",
        },
        Encoding: {
            Encoding.UNICODE: "Unicode",
            Encoding.WINDOWS_1251: "Windows-1251, as older Russian programs write",
            Encoding.WINDOWS_1256: "Windows-1256, as older Arabic and Urdu programs write",
        },
        Fate: {Fate.NEW: "New", Fate.HERE: "Here already", Fate.REFUSED: "Refused"},
        Relation: {Relation.SAME: "Same claim", Relation.DIFFERENT: "Different claim"},
        Why: {
            Why.ASKED: "Asked for",
            Why.SCHEDULE: "While working",
            Why.CLOSING: "On closing",
            Why.MERGE: "Before a merge",
            Why.MIGRATION: "Before an update of the file",
            Why.RESTORE: "Before a restore",
            Why.ELSEWHERE: "From elsewhere",
        },
        Method: {Method.FILE: "Attached as a file", Method.PASTED: "Pasted from the clipboard"},
        Drawable: {
            Drawable.YES: "Picture",
            Drawable.UNSEEN: "Not drawn yet",
            Drawable.NOT_A_PICTURE: "No picture",
            Drawable.TOO_LARGE: "Too large to be drawn safely; kept and hashed",
            Drawable.BROKEN: "Cannot be drawn because its data are broken; kept and hashed",
        },
    }
)

PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "file": "The database file is damaged",
        "schema": "The tables are not those that Claimdesk makes",
        "operation": "An operation is not what its hash says",
        "chain": "A chain of operations has a gap, a fork or a wrong end",
        "projection": "A table does not say what the log says",
        "blob": "Stored bytes are not what their hash says",
        "attachment": "The bytes of an attachment are missing",
    }
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "ur": "Urdu",
        "ps": "Pashto",
        "prs": "Dari",
        "fa": "Persian",
        "ar": "Arabic",
        "ru": "Russian",
        "uz": "Uzbek",
        "tg": "Tajik",
        "hi": "Hindi",
        "pa": "Punjabi",
        "tr": "Turkish",
    }
)
