"""The staff of the teaching hospital: 400 people in teams by suite (domain reference 8.2)."""

from typing import Final, NamedTuple

from data.demo.chu_grid import CENTRAL, DAY, HEAD, MOTHER
from data.demo.past import Line, read_lines
from data.demo.people import Group
from data.demo.theatre_staff import Crew, Post, emergency
from planner import demand


class _Suite(NamedTuple):
    """Heads of a suite by role, emergency teams of two nurses, posts of its recovery room."""

    name: str
    code: str
    ibode: int
    ide: int
    iade: int
    assistants: int
    recovery: int
    teams: int
    recovery_posts: int

    @property
    def skill(self) -> str:
        """The last part of the skills that count in this suite."""
        return self.code.lower()


_SUITES: Final = (
    _Suite(CENTRAL, "C", 41, 46, 40, 28, 22, 2, 7),
    _Suite(HEAD, "T", 19, 22, 18, 13, 13, 1, 4),
    _Suite(MOTHER, "F", 12, 14, 12, 8, 0, 0, 0),
    _Suite(DAY, "A", 18, 21, 18, 13, 10, 0, 3),
)
"""90 nurses with the diploma, 103 without, 88 anaesthetic nurses, 62 assistants, 45 in recovery."""

POOL: Final = Group(
    "IDEP",
    "IDE",
    "Pool",
    12,
    ("bloc", *(f"bloc-{suite.skill}" for suite in _SUITES)),
    ("J10", "M", "S"),
)
"""Nurses without the diploma who work in whatever suite is short, by day; they know no specialty."""

_ROOM: Final = ("J10",)
_ALL_DAY: Final = read_lines(
    "0 J10 J10 J10 - - - -", "0 J10 J10 - J10 - - -", "0 J10 - J10 J10 - - -", "0 - J10 J10 J10 - - -",
    "0 - - J10 J10 J10 - -", "0 - - - J10 J10 - -", "0 - - - - J10 - -", "0 - - - - - - -",
)  # fmt: skip
"""Ordinary weeks of the ten-hour day."""

_RECOVERY_NIGHTS: Final = read_lines(
    "1 N12 N12 N12 - - - -", "1 - - - N12 N12 - -", "1 - - - - - N12 N12"
)


def _groups(suite: _Suite) -> tuple[Group, ...]:
    skill = suite.skill
    nurse = ("bloc", f"bloc-{skill}")
    iade = ("iade", f"iade-{skill}")
    assistant = ("as", f"as-{skill}")
    found = (
        Group(f"IBODE-{suite.code}", "IBODE", suite.name, suite.ibode, (*nurse, f"ibode-{skill}")),
        Group(f"IDE-{suite.code}", "IDE", suite.name, suite.ide, nurse),
        Group(f"IADE-{suite.code}", "IADE", suite.name, suite.iade, iade, ("J10", "D12", "N12")),
        Group(
            f"AS-{suite.code}", "AS", suite.name, suite.assistants, assistant, ("J10", "D12", "N12")
        ),
    )
    if not suite.recovery:
        return found
    recovery = (f"sspi-{skill}",)
    shifts = ("J10", "N12")
    return (
        *found,
        Group(f"IDES-{suite.code}", "IDE", f"SSPI {suite.name}", suite.recovery, recovery, shifts),
    )


def _posts(suite: _Suite) -> tuple[Post, ...]:
    skill, name, teams = suite.skill, suite.name, suite.teams
    found = [
        Post(f"{demand.NURSES}-{name}", f"bloc-{skill}", _ROOM, 2, spare=1, room=1),
        Post(f"{demand.IBODE}-{name}", f"ibode-{skill}", _ROOM, 1),
        Post(f"{demand.FLOATS}-{name}", f"bloc-{skill}", ("M", "S"), 2, room=1),
        Post(f"{demand.ANAESTHETIC_NURSES}-{name}", f"iade-{skill}", _ROOM, 2, room=1),
        Post(f"{demand.ASSISTANTS}-{name}", f"as-{skill}", _ROOM, 2, weekday=max(1, teams), room=1),
    ]
    for part, shift in (("D", "D12"), ("N", "N12")) if teams else ():
        found += [
            Post(f"URG-{part}-{name}", f"bloc-{skill}", (shift,), 3, 2 * teams, 2 * teams),
            Post(f"URG-{part}I-{name}", f"ibode-{skill}", (shift,), 1, teams, teams),
            Post(f"IADE-{part}-{name}", f"iade-{skill}", (shift,), 3, teams, teams),
            Post(f"AS-{part}-{name}", f"as-{skill}", (shift,), 3, 1, 1),
        ]
    if suite.recovery:
        found.append(
            Post(f"SSPI-J-{name}", f"sspi-{skill}", _ROOM, 2, weekday=suite.recovery_posts)
        )
        found.append(Post(f"SSPI-N-{name}", f"sspi-{skill}", ("N12",), 3, 1, 1))
    return tuple(found)


def _services(suite: _Suite) -> tuple[tuple[tuple[str, ...], tuple[Line, ...]], ...]:
    code, teams = suite.code, suite.teams
    nurses = (f"IBODE-{code}", f"IDE-{code}")
    days = _ALL_DAY
    found = [
        (nurses, emergency(2 * teams, days) if teams else days),
        ((f"IADE-{code}",), emergency(teams, days) if teams else days),
        ((f"AS-{code}",), emergency(1, days) if teams else days),
    ]
    if suite.recovery:
        found.append(((f"IDES-{code}",), (*_RECOVERY_NIGHTS, *days)))
    return tuple(found)


CHU: Final = Crew(
    groups=(*(group for suite in _SUITES for group in _groups(suite)), POOL),
    posts=(
        *(post for suite in _SUITES for post in _posts(suite)),
        Post(demand.SPECIALTY, "", _ROOM, 1),
    ),
    services=(*(s for suite in _SUITES for s in _services(suite)), ((POOL.code,), _ALL_DAY)),
    averse={"IBODE-C": 4, "IDE-C": 4, "IBODE-T": 2, "IADE-C": 4, "IADE-T": 2, "AS-C": 3},
    nocturnal={"IDE-C": 6, "IDE-T": 3, "IADE-C": 3, "AS-C": 2},
    by_suite=True,
)
"""Teams of 8 to 87 people and a pool of 12; 46 anaesthetists and 123 surgeons are calendars."""
