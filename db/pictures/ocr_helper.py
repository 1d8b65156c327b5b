"""What Claimdesk asks of the program `tesseract`, done by the library `tesserocr`: python -m db.pictures.ocr_helper."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence


def main(words: Sequence[str]) -> int:
    """Do what the program does with these words."""
    import tesserocr  # noqa: PLC0415 (may be missing: then nobody starts this)

    parser = ArgumentParser()
    parser.add_argument("picture", nargs="?")
    parser.add_argument("output", nargs="?")
    parser.add_argument("--tessdata-dir", default="")
    parser.add_argument("-l", dest="languages", default="eng")
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--list-langs", action="store_true")
    given = parser.parse_args(words)
    if given.version:
        _say(f"tesseract {tesserocr.tesseract_version().split()[1]}")
    elif given.list_langs:
        _say("\n".join(tesserocr.get_languages(given.tessdata_dir)[1] if given.tessdata_dir else ()))
    else:
        with tesserocr.PyTessBaseAPI(path=given.tessdata_dir, lang=given.languages) as reader:
            reader.SetImageFile(given.picture)
            _say(reader.GetUTF8Text())
    return 0


def _say(text: str) -> None:
    sys.stdout.buffer.write(text.encode() + b"\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
