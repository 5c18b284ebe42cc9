"""The gate: nothing is written before it is said who gets it, what for and at which level."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.comments import WHOLE
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, month_versions, reports
from shelter_desk.operations.sending import recipients
from shelter_desk.ui import tasks, window_place
from shelter_desk.ui.reports.export_dialog import ExportDialog
from shelter_desk.ui.sending.gate import GateDialog
from tests.operations.shelter import admit, small_shelter
from tests.ui.sending.gates import choose_recipient, to_somebody
from tests.ui.window.windows import take_turns


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        recipients.keep_recipient(opened, replace(recipients.usual("Presse", "presse"), levels=("public",)))
        one = recipients.usual("OIM Mali", "oim")
        recipients.keep_recipient(
            opened, replace(one, agreement_no="C-7", agreement_until=opened.today() + timedelta(30))
        )
        yield opened
        tasks.finish()


def key_of(desk: Desk, name: str) -> str:
    found = recipients.named(desk, name)
    assert found is not None
    return str(found.id)


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk) -> ExportDialog:
    made = ExportDialog(desk, "Envoyer ?", 5)
    qtbot.addWidget(made)
    made.show()
    return made


def answered(dialog: GateDialog) -> list[tuple[GateAnswers, str]]:
    found: list[tuple[GateAnswers, str]] = []
    dialog.answered.connect(lambda gate, level: found.append((gate, level)))
    return found


def test_nothing_is_said_of_an_agreement_before_somebody_is_chosen(dialog: ExportDialog, desk: Desk) -> None:
    assert dialog.fields.agreement.text() == ""
    choose_recipient(dialog, key_of(desk, "Presse"))
    assert dialog.fields.agreement.text() == "Aucune convention enregistrée avec ce destinataire."


def test_all_that_is_asked_stands_there_without_turning_the_wheel(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_place, "work_areas", lambda: [QRect(0, 0, 1366, 728)])
    dialog = ExportDialog(desk, "Exporter : Septembre 2026", 5)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.findChildren(QScrollArea)[0].verticalScrollBar().maximum() == 0


def test_somebody_is_chosen_first(dialog: ExportDialog) -> None:
    told = answered(dialog)
    dialog.go()
    assert (told, dialog.fields.recipient.state(), dialog.isVisible()) == ([], "blocked", True)


def test_a_level_that_somebody_may_not_have_stays_in_sight_with_the_reason(dialog: ExportDialog, desk: Desk) -> None:
    choose_recipient(dialog, key_of(desk, "Presse"))
    enabled = {code: card.isEnabled() for code, card in dialog.cards.items()}
    assert (enabled["public"], enabled["partenaire"], enabled["interne"]) == (True, False, True)
    assert dialog.level == "public"
    choose_recipient(dialog, key_of(desk, "OIM Mali"))
    assert (dialog.cards["partenaire"].isEnabled(), "C-7" in dialog.fields.agreement.text()) == (True, True)


def test_words_that_may_not_leave_are_named_and_must_be_answered(qtbot: QtBot, desk: Desk) -> None:
    period = Period(desk.today(), desk.today()).month_before
    admit(desk, "1A", days=60)
    annotations.comment(desk, period, WHOLE, "Trois femmes sont parties.")
    made = ExportDialog(desk, "Envoyer ?", 5, month_versions.month(desk, period))
    qtbot.addWidget(made)
    made.show()
    told = answered(made)
    to_somebody(made)
    assert not made.words_read.isVisible()
    made.go()
    assert (told, "Trois" in made.problem.text(), made.words_read.isVisible()) == ([], True, True)
    made.words_read.setChecked(True)
    made.go()
    assert [(gate.words_read, level) for gate, level in told] == [(True, "partenaire")]


def test_what_stays_here_is_internal_and_asks_no_more(dialog: ExportDialog) -> None:
    told, card = answered(dialog), dialog.cards["interne"]
    before = (dialog.goes.isVisible(), dialog.remains.isVisible(), card.y())
    choose_recipient(dialog, "here")
    take_turns()
    assert not dialog.fields.purpose.isEnabled()
    assert before == (True, False, card.y())  # nothing moves below the sentence
    assert (dialog.goes.isVisible(), dialog.remains.isVisible()) == (False, True)
    dialog.go()
    assert told == [(GateAnswers(), "interne")]


@pytest.mark.parametrize("before", ["", "OIM Mali"])
def test_whoever_saves_it_for_the_house_chooses_the_internal_level_alone(
    dialog: ExportDialog, desk: Desk, before: str
) -> None:
    told = answered(dialog)
    if before:
        choose_recipient(dialog, key_of(desk, before))
    dialog.cards["interne"].click()
    assert (dialog.fields.recipient.code(), dialog.level) == ("here", "interne")
    dialog.go()
    assert told == [(GateAnswers(), "interne")]


def test_a_recipient_chosen_after_the_internal_level_gets_another(dialog: ExportDialog, desk: Desk) -> None:
    dialog.cards["interne"].click()
    choose_recipient(dialog, key_of(desk, "OIM Mali"))
    assert (dialog.level, dialog.cards["interne"].isChecked()) == ("partenaire", False)


def test_everything_that_was_said_is_answered(dialog: ExportDialog, desk: Desk) -> None:
    told = answered(dialog)
    choose_recipient(dialog, key_of(desk, "OIM Mali"))
    dialog.fields.channel.choose("cle_usb")
    dialog.fields.carried_by.set_text("Agent B")
    dialog.go()
    due = desk.today() + timedelta(7)
    assert told == [
        (GateAnswers("OIM Mali", "rapport_projet", "", "cle_usb", "Agent B", due=due), "partenaire"),
    ]


def test_another_purpose_is_said_in_words(dialog: ExportDialog, desk: Desk) -> None:
    told = answered(dialog)
    choose_recipient(dialog, key_of(desk, "OIM Mali"))
    dialog.fields.purpose.choose("autre")
    dialog.fields.purpose.chosen.emit("autre")
    dialog.go()
    assert (told, dialog.fields.more.state()) == ([], "blocked")
    dialog.fields.more.set_text("visite")
    dialog.go()
    assert told[0][0].words_said == "visite"


def test_somebody_new_is_in_the_directory_afterwards(dialog: ExportDialog, desk: Desk) -> None:
    to_somebody(dialog, " ")
    dialog.go()
    assert dialog.fields.name.state() == "blocked"
    dialog.fields.name.set_text("Cluster Protection")
    dialog.go()
    assert recipients.named(desk, "cluster protection") is not None


def test_what_they_will_see_is_shown_at_each_level(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=100)
    month = reports.monthly(desk, Period(desk.today(), desk.today()).month_before)
    made = ExportDialog(desk, "Envoyer ?", 5, month)
    qtbot.addWidget(made)
    made.show()
    assert made.preview is not None
    preview = made.preview
    qtbot.waitUntil(lambda: "1" in preview.lines.text())
    hidden = preview.hidden.text()
    choose_recipient(made, "here")
    qtbot.waitUntil(lambda: preview.hidden.text() != hidden)
    assert preview.badge.text() == "Interne"


@pytest.mark.parametrize("who", ["Presse", "Inconnu"])
def test_a_list_of_persons_is_refused_at_the_gate_before_a_file_is_chosen(qtbot: QtBot, desk: Desk, who: str) -> None:
    made = GateDialog(desk, "Envoyer ?", level="nominatif", purpose="bailleur")
    qtbot.addWidget(made)
    made.show()
    told = answered(made)
    if who == "Presse":
        choose_recipient(made, key_of(desk, who))
    else:
        to_somebody(made, who)
    made.go()
    assert (told, made.isVisible(), made.problem.isVisible(), who in made.problem.text()) == ([], True, True, True)
    assert recipients.named(desk, "Inconnu") is None
