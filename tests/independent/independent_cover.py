"""Counts who is there for each cover requirement, whose wishes are met, and hours against contracts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from independent_folder import Limit, Wrong, date, words
from independent_rosters import Person, Rosters, abilities
from independent_staff import away, gone


def wrong_cover(rosters: Rosters) -> Iterator[Wrong]:
    """Find cover that is missing or too much, wishes refused, and hours off the contract."""
    for limit in rosters.folder.limits:
        if limit.type in _JUDGES:
            people = [person for person in rosters.people if limit.holds(person.tags)]
            yield from _JUDGES[limit.type](rosters, limit, people)


def _cover(rosters: Rosters, limit: Limit, people: list[Person]) -> Iterator[Wrong]:
    level = limit.numbers["level"]
    duties: dict[dt.date, list[tuple[Person, str]]] = defaultdict(list)
    for person in people:
        for duty in person.duties:
            duties[duty.date].append((person, duty.shift["id"]))
    for need in rosters.folder.rows("cover"):
        day = date(need["day"])
        if day not in rosters.folder.dates or not need[level]:
            continue
        asked, shifts = int(need[level]), words(need["shifts"])
        here = {person.id: person for person, shift in duties[day] if shift in shifts}
        there = sum(need["skill"] in ("", *abilities(person)) for person in here.values())
        missing = there - asked if level == "most" else asked - there
        units = missing * int(need["price_above" if level == "most" else "price_below"])
        if units > 0:
            words_ = f"{need['id']}: {there} there, {level} {asked}"
            yield limit.wrong(words_, need["id"], day=day, amount=units)


def _wishes(rosters: Rosters, limit: Limit, people: list[Person]) -> Iterator[Wrong]:
    by_id = {person.id: person for person in people}
    for wish in rosters.folder.rows("requests"):
        person, day = by_id.get(wish["person"]), date(wish["day"])
        if person is None or day not in rosters.folder.dates:
            continue
        works = [duty.shift["id"] for duty in person.duties if duty.date == day]
        has = wish["shift"] in works if wish["shift"] else bool(works)
        units = int(wish["weight"]) if has != (wish["wanted"] == "yes") else 0
        if units:
            words_ = f"{person.id} on {day}: wish {wish['id']} is refused"
            yield limit.wrong(words_, person.id, day=day, amount=units)


def _hours(rosters: Rosters, limit: Limit, people: list[Person]) -> Iterator[Wrong]:
    contracts, days = rosters.folder.by_id("contracts"), rosters.folder.dates
    for person in people:
        worked = 0
        for duty in person.with_tag(limit.numbers["tag"]):
            if not duty.past:
                worked += len(duty.inside) - int(duty.shift["pause"])
        free = away if limit.numbers["credit"] else gone
        owing = sum(not free(rosters, person, day) for day in days)
        exact = int(contracts[person.row["contract"]]["week"]) * int(person.row["share"]) * owing
        due = exact // 700 + (exact % 700 >= 350)
        units = abs(worked - due) - int(limit.numbers["tolerance"])
        if units > 0:
            words_ = f"{person.id}: {worked} minutes, {due} are due"
            yield limit.wrong(words_, person.id, day=days[-1], amount=units)


def _cost(rosters: Rosters, limit: Limit, people: list[Person]) -> Iterator[Wrong]:
    """Pay each duty by itself, in whole money; what the contract asks is paid already, if so told."""
    contracts, days = rosters.folder.by_id("contracts"), rosters.folder.dates
    hour = int(limit.numbers["hour"])
    for person in people:
        money = 0
        for duty in person.with_tag(limit.numbers["tag"]):
            if not duty.past:
                money += _rounded((len(duty.inside) - int(duty.shift["pause"])) * hour, 60)
        if limit.numbers["paid"] == "beyond":
            there = sum(not away(rosters, person, day) for day in days)
            week = int(contracts[person.row["contract"]]["week"]) * int(person.row["share"])
            money -= _rounded(_rounded(week * there, 700) * hour, 60)
        if money > 0:
            yield limit.wrong(f"{person.id}: {money}", person.id, day=days[-1], amount=money)


def _rounded(over: int, under: int) -> int:
    whole, rest = divmod(over, under)
    return whole + (2 * rest >= under)


_JUDGES = {"coverage": _cover, "request": _wishes, "staff_cost": _cost, "target_hours": _hours}
JUDGED_COVER = set(_JUDGES)
