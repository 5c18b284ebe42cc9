"""A month closed, corrected, replaced and opened again on the page of reports, by keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.comments import WHOLE
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, closing, month_versions, reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.sending import sendings
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.reports.closing.form import PASSWORD as LAST
from shelter_desk.ui.reports.closing.form import ClosingForm
from shelter_desk.ui.reports.closing.reason_form import ReasonForm
from shelter_desk.ui.reports.closing.rectified_form import RectifiedForm
from shelter_desk.ui.reports.computing import compute
from shelter_desk.ui.reports.month_forms import draft_name
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.widgets import files
from tests.operations.shelter import PASSWORD, admit, born, open_small_shelter
from tests.ui.reports.test_reports import go_to, opened_page, told_by
from tests.ui.sending.gates import to_somebody
from tests.ui.window.windows import settle, take_turns, worker_held

PRESENT: Ref = ("t2.present_end", ())
WOMEN: Ref = ("t2.present_end", (("sex", "f"), ("age_group", "a18_59")))
TO = GateAnswers("OIM", "rapport mensuel")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two women have been here for a hundred days, one of them never had a place."""
    made = open_small_shelter(tmp_path / "shelter")
    admit(made, "1A", days=100)
    admit(made, days=100)
    yield made
    tasks.finish()
    made.close()


@pytest.fixture
def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, month: Period) -> ReportsPage:
    made = opened_page(qtbot, desk, month)
    assert made.left is not None
    assert len(made.left.points) == 1
    return made


def on(qtbot: QtBot, page: ReportsPage) -> None:
    """Ctrl+Enter, wherever the focus is."""
    at = page.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def opened_form(qtbot: QtBot, page: ReportsPage) -> ClosingForm:
    page.head.close_month.setFocus()
    qtbot.keyClick(page.head.close_month, Qt.Key.Key_Space)
    form = page.forms.form
    assert isinstance(form, ClosingForm)
    return form


def close_by_keyboard(qtbot: QtBot, page: ReportsPage, password: str = PASSWORD) -> ClosingForm:
    """From the button through the four steps, the reason by an arrow, Ctrl+Enter after each."""
    form = opened_form(qtbot, page)
    combo = form.groups[0].reason.combo
    assert page.focusWidget() is combo
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    while form.step() != LAST:
        on(qtbot, page)
    assert page.focusWidget() is form.password.line
    form.password.line.insert(password)
    on(qtbot, page)
    return form


def open_form(page: ReportsPage) -> object:
    return page.forms.form


def shown_closed(qtbot: QtBot, page: ReportsPage) -> None:
    qtbot.waitUntil(lambda: page.left is not None and page.left.standing is not None, timeout=10_000)


def test_a_month_is_closed_by_keyboard_with_a_reason_for_what_is_left(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    told = told_by(page)
    close_by_keyboard(qtbot, page)
    shown_closed(qtbot, page)
    assert page.head.state.text() == "Clos, v1"
    assert not page.head.close_month.isVisible()
    assert page.side.closed_card.isVisible()
    assert told[-1].state == "ok"
    (made,) = month_versions.standing(desk, month).versions
    assert [one.reason for one in month_versions.accepted(desk, made.id)] == ["preuve_papier"]


def test_without_a_reason_or_with_a_wrong_password_nothing_is_closed(
    qtbot: QtBot, page: ReportsPage, desk: Desk
) -> None:
    page.forms.close_month()
    form = page.forms.form
    assert isinstance(form, ClosingForm)
    form.go()
    assert form.groups[0].reason.message() == "Réglez ces points, ou donnez le motif."
    page.forms.leave()
    form = close_by_keyboard(qtbot, page, "faux mot de passe")
    qtbot.waitUntil(lambda: bool(form.password.message()))
    assert form.password.message() == "Ce n’est pas votre mot de passe."
    assert (page.forms.form, month_versions.current(desk)) == (form, {})


def test_escape_leaves_the_form_and_the_page_is_there(qtbot: QtBot, page: ReportsPage) -> None:
    page.forms.close_month()
    form = page.forms.form
    assert isinstance(form, ClosingForm)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert open_form(page) is None
    assert page.head.close_month.isVisible()


def test_what_is_corrected_afterwards_waits_beside_the_published_figures(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    for ref, text in ((PRESENT, "Stable"), (WOMEN, "Deux femmes"), (WHOLE, "Deux femmes adultes.")):
        annotations.comment(desk, month, ref, text)
    close_by_keyboard(qtbot, page)
    shown_closed(qtbot, page)
    page.tables.tabs.choose("t2")
    before = page.tables.sheets["t2"].tables()[0].model().index(0, 1).data()
    line = residents.listed(desk, "here")[0]
    person = residents.record(desk, line.person.id).person
    with desk.because_late("preuve_nouvelle"):
        residents.correct(desk, replace(person, birth=born(15)), residents.name(desk, person.id))
    page.refresh()
    qtbot.waitUntil(lambda: page.left is not None and bool(page.left.moved))
    assert page.tables.sheets["t2"].tables()[0].model().index(0, 1).data() == before
    card = page.side.closed_card
    assert card.rectify.isVisible()
    listed = [card.rows.index(row, 0).data() for row in range(card.rows.rowCount())]
    assert "Nuitées (Féminin, 12–17 ans)" in listed  # a part that moved, though no total did
    assert "Preuve sur papier (1)" in card.accepted.text()
    page.side.closed_card.rectify.click()
    form = page.forms.form
    assert isinstance(form, RectifiedForm)
    form.go()
    assert form.reason.state() == "blocked"
    form.reason.line.insert("âge prouvé")
    assert form.said.text.text() == "Deux femmes adultes."
    assert set(form.said.comments) == {PRESENT, WOMEN}  # no total moved
    assert (form.said.comments[PRESENT].text(), form.said.comments[WOMEN].text()) == ("Stable", "")
    assert form.said.comments[WOMEN].message() == "Dit du nombre d’avant\N{NO-BREAK SPACE}: Deux femmes"
    form.said.text.set_text("Une mineure.")
    form.said.comments[WOMEN].set_text("Une femme")
    form.go()
    qtbot.waitUntil(lambda: page.head.state.text() == "Clos, rectificatif 1")
    assert [one.reason for one in month_versions.standing(desk, month).versions] == ["", "âge prouvé"]
    now = month_versions.month(desk, month).report
    assert (now.text, {one.ref: one.text for one in now.comments}) == (
        "Une mineure.",
        {PRESENT: "Stable", WOMEN: "Une femme"},
    )


def test_a_month_of_which_nothing_left_is_opened_again_and_no_other(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period, tmp_path: Path
) -> None:
    close_by_keyboard(qtbot, page)
    shown_closed(qtbot, page)
    page.side.closed_card.reopen.click()
    form = page.forms.form
    assert isinstance(form, ReasonForm)
    form.reason.line.insert("un oubli")
    form.go()
    qtbot.waitUntil(page.head.close_month.isVisible)
    close_by_keyboard(qtbot, page)
    shown_closed(qtbot, page)
    reports.export(
        desk,
        month_versions.month(desk, month),
        "partenaire",
        tmp_path / "out.xlsx",
        TO,
    )
    page.forms.left = None
    page.refresh()
    shown_closed(qtbot, page)
    assert (page.side.closed_card.reopen.isVisible(), "OIM" in page.side.closed_card.sent.text()) == (False, True)


def test_what_is_exported_is_kept_with_its_recipient_and_proven_when_it_comes_back(
    qtbot: QtBot, page: ReportsPage, desk: Desk, tmp_path: Path
) -> None:
    close_by_keyboard(qtbot, page)
    shown_closed(qtbot, page)
    out = tmp_path / "out.xlsx"
    page.exporting.ask()
    dialog = page.exporting.dialog
    assert dialog is not None
    to_somebody(dialog, "OIM")
    told = told_by(page)
    files.answer_with(out)
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    (sent,) = [one.sent for one in sendings.sent_files(desk)]
    kept = sent.sending
    assert (kept.recipient, kept.purpose_code, kept.level) == ("OIM", "rapport_projet", "partenaire")
    files.answer_with(out)
    page.side.closed_card.verify.click()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=30_000)
    assert (told[1].state, "intact" in told[1].sentence) == ("ok", True)
    out.write_bytes(out.read_bytes() + b" ")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(out))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[2].state != "ok"


def test_who_may_not_close_is_offered_nothing(qtbot: QtBot, desk: Desk, month: Period) -> None:
    desk.role = Role.CASE_WORKER
    made = opened_page(qtbot, desk, month)
    assert not made.head.close_month.isVisible()
    assert made.side.points_card.isVisible()
    made.head.chooser.setFocus()
    on(qtbot, made)
    assert made.forms.form is None


def test_a_quarter_and_a_month_that_runs_are_not_closed(qtbot: QtBot, page: ReportsPage, month: Period) -> None:
    page.head.chooser.setFocus()
    for period in (Period(month.month_before.first, month.last), month.month_after):
        go_to(qtbot, page, period)
        assert not page.head.close_month.isVisible()
        on(qtbot, page)
        assert page.forms.form is None


def test_the_bridge_stands_beside_an_open_month_that_begins_otherwise(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    closing.close(desk, month.month_before, lambda _: "sans_objet")
    assert not page.side.bridge.isVisible()
    with desk.because_late("saisie_tardive"):
        admit(desk, "1B", days=95)
    page.refresh()
    qtbot.waitUntil(page.side.bridge.isVisible)
    assert page.side.bridge.sentence.text() == "clôture publiée 2 · corrections +1 · ouverture 3"
    go_to(qtbot, page, month.month_before)
    assert not page.side.bridge.isVisible()


def test_nobody_leaves_the_form_while_the_month_is_being_closed(qtbot: QtBot, page: ReportsPage) -> None:
    form = close_by_keyboard(qtbot, page, "faux mot de passe")
    assert not form.isEnabled()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert page.forms.form is form
    qtbot.waitUntil(form.isEnabled)


def test_steps_go_back_and_forth_by_keyboard_and_lose_nothing(qtbot: QtBot, page: ReportsPage, desk: Desk) -> None:
    form = opened_form(qtbot, page)
    on(qtbot, page)  # without a reason
    assert (form.step(), form.groups[0].reason.state()) == ("points", "blocked")
    form.groups[0].reason.choose("injoignable")
    on(qtbot, page)
    assert (form.step(), page.focusWidget()) == ("words", form.said.first().focusProxy())
    form.said.text.area.setPlainText("Mois calme.")
    on(qtbot, page)
    shown = " ".join(one.text() for one in form.page.findChildren(QLabel))
    assert (form.step(), "Clos, v1" in shown, "sans visa" in shown) == ("page", True, True)
    assert "Mois calme." in shown
    qtbot.keyClick(form.verb, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(form.said.text.area, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (form.step(), form.back.isVisible()) == ("points", False)
    assert (form.groups[0].reason.code(), form.said.text.text()) == ("injoignable", "Mois calme.")


def test_what_is_typed_to_close_a_month_outlives_a_cut_and_goes_with_the_closing(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    form = opened_form(qtbot, page)
    form.groups[0].reason.choose("autorite")
    form.groups[0].more.line.insert("juge des mineurs")
    on(qtbot, page)
    form.said.text.area.setPlainText("Mois calme.")
    (kept,) = form.findChildren(Drafting)
    qtbot.waitUntil(lambda: not tasks.is_busy())
    kept.timer.timeout.emit()  # two seconds after the last key; then the light goes out
    (draft,) = drafts.mine(desk)
    assert drafting.sentence(draft).endswith("clôture d’un mois")
    again = opened_page(qtbot, desk)
    again.resume(draft)
    qtbot.waitUntil(lambda: again.forms.form is not None)
    found = again.forms.form
    assert isinstance(found, ClosingForm)
    typed = found.step(), found.groups[0].told(), found.said.text.text()
    assert typed == ("words", "autorite: juge des mineurs", "Mois calme.")
    while found.step() != LAST:
        found.go()
    found.password.line.insert(PASSWORD)
    found.go()
    shown_closed(qtbot, again)
    assert drafts.mine(desk) == []
    assert month_versions.month(desk, month).report.text == "Mois calme."


def test_the_draft_of_a_month_that_was_closed_meanwhile_goes_and_says_so(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    drafts.keep(desk, draft_name(month), {"text": "Mois calme."})
    (draft,) = drafts.mine(desk)
    closing.close(desk, month, lambda _: "sans_objet")
    told = told_by(page)
    page.resume(draft)
    shown_closed(qtbot, page)
    assert (page.forms.form, drafts.mine(desk)) == (None, [])
    assert told[-1].sentence.endswith("ce que vous aviez écrit pour le clore est abandonné.")


def test_what_was_left_before_the_closing_does_not_come_over_what_is_being_shown(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    settle(qtbot)
    left_before = page.left
    assert left_before is not None
    with worker_held():
        closing.close(desk, month, lambda _: "sans_objet")
        page._show(compute(desk, month))
        page._show_left(replace(left_before, points=()))
        meanwhile = page.left
        take_turns()
        assert meanwhile is left_before
        assert page.head.state.text() == "Clos, v1"


def test_a_month_that_could_not_be_computed_is_not_resumed_later(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = month.month_after.month_after
    drafts.keep(desk, draft_name(later), {"text": "Trop tôt"})
    told = told_by(page)
    page.resume(drafts.mine(desk)[0])
    qtbot.waitUntil(lambda: bool(told))  # it has not begun
    then = desk.now() + timedelta(days=70)
    monkeypatch.setattr(clock, "now", lambda: then)
    go_to(qtbot, page, later)
    assert page.head.offers_closing()
    assert page.forms.form is None


def test_a_draft_of_a_text_that_is_too_long_is_shown_whole_and_refused(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    form = opened_form(qtbot, page)
    form.said.fill({"text": "x" * 2100})
    assert len(form.said.text.text()) == 2100
    assert not form.said.keep(desk)
    assert (form.said.text.state(), month_versions.month(desk, month).report.text) == ("blocked", "")
    form.groups[0].more.line.setText("y" * 200)
    assert len(form.groups[0].more.text()) == 200


def test_escape_says_that_what_was_typed_is_kept(qtbot: QtBot, page: ReportsPage) -> None:
    told = told_by(page)
    form = opened_form(qtbot, page)
    form.groups[0].reason.choose("injoignable")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert [one.state for one in told] == ["held"]
    assert opened_form(qtbot, page).groups[0].reason.code() == "injoignable"


def test_what_keeps_a_month_from_being_closed_is_said_and_no_step_leads_further(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    closing.close(desk, month.month_before.month_before, lambda _: "sans_objet")
    page.refresh()
    qtbot.waitUntil(lambda: page.left is not None)
    form = opened_form(qtbot, page)
    form.groups[0].reason.choose("injoignable")
    on(qtbot, page)
    assert (form.step(), form.verb.isEnabled(), form.why.text()) == (
        "points",
        False,
        "Quelque chose empêche de clore",
    )
