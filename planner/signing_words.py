"""How a scenario stands and who signed what, in sentences."""

from collections.abc import Iterator
from datetime import datetime

from planner.signatures import Signature
from planner.standing import Standing
from planner.words import clock, day, say


def state_words(state: str, lang: str) -> str:
    """Say a state in a word."""
    return say(f"state.{state}", lang)


def signer(signature: Signature, lang: str) -> str:
    """Say who signed: an account, or a name that an account has declared, and why it is that alone."""
    how = "account" if not signature.declared else "mapped" if signature.mapped else "name"
    return say(f"sign.by_{how}", lang, account=signature.holder, name=signature.name)


def signature_sentence(signature: Signature, lang: str) -> str:
    """Say who took a step, when and why."""
    what = f"sign.{signature.step}_{'why' if signature.reason else 'bare'}"
    facts = {"when": moment(signature.made, lang), "reason": signature.reason}
    return say(what, lang, who=signer(signature, lang), **facts)


def lines(found: Standing, lang: str) -> Iterator[str]:
    """Say how a scenario stands: who signed, or what has changed since; that one account did it all."""
    for each in found.signatures:
        yield signature_sentence(each, lang)
    if found.declared:
        yield say("sign.unproven" if found.mapped else "sign.declared", lang)
    if found.lost is not None:
        yield lost_sentence(found.lost, lang)
    if found.unlike is not None:
        yield unlike_sentence(found.unlike, lang)


def lost_sentence(lost: Signature, lang: str, scenario: str = "") -> str:
    """Say that what somebody signed has changed since, so that it is a draft again."""
    facts = {"who": signer(lost, lang), "when": moment(lost.made, lang), "scenario": scenario}
    return say(f"sign.back_{'of' if scenario else 'bare'}_{lost.step}", lang, **facts)


def unlike_sentence(unlike: Signature, lang: str) -> str:
    """Say that what is published is not what somebody has signed as published."""
    return say("sign.unlike", lang, who=signer(unlike, lang), when=moment(unlike.made, lang))


def moment(made: str, lang: str) -> str:
    """Say when something was, by the clock on the wall here."""
    try:
        when = datetime.fromisoformat(made).astimezone()
    except ValueError:
        return made
    return f"{day(when.date(), lang, 'date')}, {clock(when.hour * 60 + when.minute)}"
