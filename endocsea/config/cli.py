"""The command line. Each command is a module of ``commands``; nothing heavy is imported before it runs."""

from __future__ import annotations

import argparse
import sys
import traceback
from pathlib import Path

from endocsea.config.commands import assess, check, content, importing, people, remind, replies, report, up
from endocsea.support.refusals import Refusal


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns 0, or 2 for bad input with one clear sentence, or 1 for our own mistake."""
    parser = argparse.ArgumentParser(
        prog="endocsea",
        description="Runs a programme against online child sexual exploitation and abuse, from standards to results.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (up, content, importing, people, remind, report, assess, check):
        command.add(commands)
    replies.add_export(commands)
    args = parser.parse_args(argv)
    try:
        return int(args.run(args))
    except Refusal as refusal:
        print(f"endocsea: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nendocsea: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # a person gets a sentence; the trace goes where a developer finds it
        note = _keep_trace(getattr(args, "data", None))
        print(f"endocsea: something happened that we did not foresee ({error}). {note}", file=sys.stderr)
        return 1


def _keep_trace(chosen: str | None) -> str:
    from endocsea.config import data

    file = Path(data.folder(chosen)) / "log" / "unforeseen.txt"
    try:
        with data.for_the_owner_only():  # a trace may quote what somebody wrote
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(traceback.format_exc())
    except OSError:
        return "Its details could not be written down."
    return f"Please send us its details: {file}"
