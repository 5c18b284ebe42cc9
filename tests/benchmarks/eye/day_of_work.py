"""A day of a manager at the keys, from the first look in the morning to the month's figures, on ten years of data."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest as Keys

from shelter_desk.ui.window import Window
from tests.benchmarks.eye.watchdog import Watchdog
from tests.walks import hands as walks
from tests.walks.hands import Hands

PATIENCE = 120_000  # milliseconds: ten years of a large house are computed


class WatchedKeys:
    """Keys pressed one by one, the thread free between them as it is under real fingers, which the guard hears."""

    def __init__(self, window: Window, watchdog: Watchdog) -> None:
        self._window, self._watchdog = window, watchdog

    def __getattr__(self, name: str) -> Callable[..., object]:
        sent: Callable[..., object] = getattr(Keys, name)

        def watched(*given: object, **more: object) -> object:
            if self._window.guard is not None:  # keys of a test go past the window itself
                self._window.guard.idle.eventFilter(self._window, QEvent(QEvent.Type.KeyRelease))
            self._watchdog.beat()
            try:
                return sent(*given, **more)
            finally:
                self._watchdog.beat()

        return watched if name in ("keyClick", "keyClicks", "sendKeyEvent") else sent


def play(window: Window, watchdog: Watchdog) -> int:
    """Do the day; how many keys it took."""
    setattr(walks, "QTest", WatchedKeys(window, watchdog))  # noqa: B010 - it is imported there, not made
    walks.PATIENCE = PATIENCE
    hands = Hands(window)
    for part in DAY:
        watchdog.during = part.__name__.replace("_", " ")
        part(hands)
        hands.wake()
    return hands.keys


def the_morning(hands: Hands) -> None:
    hands.press("Ctrl+1")
    hands.press("Ctrl+2")


def somebody_is_admitted(hands: Hands) -> None:
    hands.press("Ctrl+3")
    hands.tick("Admettre")
    hands.enter(("Nom", "Sanankoua"), ("Prénom", "Sira"))
    hands.tick("Féminin")
    hands.press("Tab", "Right", "Right", "Space")
    hands.write("27")
    hands.enter(("Nationalité", "Guinée (Guin"), ("Situation migratoire", "en transit"))
    hands.save()


def somebody_is_found(hands: Hands) -> None:
    hands.find("Sanankoua Sira")
    for section in ("Dépistage", "Services", "Documents", "Historique"):
        hands.go_to("Parties du dossier")
        hands.choose_section(section)


def residents_are_looked_through(hands: Hands) -> None:
    hands.press("Ctrl+3", "Escape", "Ctrl+F")
    hands.write("trao")
    hands.press("Down", "Down")


def the_calendar_is_walked(hands: Hands) -> None:
    hands.find("calendrier")
    hands.press(*["Left"] * 10, *["Down"] * 10)


def services_are_looked_at(hands: Hands) -> None:
    hands.press("Ctrl+4")


def equipment_is_looked_at(hands: Hands) -> None:
    hands.press("Ctrl+5")


def the_store_is_looked_at(hands: Hands) -> None:
    hands.press("Ctrl+6")


def the_month_is_looked_at(hands: Hands) -> None:
    hands.press("Ctrl+7")


def imports_are_looked_at(hands: Hands) -> None:
    hands.press("Ctrl+8")


def settings_are_looked_at(hands: Hands) -> None:
    hands.press("Ctrl+9", *["Down"] * 13)


def the_evening(hands: Hands) -> None:
    hands.press("Ctrl+1", "Ctrl+2")


DAY: tuple[Callable[[Hands], None], ...] = (
    the_morning,
    somebody_is_admitted,
    somebody_is_found,
    residents_are_looked_through,
    the_calendar_is_walked,
    services_are_looked_at,
    equipment_is_looked_at,
    the_store_is_looked_at,
    the_month_is_looked_at,
    imports_are_looked_at,
    settings_are_looked_at,
    the_evening,
)
