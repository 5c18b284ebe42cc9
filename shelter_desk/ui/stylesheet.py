"""The style sheet of the program, written from the tokens worn.

Controls are told apart by dynamic properties: `kind` of a button, `state` of a field or badge, `textSize`, `bold`
and `ink` of a label, `role` of a frame.
"""

from shelter_desk.ui import tokens
from shelter_desk.ui.tokens import Tokens

STATES = ("ok", "attention", "blocked", "held")


def signs(worn: Tokens) -> list[tuple[str, str]]:
    """The drawings the style sheet names by file, each in one colour."""
    pairs = [(name, shade) for name in ("down", "up", "previous", "next") for shade in (worn.ink, worn.ink3)]
    return [*pairs, ("check", worn.on_accent), ("minus", worn.on_accent), ("more", worn.ink)]


def sign_file(name: str, shade: str) -> str:
    """The file of that drawing in that colour."""
    return f"{name}-{shade.lstrip('#')}.svg"


def written(worn: Tokens, drawn: str) -> str:
    """The whole style sheet. drawn: the search path of the drawings."""
    parts = (_ground, _labels, _buttons, _fields, _marks, _tables, _bars, _popups)
    return "\n".join(part(worn, drawn) for part in parts)


def _sign(drawn: str, name: str, shade: str) -> str:
    return f"url({drawn}:{sign_file(name, shade)})"


def _ground(t: Tokens, _drawn: str) -> str:
    card = "".join(
        f'QFrame[role="card"][state="{s}"] {{ border-color: {getattr(t, s + "_line")}; }}\n'
        f'QFrame[role="alert"][state="{s}"] {{ background: {getattr(t, s + "_soft")};'
        f" border: 1px solid {getattr(t, s + '_line')}; border-radius: 4px; }}\n"
        for s in STATES
    )
    return f"""
QDialog, QWidget[role="page"] {{ background: {t.page}; }}
QDialog[role="question"] {{ background: {t.surface}; }}
QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame[role="card"][chosen="true"] {{ border: 2px solid {t.accent}; }}
QFrame[role="compared"] {{ border: 1px solid transparent; border-radius: 4px; }}
QFrame[role="compared"][chosen="true"] {{ background: {t.accent_soft}; border-color: {t.accent_line}; }}
QFrame[role="help"] {{ background: {t.surface}; border: 1px solid {t.accent_line}; border-radius: 8px; }}
QFrame[role="bar"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[role="footer"], QFrame[role="status"] {{
    background: {t.surface}; border: none; border-top: 1px solid {t.line}; }}
QFrame[role="panel"] {{ background: {t.surface}; border: none; border-left: 1px solid {t.line}; }}
QFrame[role="rail"] {{ background: {t.rail}; border: none; }}
QFrame[role="rule"] {{ background: {t.line}; border: none; min-height: 1px; max-height: 1px; }}
QFrame[role="round"] {{ background: {t.sunken}; border: none; border-radius: {tokens.wide(20)}px; }}
QFrame[role="alert"] {{ background: {t.accent_soft}; border: 1px solid {t.accent_line}; border-radius: 4px; }}
{card}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[role="scrolled"] {{ background: transparent; }}
QSplitter::handle {{ background: {t.line}; }}
"""


def _labels(t: Tokens, _drawn: str) -> str:
    inks = ["ink", "ink2", "ink3", "accent", "ok", "attention", "blocked", "held", "rail_text", "on_accent"]
    sizes = "".join(
        f'QLabel[textSize="{s}"] {{ font-size: {tokens.pixels(s)}px; }}\n' for s in ("small", "text", "title")
    )
    return (
        f"QLabel {{ background: transparent; color: {t.ink}; }}\n"
        + sizes
        + "".join(f'QLabel[ink="{name}"] {{ color: {getattr(t, name)}; }}\n' for name in inks)
        + f"""QLabel[bold="true"] {{ font-weight: 600; }}
QLabel:disabled {{ color: {t.ink3}; }}
QLabel[role="key"] {{ background: {t.page}; color: {t.ink2}; border: 1px solid {t.line3}; border-radius: 4px;
    padding: 0 4px; font-size: {tokens.pixels("small")}px; }}
"""
    )


def _buttons(t: Tokens, _drawn: str) -> str:
    tall = {
        name: tokens.high(height) - 2 for name, height in (("row", 32), ("footer", 40), ("guard", 48), ("night", 76))
    }
    little = tokens.high(20)
    return f"""
QPushButton {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; border-radius: 4px;
    padding: 0 12px; min-height: {tall["row"]}px; max-height: {tall["row"]}px; }}
QPushButton[tall="footer"] {{ min-height: {tall["footer"]}px; max-height: {tall["footer"]}px; padding: 0 16px; }}
QPushButton[tall="night"] {{ min-height: {tall["night"]}px; max-height: {tall["night"]}px; }}
QPushButton[tall="guard"] {{ min-height: {tall["guard"]}px; max-height: {tall["guard"]}px; padding: 0 16px; }}
QPushButton:hover {{ background: {t.page}; }}
QPushButton:pressed {{ background: {t.sunken}; }}
QPushButton:checked {{ background: {t.accent_soft}; color: {t.accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
    font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {t.accent_hover}; }}
QPushButton[kind="quiet"] {{ background: transparent; color: {t.accent}; border-color: transparent; font-weight: 600; }}
QPushButton[kind="quiet"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="danger"] {{ color: {t.blocked}; border-color: {t.blocked}; }}
QPushButton[kind="danger"]:hover {{ background: {t.blocked_soft}; }}
QPushButton[kind="action"] {{ text-align: left; padding: 0 16px;
    min-height: {tall["footer"]}px; max-height: {tall["footer"]}px; }}
QPushButton:disabled, QPushButton[kind]:disabled {{ background: {t.sunken}; color: {t.ink3};
    border-color: {t.line}; font-weight: 400; }}
QPushButton[kind="quiet"]:disabled {{ background: transparent; border-color: transparent; }}
QPushButton[square="true"] {{ padding: 0; min-width: {tall["row"]}px; max-width: {tall["row"]}px; }}
QPushButton[little="true"] {{ padding: 0; min-width: {little}px; max-width: {little}px; min-height: {little}px;
    max-height: {little}px; }}
QPushButton[bare="true"] {{ border-color: transparent; background: transparent; }}
QPushButton[bare="true"]:hover {{ background: {t.sunken}; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px; }}
QToolButton:hover {{ background: {t.sunken}; }}
"""


def _fields(t: Tokens, drawn: str) -> str:
    row, footer = tokens.high(32) - 2, tokens.high(40) - 2
    arrow = tokens.wide(16)
    kinds = "QLineEdit, QComboBox, QAbstractSpinBox"
    each = [kind.strip() for kind in kinds.split(",")]
    warning = ", ".join(f'{kind}[state="attention"]' for kind in each)
    error = ", ".join(f'{kind}[state="blocked"]' for kind in each)
    done = ", ".join(f'{kind}[state="ok"]' for kind in each)
    off = ", ".join(f"{kind}:disabled" for kind in each)
    return f"""
{kinds} {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; border-radius: 4px; padding: 0 8px;
    min-height: {row}px; max-height: {row}px; selection-background-color: {t.accent_soft};
    selection-color: {t.ink}; }}
QLineEdit {{ lineedit-password-character: 8226; padding: 0 6px; }}
QComboBox:editable {{ padding: 0 6px; }}
QComboBox[empty="true"] {{ color: {t.ink3}; }}
QLineEdit[tall="footer"], QComboBox[tall="footer"] {{ min-height: {footer}px; max-height: {footer}px; }}
{warning} {{ background: {t.attention_soft}; border-color: {t.attention}; }}
{error} {{ border-color: {t.blocked}; }}
{done} {{ background: {t.ok_soft}; border-color: {t.ok}; }}
{off} {{ background: {t.sunken}; color: {t.ink3}; border-color: {t.line}; }}
QLineEdit[readOnly="true"] {{ background: {t.sunken}; border-color: {t.line}; }}
QLineEdit[role="cell"], QLineEdit[role="cell"]:focus {{ border: 2px solid {t.accent}; border-radius: 0;
    padding: 0 3px; min-height: 0; max-height: {footer}px; margin: 0; }}
QComboBox QLineEdit {{ border: none; background: transparent; padding: 0; min-height: 0; max-height: {row}px; }}
QComboBox::drop-down {{ border: none; width: 28px; subcontrol-origin: padding; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: {_sign(drawn, "down", t.ink)}; width: {arrow}px;
    height: {arrow}px; }}
QComboBox::down-arrow:disabled {{ image: {_sign(drawn, "down", t.ink3)}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; background: transparent; }}
QAbstractSpinBox::up-arrow {{ image: {_sign(drawn, "up", t.ink)}; width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow {{ image: {_sign(drawn, "down", t.ink)}; width: 12px; height: 12px; }}
QTextEdit, QPlainTextEdit {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; border-radius: 4px;
    padding: 4px; selection-background-color: {t.accent_soft}; selection-color: {t.ink}; }}
"""


def _marks(t: Tokens, drawn: str) -> str:
    side, thick = tokens.wide(14), tokens.wide(5)
    return f"""
QCheckBox, QRadioButton {{ color: {t.ink}; spacing: 8px; background: transparent; min-height: {tokens.high(24)}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.ink3}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {side}px; height: {side}px; border: 1px solid {t.line2};
    background: {t.surface}; }}
QCheckBox::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: {_sign(drawn, "check", t.on_accent)}; }}
QCheckBox::indicator:indeterminate {{ background: {t.accent}; border-color: {t.accent};
    image: {_sign(drawn, "minus", t.on_accent)}; }}
QRadioButton::indicator:checked {{ border: {thick}px solid {t.accent};
    width: {side + 2 - 2 * thick}px; height: {side + 2 - 2 * thick}px; background: {t.on_accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {t.sunken}; border-color: {t.line3}; }}
QCheckBox[boxed="true"] {{ background: {t.surface}; border: 1px solid {t.line2}; border-radius: 4px; padding: 0 10px;
    min-height: {tokens.high(32) - 2}px; }}
QCheckBox[boxed="true"]:checked {{ background: {t.accent_soft}; border-color: {t.accent}; color: {t.accent};
    font-weight: 600; }}
"""


def _tables(t: Tokens, drawn: str) -> str:
    return f"""
QAbstractItemView {{ background: {t.surface}; color: {t.ink}; border: none; outline: 0;
    selection-background-color: {t.accent_soft}; selection-color: {t.ink}; }}
QTableView {{ gridline-color: {t.grid}; }}
QTableView[role="sheet"]::item {{ padding: 0 5px; }}
QTreeView::item, QListView::item {{ min-height: {tokens.high(28)}px; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.ink2}; border: none; border-bottom: 1px solid {t.line};
    padding: 0 8px; min-height: {tokens.high(31)}px; font-size: {tokens.pixels("small")}px; font-weight: 600; }}
QHeaderView::up-arrow {{ image: {_sign(drawn, "up", t.ink3)}; width: 12px; height: 12px;
    subcontrol-position: center right; }}
QHeaderView::down-arrow {{ image: {_sign(drawn, "down", t.ink3)}; width: 12px; height: 12px;
    subcontrol-position: center right; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""


def _bars(t: Tokens, drawn: str) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.line2}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:hover {{ background: {t.ink3}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.sunken}; border: 1px solid {t.line3}; border-radius: 4px; min-height: 6px;
    max-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{ background: transparent; color: {t.ink2}; border: none; border-bottom: 2px solid transparent;
    padding: 0 8px; margin-right: 8px; min-height: {tokens.high(32)}px; }}
QTabBar[tight="true"]::tab {{ padding: 0 4px; margin-right: 4px; }}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; font-weight: 600; }}
QTabBar::tab:disabled {{ color: {t.ink3}; }}
QTabBar QToolButton {{ background: {t.page}; }}
QTabBar QToolButton::left-arrow {{ image: {_sign(drawn, "previous", t.ink)}; width: 16px; height: 16px; }}
QTabBar QToolButton::right-arrow {{ image: {_sign(drawn, "next", t.ink)}; width: 16px; height: 16px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QStatusBar {{ background: {t.surface}; border-top: 1px solid {t.line}; color: {t.ink2}; }}
"""


def _popups(t: Tokens, drawn: str) -> str:
    row = tokens.high(32)
    return f"""
QToolTip {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; padding: 4px 8px; }}
QMenu {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line2}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QMenu::item:disabled {{ color: {t.ink3}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QComboBox QAbstractItemView, QListView[role="popup"] {{ background: {t.surface}; border: 1px solid {t.line2};
    padding: 2px; outline: 0; }}
QComboBox QAbstractItemView::item, QListView[role="popup"]::item {{ min-height: {row - 4}px; padding: 0 8px;
    border-radius: 4px; color: {t.ink}; }}
QComboBox QAbstractItemView::item:selected, QListView[role="popup"]::item:selected {{ background: {t.accent_soft};
    color: {t.ink}; }}
QCalendarWidget QWidget {{ background: {t.surface}; alternate-background-color: {t.surface}; }}
QCalendarWidget QToolButton {{ color: {t.ink}; font-weight: 600; padding: 4px 8px; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget #qt_calendar_prevmonth {{ qproperty-icon: {_sign(drawn, "previous", t.ink)}; }}
QCalendarWidget #qt_calendar_nextmonth {{ qproperty-icon: {_sign(drawn, "next", t.ink)}; }}
QCalendarWidget QAbstractItemView {{ color: {t.ink}; selection-background-color: {t.accent};
    selection-color: {t.on_accent}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t.line3}; }}
"""
