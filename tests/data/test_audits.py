"""Audits are kept in the private folder: found again later, never out of date, never believed blindly."""

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from data import audits
from data.audits import Audits, audits_of, folder_of
from data.protecting import Cost, Seal
from data.purging import purge_person
from data.study_file import create_study, open_study
from planner.audited import is_audited
from planner.kpis.contract import Outcome
from planner.plan import Plan
from planner.study import BASE, Study


def outcome_of(study: Study) -> Outcome:
    """Give the outcome of the base that nobody has audited."""
    return Outcome(study.problem(BASE), study.scenario(BASE).plan, study.waivers(BASE))


def kept(state: Path) -> list[Path]:
    """Give the files of kept audits."""
    return sorted((state / "audits").glob("*/*"))


def test_what_was_audited_once_is_known(study: Study, state: Path) -> None:
    first = outcome_of(study)
    Audits(study.id).remember([first])
    assert kept(state) == []  # nobody has audited it
    first.judgement  # noqa: B018 - audited here
    Audits(study.id).remember([first])
    (file,) = kept(state)
    assert file.stat().st_mode & 0o077 == 0 or file.parent.stat().st_mode & 0o077 == 0
    again = outcome_of(study)
    Audits(study.id).recall(again)
    assert is_audited(again)
    assert again.judgement == first.judgement


def test_what_is_another_plan_or_rule_or_program_is_audited(
    study: Study, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outcome_of(study)
    first.judgement  # noqa: B018 - audited here
    mine = Audits(study.id)
    mine.remember([first])
    problem, plan = first.problem, first.plan
    fewer = replace(problem, rules=problem.rules[1:])
    for other in (Outcome(problem, plan.with_placements([])), Outcome(fewer, plan)):
        mine.recall(other)
        assert not is_audited(other)
    elsewhere = outcome_of(study)
    Audits("another").recall(elsewhere)
    assert not is_audited(elsewhere)
    monkeypatch.setattr(audits, "_program", lambda: "another")
    later = outcome_of(study)
    mine.recall(later)
    assert not is_audited(later)
    assert len(kept(state)) == 1


def test_a_damaged_one_is_audited_again(study: Study, state: Path) -> None:
    first = outcome_of(study)
    first.judgement  # noqa: B018 - audited here
    mine = Audits(study.id)
    mine.remember([first])
    (file,) = kept(state)
    whole = file.read_bytes()
    damaged = (b"", whole[:-1], whole.replace(b'"tried"', b'"tired"'), b"\xff" + whole, b"[]\n[]")
    deep = "[" * 100_000
    digest = blake2b(deep.encode(), digest_size=16).hexdigest()
    for raw in (*damaged, f"{digest}\n{deep}".encode()):
        file.write_bytes(raw)
        again = outcome_of(study)
        mine.recall(again)
        assert not is_audited(again)
    file.write_bytes(whole)
    again = outcome_of(study)
    mine.recall(again)
    assert is_audited(again)


def test_nothing_is_written_twice_and_little_is_kept(
    study: Study, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Audits(study.id)
    monkeypatch.setattr(audits, "KEPT", 2)
    plan, problem = study.scenario(BASE).plan, study.problem(BASE)
    for start in (485, 490, 495, 500):
        moved = Outcome(
            problem, plan.with_placements(p._replace(start=start) for p in plan.placements)
        )
        moved.judgement  # noqa: B018 - audited here
        mine.remember([moved])
        (newest,) = [each for each in kept(state) if each.name.startswith(audits._name(moved))]
        newest.unlink()
        mine.remember([moved])
        assert newest not in kept(state)  # it was told
        audits._told.clear()
        mine.remember([moved])
    assert len(kept(state)) == 2
    empty = Outcome(problem, Plan())
    empty.judgement  # noqa: B018 - audited here
    mine.remember([empty])
    assert len(kept(state)) == 2


def test_a_folder_that_cannot_be_made_costs_nothing_but_time(study: Study, state: Path) -> None:
    state.mkdir()
    (state / "audits").write_text("in the way", encoding="utf-8")
    first = outcome_of(study)
    first.judgement  # noqa: B018 - audited here
    Audits(study.id).remember([first])
    again = outcome_of(study)
    Audits(study.id).recall(again)
    assert not is_audited(again)


def test_of_a_sealed_study_nothing_is_kept(study: Study, state: Path) -> None:
    with create_study(study) as opened:
        opened.seal = Seal.of("le chat dort sur la grue", Cost(10, 1, 1))
        first = outcome_of(study)
        first.judgement  # noqa: B018 - audited here
        audits_of(opened).remember([first])
    assert kept(state) == []


def test_a_purge_takes_them_along(study: Study, state: Path, tmp_path: Path) -> None:
    path = tmp_path / "bloc.opale"
    with create_study(study) as opened:
        opened.save(path)
    first = outcome_of(study)
    first.judgement  # noqa: B018 - audited here
    Audits(study.id).remember([first])
    with open_study(path) as opened:
        made = purge_person(opened, study.base.staff[0].id)
        with made.opened:
            assert folder_of(study.id) in made.save()
    assert kept(state) == []
