"""Pages of the roster board as SVG: one row a person, one group of class `duty` a duty."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from data.report.shapes import badge, box, dot, drawing, fitting, group, line, path, text
from planner.boards.roster import Cell, CoverRow, RosterBoard, Row, Run, away_code, away_words, tone
from planner.problem import Problem
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import MINUS, number, say
from planner.words import day as write_day

WIDTH: Final = 1040
NAMES, HOURS, BALANCE = 96, 46, 46
LEFT: Final = NAMES + HOURS + BALANCE
HEAD: Final = 26
ROW: Final = 15
FIRST_ROWS, PAGE_ROWS = 37, 42
"""Rows that a landscape page of A4 has room for: below the heading and the legend, and alone."""


class RosterDrawing:
    """Draws the pages of a roster board."""

    def __init__(self, problem: Problem, board: RosterBoard, lang: str) -> None:
        self.problem = problem
        self.board = board
        self.lang = lang
        self.width = (WIDTH - LEFT) / max(1, len(board.days))

    def pages(self) -> Iterator[Markup]:
        """Give the pages: the cover rows, then the people, teams in the order of the problem."""
        rows = self.board.rows
        cover = self.board.cover
        room = max(8, FIRST_ROWS - len(cover))
        starts = [0, *range(room, len(rows), PAGE_ROWS)]
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            yield self._page(rows[start:end], cover if start == 0 else ())

    def _page(self, rows: Sequence[Row], cover: Sequence[CoverRow]) -> Markup:
        height = HEAD + ROW * (len(rows) + len(cover)) + (6 if cover else 0) + 1
        label = say("report.roster", self.lang)
        return drawing(WIDTH, height, "roster", label, self._shapes(rows, cover, height))

    def _shapes(
        self, rows: Sequence[Row], cover: Sequence[CoverRow], height: float
    ) -> Iterator[Markup]:
        yield box(0, 0, WIDTH, height, "paper")
        yield from self._columns(height)
        y = float(HEAD)
        for each in cover:
            yield from self._cover(each, y)
            y += ROW
        if cover:
            y += 6
        team = None
        for row in rows:
            heavy = team is not None and (row.person.role, row.person.team) != team
            yield line(0, y, WIDTH, y, "team" if heavy else "grid")
            team = (row.person.role, row.person.team)
            yield from self._row(row, y)
            y += ROW
        yield line(0, y, WIDTH, y, "rule")

    def x(self, day: int) -> float:
        """Give where a day begins."""
        return LEFT + day * self.width

    def _columns(self, height: float) -> Iterator[Markup]:
        horizon = self.problem.horizon
        for name, x in (("person", 4), ("hours", NAMES + HOURS - 4), ("balance", LEFT - 4)):
            look = "head" if name == "person" else "head right"
            yield text(x, HEAD - 6, say(f"board.{name}", self.lang), look)
        for day in self.board.days:
            if day in self.board.off:
                yield box(self.x(day), 0, self.width, height, "weekend")
            weekday = horizon.weekday(day)
            if weekday == 0:
                yield line(self.x(day), 0, self.x(day), height, "week")
            middle = self.x(day) + self.width / 2
            yield text(middle, 9, say(f"board.weekday.{weekday}", self.lang), "axis")
            yield text(middle, HEAD - 6, str(horizon.date(day).day), "axis strong")

    def _cover(self, row: CoverRow, y: float) -> Iterator[Markup]:
        yield line(0, y, WIDTH, y, "grid")
        yield text(4, y + 10.5, fitting(LEFT - 8, 8, row.label) or row.label[:24], "post")
        for day, cover in sorted(row.days.items()):
            if day not in self.board.days:
                continue
            need, middle = cover.need, self.x(day) + self.width / 2
            needed = max(need.least, need.best)
            title = say("board.there", self.lang, there=cover.there, needed=need.least)
            if cover.there < need.least:
                shapes = [
                    box(self.x(day) + 1, y + 1.5, self.width - 2, ROW - 3, "short", 2),
                    text(middle, y + 10.8, f"{MINUS}{need.least - cover.there}", "shortage"),
                ]
            elif cover.there > needed:
                shapes = [text(middle, y + 10.8, f"+{cover.there - needed}", "surplus")]
            else:
                shapes = [text(middle, y + 10.8, str(cover.there), "met")]
            yield group("cover", title, shapes)

    def _row(self, row: Row, y: float) -> Iterator[Markup]:
        hours, balance = row.minutes / 60, (row.minutes - row.due) / 60
        yield text(
            4, y + 10.5, fitting(NAMES - 18, 8, row.person.id) or row.person.id[:16], "person"
        )
        if row.sign:
            told = "\n".join(self._said(row.breaches))
            yield group("mark", told, [badge(NAMES - 4, y + 7.5, row.sign)])
        yield text(NAMES + HOURS - 4, y + 10.5, number(hours, self.lang), "figure")
        look = "figure far" if abs(balance) >= 10 else "figure"
        signed = f"+{number(balance, self.lang)}" if balance > 0 else number(balance, self.lang)
        yield text(LEFT - 4, y + 10.5, signed, look)
        for cell in row.cells:
            yield from self._cell(row, cell, y)
        for run in row.runs:
            yield self._run(run, y)

    def _cell(self, row: Row, cell: Cell, y: float) -> Iterator[Markup]:
        x, width = self.x(cell.day) + 1, self.width - 2
        if cell.away is not None:
            short = away_code(cell.away)
            shapes = [
                box(x, y + 1.5, width, ROW - 3, "away", 2),
                box(x, y + 1.5, width, ROW - 3, "stripes", 2),
            ]
            if not cell.shifts:
                shapes.append(text(x + width / 2, y + 10.8, short, "reason"))
            yield group("absence", away_words(cell.away, self.lang), shapes)
        part = width / max(1, len(cell.shifts))
        date = self.problem.horizon.date(cell.day)
        for place, shift in enumerate(cell.shifts):
            left = x + place * part
            words = fitting(part + 2, 8, shift.id) or shift.id[:1]
            yield group(
                f"duty {tone(shift)}",
                self._told(row, cell, shift.name or shift.id),
                [
                    box(left, y + 1.5, part, ROW - 3, "tile", 2),
                    text(left + part / 2, y + 10.8, words, "letter"),
                ],
                person=str(row.person.id),
                day=date.isoformat(),
                shift=str(shift.id),
            )
        if cell.before is not None:
            yield path(f"M{x + width:.5g} {y + 1.5:.5g}h-5l5 5z", "corner")
        if cell.wish:
            yield dot(x + 2, y + 3.4, 1.7, f"wish {cell.wish}")

    def _told(self, row: Row, cell: Cell, shift: str) -> str:
        if cell.before is None:
            return ""
        date = write_day(self.problem.horizon.date(cell.day), self.lang, "short")
        told = f"{row.person.id} · {date} · {shift}"
        before = "+".join(cell.before) or say("board.off", self.lang)
        return f"{told} · {say('board.before', self.lang, shifts=before)}"

    def _run(self, run: Run, y: float) -> Markup:
        first, last = run.first, min(run.last, self.board.days.stop - 1)
        left, right = self.x(first), self.x(last + 1)
        frame = box(left + 0.5, y + 1, right - left - 1, ROW - 2, f"frame {run.sign}", 2)
        told = "\n".join(self._said(run.breaches))
        return group("mark", told, [frame, badge(right - 2, y + 3, run.sign)])

    def _said(self, breaches: Sequence[Judged]) -> Iterator[str]:
        for each in breaches:
            yield breach_sentence(self.problem, each.rule, each.breach, self.lang)
