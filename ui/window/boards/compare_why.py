"""Why the chosen figure moved, in sentences with amounts that add up, and what each side changes."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner import kpi_words
from planner.attribution import Pair, Share
from planner.compare import KpiRow
from planner.comparison_words import search_sentences
from planner.contributions import shares
from planner.study import Study
from ui.window.beside import Beside
from ui.window.boards.compare_marks import HIGH, Letter
from ui.window.boards.compare_scene import title
from ui.window.boards.compare_sides import Compared, Side
from ui.window.boards.compare_words import Reason, changed, contributors, move, reasons
from ui.window.panels.parts import button, hairline, label, plain_tip
from ui.window.panels.states import reasons as stale_reasons
from ui.window.workbench import Workbench

SENTENCES = 4
"""Sentences of a group of changes that are shown before the rest is asked for."""
ON_BOARDS = ("case", "session", "staff")
"""Kinds of which something can be brought into view."""
WAY = 20


class WhyPanel(QScrollArea):
    """What is read below the table of indicators."""

    solve = Signal(str)
    """A scenario of the open study is to be solved again."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.defined = self.whole = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shown: tuple[Compared, Study, KpiRow | None] | None = None
        self.may_solve = False
        """Whether plans of the open study may be made anew from here."""
        self.sentences: list[tuple[str, str]] = []
        """The sentences with their amounts, as they are shown."""
        self._beside = Beside(self)
        self._shares_of: Compared | None = None
        self._shares: dict[tuple[str, str], tuple[Share, ...] | None] = {}
        self._put(self._empty())

    def show_row(self, compared: Compared, study: Study, row: KpiRow | None) -> None:
        """Explain a figure, and say what the sides change."""
        self.shown = (compared, study, row)
        self.renew()

    def clear(self) -> None:
        """Show nothing."""
        self.shown = None
        self.renew()

    # --- making -------------------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        """Give a sheet to write on; what is put on one that is not shown yet is laid out at once."""
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("look", "paper")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(10, 8, 10, 10)
        self.column.setSpacing(6)
        return inside

    def _put(self, inside: QWidget) -> None:
        """Show a sheet at its full height, where the one before was scrolled to."""
        at, old = self.verticalScrollBar().value(), self.takeWidget()
        self.setWidget(inside)
        room = self.viewport().size()
        high = self.column.totalHeightForWidth(room.width())
        inside.resize(room.width(), max(room.height(), high))
        self.verticalScrollBar().setValue(at)
        if old is not None:
            old.deleteLater()

    def renew(self) -> None:
        """Make the sentences again."""
        inside = self._empty()
        self.sentences = []
        if self.shown is not None:
            compared, study, row = self.shown
            self._stale(compared)
            self._searched(compared)
            if row is not None:
                self._head(compared, row)
                for side in compared.beside:
                    self._why(compared, side, row)
            for side in compared.beside:
                self._changes(compared, study, side)
        self.column.addStretch(1)
        self._put(inside)
        before: QWidget = self
        for each in self.findChildren(QPushButton):  # made anew, they would come last
            QWidget.setTabOrder(before, each)
            before = each

    def _stale(self, compared: Compared) -> None:
        """Say of each side that is out of date why it is; of one of many that is not seen, only that."""
        say = self.bench.say
        for side in compared.sides:
            if side.stale is None:
                continue
            box = QFrame()
            box.setProperty("look", "stale")
            grid = QGridLayout(box)
            grid.setContentsMargins(8, 6, 8, 6)
            grid.setVerticalSpacing(2)
            grid.addWidget(Letter(self.bench, side.letter, side.token), 0, 0)
            stale = f"{title(self.bench, side)} · {say('compare_view.state_stale')}"
            seen = side in compared.shown
            head = say("stale_box.title") if seen else stale
            grid.addWidget(label("stale_title", head, wrap=True), 0, 1)
            if seen:
                told = stale_reasons(side.stale, self.bench.lang)
                why = label("stale_why", "\n".join(f"• {each}" for each in told), wrap=True)
                grid.addWidget(why, 1, 1)
            grid.addWidget(self._again(side), 0, 2, 2, 1)
            grid.setColumnStretch(1, 1)
            self.column.addWidget(box)

    def _again(self, side: Side) -> QWidget:
        """Give the button that solves a side, or the word where it can be."""
        say = self.bench.say
        if side.of.file:
            return label("hint", say("compare_view.stale_elsewhere", file=side.of.file))
        if not self.may_solve:
            return QWidget()
        words = say("stale_box.solve")
        again = button("link", partial(self.solve.emit, side.of.scenario), words)
        again.setIcon(self.bench.icon("play", "accent"))
        again.setAccessibleName(
            say("compare_view.row", title=words, values=title(self.bench, side))
        )
        return again

    def _searched(self, compared: Compared) -> None:
        """Say what of the difference comes from the search alone."""
        names = {side.name: title(self.bench, side) for side in compared.sides}
        for words in search_sentences(compared.on_show, self.bench.lang, names):
            box = QFrame()
            box.setProperty("look", "stale")
            line = QVBoxLayout(box)
            line.setContentsMargins(8, 6, 8, 6)
            line.addWidget(label("stale_why", words, wrap=True))
            self.column.addWidget(box)

    def _head(self, compared: Compared, row: KpiRow) -> None:
        """Say which figure is explained, and what it counts, or how to learn that."""
        say, lang = self.bench.say, self.bench.lang
        title = kpi_words.row_title(row, lang)
        if len(compared.beside) == 1:
            moved = move(self.bench, row, compared.beside[0], compared)
            title = say("compare_view.moves", title=title, moved=moved)
        line = QHBoxLayout()
        line.addWidget(label("title", say("compare_view.why")))
        line.addWidget(self._own(title), 1)
        icon = "chevron-up" if self.defined else "chevron-down"
        more = button("link", self.define, say("compare_view.definition"))
        more.setIcon(self.bench.icon(icon, "accent"))
        line.addWidget(more)
        self.column.addLayout(line)
        if self.defined:
            told = kpi_words.definition(row.kpi, lang)
            self.column.addWidget(label("second", told, wrap=True))

    def _own(self, words: str) -> QLabel:
        made = label("own", words, wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return made

    def define(self) -> None:
        """Show the definition, or hide it."""
        self.defined = not self.defined
        self.renew()

    def _why(self, compared: Compared, side: Side, row: KpiRow) -> None:
        say, lang = self.bench.say, self.bench.lang
        delta = row.delta.get(side.name)
        words = kpi_words.row_difference(row, side.name, lang)
        sense = kpi_words.sense(row.kpi, delta) if words != "=" else ""
        if len(compared.beside) > 1:
            self._line(move(self.bench, row, side, compared), words, sense, bold=True, side=side)
        found = list(reasons(self.bench, row, side, compared))
        if not found:
            self._alone(compared, side, row, "same_value" if words == "=" else "alone")
            return
        for each in found:
            self._line(each.sentence, each.amount, each.sense, of=each)
        self.column.addWidget(hairline())
        self._line(say("compare_view.total"), words, sense, bold=True)

    def _alone(self, compared: Compared, side: Side, row: KpiRow, message: str) -> None:
        """Say of a figure that is no sum which assignments contribute most, once they are found."""
        say = self.bench.say
        known = () if message == "same_value" else self._sought(compared, side, row)
        if known is None:
            message = "seeking"
        if not known:
            self.column.addWidget(label("second", say(f"compare_view.{message}"), wrap=True))
            return
        self.column.addWidget(label("second", say("compare.no_sum"), wrap=True))
        for each in contributors(self.bench, row, known, side, compared):
            self._line(each.sentence, each.amount, each.sense, of=each)

    def _sought(self, compared: Compared, side: Side, row: KpiRow) -> tuple[Share, ...] | None:
        """Give the assignments that contribute most, None while they are sought beside the window."""
        if self._shares_of is not compared:
            self._beside.drop()
            self._shares_of, self._shares = compared, {}
        key = (side.name, row.name)
        if key not in self._shares:
            self._shares[key] = None
            pair = Pair(compared.reference.outcome, side.outcome)

            def take(found: object) -> None:
                self._shares[key] = found if isinstance(found, tuple) else ()
                self.renew()

            self._beside.do(lambda: shares(row, side.name, pair), take)
        return self._shares[key]

    def _line(
        self,
        sentence: str,
        amount: str,
        sense: str,
        *,
        bold: bool = False,
        side: Side | None = None,
        of: Reason | None = None,
    ) -> None:
        self.sentences.append((sentence, amount))
        line = QHBoxLayout()
        line.setSpacing(8)
        if side is not None:
            letter = Letter(self.bench, side.letter, side.token)
            line.addWidget(letter, 0, Qt.AlignmentFlag.AlignTop)
        words = label("panel" if bold else "", sentence, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        words.setToolTip(plain_tip("" if of is None else of.whom))
        number = label(sense or ("panel" if bold else "second_body"), amount)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        number.setMinimumWidth(76)
        line.addWidget(words, 1)
        line.addWidget(number)
        if of is not None and of.kind in ON_BOARDS:
            line.addWidget(self._way_to(of), 0, Qt.AlignmentFlag.AlignTop)
        else:
            line.addSpacing(WAY + line.spacing())
        self.column.addLayout(line)

    def _way_to(self, of: Reason) -> QWidget:
        """Give the button that brings whom a reason is about into view, on all boards."""
        say = self.bench.say
        made = button("link", partial(self.bench.selection.go, of.kind, *of.ids))
        made.setIcon(self.bench.icon("arrow-right", "accent"))
        made.setFixedSize(WAY, HIGH)
        made.setToolTip(say("compare_view.way_to"))
        made.setAccessibleName(
            say("compare_view.row", title=say("compare_view.way_to"), values=of.sentence)
        )
        return made

    def _changes(self, compared: Compared, study: Study, side: Side) -> None:
        say = self.bench.say
        groups = list(changed(self.bench, study, compared, side))
        self.column.addWidget(hairline())
        head = QHBoxLayout()
        title = say("compare_view.changes", letter=side.letter)
        head.addWidget(label("title", title))
        head.addStretch(1)
        told = say("compare_view.changed", n=len(groups)) if groups else ""
        head.addWidget(label("hint", told))
        self.column.addLayout(head)
        if not groups:
            nothing = say("compare_view.no_change", letter=side.letter)
            self.column.addWidget(label("second", nothing, wrap=True))
        for group in groups:
            self._group(group.title, group.sentences, group.own)

    def _group(self, title: str, sentences: tuple[str, ...], own: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        sign = QLabel()
        icon, token = {
            "own": ("circle-medium", "own"),
            "inherited": ("circle-outline", "ink2"),
        }.get(own, ("swap-vertical-bold", "ink2"))
        sign.setPixmap(self.bench.icon(icon, token).pixmap(QSize(14, 14)))
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label("own" if own == "own" else "", title, wrap=True), 1)
        self.column.addLayout(line)
        self.sentences.append((title, ""))
        shown = sentences if self.whole else sentences[:SENTENCES]
        for each in shown:
            words = label("second", each, wrap=True)
            words.setIndent(22)
            self.column.addWidget(words)
            self.sentences.append((each, ""))
        if len(shown) < len(sentences):
            more = self.bench.say("compare_view.more", n=len(sentences) - len(shown))
            link = button("link", self.tell_all, more)
            self.column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def tell_all(self) -> None:
        """Show all sentences."""
        self.whole = True
        self.renew()
