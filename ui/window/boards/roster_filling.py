"""Filling vacancies of a roster: a card dragged onto a person, or one of those who could take it."""

from PySide6.QtCore import QObject, QPoint, QRect

from planner.facts import facts
from planner.people import StaffId
from planner.vacancies import Taker, Vacancy, able, taker, takers
from ui.window.boards.roster_grid import RosterGrid
from ui.window.boards.roster_hand import Place, Verdict
from ui.window.boards.roster_user import RosterUser
from ui.window.boards.roster_vacancies import VacancyTray
from ui.window.boards.roster_words import breach_words
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.ask import ask_reason
from ui.window.workbench import Workbench


class Filling(QObject):
    """Listens to the tray and the cover rows; what it does are the edits of the hand."""

    def __init__(
        self, bench: Workbench, grid: RosterGrid, tray: VacancyTray, user: RosterUser
    ) -> None:
        super().__init__(user)
        self.bench, self.grid, self.tray, self.user = bench, grid, tray, user
        self._known: dict[tuple[str, str], Taker | None] = {}
        tray.list.carried.connect(self.carry)
        tray.list.dropped.connect(self.drop)
        tray.list.let_go.connect(self.let_go)
        tray.list.wanted.connect(self.ask)
        tray.list.picked.connect(self.pick)
        grid.cover.wanted.connect(self.ask_post)
        bench.changed.connect(self._known.clear)

    # --- from a list ----------------------------------------------------------------------------

    def ask(self) -> None:
        """List who could take the vacancy that is chosen, or the first one."""
        vacancies = self.tray.model.vacancies
        chosen = self.tray.chosen() or (vacancies[0] if vacancies else None)
        if chosen is not None:
            self.ask_who(chosen)

    def ask_post(self, row: int, day: int) -> None:
        """List who could take what a post is short of on a day."""
        sheet = self.grid.sheet
        cover = None if sheet is None else sheet.posts[row].days.get(day)
        if cover is None:
            return
        for each in self.tray.model.vacancies:
            if each.need.id == cover.need.id:
                self.ask_who(each)
                return
        self.bench.told.emit(self.bench.say("vacancy.none"), False)

    def ask_who(self, vacancy: Vacancy) -> None:
        """List who could take a vacancy, each with the price."""
        from ui.window.dialogs.takers import TakersDialog

        document, sheet = self.bench.document, self.grid.sheet
        if document is None or sheet is None or not may_edit(document):
            return
        tries = takers(document.outcome(), vacancy.need, sheet.rows.fixed.holds)
        window = self.grid.window()
        TakersDialog(self.bench, vacancy, tries, self.take, window).open()

    def take(self, found: Taker) -> bool:
        """Give the duty; where that breaks what must be kept, with a written reason."""
        document = self.bench.document
        assert document is not None
        reason: str | None = ""
        if found.broken:
            lang = self.bench.lang
            told = [breach_words(document.problem, each, lang) for each in found.broken]
            reason = ask_reason(self.bench, told, self.grid)
            if not reason:
                return False
        person, day, _ = found.given
        if not self.user.hand.move((found.given,), found.broken, reason or ""):
            return False
        self.bench.selection.pick("staff", person, day=day)
        return True

    def pick(self, number: int) -> None:
        """Point out the post and day of a card."""
        need = self.tray.model.vacancies[number].need
        self.bench.selection.pick("cover", need.id, day=need.day)
        sheet, grid = self.grid.sheet, self.grid
        if sheet is not None and not grid.first_day() <= need.day <= grid.last_day():
            grid.go_to(max(0, need.day - sheet.problem.horizon.weekday(need.day)))

    # --- by hand --------------------------------------------------------------------------------

    def carry(self, number: int, point: QPoint) -> None:
        """Show where a card would land, and what the rules say to it."""
        vacancy = self.tray.model.vacancies[number]
        duties, bubble = self.grid.duties, self.user.bubble
        inside = duties.viewport().mapFromGlobal(point)
        if duties.viewport().rect().contains(inside):
            duties.scroll_along(inside)
        target = self._target(vacancy, point)
        found = None if target is None else self.taker(vacancy, target[0])
        duties.landing = None
        if target is not None:
            duties.landing = (target, found is not None and not found.broken)
        if found is None or target is None:
            bubble.hide()
        else:
            verdict = Verdict((found.given,), found.new, ())
            message = "roster.exchange" if found.instead else "roster.to"
            shift, date = found.given[2], self._date(target[1])
            facts = {"shift": shift, "who": target[0], "back": found.instead, "day": date}
            bubble.tell(verdict, self.bench.say(message, **facts), "")
            box = duties.box_of(target)
            clear = [] if box is None else [self._in_grid(box.toRect())]
            bubble.stand(self.grid.mapFromGlobal(point), clear)
        duties.viewport().update()

    def drop(self, number: int, point: QPoint, keep: bool) -> None:
        """Give the duty to the person under the pointer, on the day of the card."""
        vacancy = self.tray.model.vacancies[number]
        target = self._target(vacancy, point)
        if target is None or not self.user.hand.may():
            return
        found, say = self.taker(vacancy, target[0]), self.bench.say
        if found is None:
            self.bench.told.emit(
                say("vacancy.unable", who=target[0], day=self._date(target[1])), True
            )
        elif found.broken and not keep:
            document = self.bench.document
            assert document is not None
            told = breach_words(document.problem, found.broken[0], self.bench.lang)
            self.bench.told.emit(say("roster.dropped_back", told=told), True)
        else:
            self.take(found)

    def let_go(self) -> None:
        """End a drag."""
        self.grid.duties.landing = None
        self.user.bubble.hide()
        self.grid.duties.viewport().update()

    def taker(self, vacancy: Vacancy, person: str) -> Taker | None:
        """Give what it costs that a person takes a vacancy; None: she cannot, or holds it already."""
        key = (vacancy.need.id, person)
        if key not in self._known:
            self._known[key] = self._try(vacancy, person)
        return self._known[key]

    def _try(self, vacancy: Vacancy, person: str) -> Taker | None:
        document = self.bench.document
        assert document is not None
        known, outcome = facts(document.problem), document.outcome()
        member = known.staff.get(StaffId(person))
        if member is None or not able(known, vacancy.need, member):
            return None
        here = {shift.id for shift in outcome.roster.shifts(person, vacancy.need.day)}
        if here & vacancy.need.shifts:
            return None
        tracks = {str(id): shift.track for id, shift in known.shifts.items()}
        return taker(outcome, vacancy.need, member, tracks)

    def _target(self, vacancy: Vacancy, point: QPoint) -> Place | None:
        """Give the person under a point of the screen, in the duties or among the names."""
        sheet = self.grid.sheet
        for table in (self.grid.duties, self.grid.people):
            inside = table.viewport().mapFromGlobal(point)
            if sheet is not None and table.viewport().rect().contains(inside):
                row = table.rowAt(inside.y())
                return None if row < 0 else (str(sheet.people[row].id), vacancy.need.day)
        return None

    def _date(self, day: int) -> object:
        sheet = self.grid.sheet
        assert sheet is not None
        return sheet.problem.horizon.date(day)

    def _in_grid(self, box: QRect) -> QRect:
        return QRect(self.grid.duties.viewport().mapTo(self.grid, box.topLeft()), box.size())
