"""The command `claimdesk`: opens the window, or does one thing in the terminal. No Qt in here."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from db.errors import Ambiguous, CasebookError, FileError, Missing, NotFound
from desktop import wording
from desktop.commands import arguments
from desktop.commands.terminal import Exit, bar, complain, say, speak_utf8


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or the window where none is named; returns the exit code."""
    speak_utf8()
    typed = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(typed)
    except SystemExit as stop:  # argparse has said what is wrong, or has printed the help
        return int(stop.code or 0)
    except KeyboardInterrupt:
        complain("Stopped. What was saved before is as it was.")
        return Exit.STOPPED
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except CasebookError as error:
        complain(str(wording.explain(error)))
        return _code(error)


def _run(typed: Sequence[str]) -> int:
    if typed and (typed[0] in arguments.NAMES or typed[0] in ("-h", "--help")):
        args = arguments.for_commands().parse_args(typed)
        done: int = args.run(args)
        sys.stdout.flush()
        return done
    args = arguments.for_window().parse_args(typed)
    if args.version:
        from importlib import metadata  # noqa: PLC0415 (the window does not wait for it)

        say(f"claimdesk {metadata.version('claimdesk')}")
        return Exit.DONE
    return _demonstrate() if args.demonstration else _window(args.file)


def _window(file: Path | None) -> int:
    if file and not file.exists():
        if file.name == str(file) and not file.suffix:
            arguments.for_window().error(f"“{file}” is neither a command nor a file")
        raise Missing(file)
    run: Callable[[Path | None], int] = importlib.import_module("desktop.app").run  # only here is Qt wanted
    return run(file)


def _demonstrate() -> int:
    """Make the demonstration and its dossier, say where they are, and show them where there is a screen."""
    from desktop import demonstration  # noqa: PLC0415 (the window does not wait for it)

    casebook = demonstration.fresh(bar())
    say(f"Casebook: {casebook}")
    say(f"Dossier:  {demonstration.print_dossier(casebook, bar())}")
    if not _has_display():
        say("There is no display here, so no window was opened.")
        return Exit.DONE
    return _window(casebook)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _code(error: CasebookError) -> Exit:
    if isinstance(error, FileError):
        return Exit.REFUSED
    return Exit.NOT_FOUND if isinstance(error, NotFound | Ambiguous) else Exit.USAGE
