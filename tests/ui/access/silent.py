"""What a reader of the screen would be silent about, or wrong: names, roles and states of all that the keys reach."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QTableView,
    QWidget,
)

from shelter_desk import words
from tests.ui.window.cut import called, seen

Role, Text = QAccessible.Role, QAccessible.Text
SAYS_NOTHING = (Role.NoRole, Role.Client, Role.Window, Role.LayeredPane, Role.Border)
ROWS = 3  # of a list, where each is read out as the others are


def silent(window: QWidget) -> list[str]:
    """What lacks a name, a role or a state, in words of its own."""
    return [f"{called(one)}: {why}" for one in reached(window) for why in _wrong(one)]


def reached(window: QWidget) -> Iterator[QWidget]:
    """What is in sight and can have the keys."""
    for one in seen(window):
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None:
            yield one


def _wrong(one: QWidget) -> Iterator[str]:
    thing = QAccessible.queryAccessibleInterface(one)
    name = _name(one, thing)
    if not name:
        yield "has no name"
    elif words.text(name) != name:
        yield f"“{name}” is not in the language spoken"
    if thing.role() in SAYS_NOTHING:
        yield f"its role is {thing.role().name}"
    yield from _states(one, thing)
    if isinstance(one, QAbstractItemView):
        yield from _rows(one)


def _name(one: QWidget, thing: QAccessibleInterface) -> str:
    """Of lists to choose from and of tabs Qt says what is chosen where they have no name of their own."""
    if isinstance(one, QComboBox | QTabBar):
        labels = one.window().findChildren(QLabel)
        return one.accessibleName() or next((label.text() for label in labels if label.buddy() is one), "")
    return thing.text(Text.Name).strip()


def _states(one: QWidget, thing: QAccessibleInterface) -> Iterator[str]:
    state = thing.state()
    if bool(state.disabled) == one.isEnabled():
        yield "says wrongly whether it can be used"
    if one.isEnabled() and not state.focusable:
        yield "does not say that it can have the keys"
    is_marked = isinstance(one, QAbstractButton) and one.isCheckable()
    if is_marked and (not state.checkable or bool(state.checked) != one.isChecked()):  # type: ignore[attr-defined]
        yield "says wrongly whether it is checked"
    if isinstance(one, QLineEdit):
        if bool(state.readOnly) != one.isReadOnly():
            yield "says wrongly whether it can be written into"
        if bool(state.passwordEdit) != (one.echoMode() == QLineEdit.EchoMode.Password):
            yield "says wrongly whether it hides what is typed"


def _rows(view: QAbstractItemView) -> Iterator[str]:
    """A list whose rows are painted has to say them as well: no row of which all cells are silent."""
    model, root = view.model(), view.rootIndex()
    if isinstance(view, QListView):
        columns = [view.modelColumn()]
    elif isinstance(view, QTableView):
        columns = [at for at in range(view.horizontalHeader().count()) if not view.isColumnHidden(at)]
    else:
        return
    for row in range(min(model.rowCount(root), ROWS)):
        cells = [model.index(row, column, root) for column in columns]
        roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        heading = model.headerData(row, Qt.Orientation.Vertical) if isinstance(view, QTableView) else ""
        said = [heading, *(cell.data(role) for cell in cells for role in roles)]
        if not any(str(one or "").strip() for one in said):
            yield f"row {row} says nothing"
            return
