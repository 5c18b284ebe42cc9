"""The admission on one page, used by keys and clicks."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEventLoop, Qt
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.domain.errors import BadDates
from shelter_desk.domain.residents.residents import Birth, Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.operations.residents.duplicates import Likeness
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.full_disk import full_at
from tests.operations.shelter import admit
from tests.ui.residents.admission_scene import desk, face, here, page, woman
from tests.ui.window.windows import settle

__all__ = ["desk", "face", "page"]


def test_ctrl_enter_admits_into_the_bed_that_fits(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    qtbot.keyClick(face.person.last.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.bed_code for one in here(desk)] == ["1A"]


def admitted(page: ResidentsPage, face: AdmissionFace, qtbot: QtBot) -> Done:
    """A woman was admitted; the record is not shown yet."""
    said: list[Told] = []
    page.told.connect(said.append)
    woman(face, qtbot)
    face.go()
    assert said[-1].done is not None
    return said[-1].done


def test_the_admitted_person_is_shown_and_can_be_undone(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    done = admitted(page, face, qtbot)
    qtbot.waitUntil(lambda: page.record.head.code.text() == here(desk)[0].person.code)
    desks.undo(desk, done)
    assert (here(desk), page.record.record) == ([], None)


def test_an_admission_undone_before_its_record_is_shown_shows_nobody(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    desks.undo(desk, admitted(page, face, qtbot))
    qtbot.waitUntil(lambda: not tasks.is_busy())
    settle(qtbot)
    assert (here(desk), page.record.record, page.record.nobody.isVisible()) == ([], None, True)


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_lock_while_it_is_written_leaves_no_draft_of_who_is_admitted_and_no_trouble(
    page: ResidentsPage,
    face: AdmissionFace,
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    is_refused: bool,
) -> None:
    told: list[Told] = []
    typed: list[drafting.Unsaved] = []
    page.told.connect(told.append)
    woman(face, qtbot)
    face.drafting.keep_now()
    face.person.last.set_text("Diarra")

    def wait_for(job: Callable[[], Admitted]) -> Admitted:
        """The pages go while the job is under way."""
        typed.extend(drafting.unsaved_in(page))
        delete(face)
        if is_refused:
            raise BadDates(clock.now(), clock.now())
        return job()

    monkeypatch.setattr(tasks, "wait_for", wait_for)
    face.go()
    assert (told, typed, len(residents.listed(desk, "here"))) == ([], [], 0 if is_refused else 1)
    kept = drafts.find(desk, "residents/admission")
    assert (kept is not None and kept.values["person/last"]) == ("Diarra" if is_refused else False)


def test_what_is_refused_stays_a_draft(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    face.arrival.day.set_day(desk.today() + timedelta(days=2))
    face.go()
    assert face.arrival.day.message()
    face.drafting.keep_now()
    assert drafts.find(desk, "residents/admission") is not None


def test_the_end_of_the_program_while_it_is_written_tells_nobody(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Told] = []
    page.told.connect(told.append)
    woman(face, qtbot)
    face.drafting.keep_now()

    class Ended(QEventLoop):
        """Ends with the program, which waited for what is under way; its outcome has not come back."""

        def exec(self, *_flags: object) -> int:
            tasks.finish()
            return -1

    monkeypatch.setattr(tasks, "QEventLoop", Ended)
    face.go()
    assert (told, len(here(desk)), drafts.find(desk, "residents/admission")) == ([], 1, None)
    settle(qtbot)


def test_clearing_looks_for_nobody(face: AdmissionFace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Diawara")

    def search(*_given: object) -> list[Likeness]:
        raise AssertionError

    monkeypatch.setattr(duplicates, "alike", search)
    face.give_up()
    assert face.person.last.text() == ""


def test_an_estimated_age_is_kept_with_its_day(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot, 31)
    face.go()
    birth = here(desk)[0].person.birth
    assert (birth.age_estimated, birth.age_estimated_on, birth.birth_date) == (31, desk.today(), None)


def test_names_and_languages_are_stored(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Diawara")
    qtbot.keyClicks(face.person.given.line, "Sira")
    face.person.languages.choose(("bam", "boz"))
    face.go()
    stored = here(desk)[0].person
    assert (residents.name(desk, stored.id), stored.languages) == (Names("Diawara", "Sira"), ("bam", "boz"))


@pytest.mark.parametrize(("missing", "key"), [("country", "nationality"), ("situation", "migration_situation")])
def test_what_is_missing_is_said_beside_its_field(
    face: AdmissionFace, desk: Desk, qtbot: QtBot, missing: str, key: str
) -> None:
    woman(face, qtbot)
    getattr(face.person, missing).choose(None)
    face.go()
    assert face.fields[key].state() == "blocked"
    assert here(desk) == []


def test_the_birth_must_be_answered_but_may_be_unknown(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    face.person.sex.segment("f").click()
    face.person.country.choose("GN")
    face.person.situation.choose("transit")
    face.go()
    assert face.person.birth.how_field.state() == "blocked"
    face.person.birth.how.segment("unknown").click()
    face.person.child.choose("non_accompagne")
    face.go()
    assert here(desk)[0].person.birth == Birth()


def test_a_minor_is_asked_the_situation_of_the_child(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot, 15)
    asked = face.person.child.isVisible()
    face.go()
    assert (asked, face.person.child.state(), here(desk)) == (True, "blocked", [])


def test_a_doubt_about_the_age_hides_nothing_of_the_protection(face: AdmissionFace, qtbot: QtBot) -> None:
    face.person.sex.segment("f").click()
    face.person.birth.how.segment("unknown").click()
    assert face.person.child.isVisible()
    assert next(offer.name for offer in face.choice.offers()) == "3A"


def test_a_possible_duplicate_shows_while_typing_by_its_code(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    known = admit(desk, names=Names("Dembélé", "Founè"), age=27)
    stays.leave(desk, known.stay, desk.now(), "autonomie")
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Dembele")
    assert [one.person.code for one in face.duplicates.found] == [known.code]
    assert face.duplicates.isVisible()


def test_it_is_she_makes_a_readmission_of_the_same_person(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    known = admit(desk, names=Names("Dembélé", "Founè"), age=27)
    stays.leave(desk, known.stay, desk.now() - timedelta(days=2), "autonomie")
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Dembele")
    face.duplicates.same.emit(face.duplicates.found[0])
    face.go()
    record = residents.record(desk, known.person)
    assert [one.stay.entry_kind for one in record.stays] == ["readmission", "premiere"]


def test_it_is_not_she_is_remembered_after_the_admission(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    known = admit(desk, names=Names("Dembélé", "Founè"), age=27)
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Dembele")
    face.duplicates.other.emit(face.duplicates.found[0])
    assert not face.duplicates.isVisible()
    face.go()
    new = next(one.person for one in here(desk) if one.person.id != known.person)
    names = residents.name(desk, new.id)
    assert duplicates.alike(desk, names, "f", new.birth, "GN", than=new.id) == []


def test_a_disk_that_is_full_between_the_admission_and_who_it_is_not_stores_nothing(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    said: list[Told] = []
    page.told.connect(said.append)
    known = admit(desk, names=Names("Dembélé", "Founè"), age=27)
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Dembele")
    face.duplicates.other.emit(face.duplicates.found[0])
    full_at(desk, "INSERT ON not_same")
    face.go()
    assert said[-1] == Told(
        "blocked", words.text("The disk is full and nothing was saved. Free some space, then try again.")
    )
    assert [one.person.id for one in here(desk)] == [known.person]
    assert (face.isVisible(), face.person.last.text()) == (True, "Dembele")


def test_the_next_admission_begins_at_the_top(page: ResidentsPage, face: AdmissionFace, qtbot: QtBot) -> None:
    page.resize(1270, 500)
    bar = face._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    woman(face, qtbot)
    bar.setValue(bar.maximum())
    face.go()
    qtbot.waitUntil(lambda: not face.is_editing())
    page.admit()
    settle(qtbot)
    assert bar.value() == 0


def test_what_was_typed_is_kept_when_the_page_is_left(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClicks(face.person.last.line, "Diawara")
    qtbot.keyClick(face.person.last.line, Qt.Key.Key_Escape)
    left = not face.isVisible()
    page.admit(None)
    assert (left, face.person.last.text()) == (True, "Diawara")


def test_escape_says_that_what_was_typed_is_kept(page: ResidentsPage, face: AdmissionFace, qtbot: QtBot) -> None:
    said: list[Told] = []
    page.told.connect(said.append)
    qtbot.keyClicks(face.person.last.line, "Diawara")
    qtbot.keyClick(face.person.last.line, Qt.Key.Key_Escape)
    kept = words.text("What you typed is kept. Open the form again to go on with it.")
    assert [one.sentence for one in said] == [kept]
    page.admit(None)
    face.give_up()
    qtbot.keyClick(face.person.last.line, Qt.Key.Key_Escape)
    assert len(said) == 1


def test_an_emptied_form_can_be_filled_again(page: ResidentsPage, face: AdmissionFace, qtbot: QtBot) -> None:
    said: list[Told] = []
    page.told.connect(said.append)
    woman(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Diawara")
    qtbot.mouseClick(face.clear_button, Qt.MouseButton.LeftButton)
    assert face.person.last.text() == ""
    assert said[-1].undo is not None
    said[-1].undo()
    assert (face.person.last.text(), face.person.sex.value(), face.person.country.value()) == ("Diawara", "f", "GN")
    assert face.is_editing()


def test_after_an_admission_the_list_marks_the_person_whose_record_is_shown(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    other = admit(desk, "1A")
    page.open_record(other.person)
    page.people.men.click()
    page.people.search.setText("2A")
    page.admit(None)
    woman(face, qtbot)
    face.go()
    qtbot.waitUntil(lambda: page.people.list.current() is not None)  # the list follows once the record is painted
    assert page.record.record is not None
    marked = page.people.list.current()
    assert marked is not None
    assert marked.person.id == page.record.record.person.id != other.person


def test_clearing_forgets_what_was_typed(face: AdmissionFace, qtbot: QtBot) -> None:
    woman(face, qtbot)
    qtbot.mouseClick(face.clear_button, Qt.MouseButton.LeftButton)
    assert (face.person.sex.value(), face.is_editing()) == (None, False)


def test_a_past_day_is_marked_and_its_hour_is_not_made_up(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    face.arrival.day.set_day(desk.today() - timedelta(days=3))
    marked = face.arrival.late.isVisible()
    face.go()
    stay = here(desk)[0].stay
    assert stay is not None
    midnight = datetime.combine(desk.today() - timedelta(days=3), datetime.min.time())
    assert (marked, stay.admitted_at) == (True, midnight)


def test_a_day_still_to_come_is_refused_beside_it(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    face.arrival.day.set_day(desk.today() + timedelta(days=1))
    face.go()
    assert (face.arrival.day.state(), here(desk)) == ("blocked", [])


def test_what_is_left_for_later_is_counted(face: AdmissionFace, qtbot: QtBot) -> None:
    woman(face, qtbot)
    before = face.later.text()
    face.person.languages.choose(("bam",))
    face.person.languages.changed.emit()
    assert (before[:1], face.later.text()[:1]) == ("4", "3")


def test_mali_has_its_regions_and_other_countries_a_text(face: AdmissionFace) -> None:
    face.person.region.set_country("ML")
    regions = face.person.region.of_mali.isVisible()
    face.person.region.set_country("GN")
    assert (regions, face.person.region.elsewhere.isVisible()) == (True, True)


def test_readmitting_from_the_record_asks_nothing_that_is_known(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    known = admit(desk, "1A", days=20)
    stays.leave(desk, known.stay, desk.now() - timedelta(days=2), "autonomie")
    page.open_record(known.person)
    qtbot.mouseClick(page.record.head.readmit_button, Qt.MouseButton.LeftButton)
    face = page.admission
    asked = face.person.sex_field.isVisible()
    face.person.situation.choose("transit")
    face.go()
    assert (asked, [one.person.id for one in here(desk)]) == (False, [known.person])


def test_the_night_reception_may_note_a_name(page: ResidentsPage, desk: Desk) -> None:
    desk.role = Role.RECEPTION
    page.admit(None)
    assert (page.admission.person.last.isVisible(), page.admission.person.sex_field.isVisible()) == (True, True)


def test_an_old_day_is_refused_to_the_night_reception_in_a_sentence(page: ResidentsPage, desk: Desk) -> None:
    said: list[Told] = []
    page.told.connect(said.append)
    desk.role = Role.RECEPTION
    page.admit(None)
    page.admission.arrival.day.set_day(desk.today() - timedelta(days=40))
    page.admission.refresh()
    assert {one.state for one in said} == {"blocked"}


def test_a_small_window_puts_the_beds_below(page: ResidentsPage, face: AdmissionFace, qtbot: QtBot) -> None:
    beside = face.bed_card.mapTo(face, face.bed_card.rect().topLeft()).x()
    page.resize(900, 696)
    qtbot.waitUntil(lambda: face.bed_card.width() > 600)
    assert face.bed_card.mapTo(face, face.bed_card.rect().topLeft()).x() < beside
