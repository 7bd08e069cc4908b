"""The mid-size demo hospital, « CH Démo » (domain reference 8.1): eight theatres, 500 cases."""

from dataclasses import replace
from typing import Final

from data.demo import house
from data.demo.grid import Hours, capacity, read_grid, sessions, templates
from data.demo.hands import Hands, with_hands
from data.demo.kinds import procedures, specialties
from data.demo.marks import with_marks
from data.demo.mid_kinds import BRANCHES
from data.demo.period import AS_OF, HOLIDAYS, HORIZON
from data.demo.streams import Stream
from data.demo.surgeons import able, calendars
from data.demo.theatre_staff import MID, with_staff
from data.demo.turning import on_rotation
from data.demo.waiting import Intake, priorities, waiting_list
from data.demo.wishes import Wishes, teams, with_wishes
from planner.hospital import Recovery, RecoveryId, Ward, WardId
from planner.problem import Problem

PROFILE: Final = "mid"
CASES: Final = 500

THEATRES: Final = (
    ("S1", "Salle 1", "Central", "laminar xray third-nurse"),
    ("S2", "Salle 2", "Central", "laminar xray"),
    ("S3", "Salle 3", "Central", "xray"),
    ("S4", "Salle 4", "Central", "robot"),
    ("S5", "Salle 5", "Central", ""),
    ("S6", "Salle 6", "Central", ""),
    ("S7", "Salle 7 ambulatoire", "Central", "xray"),
    ("S8", "Salle 8 urgences", "Central", "laminar xray emergency"),
)

GRID: Final = (
    "S1 Mon ORTHO", "S2 Mon ORTHO", "S3 Mon VISC", "S4 Mon VISC", "S5 Mon GYN", "S6 Mon OPH",
    "S1 Tue ORTHO", "S3 Tue VASC", "S4 Tue VISC", "S5 Tue ORL", "S6 Tue OPH/ORL", "S7 Tue URO/GYN",
    "S1 Wed ORTHO", "S3 Wed VISC", "S4 Wed URO", "S5 Wed GYN", "S7 Wed VISC/OPH",
    "S1 Thu ORTHO", "S2 Thu VASC/ORTHO", "S3 Thu VISC", "S4 Thu URO", "S5 Thu ORL", "S6 Thu ORL/OPH",
    "S1 Fri ORTHO", "S3 Fri VASC", "S4 Fri GYN", "S5 Fri VISC", "S7 Fri GYN/URO",
)  # fmt: skip
"""28 room-days a week, 22 whole and 12 halves: ORTHO 6.5, VISC 6.5, URO 3, GYN 4, ORL 3, OPH 2.5 …"""

EQUIPMENT: Final = (
    ("AMPLI", "Amplificateur de brillance", 2, 15),
    ("MICROSCOPE", "Microscope opératoire", 2, 10),
    ("ROBOT", "Robot chirurgical", 1, 30),
    ("COLONNE-ARTHRO", "Colonne d'arthroscopie", 2, 10),
    ("COLONNE-COELIO", "Colonne de cœlioscopie", 4, 10),
    ("BOITE-PTH", "Boîtes de prothèse de hanche", 3, 360),
    ("BOITE-PTG", "Boîtes de prothèse de genou", 3, 360),
)

WARDS: Final = (
    Ward(id=WardId("CHIR"), name="Chirurgie", beds=30),
    Ward(id=WardId("HEBDO"), name="Hôpital de semaine", beds=10, open=frozenset({0, 1, 2, 3})),
    Ward(id=WardId("USC"), name="Unité de surveillance continue", kind="intensive", beds=4),
    Ward(id=WardId("UCA"), name="Unité de chirurgie ambulatoire", kind="day", beds=20),
)
"""The week ward has no night from Friday to Monday."""

RECOVERY: Final = Recovery(
    id=RecoveryId("SSPI"), name="Salle de réveil", posts=11, start=480, end=1140
)

RECOVERY_WEEKS: Final = ("J9 J9 J9 J9 - - -", "- - J9 J9 J9 - -", "S S S S S - -")
"""The rotation of the recovery room: two weeks of long days, one of evenings."""

HANDS: Final = Hands(two={"ORTHO": 2}, both={("VISC", "URO"): 3, ("GYN", "VISC"): 2})


def bedding(_: str, nights: int, stream: Stream) -> str:
    """Choose a ward: single nights mostly in the week ward."""
    short = stream.happens(0.6)
    return "HEBDO" if nights == 1 and short else "CHIR"


def theatre_side(seed: int) -> Problem:
    """Give the facts of the theatres, without staff and rules."""
    rooms = house.theatres(THEATRES)
    master = templates(read_grid(GRID), Hours())
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
    beds = Stream(PROFILE, seed, "census")
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
        census=house.census(beds, {"CHIR": (13.0, 3.0), "USC": (2.0, 0.0)}),
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
    return with_hands(with_wishes(PROFILE, seed, problem, Wishes()), HANDS)


def hospital(seed: int) -> Problem:
    """Make the whole hospital: theatres, staff and staffing needs, the recovery room on a rotation."""
    return on_rotation(with_staff(PROFILE, seed, theatre_side(seed), MID), "SSPI", RECOVERY_WEEKS)
