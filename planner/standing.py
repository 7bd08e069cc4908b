"""How a scenario stands on its way from draft to published, read from what was signed."""

from collections.abc import Mapping
from typing import NamedTuple

from planner.plan import Plan
from planner.signatures import (
    APPROVED,
    DRAFT,
    PROPOSED,
    PUBLISHED,
    Signature,
    persons,
    published_digest,
    signed_digest,
)
from planner.study import Scenario, Study

Refusal = tuple[str, Mapping[str, str]]
"""A message id and its facts."""


class Standing(NamedTuple):
    """A state, and who signed what stands; `lost`: what was signed last and is another by now.

    `unlike`: who has published another plan than the one that stands as the published one.
    """

    state: str = DRAFT
    signatures: tuple[Signature, ...] = ()
    lost: Signature | None = None
    unlike: Signature | None = None

    @property
    def last(self) -> Signature | None:
        """Who took the last step, where somebody has."""
        return self.signatures[-1] if self.signatures else None

    @property
    def declared(self) -> bool:
        """Whether a second person is one by name alone: no second account is known to have signed."""
        accounts = {each.account for each in self.signatures if not each.mapped}
        return len(accounts) < 2 <= persons(self.signatures)

    @property
    def mapped(self) -> bool:
        """Whether somebody signed inside a user namespace."""
        return any(each.mapped for each in self.signatures)


def standing(study: Study, name: str) -> Standing:
    """Tell how a scenario stands.

    A plan is published as long as it is the one that was published, whatever happens to the facts. What
    is proposed or approved are facts, rules, plan and waivers: a change of any makes it a draft again.
    """
    scenario = study.scenario(name)
    signed = scenario.signatures
    if not signed:
        return Standing(PUBLISHED if _is_published(scenario) else DRAFT)
    last = signed[-1]
    if unlike_signed(scenario) is not None:
        return Standing(unlike=last)
    if last.step == PUBLISHED:
        holds = _is_published(scenario)
    else:
        holds = last.digest == digest_now(study, name)
    return Standing(last.step, signed) if holds else Standing(lost=last)


def unlike_signed(scenario: Scenario) -> Signature | None:
    """Give who has published another plan than the one that stands as published; None: it is the same.

    One that was published before publishing was signed says nothing of its plan.
    """
    last = scenario.signatures[-1] if scenario.signatures else None
    if last is None or last.step != PUBLISHED or not last.digest:
        return None
    stands = scenario.published
    if stands is not None and last.digest == published_digest(stands):
        return None
    return last


def digest_now(study: Study, name: str) -> str:
    """Give the digest of what a signature of a scenario would be for."""
    return signed_digest(study.problem(name), study.scenario(name).plan, study.waivers(name))


def back_to_draft(before: Study, after: Study) -> tuple[tuple[str, Signature], ...]:
    """Give the scenarios that an edit has made drafts of, each with what was signed last."""
    there = {each.name for each in after.scenarios}
    found = []
    for each in before.scenarios:
        if each.signatures and each.name in there and after.scenario(each.name).signatures:
            lost = standing(after, each.name).lost
            if lost is not None and standing(before, each.name).lost is None:
                found.append((each.name, lost))
    return tuple(found)


def refusal(study: Study, signature: Signature, name: str) -> Refusal | None:
    """Say why a step cannot be taken now; None: it can.

    Steps are taken one after the other; a published plan has two people behind it.
    """
    stands, step = standing(study, name), signature.step
    facts = {"scenario": name}
    if stands.state == PUBLISHED:
        return "sign.published", facts
    if step == PROPOSED:
        plan = study.scenario(name).plan
        if not any(plan.sessions) and not any(plan.days):
            return "sign.empty", facts
        return None if stands.state == DRAFT else (f"sign.is_{stands.state}", facts)
    if stands.state == DRAFT:
        what = "sign.not_proposed" if stands.lost is None else "sign.lost"
        return what, facts
    if step == APPROVED:
        return ("sign.is_approved", facts) if stands.state == APPROVED else None
    if stands.state == PROPOSED:
        return "sign.not_approved", facts
    if persons((*stands.signatures, signature)) < 2:
        return "sign.second_person", {**facts, "account": signature.holder}
    return None


def _is_published(scenario: Scenario) -> bool:
    return scenario.published is not None and scenario.published == scenario.plan != Plan()
