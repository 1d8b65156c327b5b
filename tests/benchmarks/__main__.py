"""All benchmarks in one run. `--cases N` for another size than 100,000."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import (
    attaching,
    corpus,
    dossier,
    ingesting,
    likeness,
    listing,
    merging,
    pdf_text,
    saving,
    scrolling,
    seeing,
    starting,
)


def main() -> None:
    """Build the casebooks, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--cases", type=int, default=100_000)
    number = parser.parse_args().cases
    with TemporaryDirectory(prefix="claimdesk-bench-") as name:
        folder = Path(name)
        os.environ["CLAIMDESK_HOME"] = str(folder / "home")
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        small, large = folder / "small.casebook", folder / "large.casebook"
        print(f"building casebooks of 100 and {number:,} cases", flush=True)
        corpus.build(small, 100)
        corpus.build(large, number)
        starting.main(small, large)
        listing.main(large)
        likeness.main(large)
        saving.main(large, folder)
        attaching.main(folder)
        ingesting.main(folder)
        scrolling.main(folder)
        seeing.main(folder)
        merging.main(large, folder)
        pdf_text.main()
        dossier.main()


if __name__ == "__main__":
    main()
