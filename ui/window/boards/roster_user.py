"""The user of a roster board: makes edits of what the hand does, and keeps one selection with the rest."""

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.pinning import whole_days
from planner.score import Judged
from ui.window.boards.pinning import pin
from ui.window.boards.roster_bubble import Bubble
from ui.window.boards.roster_grid import RosterGrid
from ui.window.boards.roster_hand import Hand, Place, Verdict, exchanged
from ui.window.boards.roster_menu import CellMenu
from ui.window.boards.roster_sheet import EVERYBODY
from ui.window.boards.roster_words import breach_words
from ui.window.boards.theatre_moves import may_edit
from ui.window.dialogs.ask import ask_reason
from ui.window.workbench import Workbench


class RosterUser(QObject):
    """Listens to a grid and edits the open scenario."""

    filtered_out = Signal()
    """What is to be brought into view is not among the people and posts of the group on show."""

    def __init__(self, bench: Workbench, grid: RosterGrid, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench, self.grid = bench, grid
        self.hand = Hand(bench)
        self.bubble = Bubble(bench, grid)
        self._verdicts: dict[tuple[Place, Place], Verdict] = {}
        self._ours = False
        self._carried: tuple[Place, Place | None, QPoint] | None = None
        duties = grid.duties
        duties.typed.connect(self.type)
        duties.cleared.connect(self.clear)
        duties.ended.connect(self.hand.typing.forget)
        duties.passed.connect(self.pass_on)
        duties.kept.connect(self.keep)
        duties.asked.connect(self.show_menu)
        grid.people.named.connect(lambda person: bench.selection.pick("staff", person))
        duties.carried.connect(self.carry)
        duties.dropped.connect(self.drop)
        duties.let_go.connect(self._let_go)
        duties.picked.connect(self._picked)
        grid.cover.selectionModel().currentChanged.connect(self._post)
        bench.selection.changed.connect(self.show_selection)
        bench.selection.wanted.connect(self.reveal)
        bench.changed.connect(self._verdicts.clear)
        for signal in (bench.language_changed, bench.theme_changed):
            signal.connect(self._carry_again)

    # --- keyboard -------------------------------------------------------------------------------

    def type(self, text: str, at: int) -> None:
        """Set the shift that letters name, and step right."""
        document, here = self.bench.document, self.grid.duties.here()
        places = self.grid.duties.places()
        if document is None or here is None:
            return
        found = self.hand.typing.press(text, at, here, document.problem)
        if found is None:
            self.bench.told.emit(self.bench.say("roster.no_shift", typed=text), True)
            return
        shift, where = found
        many = len(places) > 1 and where == here
        if self.hand.give(places if many else [where], str(shift.id)) and not many:
            self._to(where[0], where[1] + 1)

    def give(self, shift: str | None) -> None:
        """Give the selected cells a shift, or a day off."""
        if shift is None:
            self.clear()
        else:
            self.hand.give(self.grid.duties.places(), shift)

    def call_sick(self) -> None:
        """Answer a sick call of the people of the selected cells, from the first selected day on."""
        from ui.window.dialogs.sick import SickDialog

        document, places = self.bench.document, self.grid.duties.places()
        if document is None or not may_edit(document):
            return
        if not places:
            self.bench.told.emit(self.bench.say("sick.choose"), True)
            return
        people = list(dict.fromkeys(person for person, _ in places))
        day = max(0, min(day for _, day in places))
        SickDialog(self.bench, people, day, self.grid.window()).open()

    def call_out(self) -> None:
        """Record a call-out of the person of the first selected cell, on its day."""
        from ui.window.dialogs.call_out import CallOutDialog

        document, places = self.bench.document, self.grid.duties.places()
        if document is None or not may_edit(document):
            return
        if not places:
            self.bench.told.emit(self.bench.say("call_out.choose"), True)
            return
        CallOutDialog(self.bench, document, *places[0], self.grid.window()).open()

    def roll_out(self) -> None:
        """Lay rotations over the roster."""
        from ui.window.dialogs.roll_out import RollOutDialog

        if may_edit(self.bench.document):
            RollOutDialog(self.bench, self.grid.window()).open()

    def menu(self) -> CellMenu:
        """Make the menu of the selected cells."""
        duties = self.grid.duties
        return CellMenu(
            self.bench,
            duties.painter().tiles,
            duties.places(),
            give=self.give,
            keep=self.keep,
            sick=self.call_sick,
            called=self.call_out,
            parent=duties,
        )

    def show_menu(self, where: QPoint) -> None:
        """Show what can be done with the selected cells."""
        if self.bench.document is not None and self.grid.duties.places():
            menu = self.menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)

    def clear(self) -> None:
        """Give days off."""
        self.hand.typing.forget()
        rows = self.grid.sheet.rows if self.grid.sheet is not None else None
        places = self.grid.duties.places()
        busy = [place for place in places if rows is not None and rows.view.shifts(*place)]
        self.hand.give(busy, None)

    def pass_on(self, by: int) -> None:
        """Pass the duty to the person above or below; what she has comes back."""
        sheet, here = self.grid.sheet, self.grid.duties.here()
        if sheet is None or here is None:
            return
        row = sheet.place[here[0]] + by
        if not 0 <= row < len(sheet.people):
            return
        there = (str(sheet.people[row].id), here[1])
        if self.hand.move(exchanged(sheet.rows, here, there)):
            self._to(*there)

    def pin(self) -> None:
        """Pin the selected days, or free them."""
        self.hand.pin(self.grid.duties.places())

    def pin_day(self) -> None:
        """Pin the selected days of everybody, or free them."""
        pin(self.bench, whole_days(self.grid.duties.places()))

    def keep(self) -> None:
        """Keep the illegal duties of the selected days, with a reason."""
        sheet = self.grid.sheet
        if sheet is None:
            return
        found: dict[int, Judged] = {}
        for person, day in self.grid.duties.places():
            row = sheet.row(sheet.place[person])
            for each in (*row.on(day), *row.breaches):
                about = each.breach.about
                if each.rule.hard and each.cost > 0 and about.first <= day <= about.last:
                    found[id(each)] = each
        if not found:
            self.bench.told.emit(self.bench.say("roster.nothing_to_keep"), False)
            return
        reason = self._reason(list(found.values()))
        if reason:
            self.hand.keep(list(found.values()), reason)

    def _to(self, person: str, day: int) -> None:
        sheet = self.grid.sheet
        if sheet is None or person not in sheet.place:
            return
        column = max(0, min(day, len(sheet.days) - 1))
        self.grid.duties.setCurrentIndex(self.grid.model.index(sheet.place[person], column))

    def _reason(self, breaches: list[Judged]) -> str | None:
        document = self.bench.document
        assert document is not None
        told = [breach_words(document.problem, each, self.bench.lang) for each in breaches]
        return ask_reason(self.bench, told, self.grid)

    # --- dragging -------------------------------------------------------------------------------

    def verdict(self, source: Place, target: Place) -> Verdict | None:
        """Say what carrying a duty there would do; None where nothing would move."""
        sheet = self.grid.sheet
        if sheet is None:
            return None
        known = self._verdicts.get((source, target))
        if known is None:
            given = exchanged(sheet.rows, source, target)
            if not given:
                return None
            known = self._verdicts[source, target] = self.hand.judged(given)
        return known

    def carry(self, source: Place, target: Place | None, pointer: QPoint) -> None:
        """Show where a dragged duty would land, and what the rules say to it."""
        self._carried = source, target, pointer
        duties = self.grid.duties
        verdict = None if target is None else self.verdict(source, target)
        if verdict is None or target is None:
            duties.landing = None
            self.bubble.hide()
        else:
            duties.landing = (target, not verdict.hard)
            self.bubble.tell(verdict, self._what(source, target), source[0])
            clear = [self._in_grid(place) for place in (source, target)]
            spot = duties.viewport().mapTo(self.grid, pointer)
            self.bubble.stand(spot, clear)
        duties.viewport().update()

    def drop(self, source: Place, target: Place, keep: bool) -> None:
        """Let a duty go: done where it is legal, kept with a reason, or back where it was."""
        verdict = self.verdict(source, target)
        if verdict is None or not self.hand.may():
            return
        reason: str | None = ""
        if verdict.hard:
            if not keep:
                document = self.bench.document
                assert document is not None
                told = breach_words(document.problem, verdict.hard[0], self.bench.lang)
                self.bench.told.emit(self.bench.say("roster.dropped_back", told=told), True)
                return
            reason = self._reason(list(verdict.hard))
            if not reason:
                return
        if self.hand.move(verdict.given, verdict.hard, reason or ""):
            self._to(*target)

    def _carry_again(self) -> None:
        """Say what the rules say in another language, or in other colours."""
        if self._carried is not None:
            self.carry(*self._carried)

    def _let_go(self) -> None:
        self._carried = None
        self.bubble.hide()
        self._verdicts.clear()

    def _what(self, source: Place, target: Place) -> str:
        sheet = self.grid.sheet
        assert sheet is not None
        shifts = "+".join(shift.id for shift in sheet.rows.view.shifts(*source))
        date = sheet.problem.horizon.date(target[1])
        given = exchanged(sheet.rows, source, target)
        back = "+".join(shift for *place, shift in given if shift and tuple(place) == source)
        message = "roster.exchange" if back else "roster.to"
        return self.bench.say(message, shift=shifts, back=back, who=target[0], day=date)

    def _in_grid(self, place: Place) -> QRect:
        box = self.grid.duties.box_of(place)
        if box is None:
            return QRect()
        corner = self.grid.duties.viewport().mapTo(self.grid, box.topLeft().toPoint())
        return QRect(corner, box.size().toSize())

    # --- one selection --------------------------------------------------------------------------

    def _picked(self) -> None:
        """Tell the others what is selected here."""
        places = self.grid.duties.places()
        self._point_out(places)
        if not places or self._ours:
            return
        people = tuple(dict.fromkeys(person for person, _ in places))
        days = [day for _, day in places]
        last = max(days) if max(days) > min(days) else None
        self._ours = True
        self.bench.selection.pick("staff", *people, day=min(days), last=last)
        self._ours = False

    def _post(self) -> None:
        index, sheet = self.grid.cover.currentIndex(), self.grid.sheet
        if sheet is None or not index.isValid() or self._ours:
            return
        cover = sheet.posts[index.row()].days.get(index.column())
        if cover is not None:
            self.bench.selection.pick("cover", cover.need.id, day=cover.need.day)

    def show_selection(self) -> None:
        """Select here what is selected elsewhere."""
        picked, sheet = self.bench.selection.now, self.grid.sheet
        if sheet is None:
            return
        self._show_post()
        if self._ours:
            return
        self._ours = True
        if picked.kind == "staff" and picked.id in sheet.place:
            here = self.grid.duties.here()
            day = picked.day if picked.day is not None else here[1] if here else 0
            self.grid.duties.choose(picked.id, day, picked.last)
        elif picked.kind != "staff":
            self.grid.duties.selectionModel().clearSelection()
        self._ours = False

    def _show_post(self) -> None:
        """Ring the post and day that is selected."""
        picked, sheet, cover = self.bench.selection.now, self.grid.sheet, self.grid.cover
        assert sheet is not None
        here = None
        if picked.kind == "cover" and picked.day is not None:
            for row, post in enumerate(sheet.posts):
                found = post.days.get(picked.day)
                if found is not None and found.need.id == picked.id:
                    here = (row, picked.day)
        if here != cover.here:
            cover.here = here
            cover.viewport().update()

    def _point_out(self, places: list[Place]) -> None:
        sheet = self.grid.sheet
        if sheet is None:
            return
        rows = frozenset(sheet.place[person] for person, _ in places if person in sheet.place)
        days = [day for _, day in places]
        self.grid.point_out(rows, (min(days), max(days)) if days else None)

    def reveal(self) -> None:
        """Bring what is selected into view."""
        picked, sheet = self.bench.selection.now, self.grid.sheet
        if sheet is None or picked.kind not in ("staff", "cover"):
            return
        shown = self.grid.cover.here if picked.kind == "cover" else sheet.place.get(picked.id)
        if shown is None and sheet.group != EVERYBODY:
            self.filtered_out.emit()
            sheet = self.grid.sheet
            assert sheet is not None
        duties = self.grid.duties
        if picked.kind == "cover" and self.grid.cover.here is not None:
            row, day = self.grid.cover.here
            self.grid.cover.scrollTo(self.grid.cover_model.index(row, day))
        elif picked.id in sheet.place:
            day = picked.day if picked.day is not None else 0
            column = max(0, min(day, len(sheet.days) - 1))
            duties.scrollTo(self.grid.model.index(sheet.place[picked.id], column))
            QTimer.singleShot(0, duties, lambda: duties.setFocus())
