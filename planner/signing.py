"""The steps of a plan on its way out, as edits; the last of them is `edits.Publish`."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from planner.edits import EditRefusedError, refuse_step
from planner.published import went_out
from planner.signatures import APPROVED, DRAFT, PROPOSED, Signature
from planner.standing import digest_now, standing
from planner.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Propose or approve the plan of a scenario: what is signed are its facts, rules, plan and waivers."""

    scenario: str
    signature: Signature

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        what = "edit_propose" if self.signature.step == PROPOSED else "edit_approve"
        return what, {"scenario": self.scenario}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        refuse_step(study, self.scenario, self.signature)
        scenario = study.scenario(self.scenario)
        signed = dataclasses.replace(self.signature, digest=digest_now(study, self.scenario))
        before = scenario.signatures if self.signature.step == APPROVED else ()
        return study.replace(dataclasses.replace(scenario, signatures=(*before, signed)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Make a draft again of what is proposed or approved; who signed it stands in the journal."""

    scenario: str
    signature: Signature

    @property
    def label(self) -> tuple[str, Mapping[str, str | int]]:
        return "edit_withdraw", {"scenario": self.scenario}

    @property
    def touched(self) -> frozenset[str]:
        return frozenset({self.scenario})

    def apply(self, study: Study) -> Study:
        state = standing(study, self.scenario).state
        if state not in (PROPOSED, APPROVED):
            out = state == DRAFT and went_out(study, self.scenario) is not None
            what = "withdraw.still_published" if out else f"withdraw.{state}"
            raise EditRefusedError(what, scenario=self.scenario)
        scenario = study.scenario(self.scenario)
        return study.replace(dataclasses.replace(scenario, signatures=()))
