"""`planner solve`: make or improve the plan of a scenario, or solve a public benchmark instance."""

from pathlib import Path
from typing import Any

import click

from planner.runs import MASTER, ROTATION
from ui.cli import speaking
from ui.cli.budgets import budget_of, budget_options
from ui.cli.door import BROKEN, INTERRUPTED, NOTHING, OURS
from ui.cli.speaking import OneOf, SomeOf, Whole, force_option, json_option, option
from ui.cli.speech import say


@speaking.command("solve")
@speaking.target_argument
@option("--parts", type=SomeOf("theatre", "roster", "mss", "rotation"), default="theatre,roster")
@option("--master", metavar="NAME=NUMBER", multiple=True)
@option("--rotation", metavar="ROTATION")
@option("--all-scenarios", "every", is_flag=True)
@option("--scenario", "chosen", metavar="NAME", multiple=True, help="cli.solve.scenario")
@option("--jobs", type=Whole(1), default=1, metavar="N")
@option("--linked", is_flag=True)
@speaking.reading_option
@budget_options
@option("--strict-order", "strict", is_flag=True)
@option("--events", type=OneOf("text", "jsonl", "none"), default="text")
@option("--out", metavar="FILE", type=click.Path(path_type=Path))
@option("--solution", metavar="FILE", type=click.Path(path_type=Path), help="cli.solve.solution")
@force_option
@json_option
def command(
    target: str,
    parts: tuple[str, ...],
    reading: str | None,
    out: Path | None,
    solution: Path | None,
    every: bool,
    chosen: tuple[str, ...],
    jobs: int,
    **settings: Any,
) -> int:
    """Solve a scenario, or all or some of a study, in place, through the lock and the run folder."""
    from ui.cli.keeping import refuse_existing
    from ui.cli.targets import Target, held

    for path in (out, solution):
        if path is not None:
            refuse_existing(path, force=settings["force"])
    settings["budget"] = budget_of(
        settings.pop("seconds"), settings.pop("cpu_seconds"), settings.pop("effort")
    )
    wanted = Target.of(target)
    if every or chosen:
        if settings["linked"]:
            raise click.UsageError(
                say("cli.not_for_all", other="--linked"), click.get_current_context()
            )
        _refuse_beside_all(wanted, parts, solution)
    elif jobs > 1:
        raise click.UsageError(say("cli.jobs_for_all"), click.get_current_context())
    with held(wanted, reading, in_place=out is None) as loaded:
        if every or chosen:
            names = () if every else chosen
            return _solve_all(loaded, names, parts, out, settings, jobs)
        if solution is not None:
            loaded.form  # noqa: B018 - refuses a file without one before any work
        return _solve(loaded, parts, out, solution, settings)


def _refuse_beside_all(target: Any, parts: tuple[str, ...], solution: Path | None) -> None:
    """Refuse what makes no sense for all scenarios at once.

    Raises:
        click.UsageError: one scenario, facts to be found, or a solution file was asked for too.
    """
    facts = [part for part in (MASTER, ROTATION) if part in parts]
    if target.scenario is not None:
        raise click.UsageError(
            say("cli.all_of_file", target=str(target), file=str(target.path)),
            click.get_current_context(),
        )
    if facts or solution is not None:
        other = "--solution" if solution is not None else f"--parts {facts[0]}"
        raise click.UsageError(say("cli.not_for_all", other=other), click.get_current_context())


def _solve_all(
    loaded: Any,
    names: tuple[str, ...],
    parts: tuple[str, ...],
    out: Path | None,
    settings: dict[str, Any],
    jobs: int,
) -> int:
    from ui.cli.queueing import solve_all, tell

    in_place = out is None and loaded.importer is None
    done = solve_all(loaded, names, parts, settings, jobs=jobs, save=in_place)
    if out is not None and any(run.found for run in done.runs.values()):
        loaded.opened.save(out)
    tell(done, loaded, out, as_json=settings["as_json"])
    if done.stopped:
        return INTERRUPTED
    if done.lost:
        return OURS
    found = [run for run in done.runs.values() if run.found]
    if len(found) < len(done.asked):
        return NOTHING
    return BROKEN if any(run.result.score.breaches for run in found) else 0


def _solve(
    loaded: Any,
    parts: tuple[str, ...],
    out: Path | None,
    solution: Path | None,
    settings: dict[str, Any],
) -> int:
    from ui.cli.adopting import adopt, adopt_facts, request_for, tell_asked
    from ui.cli.display import display
    from ui.cli.linking import adopt_linked
    from ui.cli.running import run
    from ui.cli.solutions import write_solution
    from ui.cli.stopping import Stop

    request = request_for(loaded, parts, settings)
    in_place = out is None and loaded.importer is None
    name = loaded.target.name
    tell_asked(loaded)
    with display(settings["events"], request.budget.seconds) as show:
        mine = loaded.opened.path if in_place else None
        done = run(loaded.opened, name, request, show, stop=Stop(), lock=mine)
    if done.found:
        if request.of_facts:
            adopt_facts(loaded, done, save=in_place)
        else:
            (adopt_linked if request.linked else adopt)(loaded, done, save=in_place)
        if out is not None:
            loaded.opened.save(out)
        if solution is not None:
            write_solution(loaded.form, request.problem, done.result.plan, solution)
    done.folder.finish(done.result.status)
    return _tell(loaded, done, out, solution, as_json=settings["as_json"])


def _tell(loaded: Any, done: Any, out: Path | None, solution: Path | None, *, as_json: bool) -> int:
    from ui.cli.adopting import outcome_document, outcome_text
    from ui.cli.findings import tell_unjudged
    from ui.cli.mastering import grid_document, grid_text
    from ui.cli.rotating import rotation_document, rotation_text
    from ui.cli.show import document, telling

    written = [path for path in (out, solution) if path is not None and done.found]
    if loaded.importer is None and out is None and done.found:
        written.insert(0, loaded.target.path)
    of_facts = done.request.of_facts
    if done.found and not of_facts:
        tell_unjudged(done.problem, done.result.plan)
    more = {MASTER: grid_document, ROTATION: rotation_document}
    say_so = {MASTER: grid_text, ROTATION: rotation_text}
    with telling():
        if as_json:
            added = more[of_facts](done) if of_facts else {}
            document(outcome_document(done) | added)
        else:
            say_so.get(of_facts, outcome_text)(done, written)
    if not done.found:
        return NOTHING
    if done.stopped:
        return INTERRUPTED
    return BROKEN if done.result.score.breaches else 0
