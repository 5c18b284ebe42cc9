"""The sections of the settings in a list: what they are called, who may see them, what all have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.layouts import STRETCH, ScrollArea, in_column

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class Section(ScrollArea):
    """A column of cards, at most 900 wide, that scrolls."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        inner.setMaximumWidth(tokens.wide(900))
        self.column = in_column(
            within=inner, spacing=tokens.SPACE_2, margins=(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2)
        )
        self.setWidget(inner)

    @Slot(object)
    def bring(self, form: QWidget) -> None:
        """Scroll to a form that was just opened, once it has its place; of one that is too high the top is seen."""

        def scroll() -> None:
            self.ensureWidgetVisible(form, 0, tokens.SPACE_2)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + min(0, form.mapTo(self.viewport(), QPoint(0, 0)).y()))

        QTimer.singleShot(0, form, scroll)

    def refresh(self) -> None:
        """Ask again and show."""

    def is_editing(self) -> bool:
        """True while something typed is not kept yet."""
        return False


@dataclass(frozen=True, slots=True)
class SectionOffer:
    """A section and who may see it. needs: one of these is enough; nothing named, everybody may.

    of_computer: it changes this computer, which an exercise must not.
    """

    key: str
    word: str
    icon: str
    needs: tuple[Permission, ...] = ()
    of_computer: bool = False


def offers() -> list[SectionOffer]:
    """Every section there is, in the order of the list."""
    return [
        SectionOffer("shelter", words.text("Shelter"), "home", (Permission.SETTINGS_EDIT,)),
        SectionOffer("limits", words.text("Limits and delays"), "calendar-bars", (Permission.SETTINGS_EDIT,)),
        SectionOffer("rooms", words.text("Rooms and beds"), "bed", (Permission.ROOMS_EDIT,)),
        SectionOffer("services", words.text("Services and donors"), "heart", (Permission.SETTINGS_EDIT,)),
        SectionOffer("targets", words.text("Targets of the year"), "flag", (Permission.SETTINGS_EDIT,)),
        SectionOffer("recipients", words.text("Recipients of files"), "send", (Permission.SETTINGS_EDIT,)),
        SectionOffer("people", words.text("People and rights"), "two-people", (Permission.USERS_EDIT,)),
        SectionOffer("backups", words.text("Backups"), "save", (Permission.BACKUP,)),
        SectionOffer("updates", words.text("Update"), "usb", (Permission.SETTINGS_EDIT,), of_computer=True),
        SectionOffer("retention", words.text("Retention"), "calendar", (Permission.ERASE,)),
        SectionOffer("journal", words.text("Journal"), "list", (Permission.JOURNAL_SEE, Permission.JOURNAL_SEE_OWN)),
        SectionOffer("security", words.text("Security"), "shield", (Permission.USERS_EDIT,)),
        SectionOffer("account", words.text("My account"), "person"),
        SectionOffer("display", words.text("Display"), "screen"),
        SectionOffer("help", words.text("Help"), "help"),
    ]


def offered(desk: "Desk") -> list[SectionOffer]:
    """Those that who is at the desk may see."""
    may = (one for one in offers() if not one.needs or any(desk.may(permission) for permission in one.needs))
    return [one for one in may if not (one.of_computer and desk.is_training)]


_PAD, _GAP = 12, 8


class SectionList(ScrollArea):
    """One of several: arrows move and open; where there is little height it scrolls."""

    chosen = Signal(str)  # the key

    def __init__(self, offered: Sequence[SectionOffer], accessible_name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        inner.setAccessibleName(accessible_name)
        self.entries = {one.key: _Entry(one.word, one.icon) for one in offered}
        for entry in self.entries.values():
            entry.toggled.connect(self._toggled)
        margins = (tokens.SPACE_2, tokens.SPACE, tokens.SPACE_HALF, tokens.SPACE)
        in_column(*self.entries.values(), STRETCH, within=inner, spacing=2, margins=margins)
        self.setWidget(inner)
        widest = max((entry.sizeHint().width() for entry in self.entries.values()), default=0)
        self.setFixedWidth(max(tokens.wide(160), widest) + tokens.SPACE_2 + tokens.SPACE_HALF)

    def value(self) -> str | None:
        """The key of the open section."""
        return next((key for key, entry in self.entries.items() if entry.isChecked()), None)

    def choose(self, key: str) -> None:
        """Mark that one; it says so unless it was marked already. The focus goes with it where it is in the list."""
        self.setFocusProxy(self.entries[key])
        if any(entry.hasFocus() for entry in self.entries.values()):
            self.entries[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.entries[key].setChecked(True)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        key = self.value()
        if on and key is not None:
            self.setFocusProxy(self.entries[key])
            self.chosen.emit(key)


class _Entry(QRadioButton):
    """One section: icon and word."""

    def __init__(self, word: str, icon: str) -> None:
        super().__init__(word)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        label = tokens.metrics(bold=True).horizontalAdvance(self.text())
        return QSize(label + tokens.wide(20) + _GAP + 2 * _PAD, tokens.high(36))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, side = self.isChecked(), tokens.wide(20)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent_soft" if on else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), tokens.RADIUS, tokens.RADIUS)
        if on:
            painter.fillRect(QRect(0, 6, 3, self.height() - 12), tokens.color("accent"))
        ink = "accent" if on else "ink2"
        painter.drawPixmap(QPoint(_PAD, (self.height() - side) // 2), icons.pixmap(self._icon, ink, 20))
        painter.setPen(tokens.color("accent" if on else "ink"))
        painter.setFont(tokens.font("text", on))
        room = self.rect().adjusted(_PAD + side + _GAP, 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
