"""A month closed through the window by keyboard alone: how many keys it takes, and all that follows a late exit."""

from datetime import datetime, time
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from shelter_desk.domain.moments import Period
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import month_versions, reports
from shelter_desk.operations.stays import stays
from shelter_desk.ui.reports.page import ReportsPage
from tests.operations.shelter import PASSWORD, admit
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]
MOST_KEYS, MOST_SECONDS = 40, 180
TO = GateAnswers("OIM", "rapport mensuel")


def last(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def page_of(hands: Hands) -> ReportsPage:
    assert hands.window.frame is not None
    found = hands.window.frame.pages["reports"]
    assert isinstance(found, ReportsPage)
    return found


def shown(hands: Hands, *, closed: bool) -> ReportsPage:
    """The page once it is known what the month leaves."""
    page = page_of(hands)
    hands.until(lambda: page.left is not None and (page.left.standing is not None) is closed)
    hands.settle()
    return page


def close_by_keys(hands: Hands, reasons: int) -> int:
    """From the key of the page to the closed month; how many keys that takes, each letter of the password one."""
    pressed = 0

    def press(*keys: str) -> None:
        nonlocal pressed
        pressed += len(keys)
        hands.press(*keys)

    press("Ctrl+7")
    shown(hands, closed=False)
    press("Ctrl+Return")
    for place in range(reasons):
        press(*["Tab"] * (3 if place else 0), "Down")
    press("Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    hands.write(PASSWORD)
    pressed += len(PASSWORD)
    press("Ctrl+Return")
    shown(hands, closed=True)
    return pressed


def test_a_house_of_one_person_closes_in_three_minutes_and_forty_keys(hands: Hands) -> None:
    admit(hands.desk, days=100)  # without a place: one point is left
    begun = perf_counter()
    keys = close_by_keys(hands, 1)
    assert keys <= MOST_KEYS
    assert perf_counter() - begun <= MOST_SECONDS
    (made,) = month_versions.standing(hands.desk, last(hands.desk)).versions
    assert [one.reason for one in month_versions.accepted(hands.desk, made.id)] == ["preuve_papier"]


def test_a_late_exit_is_bridged_corrected_and_sent_again_and_the_first_file_is_known_as_replaced(
    hands: Hands, tmp_path: Path
) -> None:
    desk, period = hands.desk, last(hands.desk)
    staying, left = admit(desk, "1A", days=100), admit(desk, "1B", days=100)
    assert staying.stay != left.stay
    close_by_keys(hands, 0)
    first, second = tmp_path / "v1.xlsx", tmp_path / "v2.xlsx"
    reports.export(desk, month_versions.month(desk, period), "partenaire", first, TO)
    with desk.because_late("saisie_tardive"):
        stays.leave(desk, left.stay, stays_on(period), "autonomie")
    page = page_of(hands)
    page.refresh()
    hands.until(lambda: page.left is not None and bool(page.left.moved))
    assert page.closed_card.major.isVisible()
    page.go_to(period.month_after)
    hands.until(page.bridge.isVisible)
    assert page.bridge.sentence.text() == "clôture publiée 2 · corrections −1 · ouverture 1"
    page.go_to(period)
    shown(hands, closed=True)
    hands.tick("Rectificatif")
    hands.enter(("Motif", "sortie saisie en retard"))
    hands.save()
    hands.until(lambda: page.head.state.text() == "Clos, rectificatif 1")
    reports.export(desk, month_versions.month(desk, period), "partenaire", second, TO)
    told = drop(hands, page, first)
    assert "Remplacé par : rectificatif 1" in told.replace("\u00a0", " ")


def stays_on(period: Period) -> datetime:
    """The morning of the last day of that month."""
    return datetime.combine(period.last, time(10))


def drop(hands: Hands, page: ReportsPage, path: Path) -> str:
    """Drop a file on the page; what the message bar says of it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    before = hands.told
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    hands.until(lambda: hands.told != before)
    return hands.told
