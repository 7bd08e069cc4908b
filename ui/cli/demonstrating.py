"""The demonstration: one study, one plan, the what-ifs that come with the hospital, one report."""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from data.demo import generate
from data.demo.what_ifs import what_ifs
from data.lock import locked
from data.refused import Refused
from data.run_codec import score_plain
from data.state import new_id
from data.study_file import Opened, create_study, open_study
from planner.changes import ChangeSet
from planner.commands import expand
from planner.comparison_plain import comparison_plain
from planner.edits import AdoptPlan, Branch, Edit, Record
from planner.gallery import WhatIf
from planner.kpis import sheet
from planner.kpis.contract import Outcome
from planner.lending import lending
from planner.problem import Problem
from planner.runs import Budget
from planner.study import BASE, Study
from ui.cli.adopting import adopt, request_for
from ui.cli.comparing import compared, of_study
from ui.cli.comparison_text import comparison_text
from ui.cli.display import display
from ui.cli.keeping import refuse_existing
from ui.cli.reporting import write_report
from ui.cli.running import Run, run
from ui.cli.sentences import NothingFound
from ui.cli.show import note, score_words
from ui.cli.speech import lang, say
from ui.cli.stopping import Stop
from ui.cli.targets import Loaded, Target

MADE: Final = "journal.demo"
"""The first line of the journal of a demo file, and the reason of all that the demo itself does."""

START_AND_REPORT, FURTHER = 0.08, 0.16
"""Shares of the whole time; the first plan of the base has the rest.

All plans that are compared go on from that one for as long, the base's too: a what-if would else be
better for its longer search alone.
"""


def refuse_edited(path: Path, study: Path, *, force: bool) -> None:
    """See to it that a demo may be written: over an earlier one, but not over anybody's work.

    Raises:
        Told: something else stands there, or a demo that was edited since.
    """
    refuse_existing(path, force=force or not path.exists() or untouched(study))


def untouched(path: Path) -> bool:
    """Tell whether a file is a demo that nobody has edited since it was made."""
    try:
        with open_study(path) as opened:
            first, *others = opened.history()
    except (Refused, ValueError):
        return False
    return first.action == MADE and all(entry.reason == MADE for entry in others)


class Demonstration:
    """One call of `demo`; `stop` tells afterwards whether it was interrupted."""

    def __init__(self, profile: str, out: Path, report: Path, settings: Mapping[str, Any]) -> None:
        self.profile, self.out, self.report, self.settings = profile, out, report, settings
        self.stop = Stop()
        self.runs: list[Run] = []
        self.outcomes: dict[str, Outcome] = {}

    def run(self) -> dict[str, Any]:
        """Do it all; give the document that `--json` prints."""
        begun = time.monotonic()
        note("cli.demo.making", profile=say(f"cli.demo.profile.{self.profile}"))
        problem = generate(self.profile, self.settings["seed"], lang())
        questions = what_ifs(problem, self.profile)
        study = Study(id=new_id(), name=say(f"cli.demo.profile.{self.profile}"), base=problem)
        with locked(self.out), create_study(study, action=MADE) as opened:
            loaded = Loaded(opened, Target(self.out))
            whole: float = self.settings["seconds"]
            plans = 1 + len(questions)
            self._solve(loaded, whole * (1 - START_AND_REPORT - FURTHER * plans))
            for question in questions:
                if not self.stop():
                    self._solve(self._ask(loaded, question, problem), whole * FURTHER)
            self._lend(opened, (BASE,))
            if not self.stop():
                self._solve(loaded, whole * FURTHER, say("cli.demo.further"))
            self._lend(opened, self.outcomes)
            opened.save(self.out)
            for done in self.runs:
                done.folder.finish(done.result.status)
            return self._finish(opened, time.monotonic() - begun)

    def _ask(self, loaded: Loaded, question: WhatIf, problem: Problem) -> Loaded:
        """Branch from the base with its plan, and record the changes; give what is to be planned."""
        name = question.title(lang())
        self._edit(loaded.opened, Branch(parent=BASE, name=name))
        changes = tuple(
            change for words in question.commands for change in expand(problem, *words).changes
        )
        self._edit(
            loaded.opened, Record(scenario=name, group=ChangeSet(name=name, changes=changes))
        )
        return Loaded(loaded.opened, Target(self.out, name))

    def _lend(self, opened: Opened, names: Iterable[str]) -> None:
        """Give scenarios the plan of another that serves them better than their own.

        Otherwise a closed room could seem to save something: its plan was searched with more luck.
        """
        wanted, found = frozenset(names), True
        while found:
            found = False
            for lent in lending(self.outcomes, BASE):
                if lent is None or lent.scenario not in wanted:
                    continue
                found = True
                self._take(opened, lent.scenario, lent.plan_of)
                break

    def _take(self, opened: Opened, name: str, plan_of: str) -> None:
        """Let a scenario have the plan of another, and what was simulated of it."""
        mine, other = self.outcomes[name], self.outcomes[plan_of]
        forecast = opened.study.scenario(plan_of).forecast
        self._edit(opened, AdoptPlan(scenario=name, plan=other.plan, forecast=forecast))
        outcome = Outcome(mine.problem, other.plan, mine.waivers, forecast=forecast)
        self.outcomes[name] = outcome
        opened.keep_score(name, score_plain(outcome.judgement.score), sheet(outcome))

    def _edit(self, opened: Opened, edit: Edit) -> None:
        opened.do(edit, reason=MADE)

    def _solve(self, loaded: Loaded, seconds: float, title: str = "") -> None:
        name = loaded.target.name
        settings = {
            "budget": Budget(seconds=seconds),
            "seed": self.settings["seed"],
            "workers": self.settings["workers"],
            "strict": False,
        }
        request = request_for(loaded, ("theatre", "roster"), settings)
        title = title or (say("cli.base") if name == BASE else name)
        with display(self.settings["events"], seconds, title) as show:
            done = run(loaded.opened, name, request, show, stop=self.stop, lock=self.out)
        self.runs.append(done)
        if not done.found:
            done.folder.finish(done.result.status)
            raise NothingFound("cli.demo.nothing", seconds=int(self.settings["seconds"]))
        self.outcomes[name] = adopt(loaded, done, save=False, reason=MADE)
        note("cli.demo.solved", scenario=title, score=score_words(done.result.score))

    def _finish(self, opened: Opened, seconds: float) -> dict[str, Any]:
        """Compare, print, and write the report."""
        sides = of_study(opened, BASE, self.outcomes)
        comparison = compared(sides)
        write_report(comparison, sides, self.report)
        if not self.settings["as_json"]:
            comparison_text(comparison)
            print()
            for path in (self.out, self.report):
                print(say("cli.written", path=str(path)))
            print(say("cli.demo.next", path=str(self.out)))
        base = opened.study.scenario(BASE)
        return {
            "file": str(self.out),
            "report": str(self.report),
            "seconds": round(seconds, 1),
            "placed": sum(1 for _ in base.plan.placements),
            "duties": sum(1 for _ in base.plan.duties),
            "scores": {
                name: score_plain(outcome.judgement.score)
                for name, outcome in sides.outcomes.items()
            },
            "comparison": comparison_plain(comparison),
        }
