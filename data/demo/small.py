"""The small demo hospital: three theatres, 80 cases and 20 people, for tests and first looks."""

from dataclasses import replace
from typing import Final

from data.demo import house
from data.demo.grid import Hours, Slot, capacity, sessions, templates
from data.demo.kinds import procedures, specialties
from data.demo.marks import with_marks
from data.demo.mid_kinds import BRANCHES as MID
from data.demo.period import AS_OF, HOLIDAYS, HORIZON
from data.demo.streams import Stream
from data.demo.surgeons import able, calendars
from data.demo.theatre_staff import SMALL, with_staff
from data.demo.waiting import Intake, priorities, waiting_list
from data.demo.wishes import Wishes, teams, with_wishes
from planner.hospital import Recovery, RecoveryId, Ward, WardId
from planner.problem import Problem

PROFILE: Final = "small"
CASES: Final = 80

BRANCHES: Final = tuple(
    replace(branch, share=share, load=load, surgeons=surgeons)
    for branch in MID
    for id, share, load, surgeons in (
        ("ORTHO", 0.44, 0.93, 3),
        ("VISC", 0.30, 0.92, 2),
        ("OPH", 0.26, 0.90, 2),
    )
    if branch.id == id
)

THEATRES: Final = (
    ("S1", "Salle 1", "Central", "laminar xray third-nurse"),
    ("S2", "Salle 2", "Central", "xray"),
    ("S3", "Salle 3", "Central", ""),
)

GRID: Final = (
    Slot(0, "S1", "J", "ORTHO"),
    Slot(1, "S2", "J", "VISC"),
    Slot(3, "S1", "J", "ORTHO"),
    Slot(3, "S3", "M", "OPH"),
    Slot(4, "S2", "J", "VISC", frozenset({0, 2})),
)
"""18 sessions in the four weeks."""

EQUIPMENT: Final = (
    ("AMPLI", "Amplificateur de brillance", 1, 15),
    ("MICROSCOPE", "Microscope opératoire", 1, 10),
    ("COLONNE-ARTHRO", "Colonne d'arthroscopie", 1, 10),
    ("COLONNE-COELIO", "Colonne de cœlioscopie", 1, 10),
    ("BOITE-PTH", "Boîtes de prothèse de hanche", 2, 360),
    ("BOITE-PTG", "Boîtes de prothèse de genou", 2, 360),
)

WARDS: Final = (
    Ward(id=WardId("CHIR"), name="Chirurgie", beds=10),
    Ward(id=WardId("USC"), name="Unité de surveillance continue", kind="intensive", beds=1),
    Ward(id=WardId("UCA"), name="Unité de chirurgie ambulatoire", kind="day", beds=8),
)

RECOVERY: Final = Recovery(
    id=RecoveryId("SSPI"), name="Salle de réveil", posts=4, start=480, end=1140
)


def bedding(_: str, _nights: int, _stream: Stream) -> str:
    """Choose a ward: there is only one."""
    return "CHIR"


def theatre_side(seed: int) -> Problem:
    """Give the facts of the theatres, without staff and rules."""
    rooms = house.theatres(THEATRES)
    master = templates(GRID, Hours())
    grid = sessions(master)
    surgeons, absences = calendars(PROFILE, seed, BRANCHES, grid)
    intake = Intake(
        profile=PROFILE,
        seed=seed,
        branches=BRANCHES,
        count=CASES,
        able={k.id: able(k, b.id, surgeons, grid, rooms) for b in BRANCHES for k in b.kinds},
        capacity=capacity(grid),
        bedding=bedding,
        intensive=lambda _: "USC",
    )
    problem = Problem(
        horizon=HORIZON,
        as_of=AS_OF,
        holidays=HOLIDAYS,
        specialties=specialties(BRANCHES),
        theatres=rooms,
        sessions=grid,
        equipment=house.equipment(EQUIPMENT),
        recoveries=(RECOVERY,),
        wards=WARDS,
        census=house.census(Stream(PROFILE, seed, "census"), {"CHIR": (4.0, 1.5)}),
        anaesthesia=house.anaesthetists(grid, rooms, {"MAR": frozenset()}),
        priorities=priorities(),
        procedures=procedures(BRANCHES),
        surgeons=tuple(calendar.surgeon for calendar in surgeons),
        templates=master,
        cases=waiting_list(intake),
        absences=absences,
    )
    problem = replace(problem, teams=teams(problem))
    problem = with_marks(PROFILE, seed, problem)
    return with_wishes(PROFILE, seed, problem, Wishes())


def hospital(seed: int) -> Problem:
    """Make the whole hospital: theatres, staff and staffing needs."""
    return with_staff(PROFILE, seed, theatre_side(seed), SMALL)
