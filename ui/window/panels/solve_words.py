"""How a run stands, in sentences."""

from collections.abc import Iterator
from math import ceil
from typing import Final

from planner.bound_words import source_words
from planner.runs import MASTER, ROTATION
from planner.sentences import remark_words
from planner.words import known, number
from ui.window.run import Run
from ui.window.workbench import Workbench

_KIND: Final = {"": "", MASTER: "_grid", ROTATION: "_rotation"}
"""How the messages about a run end: about a plan, owners of the master schedule, lines of a rotation."""


def limit_words(bench: Workbench, run: Run) -> str:
    """Say how far the best plan may be from the best possible; nothing is claimed without a proof."""
    if run.proven:
        return bench.say(f"solve.proven{_KIND[run.of_facts]}")
    if run.gap is None:
        return bench.say("solve.no_limit" if run.on else "solve.no_limit_over")
    kind = _KIND[run.of_facts]
    if run.gap < 0.05:
        return bench.say(f"solve.gap_none{kind}")
    places = 0 if run.gap >= 10 else 1
    over = ceil(run.gap * 10**places) / 10**places  # never less than it is: "at most"
    return bench.say(f"solve.gap{kind}", gap=number(over, bench.lang, places))


def cost_words(bench: Workbench, run: Run) -> str:
    """Say what the best plan costs, or the best grid beside the one of now, and how low it could go."""
    if run.cost is None:
        return ""
    cost, bound = number(run.cost, bench.lang), number(run.bound or 0, bench.lang)
    if run.grid is not None:
        before = number(run.grid.before.score.total or 0, bench.lang)
        return bench.say(f"solve.cost{_KIND[run.of_facts]}", cost=cost, before=before)
    assert run.best is not None
    score = run.best.judgement.score
    if score.total is None:
        tiers = " / ".join(number(tier, bench.lang) for tier in score.tiers)
        return bench.say("solve.cost_tiers", tiers=tiers)
    if score.breaches:
        soft = number(score.total, bench.lang)
        return bench.say("solve.cost_broken", cost=soft, n=score.breaches)
    if run.bound is None:
        return " ".join([bench.say("solve.cost", cost=cost), *_part_words(bench, run)])
    sources = source_words(run.sources.values(), bench.lang)
    if not run.alone:
        return bench.say("solve.cost_bound", cost=cost, bound=bound, sources=sources)
    assert run.bound is not None
    own, low = number(run.cost - run.rest, bench.lang), number(run.bound - run.rest, bench.lang)
    return bench.say("solve.cost_bound_alone", cost=cost, own=own, bound=low, sources=sources)


def _part_words(bench: Workbench, run: Run) -> Iterator[str]:
    """Say of each part that has a bound how low it could go, where the whole has none."""
    for part, cost, bound in run.part_bounds:
        yield bench.say(
            "solve.cost_part",
            part=bench.say(f"cli.part.{part}"),
            cost=number(cost, bench.lang),
            bound=number(bound, bench.lang),
            sources=source_words((run.sources.get(part, ""),), bench.lang),
        )


def why_words(bench: Workbench, run: Run) -> str:
    """Say what adopting and leaving alone would do."""
    if run.of_facts:
        return bench.say(f"solve.why{_KIND[run.of_facts]}")
    if run.request.linked:
        return bench.say("solve.why_linked_base" if run.afar else "solve.why_linked")
    return bench.say("solve.why" if run.on else "solve.why_over")


def remark_lines(bench: Workbench, run: Run) -> str:
    """Say what the run has remarked: facts that keep cases out of the plan, pins that clash."""
    lines = []
    for what, facts in run.remarks:
        told = dict(facts)
        if "part" in told:
            told["part"] = bench.say(f"cli.part.{told['part']}")
        lines.append(f"• {remark_words(what, told, bench.lang)}")
    return "\n".join(dict.fromkeys(lines))


def state_words(bench: Workbench, run: Run, *, outdated: bool) -> str:
    """Say what the run is doing, or how it ended; that facts have changed since comes first."""
    say = bench.say
    document = bench.document
    told = [say("solve.outdated")] if outdated else []
    if document is not None and document.name != run.scenario:
        name = bench.called(run.scenario)
        told.append(say("solve.elsewhere", scenario=name))
    if run.state == "stopping":
        told.append(say("solve.stopping"))
    elif run.on:
        phase = ".".join(("phase", _KIND[run.of_facts].strip("_"), run.phase)).replace("..", ".")
        words = say(phase) if known(phase) else say("solve.starting")
        told.append(words[:1].upper() + words[1:])
    elif run.ended:
        told.append(say(run.ended, **run.facts))
    elif run.of_facts:
        told.append(say(f"solve.over{_KIND[run.of_facts]}" if run.ready else "solve.over_same"))
    else:
        told.append(say("solve.over" if run.ready else "solve.over_same"))
    if not run.on and run.best is not None and not _better(run):
        told.append(say("solve.no_better"))
    return " ".join(each if each.endswith((".", "…")) else f"{each}." for each in told)


def _better(run: Run) -> bool:
    assert run.best is not None
    if not any(run.before.plan.sessions) and not any(run.before.plan.days):
        return True
    return run.best.judgement.score.key < run.before.judgement.score.key
