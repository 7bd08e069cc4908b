"""What anybody may type stays in no shared file: words of a list do, and come back where others do not."""

import dataclasses
from pathlib import Path

import pytest
from demo_hospitals import generate
from sharing_small import first_with, planned, with_what_if

from data.sharing import share, taken_back
from data.study_file import open_study
from planner.changes import ChangeSet, Set
from planner.disguised_words import of_a_list
from planner.edits import Record
from planner.rules.contract import Scope
from planner.rules.roster.skill_mix import SkillMix
from planner.score import judge
from planner.sharing_words import listed_lines
from planner.study import Study

OURS = "wife of Dr Zyxwv"
TYPED = {
    "role": "épouse du Dr Zyxwv",
    "team": "team Zyxwv",
    "flag": "fille de Mme Zyxwv",
    "theatre": "Salle du Dr Zyxwv",
    "age": "née le 12/03/1951",
}


@pytest.fixture(scope="module")
def study() -> Study:
    """Typed sentences in every field that is no free text, some of them read by rules of its own."""
    problem = generate("small")
    person, case = problem.staff[0], problem.cases[0]
    mix = SkillMix(
        id="own-mix",
        tier=2,
        weight=7,
        tag="work",
        skill=OURS,
        beside=f"{OURS}=1",
        scope=Scope.of(team=[TYPED["team"]]),
    )
    problem = dataclasses.replace(
        problem,
        staff=first_with(
            problem.staff,
            role=TYPED["role"],
            team=TYPED["team"],
            skills=person.skills | {f"{OURS}:3"},
        ),
        cases=first_with(problem.cases, age=TYPED["age"], flags=case.flags | {TYPED["flag"]}),
        theatres=first_with(problem.theatres, name=TYPED["theatre"]),
        rules=(*problem.rules, mix),
    )
    rename = Set(kind="staff", id=problem.staff[1].id, field="role", value=OURS)
    return with_what_if(planned(problem), "mine", ChangeSet(name="x", changes=(rename,)))


def test_no_typed_sentence_is_in_it_and_it_costs_what_it_did(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "s.opale"
    share(study, path, names=False)
    whole = path.read_bytes()
    assert [
        text for text in (*TYPED.values(), OURS, "Zyxwv", "/1951") if text.encode() in whole
    ] == []
    with open_study(path) as opened:
        theirs = opened.study
    scores = [
        [judge(each.problem(s.name), s.plan).score for s in each.scenarios]
        for each in (study, theirs)
    ]
    assert scores[0] == scores[1]
    (rule,) = (each for each in theirs.base.rules if each.id == "own-mix")
    assert isinstance(rule, SkillMix)
    assert rule.beside == f"{rule.skill}=1"
    first = next(p for p in theirs.base.staff if f"{rule.skill}:3" in p.skills)
    assert rule.scope == Scope.of(team=[first.team])
    flags = {flag for case in theirs.base.cases for flag in case.flags}
    assert {"insulin", "infectious", "asa4"} < flags, "words that rules read stay, however rare"


def test_what_comes_back_has_the_words_of_the_study(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "s.opale"
    share(study, path, names=False)
    with open_study(path) as opened:
        assert taken_back(opened.study, study).scenarios == ()
        coded = opened.study.problem("scenario 1")
        person = next(each for each in coded.staff if each.role.startswith("R-"))
        skill = next(s for p in coded.staff for s in p.skills if s.startswith("Q-"))
        group = ChangeSet(
            name="theirs",
            changes=(
                Set(kind="staff", id=coded.staff[3].id, field="role", value=person.role),
                Set(kind="staff", id=coded.staff[4].id, field="skills", value=[skill, "new"]),
            ),
        )
        opened.do(Record(scenario="scenario 1", group=group))
        (back,) = taken_back(opened.study, study).scenarios
    came = {each.field: each.value for each in back.changes[-1].changes if isinstance(each, Set)}
    assert came["role"] in (OURS, TYPED["role"])
    assert came["skills"] == [f"{OURS}:3", "new"]


@pytest.mark.parametrize(("lang", "roles"), [("en", "IADE, IBODE"), ("fr", "IADE, IBODE")])
def test_the_words_that_stay_are_told(study: Study, lang: str, roles: str) -> None:
    told = " ".join(listed_lines(study, lang))
    assert roles in told
    assert "Central" in told
    assert "Zyxwv" not in told


def test_a_word_is_of_a_list_if_many_carry_it_or_something_reads_it(study: Study) -> None:
    several = tuple(
        dataclasses.replace(p, team="rare" if n < 4 else "many" if n < 9 else "")
        for n, p in enumerate(study.base.staff)
    )
    base = dataclasses.replace(study.base, staff=several)
    listed = of_a_list(dataclasses.replace(study, base=base, scenarios=study.scenarios[:1]))
    assert listed["team"] == {"many"}
    assert {"asa4", "insulin"} <= listed["flag"]


def test_a_group_named_as_a_part_of_what_everybody_may_read_is_no_hindrance(tmp_path: Path) -> None:
    """As the group that publishing adds, “rendez-vous”, beside the rule “Respect des rendez-vous”."""
    problem = generate("small")
    titles = [rule.title_fr for rule in problem.rules if rule.title_fr]
    part = next(word for title in titles for word in title.split()[1:] if len(word) > 8)
    closed = Set(kind="staff", id=problem.staff[1].id, field="share", expected=100, value=90)
    study = with_what_if(planned(problem), "mine", ChangeSet(name=part, changes=(closed,)))
    path = tmp_path / "s.opale"
    share(study, path, names=False)
    with open_study(path) as opened:
        assert part not in {group.name for s in opened.study.scenarios for group in s.changes}
