"""Rows about questionnaires in the making."""

from __future__ import annotations

from collections.abc import Iterator

from endocsea.questionnaires.policies import may_make

from .table import Row, done_by, seen_by


def rows_of_questionnaires() -> Iterator[Row]:
    """What is asked, before and after a round uses it."""
    one = "workspace/questionnaires/<slug:code>/<int:number>/"
    for what, routes in (
        ("Questionnaires and their versions", ("workspace/questionnaires/",)),
        (
            "The forms that make a questionnaire",
            ("workspace/questionnaires/build/", "workspace/questionnaires/import/"),
        ),
        ("A version of a questionnaire, and as a workbook", (one, f"{one}form.xlsx")),
        ("A question of a version", (f"{one}item/<path:path>/",)),
        (
            "What is different between two versions",
            ("workspace/questionnaires/<slug:code>/compare/<int:one>/<int:two>/",),
        ),
        ("A version as those who answer will see it", (f"{one}preview/",)),
        (
            "The languages of a version, and its texts to translate",
            (
                f"{one}languages/",
                f"{one}languages/workbook.xlsx",
                f"{one}languages/<slug:language>.xlsx",
            ),
        ),
    ):
        yield Row(what, routes, seen_by(may_make))
    for what, route in (
        ("Build a questionnaire from a benchmark", "workspace/questionnaires/build/"),
        ("Take in a questionnaire from a workbook", "workspace/questionnaires/import/take/"),
        ("Change the order of a version, or add a section", f"{one}edit/"),
        ("Word a question anew, move it, take it out", f"{one}item/<path:path>/"),
        ("Make the next version", f"{one}next/"),
        ("Take translations", f"{one}languages/take/"),
    ):
        yield Row(what, (route,), done_by(may_make), method="POST")
