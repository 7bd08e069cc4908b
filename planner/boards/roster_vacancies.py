"""The vacancies of a roster board: what its cover rows are short of, day by day."""

from collections.abc import Iterable

from planner.boards.roster_parts import CoverRow
from planner.vacancies import Vacancy


def vacancies(posts: Iterable[CoverRow], since: int = 0) -> tuple[Vacancy, ...]:
    """Give the requirements that are short from a day on, the first days first."""
    found = [
        Vacancy(post.label, cover.need, -cover.off)
        for post in posts
        for day, cover in post.days.items()
        if cover.state == "short" and day >= since
    ]
    return tuple(sorted(found, key=lambda each: (each.need.day, each.label, each.need.id)))
