"""Breaks the merge on purpose, one way after another, and tells which of the tests notices.

    python -m tests.db.mutants [EXAMPLES]

Each break is made in a copy of the tree. Exits with 1 when one of them is not caught.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
TESTS = ("tests/db/test_merge.py", "tests/db/test_merge_properties.py")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way to break it: in `file`, `old` becomes `new`."""

    name: str
    file: str
    old: str
    new: str


MUTANTS = (
    Mutant(
        "the later clock wins and nobody is told",
        "db/project.py",
        "        if len(standing) > 1 and len({canonical(known[i][name]) for i in standing}) > 1:",
        "        if False:",
    ),
    Mutant(
        "the earlier row wins, as when rows are matched by what is there",
        "db/merge.py",
        "        touched = projection.reproject(writer, things, Share(steps, 10, 60))",
        """        old = {t for (t,) in writer.select("SELECT thing FROM head")}
        touched = projection.reproject(writer, [t for t in things if t not in old], Share(steps, 10, 60))""",
    ),
    Mutant(
        "a deletion hides an edit it has not seen",
        "db/project.py",
        "        len(deletions) == len(last),",
        "        bool(deletions),",
    ),
    Mutant(
        "a deletion beside an edit is forgotten",
        "db/project.py",
        "    if deletions and len(deletions) < len(last):",
        "    if False:",
    ),
    Mutant(
        "bytes do not come along", "db/merge.py", "        _take_blobs(writer, unknown=", "        _nothing(unknown="
    ),
    Mutant(
        "what is drawn from the tables is not drawn anew",
        "db/merge.py",
        "        derived.refresh(writer, touched, Share(steps, 60, 100), shown)",
        "        pass",
    ),
    Mutant(
        "two lines of one chain are taken for one",
        "db/sieve.py",
        "            if [found for (found,) in here] == [bytes.fromhex(op)]:",
        "            if True:",
    ),
    Mutant(
        "a fork is not seen",
        "db/merge.py",
        "        forked = forked or bool(others) or linked is False",
        "        forked = False",
    ),
    Mutant(
        "what lies beyond a gap is left out",
        "db/sieve.py",
        "                yield number, *row",
        "                if row[1] <= chain[3]:\n                    yield number, *row",
    ),
    Mutant(
        "an edit that saw both ends no conflict",
        "db/change.py",
        "tuple(row[0] for row in heads), generation, body)",
        "tuple(row[0] for row in heads[:1]), generation, body)",
    ),
    Mutant(
        "an old conflict stays in its table",
        "db/projection.py",
        '    for table in ("head", "conflict"):\n        writer.execute_rows',
        '    for table in ("head",):\n        writer.execute_rows',
    ),
    Mutant(
        "a desk goes on with a chain that another has continued",
        "db/casebook.py",
        '        self._chain = ""\n        if self._record:\n            self._record.close()\n            self._record = None\n'
        "        self._resume()\n        self._publish(notice)",
        "        self._publish(notice)",
    ),
    Mutant(
        "a verdict takes the place of one it has not seen",
        "db/verdicts.py",
        "WHERE n.case_id = v.case_id AND e.value = v.id",
        "WHERE n.case_id = v.case_id AND n.id > v.id",
    ),
)


def caught(mutant: Mutant, examples: int) -> str:
    """The first test that fails with this break; empty where none does."""
    with TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "resources", "__pycache__"))
        file = tree / mutant.file
        text = file.read_text("utf-8")
        assert text.count(mutant.old) == 1, f"{mutant.name}: {mutant.file} has changed"
        file.write_text(text.replace(mutant.old, mutant.new), "utf-8")
        if "_nothing(" in mutant.new:
            file.write_text(file.read_text("utf-8") + "\n\ndef _nothing(**_: object) -> None:\n    pass\n", "utf-8")
        environment = {**os.environ, "MERGE_EXAMPLES": str(examples), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--timeout=0", *TESTS]
        run = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].partition(" - ")[0].rpartition("::")[2] if run.returncode and failed else ""


def main() -> int:
    """Try every break."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    missed = 0
    for mutant in MUTANTS:
        test = caught(mutant, examples)
        missed += not test
        print(f"{'caught' if test else 'MISSED'}  {mutant.name}  [{test}]", flush=True)
    print(f"{len(MUTANTS) - missed} of {len(MUTANTS)} caught")
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
