"""The palette and the one style sheet, both made from the tokens of a theme, on Qt's Fusion style."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.window.look.tokens import Theme
from ui.window.look.type import font

_ROLES = QPalette.ColorRole


def palette(theme: Theme) -> QPalette:
    """Give Qt's palette of a theme."""
    made = QPalette()
    for role, colour in (
        (_ROLES.Window, theme.chrome),
        (_ROLES.WindowText, theme.ink),
        (_ROLES.Base, theme.paper),
        (_ROLES.AlternateBase, theme.alt),
        (_ROLES.Text, theme.ink),
        (_ROLES.PlaceholderText, theme.hint),
        (_ROLES.Button, theme.chrome),
        (_ROLES.ButtonText, theme.ink),
        (_ROLES.Highlight, theme.accent),
        (_ROLES.HighlightedText, theme.on_accent),
        (_ROLES.ToolTipBase, theme.paper),
        (_ROLES.ToolTipText, theme.ink),
        (_ROLES.Link, theme.accent),
        (_ROLES.Mid, theme.line),
        (_ROLES.Dark, theme.ctl),
        (_ROLES.Light, theme.paper),
    ):
        made.setColor(role, QColor(colour))
    faint = QColor(theme.hint)
    for role in (_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return made


def sheet(theme: Theme) -> str:
    """Give the style sheet of buttons, fields, tabs, headers and scroll bars; cells have none.

    A widget asks for a part by its dynamic property `look`: primary, danger, link, chip, card, tool …
    """
    t = theme
    edge = f"1px solid {t.ctl}" if t.name == "contrast" else "0"  # soft fills alone say too little
    return f"""
QMainWindow, QMenuBar, QToolBar, QStatusBar {{ background: {t.chrome}; border: 0; }}
QMainWindow::separator {{ background: {t.line}; width: 1px; height: 1px; }}
QMenuBar {{ padding: 0 8px; }}
QMenuBar::item {{ padding: 4px 10px; background: transparent; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QMenu {{ background: {t.paper}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 4px 24px 4px 12px; }}
QMenu::item:disabled {{ color: {t.hint}; }}
QToolBar {{ spacing: 4px; padding: 5px; }}
#strip {{ spacing: 0; padding: 0; }}
QStatusBar::item {{ border: 0; }}
QPushButton {{ background: {t.paper}; border: 1px solid {t.ctl}; border-radius: 4px;
  padding: 0 10px; min-height: 24px; color: {t.ink}; font-weight: 500; }}
QPushButton:hover {{ border-color: {t.accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.focus}; }}
QPushButton:disabled {{ color: {t.hint}; border-color: {t.line}; }}
QPushButton[look="primary"] {{
  background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600 }}
QPushButton[look="primary"]:hover {{ background: {t.accent_hover}; }}
QPushButton[look="primary"]:disabled {{ background: {t.line}; border-color: {t.line}; color: {t.hint}; }}
QPushButton[look="danger"] {{ color: {t.hard}; border-color: {t.hard}; }}
QPushButton[look="danger"]:disabled {{ color: {t.hint}; border-color: {t.line}; }}
QPushButton[look="link"] {{
  background: transparent; border: 1px solid transparent; color: {t.accent}; padding: 0 4px;
  text-align: left }}
QPushButton[look="link"]:hover {{ color: {t.accent_hover}; text-decoration: underline; }}
QPushButton[look="link"]:disabled {{ color: {t.hint}; }}
QPushButton[look="link"]:focus {{ border: 1px solid {t.focus}; }}
QPushButton[look="plain"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[look="plain"]:hover {{ background: {t.side}; }}
QPushButton[look="plain"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[look="name"] {{ background: transparent; border: 1px solid transparent; padding: 0 2px;
  font-size: 13px; font-weight: 600; text-align: left; min-height: 20px }}
QPushButton[look="name"]:hover {{ color: {t.accent}; text-decoration: underline; }}
QPushButton[look="name"]:focus {{ border: 1px solid {t.focus}; }}
QPushButton[look="chip"] {{
  border-radius: 10px; min-height: 18px; max-height: 18px; padding: 0 10px; font-size: 11px }}
QPushButton[look="chip"]::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0 }}
QPushButton[look^="mark"] {{
  border: {edge}; border-radius: 10px; min-height: 20px; max-height: 20px; padding: 0 9px;
  font-size: 11px; font-weight: 600; color: {t.ink2}; background: {t.paper} }}
QPushButton[look^="mark"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[look="mark_own"] {{ color: {t.own}; }}
QPushButton[look="mark_published"] {{ color: {t.accent}; }}
QPushButton[look="mark_stale"] {{ color: {t.stale}; background: {t.stale_soft}; }}
*[look="banner_base"] QPushButton[look="mark_stale"] {{ background: {t.paper}; }}
QPushButton[look="chip"]:checked {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QToolButton {{
  background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px 8px;
  color: {t.ink} }}
QToolButton:hover {{ background: {t.side}; }}
QToolButton:checked {{
  background: {t.paper}; border-color: {t.line}; color: {t.accent}; font-weight: 600 }}
QToolButton:disabled {{ color: {t.hint}; }}
QRadioButton::indicator:unchecked, QCheckBox::indicator:unchecked,
QListView::indicator:unchecked {{
  width: 12px; height: 12px; background: {t.paper}; border: 1px solid {t.ctl}; border-radius: 2px }}
QRadioButton::indicator:unchecked {{ border-radius: 7px }}
QRadioButton::indicator:unchecked:focus, QCheckBox::indicator:unchecked:focus {{ border-color: {t.focus} }}
QLineEdit, QComboBox, QPlainTextEdit {{
  background: {t.paper}; border: 1px solid {t.ctl}; border-radius: 4px;
  min-height: 24px; padding: 0 6px; color: {t.ink};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {t.focus}; }}
QComboBox[look="box"]::drop-down {{ border: 0; width: 20px; }}
QComboBox QAbstractItemView {{ background: {t.paper}; border: 1px solid {t.line}; }}
QTabBar::tab {{
  padding: 5px 12px; color: {t.ink2}; background: {t.chrome}; border: 0;
  border-bottom: 2px solid transparent }}
QTabBar::tab:selected {{
  background: {t.side}; color: {t.ink}; font-weight: 600; border-bottom-color: {t.accent} }}
QTabWidget::pane {{ border: 0; background: {t.side}; }}
QHeaderView::section {{
  background: {t.side}; color: {t.ink2}; border: 0; border-bottom: 1px solid {t.line};
  border-right: 1px solid {t.grid}; padding: 4px 8px; font-weight: 600; font-size: 11px; }}
QTableView, QListView, QTreeView {{ background: {t.paper}; border: 0; gridline-color: {t.grid};
  selection-background-color: {t.accent_soft}; selection-color: {t.ink}; outline: 0; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{
  background: {t.line}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 2px }}
QScrollBar::handle:hover {{ background: {t.ctl}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QSplitter::handle {{ background: {t.line}; }}
QToolTip {{ background: {t.paper}; color: {t.ink}; border: 1px solid {t.line}; padding: 4px; }}
QProgressBar {{ background: {t.line}; border: 0; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
*[look="banner"] {{ background: {t.own_soft};
  border-left: 4px solid {t.own}; border-bottom: 1px solid {t.line}; }}
*[look="banner_base"] {{ background: {t.stale_soft};
  border-left: 4px solid {t.stale}; border-bottom: 1px solid {t.line}; }}
*[look="banner"] QLabel, *[look="banner_base"] QLabel {{ border: 0; background: transparent; }}
#open_scenario {{ color: {t.own}; font-weight: 600; border: 0; padding: 3px 2px; }}
#open_scenario::menu-indicator {{ image: none; width: 0; }}
#open_scenario:focus {{ border: 1px solid {t.focus}; }}
*[look="heading"] {{ background: {t.chrome};
  border-bottom: 1px solid {t.line}; border-top: 1px solid {t.line}; }}
*[look="heading"] QLabel {{ border: 0; }}
*[look="line"] {{ background: {t.grid}; border: 0; }}
*[look="stale"] {{ background: {t.stale_soft}; border-top: 1px solid {t.line}; }}
QLabel[look="stale_title"] {{ color: {t.stale}; font-weight: 600; border: 0; }}
QLabel[look="stale_why"] {{ color: {t.ink}; font-size: 11px; border: 0; }}
QLabel[look="panel"] {{ font-weight: 600; }}
QLabel[look="card"] {{ font-size: 16px; font-weight: 600; border: 0; }}
QLabel[look="second_body"] {{ color: {t.ink2}; border: 0; }}
#kinds::item {{ padding: 4px 10px; border: 0; }}
#kinds::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
*[look="fault"] {{ background: {t.hard_soft}; border-top: 1px solid {t.line}; }}
*[look="fault"] QLabel {{ border: 0; background: transparent; }}
*[look="provisional"] {{ background: {t.accent_soft}; }}
*[look="provisional"] QLabel {{ border: 0; background: transparent; }}
*[look="bar"] {{ background: {t.chrome}; }}
*[look="bubble"] {{ background: {t.paper}; border: 1px solid {t.ctl}; border-radius: 8px; }}
*[look="bubble_hard"] {{ background: {t.paper}; border: 1px solid {t.hard}; border-radius: 8px; }}
*[look="bubble"] QLabel, *[look="bubble_hard"] QLabel {{ border: 0; background: transparent; }}
*[look="side"] {{ background: {t.side}; }}
*[look="over"] {{ background: {t.side}; border-right: 1px solid {t.ctl}; }}
*[look="paper"] {{ background: {t.paper}; }}
*[look="card"] {{ background: {t.paper}; border: 1px solid {t.line}; border-radius: 8px; }}
QLabel[look="says"] {{ background: {t.paper}; border: 1px solid {t.line}; border-radius: 6px;
  padding: 7px 11px; }}
QPushButton[look="day"] {{ border-radius: 4px; min-height: 22px; padding: 0 5px; font-size: 11px }}
QPushButton[look="day"]:checked {{
  background: {t.accent_soft}; border-color: {t.accent}; color: {t.accent}; font-weight: 600 }}
QPushButton[look="hint"], QPushButton[look="hint"]:disabled {{
  background: transparent; border: 0; color: {t.hint}; font-size: 11px; font-weight: 400;
  padding: 0 2px; }}
QPushButton[look="hint"]:enabled:hover {{ color: {t.accent}; text-decoration: underline; }}
QPushButton[look="hint"]:focus {{ border: 1px solid {t.focus}; }}
QLabel[look^="mark"] {{ border: {edge}; border-radius: 10px; padding: 3px 9px; font-size: 11px;
  font-weight: 600; }}
QLabel[look="mark_stale"] {{ color: {t.stale}; background: {t.stale_soft}; }}
QLabel[look="mark_published"] {{ color: {t.accent}; background: {t.accent_soft}; }}
QLabel[look="mark_held"] {{ color: {t.waived}; background: {t.waived_soft}; }}
QLabel[look="done"] {{ color: {t.ink2}; border: 0; }}
QLabel[look="to_do"] {{ font-weight: 500; border: 0; }}
*[look="card"] QLabel {{ border: 0; }}
QScrollArea[look="bare"], QScrollArea[look="bare"] > QWidget > QWidget {{ background: {t.chrome}; }}
QLabel[look="title"] {{ font-size: 13px; font-weight: 600; }}
QLabel[look="large"] {{ font-size: 16px; font-weight: 600; }}
QLabel[look="start"] {{ font-size: 20px; font-weight: 600; }}
QLabel[look="second"] {{ color: {t.ink2}; font-size: 11px; }}
QLabel[look="count"] {{ color: {t.hint}; font-size: 12px; font-weight: 600; padding: 0 4px 0 0; }}
QLabel[look="hard_count"] {{
  color: {t.hard}; font-size: 12px; font-weight: 600; padding: 0 4px 0 0; }}
QLabel[look="hint"] {{ color: {t.hint}; font-size: 11px; }}
QLabel[look="hard"] {{ color: {t.hard}; font-size: 11px; }}
QLabel[look="soft"] {{ color: {t.soft}; font-size: 11px; }}
QLabel[look="own"] {{ color: {t.own}; font-weight: 600; }}
QLabel[look="better"] {{ color: {t.better}; font-weight: 600; }}
QLabel[look="worse"] {{ color: {t.worse}; font-weight: 600; }}
"""


def dress(application: QApplication, theme: Theme) -> None:
    """Give the whole application a theme; one that it wears already costs nothing."""
    words = sheet(theme)
    if application.styleSheet() == words:
        return
    application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setFont(font())
    application.setStyleSheet(words)
