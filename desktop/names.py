"""Names for files that are written out: safe on every system, whatever somebody called the thing."""

from __future__ import annotations

import re
import unicodedata

_MOST_BYTES = 180
_LONGEST_SUFFIX = 16
_JOINERS = "\u200c\u200d"  # Persian, Urdu and emoji need them
_RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)


def safe_name(name: str, otherwise: str = "attachment") -> str:
    """A file name without a path, controls, reserved words or characters, and no longer than any system takes.

    Sources: Microsoft "Naming Files, Paths, and Namespaces"; Unicode TR 36 on bidirectional controls.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(c for c in last if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    plain = re.sub(r'[<>:"|?*]', "_", plain)
    plain = " ".join(plain.split()).strip(" .").lstrip("-~")
    plain = _shortened(plain).strip(" .") or otherwise
    return f"_{plain}" if _RESERVED.match(plain) else plain


def _shortened(name: str) -> str:
    """The beginning and the suffix of a name, in at most `_MOST_BYTES` of UTF-8."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = _MOST_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + suffix
