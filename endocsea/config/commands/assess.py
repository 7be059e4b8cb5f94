"""``endocsea assess``: hold any values against any tree, by the method; and the questions beside it.

It needs no data folder. What a question does is in ``endocsea.config.assess``, a module each.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "assess",
        help="levels, bounds and intervals for any CSV of values",
        description="Calculates the level of every unit on every node of a tree. Values: unit, indicator, value "
        "(empty: unknown; NA: not applicable) and, if you have it, confidence. Tree: code, parent, weight.",
    )
    parser.add_argument("--values", type=Path, metavar="CSV", help="the values")
    parser.add_argument("--tree", type=Path, metavar="CSV", help="how indicators are grouped")
    parser.add_argument(
        "--method", type=Path, metavar="YAML", help="the method (default: the programme's own)"
    )
    parser.add_argument("--replicates", type=int, metavar="N", help="draw N replicates, for intervals")
    parser.add_argument(
        "--seed", type=int, metavar="N", help="the seed of what is drawn (default: the method's)"
    )
    parser.add_argument(
        "--sensitivity", action="store_true", help="what drives the doubt about each level (Sobol indices)"
    )
    parser.add_argument("--questions", action="store_true", help="which unanswered questions to ask first")
    _results(parser, required=False)
    parser.set_defaults(run=lambda args: _levels(parser, args))
    questions = parser.add_subparsers(title="other questions", metavar="QUESTION")
    for add_question in QUESTIONS:
        add_question(questions)


def _levels(parser: argparse.ArgumentParser, args: argparse.Namespace) -> int:
    # beside other questions these cannot be required by the parser itself
    missing = [f"--{name}" for name in ("values", "tree", "out") if getattr(args, name) is None]
    if missing:
        parser.error(f"the following arguments are required: {', '.join(missing)}")
    return _run("levels", args)


def _run(question: str, args: argparse.Namespace) -> int:
    # imported when asked for: the library takes a moment that `--help` should not
    return int(import_module(f"endocsea.config.assess.{question}").run(args))


def _results(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "--out", type=Path, required=required, metavar="DIR", help="where to write the results"
    )
    parser.add_argument("--json", action="store_true", help="print the results as JSON too")


def _agreement(questions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = questions.add_parser(
        "agreement",
        help="how far reviewers agree, and on what they differ most",
        description="Krippendorff's alpha with a bootstrap interval: over all, by capability and theme, by pair "
        "of reviewers. Ratings: unit, indicator, reviewer, value (empty or NA: no rating) and, if you have "
        "them, capability and theme.",
    )
    parser.add_argument("ratings", type=Path, metavar="RATINGS.csv", help="who gave what")
    parser.add_argument(
        "--metric",
        choices=("ordinal", "nominal", "interval"),
        default="ordinal",
        help="how far two values lie apart (default: ordinal, for levels; nominal is for words)",
    )
    parser.add_argument(
        "--resamples", type=int, default=2000, metavar="N", help="for the intervals (default: 2000)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="the seed of the resamples")
    _results(parser)
    parser.set_defaults(run=lambda args: _run("agreement", args))


def _change(questions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = questions.add_parser(
        "change",
        help="what changed from one round to the next, and how sure that is",
        description="Compares two files of values on what was answered in both: better, worse, no clear change, "
        "or cannot tell. Changes that come from newly answered questions are shown apart.",
    )
    parser.add_argument("before", type=Path, metavar="BEFORE.csv", help="the values of the earlier round")
    parser.add_argument("after", type=Path, metavar="AFTER.csv", help="the values of the later round")
    parser.add_argument(
        "--tree", type=Path, required=True, metavar="CSV", help="how the later round's indicators are grouped"
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="CSV", help="before, after: indicators that mean the same in both"
    )
    parser.add_argument(
        "--method", type=Path, metavar="YAML", help="the method (default: the programme's own)"
    )
    parser.add_argument(
        "--replicates", type=int, metavar="N", help="draw N replicates (default: the method's)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="the seed (default: the method's)")
    _results(parser)
    parser.set_defaults(run=lambda args: _run("change", args))


def _portfolio(questions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = questions.add_parser(
        "portfolio",
        help="which activities close the most weighted gap within a budget",
        description="Proposes activities that together close the most weighted gap within a budget, floors and "
        "capacity, and says what more and less money would close. It proposes; people decide. Candidates: "
        "code, cost and, if you have them, name, component, start, load, needs, excludes.",
    )
    parser.add_argument("candidates", type=Path, metavar="CANDIDATES.csv", help="what may be chosen")
    parser.add_argument(
        "--effects",
        type=Path,
        required=True,
        metavar="CSV",
        help="what each should move: candidate, unit, indicator, gain, chance",
    )
    parser.add_argument(
        "--gaps",
        type=Path,
        required=True,
        metavar="CSV",
        help="what is missing: unit, indicator, gap (empty: unknown) and, if you have it, weight",
    )
    parser.add_argument(
        "--floors", type=Path, metavar="CSV", help="kind (unit or component), code, least money"
    )
    parser.add_argument("--capacity", type=Path, metavar="CSV", help="quarter (2021-Q3), capacity")
    parser.add_argument("--budget", required=True, metavar="N", help="the money there is")
    parser.add_argument(
        "--points", type=int, default=12, metavar="N", help="budgets on the frontier (default: 12)"
    )
    _results(parser)
    parser.set_defaults(run=lambda args: _run("portfolio", args))


def _disclosure(questions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = questions.add_parser(
        "disclosure",
        help="a table of counts of persons, with what must not be public hidden in it",
        description="Hides small counts, and further ones until none can be worked out from totals or from the "
        "last published version, and says what an outsider could still infer. Table: one to three columns of "
        "categories (the word total stands for all of them), and count.",
    )
    parser.add_argument(
        "table", type=Path, metavar="TABLE.csv", help="the counts, with the totals to publish"
    )
    parser.add_argument(
        "--threshold", type=int, default=5, metavar="N", help="hide counts below N (default, and least: 5)"
    )
    parser.add_argument(
        "--participants", action="store_true", help="it counts participants: small groups get no breakdown"
    )
    parser.add_argument(
        "--one-authority", action="store_true", help="only one authority reports: hide zeros too"
    )
    parser.add_argument(
        "--previous", type=Path, metavar="PREVIOUS.csv", help="the last published version: its table.csv"
    )
    _results(parser)
    parser.set_defaults(run=lambda args: _run("disclosure", args))


# a function for each further question, that adds its parser
QUESTIONS: tuple[Callable[[argparse._SubParsersAction[argparse.ArgumentParser]], None], ...] = (
    _change,
    _agreement,
    _portfolio,
    _disclosure,
)
