"""Words that are stored in columns. A test keeps them equal to the CHECKs of the schema."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a case stands in the desk's workflow."""

    RECEIVED = "received"
    IN_WORK = "in work"
    IN_REVIEW = "in review"
    PUBLISHED = "published"
    CLOSED = "closed"


class Priority(StrEnum):
    """How soon a case wants attention."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 marking (FIRST)."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class Role(StrEnum):
    """What an appearance does with the claim."""

    ORIGIN = "origin"
    AMPLIFICATION = "amplification"
    REBUTTAL = "rebuttal"
    CORRECTION = "correction"


class ActorKind(StrEnum):
    """What sort of actor somebody or something is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    OUTLET = "outlet"
    ACCOUNT = "account"
    AGENCY = "agency"


class SourceKind(StrEnum):
    """What sort of work a source is."""

    POST = "post"
    ARTICLE = "article"
    OFFICIAL_RECORD = "official record"
    REPORT = "report"
    INTERVIEW = "interview"
    IMAGE = "image"
    VIDEO = "video"
    WEB_CAPTURE = "web capture"
    OTHER = "other"


class Stance(StrEnum):
    """What a citation does for the claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    QUALIFIES = "qualifies"
    CONTEXT = "context"


class Reliability(StrEnum):
    """Admiralty code, reliability of the source; F says that it cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """Admiralty code, credibility of the information; 6 says that it cannot be judged."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class Confidence(StrEnum):
    """How firm the basis of a verdict is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Method(StrEnum):
    """How the bytes of an attachment came in."""

    FILE = "file"
    PASTED = "pasted"
    FOLDER = "folder"
    SCREEN = "screen"
    DERIVED = "derived"
    UNPACKED = "unpacked"


class Custody(StrEnum):
    """What happened to the bytes of an attachment (Berkeley Protocol, chain of custody)."""

    CAPTURED = "captured"
    IMPORTED = "imported"
    EXPORTED = "exported"
    HANDED_OVER = "handed over"
    RECEIVED = "received"
    VERIFIED = "verified"
    REDACTED = "redacted"
    ERASED = "erased"


class Outcome(StrEnum):
    """What was found when the bytes of an attachment were hashed again."""

    INTACT = "intact"
    ALTERED = "altered"
    MISSING = "missing"


class Derivation(StrEnum):
    """How a source came from another one, so that the two are not independent."""

    REPOST = "repost"
    QUOTES = "quotes"
    WIRE_COPY = "wire copy"
    TRANSLATION = "translation"
    PRESS_RELEASE = "same press release"


class Attribute(StrEnum):
    """What a source says of an actor."""

    ORIGIN = "origin"
    ROLE = "role"
    AFFILIATION = "affiliation"
    LOCATION = "location"
    BORN = "date of birth"
    DIED = "date of death"
    PLACE_OF_DEATH = "place of death"
    CAUSE_OF_DEATH = "cause of death"
    OTHER = "other"


class Relation(StrEnum):
    """What somebody found of the claims of two cases."""

    SAME = "same"
    DIFFERENT = "different"


class Op(StrEnum):
    """What a save did, as its history tells it."""

    FOUND_CASEBOOK = "found casebook"
    EDIT_DESK = "edit desk"
    ADD_CASE = "add case"
    EDIT_CASE = "edit case"
    DELETE_CASE = "delete case"
    ADD_CLAIM = "add claim"
    EDIT_CLAIM = "edit claim"
    DELETE_CLAIM = "delete claim"
    ADD_APPEARANCE = "add appearance"
    EDIT_APPEARANCE = "edit appearance"
    DELETE_APPEARANCE = "delete appearance"
    ADD_ACTOR = "add actor"
    EDIT_ACTOR = "edit actor"
    DELETE_ACTOR = "delete actor"
    ADD_SOURCE = "add source"
    EDIT_SOURCE = "edit source"
    DELETE_SOURCE = "delete source"
    EDIT_CITATION = "edit citation"
    DELETE_CITATION = "delete citation"
    ADD_ATTACHMENT = "add attachment"
    EDIT_ATTACHMENT = "edit attachment"
    DELETE_ATTACHMENT = "delete attachment"
    RECORD_COLLECTION = "record collection"
    RETOUCH_ATTACHMENT = "retouch attachment"
    VERIFY_ATTACHMENTS = "verify attachments"
    EXPORT_ATTACHMENTS = "export attachments"
    HAND_OVER = "hand over"
    RECEIVE = "receive"
    ERASE_ATTACHMENT = "erase attachment"
    ADD_EVENT = "add event"
    EDIT_EVENT = "edit event"
    DELETE_EVENT = "delete event"
    MARK_PASSAGE = "mark passage"
    UNMARK_PASSAGE = "unmark passage"
    ADD_ATTRIBUTE = "add attribute"
    EDIT_ATTRIBUTE = "edit attribute"
    DELETE_ATTRIBUTE = "delete attribute"
    JOIN_ACTORS = "join actors"
    PART_ACTORS = "part actors"
    GIVE_VERDICT = "give verdict"
    WITHDRAW_VERDICT = "withdraw verdict"
    EDIT_SCALE = "edit scale"
    TAG_CASE = "tag case"
    UNTAG_CASE = "untag case"
    ADD_NOTE = "add note"
    EDIT_NOTE = "edit note"
    DELETE_NOTE = "delete note"
    ADD_TASK = "add task"
    EDIT_TASK = "edit task"
    DELETE_TASK = "delete task"
    LINK_CASES = "link cases"
    UNLINK_CASES = "unlink cases"
    TAKE_IN = "take in"
    RESOLVE_CONFLICT = "resolve conflict"
    UNDO = "undo"
    REDO = "redo"

    @property
    def undoable(self) -> bool:
        """Whether undo may take it back; verdicts are withdrawn instead, and what happened to bytes has happened."""
        return self not in _FOR_GOOD


_FOR_GOOD = (
    Op.FOUND_CASEBOOK,
    Op.GIVE_VERDICT,
    Op.WITHDRAW_VERDICT,
    Op.VERIFY_ATTACHMENTS,
    Op.EXPORT_ATTACHMENTS,
    Op.HAND_OVER,
    Op.RECEIVE,
    Op.ERASE_ATTACHMENT,
    Op.UNDO,
    Op.REDO,
)
