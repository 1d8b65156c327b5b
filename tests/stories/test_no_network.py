"""The whole session without a socket: the program never opens a network connection, and could not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="sockets are counted in /proc")
def test_a_whole_session_opens_no_socket(tmp_path: Path) -> None:
    wire = tmp_path / "wire"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += [
        "-p",
        "tests.stories.wire",
        "tests/stories/test_first_verdict.py",
        "tests/stories/test_documents.py::test_a_mail_with_a_letter",
        "tests/stories/test_finding.py::test_a_hit_that_was_deleted_is_found_no_longer",
    ]
    environment = os.environ | {"CLAIMDESK_WIRE": str(wire), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert wire.read_text() == ""
