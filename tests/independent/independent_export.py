"""A small export written by hand: two theatres on a Monday, and one person's roster."""

import csv
from pathlib import Path

Table = list[dict[str, str]]
Tables = dict[str, Table]

STUDY = "start days zone as_of clock order noon"
COLUMNS = {
    "study": STUDY,
    "theatres": "id name suite features beside",
    "sessions": "id theatre day start end owners surgeon release overtime anaesthesia closed "
    "emergency",
    "equipment": "id name quantity delay",
    "recoveries": "id name posts start end suites",
    "wards": "id name kind beds open start end",
    "census": "id ward day taken",
    "anaesthesia": "id day start end anaesthetists suites",
    "teams": "id day start end teams suites specialties",
    "procedures": "id name specialty mean deviation shift turnover features equipment "
    "anaesthesia recovery stay opening closing",
    "surgeons": "id name specialty procedures pace rooms teaches prefers",
    "cases": "id procedure specialty surgeons unattended priority mean deviation listed due "
    "earliest unavailable mode ward nights_before nights intensive intensive_nights equipment "
    "flags age sex note delivery partners trainee prefers suites",
    "appointments": "id day session start told",
    "staff": "id name contract role team skills share shifts last",
    "absences": "id person first last start end reason",
    "histories": "id past",
    "contracts": "id name week",
    "cover": "id day shifts skill least best most price_below price_above",
    "requests": "id person day shift wanted weight",
    "shifts": "id name start end pause track tags",
    "placements": "case session room date start end surgeon",
    "duties": "person date track shift start end",
}
LIMITS = """
room_overlap in_session surgeon_away surgeon_skill anaesthesia_type equipment room_features
recovery_hours earliest needs_start one_duty absence allowed_shifts
delivery emergency_session teams partners
two_rooms: apart = 3000
travel: way = 15
session_overtime: after = "allowed", grace = 0
recovery_posts: wait = 0
surgeon_overlap: changeover = 0, apart = 3000
owner: when = "before"
notice: days = 7
teaching: longer = 25
anaesthetists: ratio = 2
ward_beds: kind = "intensive"
shift_skill: tag = "night", skill = "senior"
min_gap: before = "work", after = "work", minutes = 720
window_sum: measure = "effective", window = "rolling", days = 7, most = 2880, tag = "work"
window_sum: measure = "effective", window = "week", days = 7, most = 2640, tag = "work"
weekly_rest: tag = "work", minutes = 2160
rest_days: weeks = 2, later = 0, least = 4, together = 2, including = [6], night_end = "works", \
tag = "work"
"""
CASE = (
    "specialty=ORTHO unattended=no trainee=no nights_before=0 nights=0 intensive_nights=0 "
    "mode=inpatient listed=2026-09-01"
)
WEEK = "mon|tue|wed|thu|fri|sat|sun"


def rules_text() -> str:
    """Write all limits as hard rules; those with numbers one a line, each with an id of its own."""
    lines = [line for line in LIMITS.splitlines() if line]
    found = [(type, "") for line in lines if ":" not in line for type in line.split()]
    found += [(line.split(":")[0], line.split(": ", 1)[1]) for line in lines if ":" in line]
    text = ""
    for number, (type, numbers) in enumerate(found):
        id = f"{type}-week" if '"week"' in numbers else type
        assert id not in [other for other, _ in found[:number]]
        text += f'[[rule]]\nid = "{id}"\ntype = "{type}"\ntier = 0\nenabled = true\n'
        text += f"parameters = {{{numbers}}}\n\n"
    return text


def _row(table: str, line: str) -> dict[str, str]:
    """Read `column=value column=value`; the first word alone is the first column."""
    first, *others = line.split()
    columns = COLUMNS[table].split()
    return {**dict.fromkeys(columns, ""), columns[0]: first, **dict(o.split("=") for o in others)}


def rows(table: str, *lines: str) -> Table:
    """Make the rows of a table."""
    return [_row(table, line) for line in lines]


def by_hand() -> Tables:
    """Make a right plan.

    K1 lasts 08:00 to 09:40 and K2 10:10 to 11:10, both in R1 with X1; K3 08:00 to 08:30 in R2 with
    X2. IDE-1 has no duty yet.
    """
    tables: Tables = {table: [] for table in COLUMNS}
    study = "zone=Europe/Paris as_of=2026-10-01 clock=yes order=weighted noon=12:30"
    tables["study"] = rows("study", f"2026-10-05 days=28 {study}")
    tables["theatres"] = rows("theatres", "R1 suite=A features=laminar", "R2 suite=A")
    monday = "day=2026-10-05 start=08:00 end=16:30 owners=ORTHO overtime=60 closed=no emergency=no"
    tables["sessions"] = rows(
        "sessions",
        f"S1 theatre=R1 {monday} anaesthesia=general",
        f"S2 theatre=R2 {monday} anaesthesia=general",
    )
    tables["equipment"] = rows("equipment", "BOX quantity=1 delay=15")
    tables["recoveries"] = rows("recoveries", "SSPI posts=3 start=08:00 end=19:00")
    tables["wards"] = rows("wards", f"USC kind=intensive beds=1 open={WEEK}")
    cover = "day=2026-10-05 anaesthetists=1"
    tables["anaesthesia"] = rows(
        "anaesthesia", f"AM {cover} start=08:00 end=12:30", f"PM {cover} start=12:30 end=19:00"
    )
    usual = "specialty=ORTHO mean=60 anaesthesia=general stay=120 opening=0 closing=0"
    tables["procedures"] = rows(
        "procedures",
        f"PTH {usual} turnover=30 recovery=100 features=laminar equipment=BOX",
        f"PTG {usual} turnover=18 recovery=75",
        f"ARTHRO {usual} turnover=10 recovery=60",
    )
    tables["surgeons"] = rows(
        "surgeons",
        "X1 specialty=ORTHO pace=100 rooms=1 teaches=no",
        "X2 specialty=ORTHO pace=100 rooms=1 teaches=yes",
    )
    tables["cases"] = rows(
        "cases",
        f"K1 {CASE} procedure=PTH mean=100 deviation=30",
        f"K2 {CASE} procedure=PTG mean=57 deviation=40",
        f"K3 {CASE} procedure=ARTHRO mean=30 deviation=9",
    )
    at = "date=2026-10-05"
    tables["placements"] = rows(
        "placements",
        f"K1 session=S1 room=R1 {at} start=08:00 surgeon=X1",
        f"K2 session=S1 room=R1 {at} start=10:10 surgeon=X1",
        f"K3 session=S2 room=R2 {at} start=08:00 surgeon=X2",
    )
    tables["staff"] = rows("staff", "IDE-1 contract=FPH skills=senior share=100")
    tables["contracts"] = rows("contracts", "FPH week=2100")
    tables["histories"] = rows("histories", "IDE-1 past=-|-|-|-|-|-|-|-|-|-|-|-|-|-")
    day = "pause=0 track=work tags=day|work"
    tables["shifts"] = rows(
        "shifts",
        f"J9 start=07:30 end=16:30 {day}",
        f"D12 start=07:30 end=19:30 {day}",
        "N12 start=19:30 end=07:30+1 pause=0 track=work tags=night|work",
        f"S start=10:54 end=18:30 {day}",
        f"E start=06:30 end=09:30 {day}",
        f"F start=07:30 end=10:30 {day}",
        "H start=12:00 end=13:00 pause=0 track=call tags=call",
    )
    return tables


def duties(tables: Tables, **shifts: str) -> Tables:
    """Give IDE-1 duties: `oct05="J9"`."""
    times = {row["id"]: row for row in tables["shifts"]}
    for day, shift in shifts.items():
        month = {"mar": "03", "oct": "10"}[day[:3]]
        row = {"person": "IDE-1", "date": f"2026-{month}-{day[3:5]}", "shift": shift}
        tables["duties"].append(row | {k: times[shift][k] for k in ("track", "start", "end")})
    return tables


def change(tables: Tables, *changes: str) -> Tables:
    """Change cells: `cases K1 mean=110`; `+ absences A1 person=X1` adds a row, `- cases` takes all away."""
    for words in changes:
        if words.startswith("- "):
            tables[words[2:]] = []
            continue
        if words.startswith("+ "):
            _, table, line = words.split(" ", 2)
            tables[table] += rows(table, line)
            continue
        table, id, *cells = words.split()
        key = COLUMNS[table].split()[0]
        (row,) = [row for row in tables[table] if row[key] == id]
        row.update(dict(cell.split("=") for cell in cells))
    return tables


def write(tables: Tables, folder: Path, rules: str = "") -> Path:
    """Write the files as an export has them, with the rules given or with all limits."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.DictWriter(file, columns.split(), delimiter=";")
            lines.writeheader()
            for row in tables[table]:
                guard = {k: f"'{v}" if v.startswith("-") else v for k, v in row.items()}
                lines.writerow(guard)
    (folder / "rules.toml").write_text(rules or rules_text(), encoding="utf-8")
    return folder
