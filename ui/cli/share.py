"""`planner share`: write a study, or one scenario, for others; without names unless they are asked for."""

import sys
from pathlib import Path
from typing import Final

import click

from ui.cli import speaking
from ui.cli.speaking import force_option, json_option, option

_SHOWN: Final = 12
"""Cases that may be recognised which are told one by one, the rarest first."""


@speaking.command("share")
@speaking.target_argument
@option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), required=True, help="cli.share.out"
)
@option("--with-names", "names", is_flag=True)
@option("--read-only", "read_only", is_flag=True)
@option("--reason", metavar="TEXT", default="", help="cli.share.reason")
@option("--protect", is_flag=True)
@option("--protect-file", metavar="FILE")
@force_option
@json_option
def command(
    target: str,
    out: Path,
    names: bool,
    read_only: bool,
    reason: str,
    protect: bool,
    protect_file: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Share a study: pseudonyms for people and cases, no free text, dates moved by whole weeks."""
    from data.parting import before_sharing
    from data.protecting import Seal
    from data.sharing import of_scenario, share
    from data.sharing_noted import line_of, note_sharing
    from data.state import true_path
    from planner.rarity import rare_cases, rare_lines
    from planner.sharing_words import date_line, house_labels, listed_lines, typed_words
    from ui.cli.keeping import refuse_existing
    from ui.cli.passphrases import new_passphrase, tell_in_clear
    from ui.cli.sentences import Told
    from ui.cli.show import document, note
    from ui.cli.speech import lang, say
    from ui.cli.targets import Target, load

    source = Target.of(target)
    if true_path(out) == true_path(source.path):
        raise Told("share.own_file", file=out.name)
    refuse_existing(out, force=force)
    protect = protect or protect_file is not None
    seal = Seal.of(new_passphrase(out, protect_file)) if protect else None
    loaded = load(source)
    with loaded.opened:
        one = loaded.target.scenario is not None
        study = of_scenario(loaded.study, loaded.scenario().name) if one else loaded.study
        done = share(
            study,
            out,
            names=names,
            reason=reason,
            read_only=read_only,
            seal=seal,
            lang=lang(),
            before=before_sharing(loaded.opened.history(), part=one),
        )
        entry = line_of(done, reason=reason, read_only=read_only, protected=protect)
        unnoted = note_sharing(loaded.opened, entry)
    if not protect:
        tell_in_clear(loaded.opened, out)
    if as_json:
        key = None if done.key is None else str(done.key)
        told = {"path": str(done.path), "names": names, "key": key, "rare": done.rare}
        told |= {"doubtful": list(done.doubtful), "dated": list(done.dated)}
        told["noted"] = unnoted is None and loaded.opened.path is not None
        told["labels"] = house_labels(study) if done.key else {}
        told["words"] = typed_words(study) if done.key else {}
        document({**told, "read_only": read_only, "protected": protect})
        return
    if unnoted is not None:
        note("share.unnoted", file=source.path.name, why=unnoted.sentence(lang()))
    print(say("cli.written", path=str(out)))
    if protect:
        print(say("cli.share.protected"))
    if done.backup is not None and (protect or not names):
        note("share.backup", path=str(done.backup))
    if done.key is None:
        note("cli.share.names")
        return
    print(say("cli.share.hidden", key=str(done.key)))
    if done.doubtful:
        note("share.doubtful", n=len(done.doubtful), texts=", ".join(done.doubtful))
    if done.dated:
        note("share.dated", n=len(done.dated), texts=", ".join(done.dated))
    for line in (date_line(study, lang()), *listed_lines(study, lang())):
        print(line)
    found = rare_cases(study.base.cases)
    if found:
        note("cli.share.rare", n=len(found))
        for line in rare_lines(study.base, found[:_SHOWN], lang()):
            print(f"  {line}", file=sys.stderr)
