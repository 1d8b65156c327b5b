"""The words for how a file was got, and for what it says of itself. No Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType

from db import collecting
from db.collecting import ASKED, Record, Tool
from db.kinds import Kind
from db.pictures import metadata
from db.pictures.metadata import Doubt, Metadata, Preview
from desktop import wording


class Reason(StrEnum):
    """Why something is missing from a collection record, as it is kept; one's own words may stand there too."""

    NOT_RECORDED = "not recorded then"
    NOT_VISIBLE = "not visible"
    UNSAFE = "unsafe to record"
    NOT_APPLICABLE = "not applicable"
    NOT_KNOWN = "not known to the program"


_DOUBTS: Mapping[Doubt, str] = MappingProxyType(
    {
        Doubt.PLACE: "It names a place. Whoever gets this file can read where it was taken.",
        Doubt.TIME: "Its time is not that of the capture.",
        Doubt.EDITED: "A program that edits or makes pictures has written it.",
        Doubt.PREVIEW: "The small picture inside it shows something else than the picture itself.",
    }
)
_PREVIEWS: Mapping[Preview, str] = MappingProxyType(
    {
        Preview.NONE: "",
        Preview.SAME: "shows the same",
        Preview.DIFFERS: "shows something else",
        Preview.UNCLEAR: "cannot be compared",
    }
)
_TURNED = ("", "upright", "mirrored", "upside down", "upside down, mirrored", "mirrored, to be turned right",
    "to be turned right", "mirrored, to be turned left", "to be turned left")  # fmt: skip


def this_tool(moment: datetime) -> Tool:
    """This program, as the tool that takes something in now: its name with its version, and its clock."""
    try:
        name = f"Claimdesk {version('claimdesk')}"
    except PackageNotFoundError:
        name = "Claimdesk"
    offset = moment.astimezone().strftime("%z")
    return Tool(name, f"this computer, UTC{offset[:3]}:{offset[3:5]}, not checked against another clock")


def completeness(record: Record | None) -> str:
    """How complete a collection record is, in one line."""
    if record is None:
        return f"0 of {len(ASKED)}; {len(ASKED)} open"
    gaps, explained = len(collecting.gaps(record)), len(record.explained)
    parts = [f"{explained} explained"] if explained else []
    parts += [f"{gaps} open"] if gaps else []
    return f"{record.said} of {len(ASKED)}" + (f"; {', '.join(parts)}" if parts else "")


def hint(record: Record | None) -> str:
    """What the file itself told when it came in: offered, not claimed."""
    if record is None:
        return ""
    told = (
        f"The file says that it was last changed on {wording.when(record.file_time)}." if record.file_time else "",
        f"The file itself came from {record.file_url}" if record.file_url else "",
    )
    return "\n".join(line for line in told if line)


def field(name: str) -> str:
    """What a field of a collection record is called."""
    return wording.field(Kind.COLLECTION, name)


def facts(found: Metadata) -> tuple[tuple[str, str], ...]:
    """What a picture says of itself, as labels with words."""
    offset = f"UTC{found.offset}" if found.offset else "by a clock that says no offset from UTC"
    place = ", ".join(part for part in (found.place, f"altitude {found.altitude}" if found.altitude else "") if part)
    told = (
        ("Camera", found.camera),
        ("Program", found.software),
        ("Time", f"{found.taken_at}, {offset}" if found.taken_at else ""),
        ("Place", place),
        ("Orientation", _TURNED[found.orientation]),
        ("Stored pixels", f"{found.width} × {found.height}" if found.width and found.orientation > 4 else ""),
        ("Color profile", found.profile),
        ("Small picture inside", _PREVIEWS[found.preview]),
        *found.texts,
    )
    return tuple((label, words) for label, words in told if words)


def warnings(found: Metadata, captured_on: str) -> tuple[str, ...]:
    """What is to be thought about before a picture is believed, or handed on."""
    return tuple(_DOUBTS[doubt] for doubt in metadata.doubts(found, captured_on))
