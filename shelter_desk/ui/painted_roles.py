"""What a reader of the screen calls the widgets that paint themselves, and what it is told at once.

Qt knows the role of its own widgets only; of the others it would say nothing but the name.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES = {
    "CalendarGrid": QAccessible.Role.Table,
    "WalkedChart": QAccessible.Role.Chart,
    "Segments": QAccessible.Role.Grouping,
    "ChipBar": QAccessible.Role.Grouping,
    "BedChoice": QAccessible.Role.Grouping,
    "QuestionText": QAccessible.Role.StaticText,
    "MessageBar": QAccessible.Role.AlertMessage,
    "Page": QAccessible.Role.Pane,
}


def install() -> None:
    """From now on, once per program; loading this room takes 20 ms, which no start waits for."""
    QAccessible.installFactory(_interface)


def _interface(class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Qt asks for the class of a widget first, then for the ones it is made from."""
    role = _ROLES.get(class_name)
    return None if role is None or not isinstance(thing, QWidget) else QAccessibleWidget(thing, role)


def announce(widget: QWidget, sentence: str) -> None:
    """Have that read out wherever the keys are, where anybody listens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
