"""Notes: sealed, read on demand, changed for some hours by their author, then only corrected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import NotAllowed, NotInList
from shelter_desk.domain.ids import NoteId
from shelter_desk.domain.residents.notes import NoteLocked
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents, sealed_access, timeline
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import journal
from shelter_desk.system import clock
from tests.operations.case_scene import SECRET, later, stored_words, wording
from tests.operations.referral_scene import agree_to_recording, become, desk, resident
from tests.operations.retention_scene import last_line
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]


@pytest.fixture
def note(desk: Desk, resident: Admitted) -> NoteId:
    """A note written just now."""
    agree_to_recording(desk, resident.person)
    notes.write(desk, resident.person, wording(), resident.stay)
    return notes.of(desk, resident.person)[0].note.id


def test_a_note_is_read_as_it_was_written(desk: Desk, note: NoteId) -> None:
    assert notes.read(desk, note) == SECRET


def test_a_note_keeps_when_by_whom_and_that_the_person_was_met(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    notes.write(desk, resident.person, wording(is_contact=True), resident.stay)
    kept = notes.of(desk, resident.person)[0]
    assert (kept.by, kept.note.stay, kept.note.is_contact) == ("Agent A", resident.stay, True)
    assert (kept.note.noted_at, kept.note.written_at) == (wording().noted_at, clock.now())


def test_each_reading_is_written_to_the_journal(desk: Desk, resident: Admitted, note: NoteId) -> None:
    notes.read(desk, note)
    line = last_line(desk)
    assert (line.action, line.subject) == ("note_read", resident.code)


def test_the_list_of_notes_reads_none(desk: Desk, resident: Admitted, note: NoteId) -> None:
    before = last_line(desk).seq
    notes.of(desk, resident.person)
    assert last_line(desk).seq == before


def test_nothing_of_a_note_lies_in_clear_in_the_rows_or_the_journal(desk: Desk, note: NoteId) -> None:
    notes.change(desk, note, wording("Elle a moins peur du cousin"))
    assert "cousin" not in stored_words(desk)


def test_the_author_changes_a_note_within_its_hours(desk: Desk, note: NoteId, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 23.9)
    notes.change(desk, note, wording("Elle dort bien"))
    assert notes.read(desk, note) == "Elle dort bien"


def test_a_note_is_changed_no_more_after_its_hours(desk: Desk, note: NoteId, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 24)
    with pytest.raises(NoteLocked):
        notes.change(desk, note, wording("Elle dort bien"))
    assert notes.read(desk, note) == SECRET


def test_the_hours_are_a_setting(desk: Desk, note: NoteId, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.keep_note_hours(desk, 2)
    later(monkeypatch, 2)
    with pytest.raises(NoteLocked):
        notes.change(desk, note, wording("Elle dort bien"))


@pytest.mark.parametrize("hours", [0, 169])
def test_hours_out_of_bounds_are_refused(desk: Desk, hours: int) -> None:
    with pytest.raises(NotInList):
        settings.keep_note_hours(desk, hours)


def test_a_locked_note_is_corrected_by_a_new_one_and_stays_readable(
    desk: Desk, resident: Admitted, note: NoteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 30)
    notes.correct(desk, note, wording("C’est du voisin qu’elle a peur"))
    new, old = sorted(notes.of(desk, resident.person), key=lambda one: -one.note.id)
    assert (new.note.corrects, old.corrected_by) == (note, new.note.id)
    assert (notes.read(desk, note), notes.read(desk, new.note.id)) == (SECRET, "C’est du voisin qu’elle a peur")


def test_a_second_correction_points_to_the_first(desk: Desk, resident: Admitted, note: NoteId) -> None:
    notes.correct(desk, note, wording("Une fois"))
    notes.correct(desk, note, wording("Deux fois"))
    found = sorted(one.note.corrects or 0 for one in notes.of(desk, resident.person))
    assert found == [0, note, note + 1]


def test_a_colleague_corrects_and_does_not_change(desk: Desk, note: NoteId) -> None:
    desk.user = type(desk.user)(99)
    with pytest.raises(NoteLocked) as refused:
        notes.change(desk, note, wording("Autre chose"))
    assert refused.value.why == "author"


def test_a_note_is_taken_back_by_undo(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    undo(desk, notes.write(desk, resident.person, wording()))
    assert notes.of(desk, resident.person) == ()


def test_no_note_on_somebody_who_did_not_agree_to_the_recording(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NoConsent):
        notes.write(desk, resident.person, wording())
    assert notes.of(desk, resident.person) == ()


def test_an_erased_identity_takes_the_words_along(desk: Desk, resident: Admitted, note: NoteId) -> None:
    with desk.writing("test", notes.TOPICS) as writing:
        writing.trail.change("profiles", resident.person, {"protection_seal": None})
    assert notes.read(desk, note) == ""


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_other_roles_see_no_note(desk: Desk, resident: Admitted, note: NoteId, role: Role) -> None:
    become(desk, role)
    for refused in (lambda: notes.of(desk, resident.person), lambda: notes.read(desk, note)):
        with pytest.raises(NotAllowed):
            refused()


def test_without_the_key_nothing_is_read(desk: Desk, note: NoteId) -> None:
    desk.protection = None
    with pytest.raises(NotAllowed):
        notes.read(desk, note)


def test_the_notes_of_others_are_not_mixed_in(desk: Desk, resident: Admitted, note: NoteId) -> None:
    assert notes.of(desk, admit(desk, "1B").person) == ()


def test_a_note_stands_in_the_journal_as_the_act_of_its_author(desk: Desk, resident: Admitted, note: NoteId) -> None:
    actions = [line.action for line in residents.record(desk, resident.person).thread]
    assert actions[0] == "write_note"


def test_a_note_may_be_about_an_earlier_day(desk: Desk, note: NoteId, resident: Admitted) -> None:
    kept = notes.of(desk, resident.person)[0].note
    assert kept.written_at - kept.noted_at > timedelta(hours=1)


# Psychological and medical notes --------------------------------------------------------------------------------


@pytest.fixture
def cared(desk: Desk, resident: Admitted) -> NoteId:
    """A psychological note written just now, beside one of follow-up."""
    agree_to_recording(desk, resident.person)
    notes.write(desk, resident.person, wording("Suite du plan"), resident.stay)
    notes.write(desk, resident.person, replace(wording(), kind="psy"), resident.stay)
    return next(one.note.id for one in notes.of(desk, resident.person) if one.note.kind == "psy")


def without(monkeypatch: pytest.MonkeyPatch, *permissions: Permission) -> None:
    """The role at the desk lacks these."""
    held = {role: of - set(permissions) for role, of in PERMISSIONS.items()}
    monkeypatch.setattr("shelter_desk.operations.desk.PERMISSIONS", held)


def test_who_may_not_see_notes_of_care_learns_of_none(
    desk: Desk, resident: Admitted, cared: NoteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = last_line(desk).seq
    without(monkeypatch, Permission.CARE_NOTES_SEE, Permission.CARE_NOTES_EDIT)
    sealed_access.say(desk, resident.code, "suivi")
    with pytest.raises(NotAllowed):
        notes.read(desk, cared)
    told = [
        one.event.told["note_kind"] for one in timeline.of(desk, resident.person) if one.event.table == "case_notes"
    ]
    behind = journal.detail(desk, line)
    assert ([one.note.kind for one in notes.of(desk, resident.person)], told) == (["suivi"], ["suivi"])
    assert "psy" not in {one.after for one in behind.changed}
    assert behind.more >= 1


def test_who_may_see_notes_of_care_and_not_write_them_writes_none(
    desk: Desk, resident: Admitted, cared: NoteId, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, Permission.CARE_NOTES_EDIT)
    acts: tuple[Callable[[], object], ...] = (
        lambda: notes.write(desk, resident.person, replace(wording(), kind="sante")),
        lambda: notes.change(desk, cared, wording("Autre chose")),
        lambda: notes.correct(desk, cared, wording("Autre chose")),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert (notes.kinds(desk), len(notes.of(desk, resident.person))) == (("suivi", "protection"), 2)
    sealed_access.say(desk, resident.code, "suivi")
    assert notes.read(desk, cared) == SECRET
