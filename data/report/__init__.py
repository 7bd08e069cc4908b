"""The report: a comparison as one HTML page with its pictures, readable without any network.

No script, no font, no picture from elsewhere: styles and SVG stand inside, everything that is said
is escaped, and a policy in the page forbids the rest. It prints on A4, landscape.
"""

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from data.report.page import PageMaker
from planner.boards.roster import tone
from planner.compare import Comparison
from planner.comparison_words import search_sentences
from planner.kpis.contract import Outcome
from planner.study import BASE
from planner.words import say

TEMPLATES = Path(__file__).parent / "templates"


def write_report(
    path: Path,
    comparison: Comparison,
    outcomes: Mapping[str, Outcome],
    lang: str,
    *,
    title: str = "",
    names: Mapping[str, str] | None = None,
    made: dt.date | None = None,
) -> None:
    """Write a comparison as one HTML file, in place of what was there, whole or not at all.

    `outcomes` are those compared, by the same names; one alone makes the report of a plan. `names`
    are words for scenarios where their own will not do (the base is "Base"), `made` the date of the
    report (today). Plans out of date are marked as `comparison.stale` and `comparison.reasons` say.

    Raises:
        OSError: the file cannot be written.
    """
    page = report_page(comparison, outcomes, lang, title=title, names=names, made=made)
    with beside(path) as fresh:
        fresh.write_text(page, encoding="utf-8", newline="\n")


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a file to write to, which takes the place of another one when it is whole."""
    fresh = path.with_name(f".~{path.name}.{os.getpid()}")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def report_page(
    comparison: Comparison,
    outcomes: Mapping[str, Outcome],
    lang: str,
    *,
    title: str = "",
    names: Mapping[str, str] | None = None,
    made: dt.date | None = None,
) -> str:
    """Give the page as text."""
    shown = {BASE: say("report.base", lang), **(names or {})}
    maker = PageMaker(comparison, outcomes, lang, shown)
    problem = outcomes[comparison.reference].problem
    horizon = problem.horizon
    rows = tuple(maker.indicators())
    several = len(comparison.scenarios) > 1
    made = dt.datetime.now(dt.UTC).astimezone().date() if made is None else made
    heading = say("report.title" if several else "report.title_one", lang)
    subtitle = (
        say("report.period", lang, first=horizon.date(0), last=horizon.date(horizon.last)),
        say("report.as_of", lang, day=problem.as_of),
        say("report.made", lang, day=made),
    )
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            lang=lang,
            title=title or heading,
            heading=heading,
            subtitle=subtitle,
            several=several,
            searched=[*search_sentences(comparison, lang, shown)],
            rows=rows,
            equal=sum(row.same for row in rows),
            scenarios=tuple(maker.scenarios()),
            say=lambda message, **facts: say(message, lang, **facts),
            tone=tone,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
