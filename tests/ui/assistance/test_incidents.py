"""Incidents in the real window: reported by everybody, by keyboard; read by few."""

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.ids import IncidentId, PartnerId, UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts, settings
from shelter_desk.operations.assistance import partners, referrals
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.ui.assistance.incidents_part import IncidentsPart
from shelter_desk.ui.window import Window
from tests.operations.referral_scene import CLINIC, wish
from tests.operations.shelter import PASSWORD, admit, days_ago
from tests.ui.assistance.assistance_scene import (
    OTHER,
    Enter,
    do_it,
    enter,
    fill,
    folder,
    frame_of,
    part_of,
    press,
    tab_to,
)
from tests.ui.window.windows import focused, settle, wait_for

__all__ = ["enter", "folder"]
FIGHT = Incident(IncidentId(0), "", days_ago(1), days_ago(1), "violence_residents", "mineur")
CONTENT = IncidentContent("Dispute au réfectoire", "Séparés")


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def incidents_of(window: Window) -> IncidentsPart:
    face = part_of(window, "incidents").face
    assert isinstance(face, IncidentsPart)
    return face


def begin(face: IncidentsPart, qtbot: QtBot) -> None:
    button = face.new_button if face.new_button.isVisible() else face.empty.button
    assert button is not None
    press(qtbot, button)
    assert face.form is not None


def test_a_storekeeper_reports_by_keyboard_what_they_cannot_read(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as manager:
        code = admit(manager, "1A").code
    window = enter("Agent M")
    face = incidents_of(window)
    begin(face, qtbot)
    form = face.form
    assert form is not None
    fill(qtbot, form.kind, "Vol")
    fill(qtbot, form.day.line, f"{days_ago(1).date():%d/%m/%Y}")
    fill(qtbot, form.clock.line, "8h15")
    tab_to(qtbot, form.severity)
    qtbot.keyClicks(focused(), "g")
    fill(qtbot, form.facts.area, "Un sac de riz manque")
    fill(qtbot, form.action.area, "Porte close")
    fill(qtbot, form.persons.rows[0][0], code)
    press(qtbot, form.notified.boxes["direction"])
    do_it(qtbot)
    assert face.form is None
    told = frame_of(window).bar.sentence.text()
    with qtbot.waitSignal(window.locked):
        window.lock()
    settle(qtbot)  # it is backed up, then closed
    with unlocking.unlock(folder, "Agent A", PASSWORD) as manager:
        (line,) = incidents.register(manager)
        found = incidents.read(manager, line.incident.id)
    one = line.incident
    assert (one.incident_type, one.severity, one.notified, line.reported_by) == (
        "vol",
        "grave",
        ("direction",),
        "Agent M",
    )
    assert (one.occurred_at.hour, one.occurred_at.minute) == (8, 15)
    assert found == IncidentContent("Un sac de riz manque", "Porte close", ((code, "concerne"),))
    assert told == f"Incident {one.incident_no} signalé et scellé."


def test_who_only_reports_has_no_register(enter: Enter, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as manager:
        incidents.report(manager, FIGHT, CONTENT)
    face = incidents_of(enter("Agent N"))
    assert (face.table.isVisible(), face.empty.isVisible()) == (False, True)


def test_a_serious_incident_without_anybody_told_is_refused_beside_the_boxes(enter: Enter, qtbot: QtBot) -> None:
    face = incidents_of(enter("Agent A"))
    begin(face, qtbot)
    form = face.form
    assert form is not None
    fill(qtbot, form.kind, "Vol")
    tab_to(qtbot, form.severity)
    qtbot.keyClicks(focused(), "c")
    fill(qtbot, form.facts.area, "Un sac manque")
    fill(qtbot, form.action.area, "Porte close")
    do_it(qtbot)
    assert form.notified.state() == "blocked"


def test_the_type_of_violence_is_asked_only_where_the_shelter_is_trained_and_of_violence(
    enter: Enter, folder: Path, qtbot: QtBot
) -> None:
    asked = []
    for answer in ("no", "yes"):
        with unlocking.unlock(folder, "Agent A", PASSWORD) as manager:
            settings.keep(manager, {"gbv_module": answer})
        window = enter("Agent A")
        face = incidents_of(window)
        begin(face, qtbot)
        form = face.form
        assert form is not None
        for kind in ("vol", "violence_residents"):
            form.kind.choose(kind)
            form.refresh()
            asked.append(form.violence.isVisible())
        with qtbot.waitSignal(window.locked):
            window.lock()
        settle(qtbot)
    assert asked == [False, False, False, True]


def test_a_wrong_code_is_said_beside_the_persons(enter: Enter, qtbot: QtBot) -> None:
    face = incidents_of(enter("Agent A"))
    begin(face, qtbot)
    form = face.form
    assert form is not None
    form.kind.choose("vol")
    form.severity.choose("mineur")
    form.facts.set_text("Un sac manque")
    form.action.set_text("Porte close")
    form.persons.show_persons([("Awa", "concerne")])
    do_it(qtbot)
    assert form.persons.state() == "blocked"


def test_tab_goes_through_the_rows_of_persons(enter: Enter, qtbot: QtBot) -> None:
    face = incidents_of(enter("Agent A"))
    begin(face, qtbot)
    form = face.form
    assert form is not None
    press(qtbot, form.persons.add_button)
    tab_to(qtbot, form.persons.rows[0][0])
    passed = [focused()]
    for _ in range(6):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        passed.append(focused())
    assert passed == [*form.persons.rows[0], *form.persons.rows[1], form.persons.add_button]


def test_a_sealed_matter_asks_for_its_day_and_channel_alone(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    incidents.keep_eas_channel(desk_of(window), "Ligne verte")
    face = incidents_of(window)
    begin(face, qtbot)
    form = face.form
    assert form is not None
    fill(qtbot, form.kind, "Exploitation ou abus sexuel")
    fill(qtbot, form.channel, "OIM")
    shown = (form.facts, form.action, form.severity, form.persons, form.notified)
    assert [field.isVisible() for field in shown] == [False] * 5
    assert "Ligne verte" in form.sealed.sentence.text()
    do_it(qtbot)
    (line,) = incidents.register(desk_of(window))
    assert (line.incident.channel, line.incident.reported_by, line.has_content) == ("oim", None, False)


def test_a_complaint_may_stay_unnamed(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    face = incidents_of(window)
    begin(face, qtbot)
    form = face.form
    assert form is not None
    fill(qtbot, form.kind, "Plainte")
    tab_to(qtbot, form.severity)
    qtbot.keyClicks(focused(), "m")
    fill(qtbot, form.channel, "boite")
    press(qtbot, form.unnamed)
    assert form.who_typed.isVisible()
    assert form.who_typed.text().endswith("Le journal garde le nom du compte utilisé.")
    fill(qtbot, form.facts.area, "Le repas arrive froid")
    do_it(qtbot)
    assert incidents.register(desk_of(window))[0].reported_by == ""


def test_what_is_told_is_read_on_demand(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    incidents.report(desk_of(window), FIGHT, CONTENT)
    face = incidents_of(window)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    view = face.view
    assert view is not None
    assert view.content is None
    press(qtbot, view.buttons["read"])
    assert view.content is not None


def test_what_concerns_the_reader_is_refused_in_words(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    incidents.report(desk_of(window), FIGHT, replace(CONTENT, is_staff_involved=True, staff=(UserId(1),)))
    face = incidents_of(window)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["read"])
    number = face.view.line.incident.incident_no
    assert frame_of(window).bar.sentence.text() == (
        f"L’incident {number} vous concerne\u00a0: une autre personne le lit et le clôt."
    )


def test_an_incident_is_closed_by_keyboard_with_its_lesson(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    incidents.report(desk_of(window), FIGHT, CONTENT)
    face = incidents_of(window)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["close"])
    form = face.view.form
    assert form is not None
    fill(qtbot, form.follow_up.area, "Mediation faite")
    fill(qtbot, form.lesson.line, "Un casier par personne")
    do_it(qtbot)
    found = incidents.register(desk_of(window))[0].incident
    assert (found.closed_on, found.lesson) == (clock.today(), "Un casier par personne")
    wait_for(qtbot, lambda: face.view is not None and face.view.form is None)


def test_closing_without_a_word_is_refused_beside_the_field(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    incidents.report(desk_of(window), FIGHT, CONTENT)
    face = incidents_of(window)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert face.view is not None
    face.view.do("close")
    do_it(qtbot)
    assert face.view.form is not None
    assert face.view.form.follow_up.state() == "blocked"


def test_chips_and_types_choose_what_is_listed(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    incidents.report(desk, FIGHT, CONTENT)
    incidents.report(desk, replace(FIGHT, incident_type="plainte", channel="boite"), CONTENT)
    face = incidents_of(window)
    everything = face.rows.rowCount()
    face.chips.chip("complaints").click()
    complaints = face.rows.rowCount()
    face.chips.chip("all").click()
    face.kind.choose("violence_residents")
    face.show_lines()
    assert (everything, complaints, face.rows.rowCount()) == (2, 1, 1)


def test_what_a_storekeeper_was_reporting_survives_a_cut_and_lies_sealed(
    enter: Enter, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    window = enter("Agent M")
    face = incidents_of(window)
    begin(face, qtbot)
    form = face.form
    assert form is not None
    assert face.drafting is not None
    fill(qtbot, form.kind, "Vol")
    fill(qtbot, form.facts.area, "Un sac de riz manque")
    form.is_staff.setChecked(True)
    face.drafting.keep_now()
    desk = desk_of(window)
    with desk.reading() as connection:
        body = bytes(connection.execute(text("SELECT body FROM drafts")).scalar_one())
    shutil.copytree(folder, tmp_path / "cut")  # what a cut leaves: nothing else is written
    with unlocking.unlock(tmp_path / "cut", "Agent M", OTHER) as again:
        (draft,) = drafts.mine(again)
    kept = [draft.values[key] for key in ("kind", "facts", "is_staff")]
    assert (kept, b"riz" in body) == (["vol", "Un sac de riz manque", "yes"], False)


def test_an_auditor_is_not_among_those_who_report(enter: Enter, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as manager:
        user_accounts.add(manager, "Agent V", Role.AUDITOR, OTHER)
    assert "assistance" not in frame_of(enter("Agent V")).rail.entries


def test_the_referral_an_incident_led_to_is_chosen_and_shown(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
    made = admit(desk, "1A", days=60)
    incidents.report(desk, FIGHT, replace(CONTENT, persons=((made.code, "concerne"),)))
    number = referrals.draft(desk, wish(made)).number
    face = incidents_of(window)
    face.open_line(face.rows.row(0))
    assert face.view is not None
    press(qtbot, face.view.buttons["refer"])
    step = face.view.form
    assert step is not None
    step.go()
    refused = step.referral.state()
    step.referral.choose("1")
    step.go()
    wait_for(qtbot, lambda: face.view is not None and face.view.line.referral_no == number)
    assert face.view is not None
    told = dict(face.view._facts())
    assert (refused, told["Référencement qui a suivi"]) == ("blocked", number)


def test_a_report_on_everybody_who_reads_says_that_nobody_here_will(enter: Enter) -> None:
    face = incidents_of(enter("Agent M"))
    face.begin()
    form = face.form
    assert form is not None
    form.kind.choose("violence_personnel")
    form.is_staff.setChecked(True)
    before = form.nobody.isVisible()
    for box in form.staff.boxes.values():
        box.setChecked(True)
    assert (before, form.nobody.isVisible()) == (False, True)


def test_what_came_of_an_incident_is_found_again_after_a_lock(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    incidents.report(desk, FIGHT, CONTENT)
    face = incidents_of(window)
    face.open_line(face.rows.row(0))
    assert face.view is not None
    face.view.do("follow")
    step, kept = face.view.form, face.view.drafting
    assert step is not None
    assert kept is not None
    fill(qtbot, step.follow_up.area, "Vu avec les deux")
    kept.keep_now()
    (draft,) = drafts.mine(desk)
    face.view.close_step()
    assert drafts.mine(desk) == []
    face.resume(draft)
    assert face.view is not None
    again = face.view.form
    assert again is not None
    assert again.follow_up.text() == "Vu avec les deux"
    again.go()
    wait_for(qtbot, lambda: drafts.mine(desk) == [])
    assert incidents.read(desk, face.rows.row(0).incident.id).follow_up == "Vu avec les deux"
