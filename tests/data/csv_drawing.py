"""Records for the round trip, drawn from their descriptions, and a small hospital made by hand."""

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from planner import fields
from planner.clock import Horizon
from planner.fields import FieldSpec
from planner.plan import Duty, Placement, Plan
from planner.problem import Problem
from planner.rules import catalogue
from planner.rules.contract import Scope

HORIZON = Horizon(start=date(2026, 10, 5), days=28)
IDS = ("A1", "A 2", "=B", "C|3", "d\\e")
TEXT = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Zs")), max_size=12)
TEXTS = TEXT | st.sampled_from(
    ["=1+1", "+33 6 00", "-x", "@A1", "'", "Sœur Hélène", 'a;b"c', "1,5"]
)
WORDS = st.sampled_from(["M", "N 1", "-", "?", "M+N", "a|b"])


def a_value(spec: FieldSpec) -> st.SearchStrategy[Any]:
    made = _value(spec)
    return st.none() | made if spec.optional else made


def _value(spec: FieldSpec) -> st.SearchStrategy[Any]:
    match spec.form:
        case "text":
            required = spec.required and not spec.optional
            return st.sampled_from(IDS) if required else TEXTS.map(lambda text: text[: spec.high])
        case "whole" | "day":
            return st.integers(max(spec.low, -3000), min(spec.high, 3000))
        case "time":
            return st.integers(spec.low, spec.high)
        case "flag":
            return st.booleans()
        case "choice":
            return st.sampled_from(spec.options)
        case "link":
            return st.sampled_from(IDS)
        case "links":
            return st.frozensets(st.sampled_from(IDS))
        case "tags":
            return st.frozensets(TEXTS.filter(bool), max_size=3)
        case "days":
            return st.frozensets(st.integers(-400, 400), max_size=4)
        case "weekdays":
            return st.frozensets(st.integers(0, 6))
        case "words":
            return st.lists(WORDS, max_size=6).map(tuple)
        case "pairs":
            return st.lists(st.tuples(TEXTS.filter(bool), st.integers(-9, 9)), max_size=3).map(
                tuple
            )
        case "scope":
            tags = st.frozensets(TEXTS.filter(bool), min_size=1, max_size=3)
            kinds = st.dictionaries(
                st.sampled_from(["contract", "role", "skill"]), tags, max_size=2
            )
            return kinds.map(lambda found: Scope.of(**found))
    raise TypeError(spec.form)


@cache
def _values(cls: type[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Say once how the fields of a class are drawn: to make strategies costs more than to draw."""
    return st.fixed_dictionaries({spec.name: a_value(spec) for spec in fields.specs(cls)})


@st.composite
def a_record(draw: Any, cls: type[Any], id: str) -> Any:
    values = draw(_values(cls))
    values["id"] = id
    if isinstance(values.get("start"), int) and isinstance(values.get("end"), int):
        values["end"] = min(values["start"] + 1 + values["end"] // 4, 2880)
        values["start"] = min(values["start"], values["end"] - 1)
    return cls(**values)


def some_records(cls: type[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw records of one class with different ids; what they link to is not there."""
    ids = st.lists(st.sampled_from(IDS), unique=True, max_size=3)
    return ids.flatmap(lambda found: st.tuples(*(a_record(cls, id) for id in found)))


def a_small_hospital() -> tuple[Problem, Plan]:
    """Give a consistent problem that has a record of every kind, and a plan."""
    make = fields.KINDS
    records = {
        "holidays": (make["holiday"](id="toussaint", day=27, name="Toussaint"),),
        "specialties": (make["specialty"](id="ORL", name="Oto-rhino-laryngologie"),),
        "theatres": (make["theatre"](id="S1", name="Salle 1", features=frozenset({"laser", "x"})),),
        "sessions": (
            make["session"](
                id="S1-0", theatre="S1", day=0, start=480, end=960, owners=frozenset({"ORL"})
            ),
        ),
        "equipment": (make["equipment"](id="COL", name="Colonne", quantity=2, delay=10),),
        "recoveries": (make["recovery"](id="SSPI", posts=4),),
        "wards": (make["ward"](id="CHIR", beds=10, open=frozenset({0, 1, 2, 3, 4})),),
        "census": (make["census"](id="c1", ward="CHIR", day=0, taken=3),),
        "teams": (
            make["team"](
                id="t1", day=0, start=480, end=1080, teams=3, specialties=frozenset({"ORL"})
            ),
        ),
        "templates": (
            make["template"](
                id="S1-LU",
                theatre="S1",
                cycle=2,
                week=2,
                weekday="mon",
                start=480,
                end=960,
                release=15,
            ),
        ),
        "anaesthesia": (make["anaesthesia"](id="a1", day=0, start=480, end=1080, anaesthetists=2),),
        "priorities": (make["priority"](id="P2", wait=30),),
        "procedures": (
            make["procedure"](id="AMYG", specialty="ORL", equipment=frozenset({"COL"}), mean=45),
        ),
        "surgeons": (make["surgeon"](id="DR1", name="Dr Ève", specialty="ORL", pace=110),),
        "cases": (
            make["case"](
                id="P-0001",
                procedure="AMYG",
                specialty="ORL",
                priority="P2",
                mean=45,
                listed=-20,
                due=10,
                unavailable=frozenset({3, 4}),
                ward="CHIR",
                nights=1,
                sex="f",
                note="+33 6 00",
            ),
            make["case"](id="P-0002", procedure="AMYG", specialty="ORL", priority="P2"),
        ),
        "appointments": (make["appointment"](id="P-0002", day=9, session=None, told=-3),),
        "contracts": (make["contract"](id="FPH", week=2100),),
        "staff": (
            make["staff"](id="A17", name="Sœur Hélène", contract="FPH", skills=frozenset({"X"})),
            make["staff"](
                id="A18", name='=HYPERLINK("http://x","y")', contract="FPH", share=80, last=27
            ),
        ),
        "absences": (make["absence"](id="ab1", person="A17", first=3, last=5, reason="congé"),),
        "requests": (make["request"](id="w1", person="A18", day=2, shift=None, wanted=False),),
        "histories": (make["history"](id="A17", past=("N", "N", "-", "?", "J")),),
        "carried": (
            make["carried"](id="k1", person="A17", measure="hours", since=-273, amount=90),
        ),
        "promises": (make["promise"](id="A17", days=("J", "-", "?", "N"), told=-16),),
        "shifts": (
            make["shift"](id="J", start=420, end=1170, pause=30, tags=frozenset({"work", "day"})),
            make["shift"](id="N", start=1140, end=1890, tags=frozenset({"work", "night"})),
        ),
        "cover": (
            make["cover"](
                id="n1", day=1, shifts=frozenset({"J", "N"}), skill="X", best=2, most=None
            ),
        ),
        "rotations": (make["rotation"](id="R2", name="Deux semaines", weeks=2, holidays=True),),
        "lines": (
            make["line"](id="R2-1", rotation="R2", number=1, mon="J", tue="J", sat="N"),
            make["line"](id="R2-2", rotation="R2", number=2),
        ),
        "turns": (make["turn"](id="A17", rotation="R2", line=2),),
        "weekly": (
            make["weekly"](
                id="b1", rotation="R2", weekdays=frozenset({0, 6}), shifts=frozenset({"J"})
            ),
        ),
    }
    rules = (
        catalogue()["run_length"](
            id="r1", scope=Scope.of(contract=["FPH"]), most=4, title_fr="Été"
        ),
        catalogue()["session_overtime"](id="r2", tier=2, weight=60, enabled=False, after="end"),
    )
    problem = Problem(horizon=HORIZON, as_of=date(2026, 10, 1), rules=rules, **records)
    placements = [Placement("P-0001", "S1-0", "DR1", 480), Placement("P-0002", "S1-0", "DR1")]
    return problem, Plan.build(placements, [Duty("A17", 1, "J"), Duty("A18", 27, "N")])
