"""The journal in the settings: filtered, a line opened, the chain followed, exported without names."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal as read
from shelter_desk.storage.file import journal as stored_journal
from shelter_desk.ui.frame.checks import Checks
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.journal_section import JournalSection
from shelter_desk.ui.widgets import ask, files
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.window.windows import keep_preferences_in, settle, show_active

TENIN = Names("Coulibaly", "Tenin", "Ma")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    keep_preferences_in(monkeypatch, tmp_path)
    with open_small_shelter(tmp_path / "shelter") as opened:
        made = admit(opened, "1A", names=TENIN)
        admit(opened, "1B")
        residents.name(opened, made.person)
        yield opened


def shown(qtbot: QtBot, desk: Desk) -> JournalSection:
    made = JournalSection(desk)
    qtbot.addWidget(made)
    made.resize(1090, 640)
    show_active(qtbot, made)
    settle(qtbot)
    return made


@pytest.fixture
def section(qtbot: QtBot, desk: Desk) -> JournalSection:
    return shown(qtbot, desk)


def sentences(section: JournalSection) -> list[str]:
    return [section.rows.cells(place)[3] for place in range(section.rows.rowCount())]


def test_the_last_act_stands_first_in_french(section: JournalSection) -> None:
    assert sentences(section)[:3] == ["Nom affiché", "Personne admise", "Personne admise"]
    assert section.counted.text() == f"{len(section.seqs)} lignes"


def test_the_chain_is_followed_when_the_journal_is_looked_at(section: JournalSection) -> None:
    assert section.chain.text().startswith("Journal vérifié à ")
    assert section.chain.text().endswith(f"{len(section.seqs)} lignes.")


def test_a_code_typed_leaves_its_lines(section: JournalSection, desk: Desk, qtbot: QtBot) -> None:
    code = section.rows.cells(0)[4]
    qtbot.keyClicks(section.filters.code.line, code)
    assert sentences(section) == ["Nom affiché", "Personne admise"]


def test_an_action_chosen_leaves_its_lines(section: JournalSection, qtbot: QtBot) -> None:
    combo = section.filters.action.combo
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("admit"))
    combo.activated.emit(combo.currentIndex())
    assert sentences(section) == ["Personne admise", "Personne admise"]


def test_a_day_typed_leaves_the_days_before_it(section: JournalSection, qtbot: QtBot) -> None:
    section.filters.last.line.setFocus()
    qtbot.keyClicks(section.filters.last.line, "31/12/2020")
    assert sentences(section) == []
    assert not section.export_button.isEnabled()


def test_a_chosen_line_shows_fields_and_never_a_name(section: JournalSection, qtbot: QtBot) -> None:
    section.table.setFocus()
    section.table.go_to(2)
    told = section.detail.texts
    assert {"Personne admise", "nom changé, scellé", "1A"} <= set(told)
    assert not [line for line in told if "Coulibaly" in line]


def test_arrows_walk_through_the_lines(section: JournalSection, qtbot: QtBot) -> None:
    section.table.setFocus()
    section.table.go_to(0)
    qtbot.keyClick(section.table, Qt.Key.Key_Down)
    assert section.detail.texts[0] == "Personne admise"


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.STOREKEEPER])
def test_others_see_their_own_acts_and_export_nothing(qtbot: QtBot, desk: Desk, role: Role) -> None:
    desk.user = user_accounts.add(desk, "Agent B", role, PASSWORD)
    desk.role, desk.sealer = role, None
    user_accounts.undertake(desk)
    section = shown(qtbot, desk)
    assert sentences(section) == ["Engagement accepté"]
    assert not section.export_button.isVisible()
    assert not section.filters.person.isVisible()


def test_an_auditor_sees_the_acts_of_everybody(qtbot: QtBot, desk: Desk) -> None:
    everything = len(read.numbers(desk, read.Wanted()))
    desk.user = user_accounts.add(desk, "Agent B", Role.AUDITOR, PASSWORD)
    desk.role, desk.sealer = Role.AUDITOR, None
    assert len(shown(qtbot, desk).seqs) == everything + 1


def test_the_export_asks_for_a_purpose_and_holds_what_is_shown(
    section: JournalSection, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    def typed(question: ask.Question) -> str:
        assert question.field is not None
        question.field.setText("contrôle")
        return question.answer()

    ask.answer_with(typed)
    files.answer_with(tmp_path / "journal")
    lines = len(section.seqs)
    with qtbot.waitSignal(section.told) as told:
        qtbot.mouseClick(section.export_button, Qt.MouseButton.LeftButton)
    ask.answer_with(None)
    assert told.args is not None
    sheet = openpyxl.load_workbook(tmp_path / "journal.xlsx").active
    assert (told.args[0].state, sheet.max_row) == ("ok", lines + 2)
    assert sentences(section)[0] == "Journal exporté"


def test_of_a_long_journal_only_what_is_seen_is_read(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.database.transaction(Changes()) as connection:
        for _ in range(3000):
            stored_journal.add(connection, desk.now(), desk.user, "name_read", "B-1")
    read_lines: list[int] = []
    of = stored_journal.of

    def counted(connection: Connection, seqs: Sequence[int], **how: bool) -> list[stored_journal.JournalLine]:
        read_lines.extend(seqs)
        return of(connection, seqs, **how)

    monkeypatch.setattr(stored_journal, "of", counted)
    section = shown(qtbot, desk)
    assert section.rows.rowCount() > 3000
    assert len(read_lines) <= 400


# In the background, once the shelter is open --------------------------------------------------------------------------


def break_chain(desk: Desk) -> None:
    with desk.database.transaction(Changes()) as connection:
        connection.execute(text("DROP TRIGGER journal_keeps_update"))
        connection.execute(text("UPDATE journal SET subject = 'X' WHERE seq = 2"))


def test_a_sound_chain_is_found_sound_in_the_background(qtbot: QtBot, desk: Desk) -> None:
    checks = Checks(desk)
    with qtbot.waitSignal(checks.checked, timeout=20_000) as found:
        checks.start()
    assert found.args is not None
    assert found.args[0].verified.lines == len(read.numbers(desk, read.Wanted()))


def test_a_broken_chain_is_told_with_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    break_chain(desk)
    checks = Checks(desk)
    said: list[Told] = []
    checks.told.connect(said.append)
    with qtbot.waitSignal(checks.broken, timeout=20_000):
        checks.start()
    settle(qtbot)
    assert [one.state for one in said] == ["blocked"]
    assert "ligne 2" in said[0].sentence
    assert "sauvegarde" in said[0].sentence


def test_checks_that_were_stopped_look_at_nothing(qtbot: QtBot, desk: Desk) -> None:
    checks = Checks(desk)
    with qtbot.assertNotEmitted(checks.checked):
        checks.start()
        checks.stop()
        settle(qtbot)


def test_the_section_says_where_the_chain_breaks(qtbot: QtBot, desk: Desk) -> None:
    break_chain(desk)
    section = shown(qtbot, desk)
    assert section.chain.text().startswith("Le journal est altéré à la ligne 2")
