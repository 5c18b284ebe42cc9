"""A month closed through the window by keyboard alone: how many keys it takes, and all that follows a late exit."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from shelter_desk.domain.moments import Period
from shelter_desk.domain.sending.recipients import EXACT
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import month_versions
from shelter_desk.operations.sending import recipients, sendings
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.sending.sendings_part import SendingsPart
from shelter_desk.ui.widgets import files
from shelter_desk.words import formats
from tests.operations.shelter import PASSWORD, admit
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]
MOST_KEYS, MOST_SECONDS = 40, 180
PARTNER = "OIM Mali"


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


def close_by_keys(hands: Hands, reasons: int) -> None:
    """From the key of the page to the closed month."""
    hands.press("Ctrl+7")
    shown(hands, closed=False)
    hands.press("Ctrl+Return")
    for place in range(reasons):
        hands.press(*["Tab"] * (3 if place else 0), "Down")
    hands.press("Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    hands.write(PASSWORD)
    hands.press("Ctrl+Return")
    shown(hands, closed=True)


def test_a_house_of_one_person_closes_in_three_minutes_and_forty_keys(hands: Hands) -> None:
    admit(hands.desk, days=100)  # without a place: one point is left
    begun = perf_counter()
    close_by_keys(hands, 1)
    assert len(PASSWORD) < hands.keys <= MOST_KEYS
    assert perf_counter() - begun <= MOST_SECONDS
    (made,) = month_versions.standing(hands.desk, last(hands.desk)).versions
    assert [one.reason for one in month_versions.accepted(hands.desk, made.id)] == ["preuve_papier"]


def test_a_late_exit_is_bridged_corrected_and_sent_again_and_the_first_file_is_known_as_replaced(
    hands: Hands, tmp_path: Path
) -> None:
    desk, period = hands.desk, last(hands.desk)
    admit(desk, days=100)  # without a place: it stands in the worklist
    left = admit(desk, "1B", days=100)
    agree_with(desk, PARTNER)
    first, second = tmp_path / "v1.xlsx", tmp_path / "r1.xlsx"
    page = read_the_worklist(hands)
    close_by_keys(hands, 1)
    hands.tick("Exporter…")
    send(hands, first, PARTNER)
    leave_late(hands, left.code, period)
    see_bridge_and_correction(hands, page)
    hands.tick("Rectificatif")
    hands.enter(("Motif", "sortie saisie en retard"))
    hands.save()
    hands.until(lambda: page.head.state.text() == "Clos, rectificatif 1")
    part = send_what_replaces(hands, page, second)
    assert [(one.sending.level, one.rectified, one.sending.recipient) for one in sendings.sent_files(desk)] == [
        ("convention", 1, PARTNER),
        ("convention", 0, PARTNER),
    ]
    files.answer_with(first)
    hands.tick("Choisir un fichier")
    hands.until(part.proof_card.isVisible)
    assert part.proof_card.verdict.text() == "Remplacé par le rectificatif 1"


def agree_with(desk: Desk, name: str) -> None:
    """Somebody in the directory, with an agreement in force."""
    one = recipients.usual(name, "oim")
    until = desk.today().replace(year=desk.today().year + 1)
    agreed = replace(one, agreement_no="C-2026-014", agreement_until=until, levels=(*one.levels, EXACT))
    recipients.keep_recipient(desk, agreed)


def read_the_worklist(hands: Hands) -> ReportsPage:
    """What is to be settled leads to the record it is about."""
    hands.press("Ctrl+7")
    page = shown(hands, closed=False)
    hands.go_to("À régler avant de clore")
    hands.press("Return")
    assert hands.window.frame is not None
    record = hands.window.frame.pages["residents"]
    assert isinstance(record, ResidentsPage)
    assert record.record.isVisible()
    return page


def send(hands: Hands, path: Path, to: str = "") -> None:
    """Answer at the gate, which is open, at the level of the agreement; to: unless both are proposed."""
    files.answer_with(path)
    if to:
        hands.enter(("Destinataire", to))
        hands.go_to("Partenaire")
        hands.press("Down")
    hands.go_to("Convention")
    before = len(sendings.sent_files(hands.desk))
    hands.go_to("Choisir le fichier")
    hands.press("Return")
    hands.until(lambda: len(sendings.sent_files(hands.desk)) > before)
    hands.settle()
    hands.wake()


def leave_late(hands: Hands, code: str, period: Period) -> None:
    """An exit of the last morning of that month, and why it is typed now."""
    hands.open_record(code)
    hands.tick("Sortie")
    hands.enter(("Sortie le", formats.day(period.last)), ("Heure", "10:00"), ("Motif", "autonomie"))
    hands.press("Ctrl+Return")
    hands.enter(("Motif du retard", "enregistrement tardif"))
    hands.save()


def see_bridge_and_correction(hands: Hands, page: ReportsPage) -> None:
    """The month itself says what waits, the month after begins with the bridge."""
    hands.press("Ctrl+7")
    hands.until(lambda: page.left is not None and bool(page.left.moved))
    assert page.side.closed_card.major.isVisible()
    hands.tick("Période suivante")
    hands.until(page.side.bridge.isVisible)
    assert page.side.bridge.sentence.text() == "clôture publiée 2 · corrections −1 · ouverture 1"
    hands.tick("Période précédente")
    shown(hands, closed=True)


def send_what_replaces(hands: Hands, page: ReportsPage, path: Path) -> SendingsPart:
    """From the first sending in the list."""
    hands.tick("Envois")
    assert page.sendings.shown is not None
    hands.press("Return")
    hands.tick("Envoyer ce qui le remplace")
    hands.until(lambda: page.exporting.dialog is not None and page.exporting.dialog.isVisible())
    send(hands, path)
    return page.sendings.shown.part
