"""The helper process: reads one document that lies in its folder, and answers over standard output.

A document that makes a library crash, hang or eat memory takes this process with it and nothing else.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from db import reading
from db.reading.confine import confine
from db.reading.found import Read, State
from db.reading.frame import pack

DOCUMENT = Path("document")


def main(order: str, out: BinaryIO) -> int:
    """Do one thing with the document and answer."""
    confine(DOCUMENT.absolute())
    head, body = _done(json.loads(order))
    out.write(pack(json.dumps(head).encode(), body))
    out.flush()
    return 0


def _done(order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the document answers to an order; crafted bytes raise anything at all."""
    try:
        return _do(order)
    except MemoryError:
        return asdict(Read(State.TOO_LARGE)), b""
    except Exception:  # noqa: BLE001
        return asdict(Read(State.BROKEN)), b""


def _do(order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if order["do"] == "read":
        return asdict(reading.read(DOCUMENT)), b""
    if order["do"] == "unpack":
        state, content = reading.unpack(DOCUMENT, order["number"])
        return {"state": state}, content
    from db.reading import pdf  # noqa: PLC0415 (only who wants a page drawn)

    state, pixels = pdf.draw(DOCUMENT, order["number"], order["wide"])
    if pixels is None:
        return {"state": state}, b""
    return {"state": state, "width": pixels.width, "height": pixels.height}, pixels.rgb


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.stdout.buffer))
