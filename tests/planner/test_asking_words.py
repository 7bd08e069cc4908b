"""What a scenario changes, said before it is solved."""

from kpi_house import case, house, session

from planner.asking_words import asked_sentences
from planner.astray import astray
from planner.changes import ChangeSet, Remove, Set
from planner.edits import Branch, Record
from planner.study import BASE, Study


def study(*groups: ChangeSet) -> Study:
    base = house(sessions=(session("A"), session("B", 1)), cases=(case("K1"),))
    made = Branch(parent=BASE, name="child").apply(Study(id="s", base=base))
    for group in groups:
        made = Record(scenario="child", group=group).apply(made)
    return made


CLOSED = ChangeSet(
    name="close", changes=(Set(kind="session", id="A", field="closed", expected=False, value=True),)
)


def test_the_facts_that_differ_are_said() -> None:
    told = list(asked_sentences(study(CLOSED), "child", "en"))
    assert told == [
        "1 difference in the facts from “base”:",
        "Session R1 Mon 1 Jun 08:00: closed from no to yes",
    ]
    french, *_ = asked_sentences(study(CLOSED), "child", "fr")
    assert french.startswith("1 différence")


def test_a_what_if_that_changes_nothing_is_told_so() -> None:
    (told,) = asked_sentences(study(), "child", "en", shown={BASE: "Base"})
    assert told == "The facts are those of “Base”: nothing was changed."


def test_a_change_that_misses_its_target_is_told() -> None:
    gone = ChangeSet(name="gone", changes=(Remove(kind="session", id="A"),))
    missed = Record(scenario=BASE, group=gone).apply(study(CLOSED))
    told = list(asked_sentences(missed, "child", "en"))
    assert told[-1] == "1 change has no target any more and does nothing."


def test_a_change_that_meets_another_value_is_told() -> None:
    moved = Set(kind="session", id="A", field="closed", expected=False, value=True)
    late = Set(kind="session", id="A", field="end", expected="16:00", value="17:00")
    child = study(ChangeSet(name="longer", changes=(late,)))
    other = Set(kind="session", id="A", field="end", expected="16:00", value="15:00")
    met = Record(scenario=BASE, group=ChangeSet(name="b", changes=(moved, other))).apply(child)
    told = list(asked_sentences(met, "child", "en"))
    assert told[-1].startswith("1 change met another value")
    assert astray(met, "child") == (0, 1)
    assert astray(met, BASE) == (0, 0)


def test_more_than_can_be_read_is_counted() -> None:
    each = ("A", "B")
    group = ChangeSet(
        name="many",
        changes=tuple(
            Set(kind="session", id=id, field="end", expected="16:00", value=f"{17 + n}:00")
            for n, id in enumerate(each)
        ),
    )
    told = list(asked_sentences(study(group), "child", "en", most=1))
    assert told[-1] == "and 1 change more"


def test_the_base_has_no_parent_to_differ_from() -> None:
    assert list(asked_sentences(study(), BASE, "en")) == []
