"""Two files side by side on the record: chosen value by value, made one, said to be two, parted again."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import flags, notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.residents import merging, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.flag_places import place_of
from shelter_desk.ui.residents.merging.merge_form import MergeForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats
from tests.operations.case_scene import wording
from tests.operations.minor_scene import alone
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.residents_scene import codes, desk, page, told_by
from tests.ui.window.windows import take_turns

__all__ = ["desk", "page"]


@pytest.fixture
def two(desk: Desk) -> tuple[Admitted, Admitted]:
    """Awa, who left and came back under another spelling."""
    first = admit(desk, "1A", days=100, names=Names("Coulibaly", "Awa"))
    stays.leave(desk, first.stay, days_ago(70), "retour_autonome", "pays_origine")
    return first, admit(desk, "1B", days=40, age=28, names=Names("Kulubali", "Awa"))


def compared(page: ResidentsPage, one: Admitted, other: Admitted) -> MergeForm:
    page.open(f"{one.code}/form/merge/{other.code}")
    form = page.record.form
    assert isinstance(form, MergeForm)
    assert form.found is not None
    return form


def sure(form: MergeForm) -> None:
    form.duplicate_cause.choose("autre_nom")
    form.files_compared.setChecked(True)


def answered(monkeypatch: pytest.MonkeyPatch) -> None:
    said: Callable[..., str] = lambda *_args, **_kwargs: ""  # noqa: E731
    monkeypatch.setattr("shelter_desk.ui.residents.record.record.ask", said)


def test_who_looks_alike_is_offered(page: ResidentsPage, two: tuple[Admitted, Admitted]) -> None:
    page.open_record(two[0].person)
    page.record.open_form("merge")
    form = page.record.form
    assert isinstance(form, MergeForm)
    form.likely[two[1].code].click()
    assert form.found is not None
    assert (form.found.other.person.code, form.verb.text()) == (two[1].code, f"Réunir sous {two[0].code}")


@pytest.mark.parametrize(("typed", "told"), [("", "vide"), ("ABC", "code"), ("same", "déjà ce dossier")])
def test_a_code_that_is_no_other_file_is_refused_beside_its_field(
    page: ResidentsPage, two: tuple[Admitted, Admitted], typed: str, told: str
) -> None:
    page.open_record(two[0].person)
    page.record.open_form("merge")
    form = page.record.form
    assert isinstance(form, MergeForm)
    form.other_code.set_text(two[0].code if typed == "same" else typed)
    form.go()
    said = form.other_code.message() + form._refusal.sentence.text()
    assert (told in said, form.found) == (True, None)


def test_values_are_chosen_and_the_record_shows_one_file(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    said = told_by(page)
    form = compared(page, *two)
    assert form.grid is not None
    assert set(form.grid.groups) == {"names", "birth"}
    form.grid.radios["birth", "other"].setChecked(True)
    sure(form)
    form.go()
    record = page.record.record
    assert record is not None
    assert (record.person.code, record.person.birth.age(desk.today()), len(record.stays)) == (two[0].code, 28, 2)
    assert (said[-1].sentence, said[-1].done is not None, page.record.form) == (
        f"Dossiers réunis sous {two[0].code}. Le code {two[1].code} reste valable\u00a0: il ouvre {two[0].code}.",
        True,
        None,
    )
    assert page.record.head.former.text() == f"aussi {two[1].code}"


def test_the_other_code_is_kept_with_the_same_values(page: ResidentsPage, two: tuple[Admitted, Admitted]) -> None:
    form = compared(page, *two)
    assert form.grid is not None
    form.grid.choose({"birth": "other"})
    form.swap.click()
    assert form.grid.sides == {"birth": "kept", "names": "other"}
    sure(form)
    form.go()
    take_turns()
    assert page.record.record is not None
    assert (page.record.record.person.code, codes(page)) == (two[1].code, [two[1].code])


def test_nothing_is_done_before_both_were_compared(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    form = compared(page, *two)
    form.go()
    assert "Origine du doublon" in form.duplicate_cause.message()
    form.duplicate_cause.choose("nuit")
    form.go()
    assert "J’ai comparé" in form._refusal.sentence.text()
    assert len(residents.listed(desk, "all")) == 2


def test_overlapping_stays_keep_the_button_shut_and_say_how(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    both = admit(desk, "1C", days=3, age=28, names=Names("Coulibaly", "Awa"))
    form = compared(page, two[1], both)
    assert not form.verb.isEnabled()
    form.go()
    assert len(residents.listed(desk, "all")) == 3


@pytest.fixture
def child(desk: Desk) -> Admitted:
    return alone(desk, days=30)


@pytest.fixture
def grown(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=100)
    stays.leave(desk, made.stay, days_ago(70), "retour_autonome", "pays_origine")
    return made


def below(widget: QWidget) -> int:
    """Where it ends on the screen."""
    return widget.mapToGlobal(widget.rect().bottomLeft()).y()


def test_a_child_alone_becomes_an_adult_for_a_reason(
    page: ResidentsPage, desk: Desk, child: Admitted, grown: Admitted, qtbot: QtBot
) -> None:
    form = compared(page, child, grown)
    assert form.grid is not None
    assert not form.reason.isVisible()
    form.grid.radios["birth", "other"].setChecked(True)
    assert (form.reason.isVisible(), form.verb.isEnabled()) == (True, True)
    sure(form)
    form.go()
    assert (form.reason.message() != "", len(residents.listed(desk, "all"))) == (True, 2)
    qtbot.waitUntil(lambda: below(form.reason) <= below(form.verb) - form.verb.height())
    form.reason.set_text("acte de naissance vu")
    form.go()
    assert [one.person.code for one in residents.listed(desk, "all")] == [child.code]


def test_who_may_not_say_why_keeps_the_age_of_the_child(
    page: ResidentsPage, desk: Desk, child: Admitted, grown: Admitted
) -> None:
    desk.role = Role.CASE_WORKER
    form = compared(page, child, grown)
    assert form.grid is not None
    form.grid.radios["birth", "other"].setChecked(True)
    assert (form.reason.isVisible(), form.verb.isEnabled()) == (False, False)
    form.grid.radios["birth", "kept"].setChecked(True)
    assert form.verb.isEnabled()


def test_the_closed_months_follow_what_is_chosen(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    day = days_ago(100).date()
    closing.close(desk, Period.month(day.year, day.month), lambda _: "sans_objet")
    form = compared(page, *two)
    assert form.grid is not None
    assert closed_said(form) == []
    form.grid.radios["birth", "other"].setChecked(True)
    assert closed_said(form) == [formats.month(day)]
    form.grid.radios["birth", "kept"].setChecked(True)
    assert closed_said(form) == []


def closed_said(form: MergeForm) -> list[str]:
    """The closed months of which figures will wait for a correction."""
    items = (form._side.itemAt(at) for at in range(form._side.count()))
    shown = (one.widget() for one in items if one is not None)
    told = (one.sentence.text() for one in shown if isinstance(one, Alert))
    return [one.partition("\u00a0: ")[2].partition(".")[0] for one in told if one.startswith("Clos")]


def test_of_consents_nothing_is_said_where_none_was_asked(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    assert "Consentements" not in headings(compared(page, *two))
    agree_to_recording(desk, two[0].person)
    assert "Consentements" in headings(compared(page, *two))


def headings(form: MergeForm) -> list[str]:
    return [] if form.grid is None else [one.text() for one in form.grid.findChildren(Label)]


def test_two_persons_are_not_asked_about_again(page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]) -> None:
    form = compared(page, *two)
    form.apart.click()
    assert (merging.likely(desk, two[0].person), page.record.form) == ([], None)


def test_a_draft_shows_both_files_and_what_was_chosen(page: ResidentsPage, two: tuple[Admitted, Admitted]) -> None:
    form = compared(page, *two)
    assert form.grid is not None
    form.grid.choose({"birth": "other"})
    sure(form)
    kept = form.values()
    page.record.give_up()
    page.record.open_form("merge")
    again = page.record.form
    assert isinstance(again, MergeForm)
    again.fill(kept)
    assert again.grid is not None
    assert (again.values(), again.grid.sides["birth"]) == (kept, "other")


def test_a_merge_is_undone_from_the_record_until_somebody_writes(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(monkeypatch)
    said = told_by(page)
    merging.merge(desk, two[0].person, two[1].person, {}, "saisie")
    page.open_record(two[0].person)
    assert page.record.head.acts["undo_merge"].isVisible()
    page.record.open_form("undo_merge")
    assert said[-1].sentence == f"{two[0].code} et {two[1].code} sont de nouveau deux dossiers."
    assert not page.record.head.former.isVisible()
    merging.merge(desk, two[0].person, two[1].person, {}, "saisie")
    agreed(desk, two[0])
    page.open_record(two[0].person)
    assert (page.record.head.former.isVisible(), page.record.head.acts["undo_merge"].isVisible()) == (True, False)


def agreed(desk: Desk, one: Admitted) -> None:
    agree_to_recording(desk, one.person)
    notes.write(desk, one.person, wording())


def test_the_night_reception_is_offered_nothing_of_it(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    desk.role = Role.RECEPTION
    page.open_record(two[1].person)
    acts = page.record.head.acts
    assert (acts["merge"].isVisible(), acts["undo_merge"].isVisible()) == (False, False)


def test_the_flag_of_the_morning_leads_to_the_comparison(
    page: ResidentsPage, desk: Desk, two: tuple[Admitted, Admitted]
) -> None:
    desk.role = Role.RECEPTION
    night = admit(desk, "1C", days=1, age=27, names=Names("Coulibali", "Awa"))
    desk.role = Role.DIRECTOR
    flag = next(one for one in flags.of_house(desk) if one.rule == "R-02" and one.code == night.code)
    assert flag.others
    part = place_of(flag).removeprefix("residents/")
    page.open(part)
    form = page.record.form
    assert isinstance(form, MergeForm)
    assert form.found is not None
    assert (form.found.kept.person.code, form.found.other.person.code) == (night.code, flag.others[0])
