"""The demo teaching hospital, « CHU Démo » (domain reference 8.2): 40 theatres, 4 000 cases."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from data.demo import house
from data.demo.chu_grid import CENTRAL, DAY, EMERGENCY, HEAD, MOTHER, ROOMS, grid
from data.demo.chu_kinds import BRANCHES
from data.demo.chu_staff import CHU
from data.demo.grid import Hours, Slot, capacity, sessions, templates
from data.demo.hands import Hands, with_hands
from data.demo.kinds import procedures, specialties
from data.demo.marks import with_marks
from data.demo.period import AS_OF, HOLIDAYS, HORIZON
from data.demo.streams import Stream
from data.demo.surgeons import able, calendars
from data.demo.theatre_staff import with_staff
from data.demo.waiting import Intake, priorities, waiting_list
from data.demo.wishes import Wishes, teams, with_wishes
from planner.hospital import Recovery, RecoveryId, Theatre, TheatreId, Ward, WardId
from planner.problem import Problem

PROFILE: Final = "chu"
CASES: Final = 4000

_FEATURES: Final = {
    "ORTHO": ("laminar", "xray"),
    "TRAUMA": ("laminar", "xray"),
    "CARDIAC": ("perfusion", "third-nurse"),
    "THOR": ("xray", "third-nurse"),
    "URO": ("xray",),
    "NEURO": ("xray",),
}
"""What the rooms of a specialty have, outside day surgery."""

EQUIPMENT: Final = (
    ("AMPLI", "Amplificateur de brillance", 12, 15),
    ("MICROSCOPE", "Microscope opératoire", 8, 10),
    ("ROBOT", "Robot chirurgical", 3, 30),
    ("NAVIGATION", "Neuronavigation", 3, 20),
    ("LASER", "Laser", 4, 15),
    ("CEC", "Circulation extracorporelle", 4, 30),
    ("COELIO", "Colonne de cœlioscopie", 15, 10),
    ("ARTHRO", "Colonne d'arthroscopie", 7, 10),
    ("BOITE-PTH", "Boîtes de prothèse de hanche", 10, 360),
    ("BOITE-PTG", "Boîtes de prothèse de genou", 8, 360),
)

_UNITS: Final = (
    ("ORT", "Orthopédie et traumatologie", 60, ("ORTHO", "TRAUMA")),
    ("VIS", "Viscéral", 55, ("VISC",)),
    ("URO", "Urologie", 30, ("URO",)),
    ("GYN", "Gynécologie", 25, ("GYN",)),
    ("ORL", "Tête et cou", 30, ("ORL", "OPH", "STOMA")),
    ("NEU", "Neurochirurgie", 40, ("NEURO",)),
    ("CAR", "Cardiologie chirurgicale", 30, ("CARDIAC",)),
    ("THO", "Thorax et vaisseaux", 30, ("THOR",)),
    ("PED", "Enfants et plastique", 20, ("PED", "PLAST")),
)
"""320 beds in nine units: (id, name, beds, specialties)."""

_UNIT_OF: Final = {specialty: unit for unit, _, _, served in _UNITS for specialty in served}

WARDS: Final = (
    *(Ward(id=WardId(id), name=name, beds=beds) for id, name, beds, _ in _UNITS),
    Ward(id=WardId("HEBDO"), name="Hôpital de semaine", beds=40, open=frozenset({0, 1, 2, 3})),
    Ward(id=WardId("REA"), name="Réanimation", kind="intensive", beds=24),
    Ward(id=WardId("USC"), name="Surveillance continue", kind="intensive", beds=36),
    Ward(id=WardId("UCA"), name="Unité de chirurgie ambulatoire", kind="day", beds=60),
)

CENSUS: Final = {id: (0.4 * beds, 0.06 * beds) for id, _, beds, _ in _UNITS} | {
    "REA": (14.0, 1.5),
    "USC": (20.0, 2.0),
}

RECOVERIES: Final = tuple(
    Recovery(
        id=RecoveryId(id), name=name, posts=posts, start=480, end=1200, suites=frozenset(suites)
    )
    for id, name, posts, suites in (
        ("SSPI-C", "Salle de réveil centrale", 22, (CENTRAL,)),
        ("SSPI-T", "Salle de réveil tête-cou et mère-enfant", 14, (HEAD, MOTHER)),
        ("SSPI-A", "Salle de réveil ambulatoire", 12, (DAY,)),
    )
)

HANDS: Final = Hands(
    two={"ORTHO": 3, "OPH": 2},
    both={("VISC", "URO"): 6, ("GYN", "VISC"): 6, ("NEURO", "ORL"): 4},
)


def bedding(specialty: str, nights: int, stream: Stream) -> str:
    """Choose a ward: single nights often in the week ward, the others in the specialty's unit."""
    short = stream.happens(0.5)
    return "HEBDO" if nights == 1 and short else _UNIT_OF[specialty]


def watch(specialty: str) -> str:
    """Choose who watches over the sickest: intensive care after heart surgery."""
    return "REA" if specialty == "CARDIAC" else "USC"


def theatres(slots: Iterable[Slot]) -> tuple[Theatre, ...]:
    """Give the 40 theatres; a room has what the specialties that use it need."""
    users: dict[str, set[str]] = {}
    for slot in slots:
        users.setdefault(slot.theatre, set()).add(slot.specialty)
    found = []
    for suite, rooms in ROOMS.items():
        for room in rooms:
            used = users.get(room, set()) if suite != DAY else set()
            features = frozenset(f for who in used for f in _FEATURES.get(who, ()))
            found.append(
                Theatre(id=TheatreId(room), name=f"Salle {room}", suite=suite, features=features)
            )
    found += [
        Theatre(
            id=TheatreId(room),
            name=f"Salle {room} urgences",
            suite=suite,
            features=frozenset({"laminar", "xray", "emergency"}),
        )
        for room, suite in EMERGENCY
    ]
    return tuple(found)


def theatre_side(seed: int) -> Problem:
    """Give the facts of the theatres, without staff and rules."""
    slots = grid()
    rooms = theatres(slots)
    master = templates(slots, Hours(end=1020))
    days = sessions(master)
    surgeons, absences = calendars(PROFILE, seed, BRANCHES, days, most=2)
    intake = Intake(
        profile=PROFILE,
        seed=seed,
        branches=BRANCHES,
        count=CASES,
        able={k.id: able(k, b.id, surgeons, days, rooms) for b in BRANCHES for k in b.kinds},
        capacity=capacity(days),
        bedding=bedding,
        intensive=watch,
        intensive_median=2.0,
    )
    problem = Problem(
        horizon=HORIZON,
        as_of=AS_OF,
        holidays=HOLIDAYS,
        specialties=specialties(BRANCHES),
        theatres=rooms,
        sessions=days,
        equipment=house.equipment(EQUIPMENT),
        recoveries=RECOVERIES,
        wards=WARDS,
        census=house.census(Stream(PROFILE, seed, "census"), CENSUS),
        anaesthesia=house.anaesthetists(
            days, rooms, {f"MAR-{suite}": frozenset({suite}) for suite in ROOMS}, spare=1
        ),
        priorities=priorities(),
        procedures=procedures(BRANCHES),
        surgeons=tuple(calendar.surgeon for calendar in surgeons),
        templates=master,
        cases=waiting_list(intake),
        absences=absences,
    )
    problem = replace(problem, teams=teams(problem, by_suite=True))
    problem = with_marks(PROFILE, seed, problem)
    return with_hands(with_wishes(PROFILE, seed, problem, Wishes(suites=0.02)), HANDS)


def hospital(seed: int) -> Problem:
    """Make the whole hospital: theatres, staff and staffing needs."""
    return with_staff(PROFILE, seed, theatre_side(seed), CHU)
