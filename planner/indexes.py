"""The records of a problem by id, and the tags that scopes ask them for."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

from planner.cached import cached
from planner.cases import Appointment, Case, CaseId, Procedure, ProcedureId, Surgeon
from planner.hospital import (
    Equipment,
    EquipmentId,
    Session,
    SessionId,
    SpecialtyId,
    Theatre,
    TheatreId,
    Ward,
    WardId,
)
from planner.people import Carried, Contract, ContractId, Promise, ShiftId, StaffId, StaffMember
from planner.problem import Problem
from planner.rostering import ShiftType

K = TypeVar("K")
V = TypeVar("V")


class _Known(dict[K, V]):
    """Records by id; one that is named and not there is like any other, as `check` says so already.

    Nobody can type such a link, but a file that somebody else has written may have one.
    """

    def __init__(self, records: Mapping[K, V], usual: Callable[[K], V]) -> None:
        super().__init__(records)
        self._usual = usual

    def __missing__(self, id: K) -> V:
        return self._usual(id)


class Indexes:
    """A problem read by id; each index is made when it is first asked for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._tagged: dict[str, frozenset[ShiftId]] = {}

    # --- by id -------------------------------------------------------------------------------

    @cached
    def theatres(self) -> Mapping[TheatreId, Theatre]:
        """Theatres by id."""
        known = {theatre.id: theatre for theatre in self.problem.theatres}
        return _Known(known, lambda key: Theatre(id=key))

    @cached
    def sessions(self) -> Mapping[SessionId, Session]:
        """Sessions by id."""
        return {session.id: session for session in self.problem.sessions}

    @cached
    def cases(self) -> Mapping[CaseId, Case]:
        """Cases by id."""
        return {case.id: case for case in self.problem.cases}

    @cached
    def procedures(self) -> Mapping[ProcedureId, Procedure]:
        """Procedures by id."""
        known = {procedure.id: procedure for procedure in self.problem.procedures}
        return _Known(known, lambda key: Procedure(id=key, specialty=SpecialtyId("")))

    @cached
    def surgeons(self) -> Mapping[str, Surgeon]:
        """Surgeons by id."""
        return {surgeon.id: surgeon for surgeon in self.problem.surgeons}

    @cached
    def appointments(self) -> Mapping[CaseId, Appointment]:
        """What patients were promised, by case."""
        return {appointment.id: appointment for appointment in self.problem.appointments}

    @cached
    def equipment(self) -> Mapping[EquipmentId, Equipment]:
        """Equipment by id."""
        return {equipment.id: equipment for equipment in self.problem.equipment}

    @cached
    def wards(self) -> Mapping[WardId, Ward]:
        """Wards by id."""
        return {ward.id: ward for ward in self.problem.wards}

    @cached
    def contracts(self) -> Mapping[ContractId, Contract]:
        """Contracts by id."""
        return {contract.id: contract for contract in self.problem.contracts}

    @cached
    def staff(self) -> Mapping[StaffId, StaffMember]:
        """Staff members by id."""
        return {person.id: person for person in self.problem.staff}

    @cached
    def shifts(self) -> Mapping[ShiftId, ShiftType]:
        """Shift types by id."""
        return {shift.id: shift for shift in self.problem.shifts}

    @cached
    def carried(self) -> Mapping[tuple[str, str], tuple[Carried, ...]]:
        """Amounts that stand for past days, by person and measure, the earliest first."""
        ordered = sorted(self.problem.carried, key=lambda c: (c.since, -c.until, c.id))
        found: dict[tuple[str, str], list[Carried]] = defaultdict(list)
        for each in ordered:
            found[each.person, each.measure].append(each)
        return {key: tuple(values) for key, values in found.items()}

    @cached
    def holidays(self) -> frozenset[int]:
        """The days that are public holidays."""
        return frozenset(holiday.day for holiday in self.problem.holidays)

    @cached
    def promises(self) -> Mapping[StaffId, Promise]:
        """Published rosters by person."""
        return {promise.id: promise for promise in self.problem.promises}

    # --- tags --------------------------------------------------------------------------------

    @cached
    def staff_tags(self) -> Mapping[StaffId, Mapping[str, frozenset[str]]]:
        """The tags of each person by kind: contract, role, skill, team, person."""
        return {
            person.id: {
                "contract": frozenset({person.contract}),
                "role": frozenset({person.role}),
                "skill": person.abilities,
                "team": frozenset({person.team}),
                "person": frozenset({person.id}),
            }
            for person in self.problem.staff
        }

    @cached
    def case_tags(self) -> Mapping[CaseId, Mapping[str, frozenset[str]]]:
        """The tags of each case by kind: priority, specialty, procedure, flag, mode, bed, and so on.

        `bed` are the kinds of wards that it needs: ward, intensive, day.
        """
        return {case.id: self.tags_of(case) for case in self.problem.cases}

    def tags_of(self, case: Case) -> Mapping[str, frozenset[str]]:
        """Give the tags of one case, for who needs those of a few."""
        wards = _wards(case)
        return {
            "priority": frozenset({case.priority}),
            "specialty": frozenset({case.specialty}),
            "procedure": frozenset({case.procedure}),
            "flag": case.flags,
            "mode": frozenset({case.mode}),
            "anaesthesia": frozenset({self.procedures[case.procedure].anaesthesia}),
            "ward": wards,
            "bed": frozenset({self.ward_kinds[ward] for ward in wards}),
            "case": frozenset({case.id}),
        }

    @cached
    def ward_kinds(self) -> Mapping[WardId, str]:
        """The kinds of the wards: ward, intensive, day."""
        return {ward.id: ward.kind for ward in self.problem.wards}

    @cached
    def surgeon_tags(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The tags of each surgeon by kind: specialty, surgeon."""
        return {
            surgeon.id: {
                "specialty": frozenset({surgeon.specialty}),
                "surgeon": frozenset({surgeon.id}),
            }
            for surgeon in self.problem.surgeons
        }

    @cached
    def session_tags(self) -> Mapping[SessionId, Mapping[str, frozenset[str]]]:
        """The tags of each session by kind: specialty (its owners), theatre, suite, session."""
        return {
            session.id: {
                "specialty": session.owners,
                "theatre": frozenset({session.theatre}),
                "suite": frozenset({self.theatres[session.theatre].suite}),
                "session": frozenset({session.id}),
            }
            for session in self.problem.sessions
        }

    def shift_ids(self, tag: str) -> frozenset[ShiftId]:
        """Give the shifts that carry a tag; a shift's own id is a tag of it."""
        known = self._tagged.get(tag)
        if known is None:
            known = self._tagged[tag] = frozenset(
                shift.id for shift in self.problem.shifts if tag in shift.tags or tag == shift.id
            )
        return known


def _wards(case: Case) -> frozenset[WardId]:
    """Give the wards that a case needs a bed or a place in."""
    intensive = case.intensive if case.intensive_nights > 0 else None
    return frozenset(ward for ward in (case.ward, intensive) if ward is not None)
