"""What the window says of its protection holds against somebody of the house too, or says that it does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.settings import security_section
from shelter_desk.ui.settings.accounts_section import PeopleSection
from shelter_desk.ui.settings.security_section import SecuritySection
from tests.operations.shelter import open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def told(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def said(qtbot: QtBot, desk: Desk) -> str:
    """All of Settings, Security, and of People and rights."""
    sections = [SecuritySection(desk), PeopleSection(desk)]
    for section in sections:
        qtbot.addWidget(section)
        section.refresh()
    return "\n".join(map(told, sections))


def test_names_and_journal_are_not_promised_beyond_the_program(said: str) -> None:
    assert "seuls les rôles autorisés ont la clé" not in said
    assert "sans que cela se voie" not in said
    assert "et aucune autre" not in said
    assert "Dans le programme, seuls les rôles autorisés les ouvrent." in said


def test_what_a_password_and_technical_means_could_do_is_said_of_names_and_of_the_journal(said: str) -> None:
    (open_yet,) = [line for line in said.splitlines() if line.startswith("Pas encore fermé")]
    assert "sans le programme" in open_yet
    assert "journal compris" in open_yet
    # what docs/field/roles.md has under the key of the database, and what it has under another
    person = ("sexe", "âge", "nationalité", "langues")
    stay = ("lit et nuits", "famille", "demandes de place")
    assert all(one in open_yet for one in (*person, *stay, "équipement", "stock"))
    assert not any(
        one in open_yet
        for one in ("statut de victime", "réponses", "état civil", "origine", "motif de sortie", "alertes")
    )
    # what a slot of before 0.3 gave the night reception (docs/field/roles.md)
    assert "d’avant la version 0.3 ouvre tous les noms. Changer les clés y met fin." in open_yet
    assert (
        "La vérification du fichier signale presque tout ce qui serait changé ainsi, et une ligne du journal"
        in open_yet
    )
    assert any("Seule la direction donne les clés" in line for line in said.splitlines())


def test_a_former_recovery_key_opens_backups_of_before_and_it_is_said(said: str) -> None:
    assert "L’ancienne n’ouvre plus que les sauvegardes d’avant." in said


@pytest.mark.parametrize("bound", [True, False])
def test_a_copied_folder_opens_elsewhere_with_the_recovery_key_and_it_is_said(bound: bool) -> None:
    assert ("clé de secours" in security_section._keyring(bound)) == bound
