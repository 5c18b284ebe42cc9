"""Blank forms for the hours without power: a reference on each, nothing nominal, printed from the catching up."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.casefile.assessments import PERSONAL, factors_of
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.forms import reading_order
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.today import blank_forms
from shelter_desk.ui.widgets.print import printing
from tests.operations.shelter import admit
from tests.ui.today.today_scene import catching_up, desk, open_page, told_by

__all__ = ["desk"]
DAY = date(2026, 11, 25)
CASE = [f"{one[0]}-25112026-{one[1]}" for one in ("D1", "D2", "V1", "V2", "P1", "R1", "E1", "C1", "B1", "X1", "T1")]


def test_every_sheet_has_a_reference_of_its_own() -> None:
    found = re.findall(r"Référence ([A-Z]-\d{8}-\d)", blank_forms.html(DAY, training=False))
    assert found == [
        "A-25112026-1",
        "A-25112026-2",
        "A-25112026-3",
        "M-25112026-1",
        "S-25112026-1",
        *CASE,
        "I-25112026-1",
    ]


def test_an_arrival_asks_for_the_minimum_and_the_consents() -> None:
    (arrival, *_) = blank_forms.html(DAY, training=False).split("page-break-before")
    asked = ("Sexe", "Nationalité", "Langues", "Situation migratoire", "Besoins immédiats", "Accepte de rester")
    assert [one for one in asked if one not in arrival] == []


def test_an_arrival_asks_in_the_order_of_the_screen(qtbot: QtBot, desk: Desk) -> None:
    (arrival, *_) = blank_forms.html(DAY, training=False).split("page-break-before")
    admission = AdmissionFace(desk)
    qtbot.addWidget(admission)
    admission.open()
    admission.show()
    labels = [one.accessibleName() for one in reading_order.stops(admission, [])]
    both = [one for one in dict.fromkeys(labels) if one and f"<b>{one}" in arrival]
    assert len(both) > 4
    assert sorted(both, key=lambda one: arrival.index(f"<b>{one}")) == both


def test_the_consent_that_is_signed_says_what_refusing_takes_away() -> None:
    every = blank_forms.html(DAY, training=False).split("page-break-before")
    (consent,) = [one for one in every if "C-25112026-1" in one]
    asked = ("Un refus n’enlève rien", "J’accepte", "Je n’accepte pas", "empreinte")
    assert [one for one in asked if one not in consent] == []


def test_what_is_signed_is_kept_and_the_rest_destroyed() -> None:
    every = blank_forms.html(DAY, training=False).split("page-break-before")
    kept = [one for one in every if "détruisez" not in one]
    assert [key for key in ("C-25112026-1", "B-25112026-1") if not any(key in one for one in kept)] == []
    assert len(kept) == 2


def test_every_indicator_and_every_factor_has_its_boxes() -> None:
    every = blank_forms.html(DAY, training=False).split("page-break-before")
    boxes = {key: next(one for one in every if key in one).count("☐") for key in ("D-25112026-2", "V-25112026-1")}
    factors = sum(len(factors_of(level)) for level in PERSONAL)
    assert boxes == {"D-25112026-2": 25 * 5, "V-25112026-1": factors * 4}


def test_the_sheets_speak_english_too() -> None:
    with words.speaking("en"):
        told = blank_forms.html(DAY, training=False)
    assert [one for one in ("Receipt for belongings", "Sheet of a minor", "I do not agree") if one not in told] == []


def test_the_sheets_of_a_training_shelter_say_so_on_each() -> None:
    assert blank_forms.html(DAY, training=True).count("EXERCICE") == 17


def test_neither_the_shelter_nor_its_town_stands_on_them(desk: Desk) -> None:
    settings.write(desk, replace(settings.read(desk), sigle="C7"))
    told = blank_forms.html(desk.today(), training=False, sigle=settings.read(desk).sigle)
    assert told.count("C7") == 17
    assert [name for name in ("Maison", "Bamako") if name in told] == []


@pytest.mark.usefixtures("qapp")
def test_no_sheet_runs_over_a_page(tmp_path: Path) -> None:
    printing.write_pdf(tmp_path / "forms.pdf", blank_forms.paint(blank_forms.html(DAY, training=True, sigle="CTR")))
    pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "forms.pdf").read_bytes())
    assert len(pages) == 17


def test_who_sleeps_here_tonight_stands_on_the_roll_call_by_bed_and_code(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names("Sacko", "Awa"))
    told = blank_forms.html(DAY, training=False, night=blank_forms.tonight(desk))
    (listed,) = [one for one in told.split("page-break-before") if "N-25112026-1" in one]
    assert f"<td>1A</td><td>{made.code}</td><td>☐</td>" in listed
    assert ("Sacko" in told, len(re.findall(r"Référence [A-Z]-\d", told))) == (False, 18)


def test_who_may_not_see_the_beds_prints_no_list_of_the_night(desk: Desk) -> None:
    desk.role = Role.STOREKEEPER
    assert blank_forms.tonight(desk) is None


def test_they_are_printed_from_the_catching_up(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "forms.pdf"))
    page = open_page(qtbot, desk)
    catch_up = catching_up(page)
    told = told_by(page)
    printing.answer_with(lambda _: printer)
    try:
        catch_up.paper_button.click()
    finally:
        printing.answer_with(None)
    assert (tmp_path / "forms.pdf").read_bytes().startswith(b"%PDF")
    assert [one.state for one in told] == ["ok"]
