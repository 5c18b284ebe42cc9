"""The file for the person: what stands on it and what does not, by keyboard through the gate, kept among what left."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PasswordType, PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.consent.consents import LEGAL
from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import ContactId, LegalStepId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import assessments, legal, notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks, contacts, diets, my_file
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.record.my_file_paper import html
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.print import printing
from tests.operations.assessment_scene import some
from tests.operations.case_scene import SECRET, wording
from tests.operations.referral_scene import POLICE, agree, agree_to_recording, desk
from tests.operations.retention_scene import last_line
from tests.operations.shelter import admit
from tests.ui.residents.record_walk import page_of
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["desk", "hands"]
AWA = Names("Sacko", "Awa", "Tantie", "Bintou Kéita", "Issa Sacko", "12/2026", "ML-77", "A 1", "Kanuya")


def filed(desk: Desk) -> Admitted:
    """Somebody of whom much is held, of others too."""
    made = admit(desk, "1A", names=AWA, days=60)
    other = admit(desk, "1B", names=Names("Traoré", "Fanta"), days=30)
    agree_to_recording(desk, made.person)
    agree(desk, made.person)
    diets.keep(desk, made.stay, ("allergie_lait",))
    notes.write(desk, made.person, wording(), made.stay)
    told = Named("Moussa Sacko", "70 00 00 00")
    contacts.add(desk, Contact(ContactId(0), made.person, "non", desk.today() - timedelta(days=2)), told)
    contact_risks.say(desk, made.person, "conflit", other.code)
    assessments.assess(desk, some(made, 5))
    return made


def enter(hands: Hands, verb: str) -> None:
    """Enter at the gate, which is open over the record and does that."""
    gate = page_of(hands.window).record.my_file.gate
    assert gate is not None
    assert (gate.fields.recipient.isEnabled(), gate.verb.text()) == (False, verb)
    QTest.keyClick(gate, Qt.Key.Key_Return)
    hands.settle()


@pytest.mark.usefixtures("qapp")
def test_it_says_what_is_held_in_plain_words(desk: Desk) -> None:
    made = filed(desk)
    told = html(desk, my_file.of(desk, made.person)).replace("\u00a0", " ")
    for said in ("Awa Sacko (Tantie)", made.code, "12/2026", "ML-77", "A 1 (Kanuya)", "Allergie au lait"):
        assert said in told, said
    for said in ("Données que le centre garde sur vous", "vous avez dit oui le", "1 note.", "24 mois"):
        assert said in told, said


@pytest.mark.usefixtures("qapp")
def test_nobody_else_stands_on_it_nor_where_danger_comes_from_nor_the_house(desk: Desk) -> None:
    made = filed(desk)
    other = next(one.code for one in [admit(desk, "1C", days=1)])
    told = html(desk, my_file.of(desk, made.person))
    others = ("Bintou", "Issa", "Moussa", "70 00", "Traoré", other, "Contact", "Passeur", SECRET, "Maison des Essais")
    assert [one for one in others if one in told] == []
    assert "Bamako" not in told
    assert "Agent A" in told  # who read it with the person


@pytest.mark.usefixtures("qapp")
def test_the_steps_of_the_legal_file_stand_on_it_and_the_number_does_not(desk: Desk) -> None:
    made = filed(desk)
    asked = "Le numéro de votre plainte ou de votre affaire"
    assert asked not in html(desk, my_file.of(desk, made.person))
    agree(desk, made.person, "", LEGAL)
    step = LegalStep(LegalStepId(0), "", made.stay, "plainte", desk.today() - timedelta(days=3), partner=POLICE)
    legal.write(desk, step, "PV 113/26")
    told = html(desk, my_file.of(desk, made.person)).replace("\u00a0", " ")
    assert [one in told for one in ("Plainte déposée", POLICE, "Démarches en justice", asked)] == [True] * 4
    assert "113" not in told


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_who_may_not_read_the_file_gives_none(desk: Desk, role: Role) -> None:
    made = filed(desk)
    desk.role = role
    with pytest.raises(NotAllowed):
        my_file.of(desk, made.person)


def test_it_is_printed_from_the_menu_and_kept_once_it_is(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_pdf(_: object) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        return printer

    made, left = filed(hands.desk), []
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    printers: list[Callable[[object], QPrinter | None]] = [lambda _: None, to_pdf]
    for printer in printers:
        monkeypatch.setattr(printing, "choose_printer", printer)
        hands.open_record(made.code)
        hands.choose_act("Dossier pour la personne")
        enter(hands, "Imprimer…")
        left.append([(one.sending.kind, one.sending.purpose_code) for one in sendings.sent_files(hands.desk)])
    assert left == [[], [("mon_dossier", "acces")]]
    assert (last_line(hands.desk).action, last_line(hands.desk).subject) == ("my_file", made.code)
    told = "".join(page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages)
    assert "Awa Sacko" in told.replace("\t", " ")


def test_it_is_saved_closed_where_there_is_no_printer(hands: Hands, tmp_path: Path) -> None:
    made = filed(hands.desk)
    hands.open_record(made.code)
    files.answer_with(tmp_path / "dossier.pdf")
    hands.choose_act("Dossier pour la personne")
    enter(hands, "Choisir le fichier…")
    assert PdfReader(tmp_path / "dossier.pdf").decrypt("autre-mot") is PasswordType.NOT_DECRYPTED
    assert [one.sending.channel for one in sendings.sent_files(hands.desk)] == ["courriel"]
