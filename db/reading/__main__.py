"""The helper process: reads one document that lies in its folder, and answers over standard output.

A document that makes a library crash, hang or eat memory takes this process with it and nothing else.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

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


def _done(order: dict[str, object]) -> tuple[dict[str, object], bytes]:
    try:
        match order["do"]:
            case "read":
                return asdict(reading.read(DOCUMENT)), b""
    except MemoryError:
        return asdict(Read(State.TOO_LARGE)), b""
    except Exception:  # noqa: BLE001 (crafted bytes raise anything at all)
        return asdict(Read(State.BROKEN)), b""
    return {}, b""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.stdout.buffer))
