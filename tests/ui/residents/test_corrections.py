"""A correction says which past months it changes, before it is saved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.corrected import Shift
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports.intake import FileLine
from shelter_desk.operations.reports import corrections, reports
from shelter_desk.operations.residents import residents
from shelter_desk.ui.imports.line_detail import LineDetail
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
from shelter_desk.ui.residents.casefile.status_form import StatusForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.words import corrections as told_in
from tests.operations.shelter import admit
from tests.ui.residents.residents_scene import desk, page

__all__ = ["desk", "page"]


@pytest.fixture
def form(page: ResidentsPage, desk: Desk) -> CorrectionForm:
    """The correction of a girl who came three months ago."""
    made = admit(desk, "3A", age=15, days=95)
    page.open_record(made.person)
    page.record.open_form("correct")
    assert isinstance(page.record.form, CorrectionForm)
    return page.record.form


def test_a_corrected_birth_date_says_which_entry_it_moves(form: CorrectionForm, qtbot: QtBot) -> None:
    assert not form.changes.isVisible()
    born = date(form.desk.today().year - 30, 1, 1)
    form.birth.day.line.clear()
    qtbot.keyClicks(form.birth.day.line, f"{born:%d/%m/%Y}")
    assert form.changes.isVisible()
    lines = form.changes.sentence.text().splitlines()
    assert lines[1].startswith("L’entrée d")
    assert lines[1].endswith(" passe de 12–17 ans à 18–59 ans.")
    form.birth.show_birth(form._person.birth)
    form._say_changes()
    assert not form.changes.isVisible()


def test_sex_nationality_and_situation_are_told_as_well(form: CorrectionForm) -> None:
    for field in (form.sex, form.country, form.situation):
        combo = field.combo
        combo._take(next(place for place in range(combo.count()) if combo.itemData(place) != field.value()))
    told = form.changes.sentence.text()
    assert all(one in told for one in ("Féminin", "Guinée"))


def test_what_is_told_is_what_the_report_counts_after_the_correction(desk: Desk) -> None:
    made = admit(desk, "3A", age=15, days=95)
    person = residents.record(desk, made.person).person
    came = desk.today() - timedelta(days=95)

    def entries() -> dict[str, object]:
        report = reports.monthly(desk, Period.month(came.year, came.month)).report
        ages = ("a12_17", "a18_59")
        return {age: report.value("t2.entries", ("sex", "f"), ("age_group", age)) for age in ages}

    woman = replace(person, birth=Birth(desk.today() - timedelta(days=30 * 366)))
    (entry, *_) = corrections.shifts(desk, woman)
    before = entries()
    residents.correct(desk, woman)
    assert (entry.event, entry.first) == ("entry", came.replace(day=1))
    assert before == {entry.before: 1, entry.after: 0}
    assert entries() == {entry.before: 0, entry.after: 1}
    assert corrections.shifts(desk, woman) == []


def test_a_decision_dated_back_says_which_months_it_changes(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "3A", age=25, days=95).person)
    page.record.open_form("status")
    form = page.record.form
    assert isinstance(form, StatusForm)
    form.status.choose("identifiee")
    form.status.chosen.emit("identifiee")
    assert not form.changes.isVisible()
    form.day.line.clear()
    qtbot.keyClicks(form.day.line, f"{desk.today() - timedelta(days=60):%d/%m/%Y}")
    assert form.changes.isVisible()
    lines = form.changes.sentence.text().splitlines()
    assert lines[0] == "En enregistrant, cela change aussi des mois terminés\u00a0:"
    assert any(one.startswith("La présence d") and one.endswith("Victimes de traite identifiées.") for one in lines)
    assert any("Première décision «\u00a0Victime identifiée\u00a0»" in one for one in lines)
    form.day.line.clear()
    qtbot.keyClicks(form.day.line, f"{desk.today():%d/%m/%Y}")
    assert not form.changes.isVisible()


def test_a_line_under_review_says_which_months_it_changes(desk: Desk, qtbot: QtBot) -> None:
    detail = LineDetail(desk)
    qtbot.addWidget(detail)
    month = date(2026, 10, 1)
    moves = (Shift("entry", month, month, "sex", "f", "m"), Shift("exit", month, month, "day", "", "2026-10-09"))
    detail.show_line(FileLine("personnes", 2, "changed", moves=moves), masked=False)
    (alert,) = detail.findChildren(Alert)
    assert alert.sentence.text().splitlines() == [
        "En enregistrant, cela change aussi des mois terminés\u00a0:",
        "L’entrée d’octobre 2026 passe de Féminin à Masculin.",
        "Une sortie du 09/10/2026 s’ajoute.",
    ]


@pytest.mark.parametrize(
    ("event", "first", "last", "told"),
    [
        ("entry", 10, 10, "L’entrée d’octobre 2026 passe de 12–17 ans à 18–59 ans."),
        ("exit", 11, 11, "La sortie de novembre 2026 passe de 12–17 ans à 18–59 ans."),
        ("presence", 8, 9, "La présence d’août 2026 à septembre 2026 passe de 12–17 ans à 18–59 ans."),
    ],
)
def test_a_change_is_one_sentence(event: str, first: int, last: int, told: str) -> None:
    shift = Shift(event, date(2026, first, 1), date(2026, last, 1), "age_group", "a12_17", "a18_59")  # type: ignore[arg-type]
    assert told_in.sentence(shift) == told
