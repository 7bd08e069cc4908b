"""The next period from the command line: a new study, and what it begins with."""

import datetime as dt
from pathlib import Path

from data.next_period import write_next_period
from data.study_file import is_study
from planner.next_period_words import apart, period_lines
from planner.study import Scenario
from ui.cli.keeping import refuse_existing
from ui.cli.sentences import Told
from ui.cli.show import document, note, telling
from ui.cli.speech import lang, say
from ui.cli.targets import Target, load, unrecognised


def follow(
    words: str, out: Path, as_of: dt.date | None, *, published: bool, force: bool, as_json: bool
) -> None:
    """Write the study of the next period; the one at hand is read only.

    Raises:
        Told: the target is no study, has no such scenario or no plan, or `out` is in use.
        Held: somebody else holds `out`.
    """
    target = Target.of(words)
    if target.path.exists() and not is_study(target.path):
        raise Told("cli.scenario.no_study", path=str(target.path))
    if not target.path.exists():
        raise unrecognised(target.path)
    if out.exists() and out.samefile(target.path):
        raise Told("cli.next_period.same", path=str(out))
    refuse_existing(out, force=force)
    loaded = load(target)
    with loaded.opened:
        scenario = loaded.scenario()
        _remark(words, scenario, published=published)
        seal = loaded.opened.seal
        found = write_next_period(
            loaded.study, scenario.name, out, as_of, seal=seal, published=published
        )
    horizon = found.problem.horizon
    with telling():
        if as_json:
            first, last = (horizon.date(day).isoformat() for day in (0, horizon.last))
            dates = {"first": first, "last": last, "protected": seal is not None}
            document({"file": str(out), **dates, **found.told})
            return
        print("\n".join(period_lines(found, lang())))
        print(say("cli.written", path=str(out)))
        if seal is not None:
            print(say("seal.kept", path=str(out), file=str(target.path)))


def _remark(words: str, scenario: Scenario, *, published: bool) -> None:
    """Say which plan is taken for what was done, where that is not the one that everybody was told.

    Raises:
        Told: there is no such plan.
    """
    if published and scenario.published is not None:
        return
    if published or (not any(scenario.plan.placements) and not any(scenario.plan.duties)):
        raise Told("cli.next_period.none" if published else "cli.next_period.empty", target=words)
    if scenario.published is None:
        note("cli.next_period.unpublished", scenario=scenario.name)
    elif (facts := apart(scenario)) is not None:
        note("next_period.apart", **facts)
        note("cli.next_period.instead")
