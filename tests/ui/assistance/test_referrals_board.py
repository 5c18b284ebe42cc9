"""The list of all referrals: the overdue first, one beside it, its steps by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PasswordType, PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations import desk as desks
from shelter_desk.operations import drafts
from shelter_desk.operations.assistance import referral_sheets, referrals
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.sending import sendings, unread_passwords
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui import theme, tokens
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.assistance.referrals_part import ReferralsPart
from shelter_desk.ui.referring.referral_view import ReferralView, StepForm
from shelter_desk.ui.widgets import ask, files
from shelter_desk.ui.widgets.print import printing
from tests.operations.referral_scene import CLINIC, POLICE, agree, agree_to_recording, become, wish
from tests.ui.assistance.referrals_scene import assistance, desk, issued, resident, state, told_by
from tests.ui.window.windows import focused, type_in

__all__ = ["assistance", "desk", "resident"]


def part(page: AssistancePage) -> ReferralsPart:
    page.open("referrals")
    face = page.face
    assert isinstance(face, ReferralsPart)
    return face


def opened(page: AssistancePage, chip: str = "all") -> ReferralView:
    face = part(page)
    face.chips.chip(chip).click()
    face.open_line(face.rows.row(0))
    assert face.view is not None
    return face.view


def step(view: ReferralView, name: str) -> StepForm:
    view.buttons[name].click()
    assert view.form is not None
    return view.form


def texts(face: ReferralsPart) -> list[tuple[str, ...]]:
    return [face.rows.cells(place) for place in range(face.rows.rowCount())]


def test_without_referrals_the_page_says_where_one_begins(assistance: AssistancePage) -> None:
    face = part(assistance)
    assert face.empty.isVisible()


def test_the_list_shows_the_code_and_never_a_name(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    issued(desk, resident)
    assert texts(part(assistance))[0][1] == resident.code


def test_the_overdue_are_marked_and_counted(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    issued(desk, resident, days=10)
    face = part(assistance)
    assert (face.chips.chip("late").count(), texts(face)[0][4]) == (1, "3 j de retard")


def test_a_chip_leaves_the_drafts_alone(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    issued(desk, resident)
    draft = referrals.draft(desk, wish(resident))
    face = part(assistance)
    face.chips.chip("brouillon").click()
    assert [line[0] for line in texts(face)] == [draft.number]


def test_a_referral_is_accepted_by_keyboard_alone(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    key = issued(desk, resident)
    face = part(assistance)
    assistance.setFocus()
    face.set_first()
    type_in(qtbot, Qt.Key.Key_Return)  # the row: its panel, the focus on the first step
    type_in(qtbot, Qt.Key.Key_Return)  # the step: its form, the focus on the day
    type_in(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: face.view is not None and face.view.form is None)
    assert state(desk, key) == "acceptee"


def test_a_step_is_told_and_undone(assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot) -> None:
    said = told_by(assistance)
    key = issued(desk, resident)
    step(opened(assistance), "refusee_personne").go()
    reached = state(desk, key)
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert (reached, state(desk, key)) == ("refusee_personne", "emise")


def test_the_list_follows_a_step(assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot) -> None:
    issued(desk, resident)
    view = opened(assistance)
    step(view, "acceptee").go()
    face = part(assistance)
    qtbot.waitUntil(lambda: texts(face)[0][3] == "Accepté par la structure")
    assert face.view is not view


def test_a_day_to_come_is_refused_beside_the_day(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    issued(desk, resident)
    form = step(opened(assistance), "acceptee")
    form.day.line.setText("01/01/2099")
    form.go()
    assert form.day.state() == "blocked"


def test_a_feedback_without_its_kind_is_refused_beside_it(
    assistance: AssistancePage, desk: Desk, resident: Admitted
) -> None:
    referrals.advance(desk, issued(desk, resident), "service_recu", clock.today())
    form = step(opened(assistance), "cloturee")
    form.go()
    assert form.feedback is not None
    assert form.feedback.state() == "blocked"


def test_a_referral_is_closed_with_its_feedback(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident)
    referrals.advance(desk, key, "service_recu", clock.today(), "service_complet")
    form = step(opened(assistance), "cloturee")
    assert form.feedback is not None
    form.feedback.choose("telephone")
    form.go()
    assert state(desk, key) == "cloturee"


def test_escape_closes_the_form_then_the_panel(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    issued(desk, resident)
    view = opened(assistance)
    step(view, "acceptee")
    type_in(qtbot, Qt.Key.Key_Escape)
    after_one = view.form
    type_in(qtbot, Qt.Key.Key_Escape)
    assert (after_one, part(assistance).panel.isVisible()) == (None, False)


def test_the_reason_of_a_step_is_kept_at_escape_and_filled_in_again(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    referrals.draft(desk, wish(resident))
    found: list[Draft] = []
    said = told_by(assistance)
    assistance.draft_found.connect(found.append)
    form = step(opened(assistance), "emise")
    assert form.reason is not None
    form.reason.setFocus()
    type_in(qtbot, "Inconsciente", Qt.Key.Key_Escape)
    assert said[-1].state == "held"
    step(opened(assistance), "emise")
    assistance.resume(found[-1])
    view = part(assistance).view
    assert view is not None
    assert view.form is not None
    assert view.form.reason is not None
    assert view.form.reason.text() == "Inconsciente"


def test_a_step_done_or_given_up_leaves_no_draft(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    referrals.draft(desk, wish(resident))
    form = step(opened(assistance), "emise")
    assert form.exception is not None
    assert form.reason is not None
    form.reason.set_text("Inconsciente")
    ask.answer_with(lambda _: "")
    form.close_button.click()
    given_up = drafts.mine(desk)
    form = step(opened(assistance), "emise")
    assert form.exception is not None
    assert form.reason is not None
    form.exception.choose("interet_vital")
    form.reason.set_text("Inconsciente")
    form.go()
    assert (given_up, drafts.mine(desk)) == ([], [])


def test_after_the_panel_the_keys_go_to_the_list(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    issued(desk, resident)
    opened(assistance).set_first()
    type_in(qtbot, Qt.Key.Key_Escape)
    assert focused() is part(assistance).table


def test_nothing_changes_under_an_open_form(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    issued(desk, resident)
    form = step(opened(assistance), "acceptee")
    agree(desk, resident.person)
    assert form.isVisible()


def test_a_draft_without_consent_says_that_care_goes_on(
    assistance: AssistancePage, desk: Desk, resident: Admitted
) -> None:
    key = referrals.draft(desk, wish(resident)).id
    form = step(opened(assistance), "emise")
    form.go()
    said = form._refusal.sentence.text()
    assert (state(desk, key), form._refusal.isVisible(), "consentement" in said) == ("brouillon", True, True)


def test_the_manager_sends_in_vital_interest_with_a_reason(
    assistance: AssistancePage, desk: Desk, resident: Admitted
) -> None:
    key = referrals.draft(desk, wish(resident)).id
    form = step(opened(assistance), "emise")
    assert form.exception is not None
    assert form.reason is not None
    form.exception.choose("interet_vital")
    form.go()
    refused = form.reason.state()
    form.reason.set_text("Inconsciente")
    form.go()
    assert (refused, state(desk, key)) == ("blocked", "emise")


def test_a_case_worker_is_offered_no_exception(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    become(desk, Role.CASE_WORKER)
    referrals.draft(desk, wish(resident))
    assert step(opened(assistance), "emise").exception is None


def test_with_a_consent_no_exception_is_offered(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person)
    referrals.draft(desk, wish(resident))
    assert step(opened(assistance), "emise").exception is None


def test_after_a_withdrawal_no_sheet_can_be_printed(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    issued(desk, resident)
    before = "print" in opened(assistance).buttons
    consents.withdraw(desk, consents.of(desk, resident.person).all[0].id, clock.today())
    assert (before, "print" in opened(assistance).buttons) == (True, False)


def test_a_sheet_leaves_once_it_is_printed_and_not_where_that_was_given_up(
    assistance: AssistancePage, desk: Desk, resident: Admitted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_pdf(_: object) -> QPrinter:
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "sheet.pdf"))
        return made

    issued(desk, resident)
    view = opened(assistance)
    left = []
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    printers: list[Callable[[object], QPrinter | None]] = [lambda _: None, to_pdf]
    for printer in printers:
        monkeypatch.setattr(printing, "choose_printer", printer)
        view.buttons["print"].click()
        assert view.gate is not None
        assert (view.gate.fields.recipient.isEnabled(), view.gate.fields.answers().recipient) == (False, CLINIC)
        view.gate.go()
        left.append([one.sending.recipient for one in sendings.sent_files(desk)])
    assert left == [[], [CLINIC]]


def test_a_sheet_that_is_no_paper_leaves_closed_with_a_password_shown_once(
    assistance: AssistancePage, desk: Desk, resident: Admitted, tmp_path: Path
) -> None:
    issued(desk, resident)
    view = opened(assistance)
    view.buttons["print"].click()
    assert view.gate is not None
    assert view.gate.fields.channel.value() == "courriel"  # there is no printer here
    files.answer_with(tmp_path / "sheet.pdf")
    view.gate.go()
    assert view.password is not None
    closed = PdfReader(tmp_path / "sheet.pdf")
    assert closed.decrypt("autre-mot") is PasswordType.NOT_DECRYPTED
    assert closed.decrypt(view.password.shown.text()) is not PasswordType.NOT_DECRYPTED
    assert view.line.referral.referral_no in closed.pages[0].extract_text()
    assert [(one.sending.channel, one.sending.level) for one in sendings.sent_files(desk)] == [("courriel", NOMINAL)]
    password = view.password.shown.text()
    view.password.reject()  # as a lock does
    assert [one.password for one in unread_passwords.mine(desk)] == [password]


def test_a_follow_up_is_put_off(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    key = issued(desk, resident, days=10)
    form = step(opened(assistance, "late"), "follow_up")
    in_a_week = clock.today() + timedelta(days=7)
    form.day.set_day(in_a_week)
    form.go()
    found = referrals.line(desk, key)
    assert found is not None
    assert (found.days_late, found.referral.follow_up_on) == (None, in_a_week)


def test_the_summary_shows_on_demand_alone(assistance: AssistancePage, desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    key = referrals.draft(desk, replace(wish(resident), summary="Douleurs")).id
    view = opened(assistance)
    before = view.summary.text()
    view.buttons["summary"].click()
    assert (before, view.summary.text(), referral_sheets.summary(desk, key)) == ("", "Douleurs", "Douleurs")


def test_the_record_is_one_button_away(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    issued(desk, resident)
    opened(assistance)
    with qtbot.waitSignal(assistance.record_wanted) as wanted:
        part(assistance).record_button.click()
    assert wanted.args == [resident.person]


def test_an_undone_draft_leaves_the_panel(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    made = referrals.draft(desk, wish(resident))
    opened(assistance)
    desks.undo(desk, made.done)
    assert not part(assistance).panel.isVisible()


@pytest.mark.parametrize("is_beside", [False, True])
def test_state_and_consent_are_read_whole(
    assistance: AssistancePage, desk: Desk, resident: Admitted, is_beside: bool, qtbot: QtBot
) -> None:
    referrals.advance(desk, issued(desk, resident), "acceptee", clock.today())
    referrals.draft(desk, wish(resident, POLICE))
    face = part(assistance)
    face.chips.chip("all").click()
    if is_beside:
        face.open_line(face.rows.row(0))
        qtbot.waitUntil(face.panel.isVisible)
    texts_of = [(column, cells[column]) for cells in texts(face) for column in (3, 4, 5)]
    room = [(text, face.table.columnWidth(column) - 16) for column, text in texts_of]
    assert {"Accepté par la structure", "Consentement manquant"} <= {text for text, _ in room}
    assert [text for text, wide in room if tokens.metrics().horizontalAdvance(text) > wide] == []


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_list_and_panel_fit_beside_each_other(
    assistance: AssistancePage, desk: Desk, resident: Admitted, scale: float, qapp: QApplication
) -> None:
    issued(desk, resident)
    theme.wear(qapp, scale=scale)
    try:
        opened(assistance)
        wide = part(assistance).minimumSizeHint().width()
    finally:
        theme.wear(qapp)
    assert wide <= 1180
