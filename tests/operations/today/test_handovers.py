"""A shift handed over, taken over by name, and read back, on a real encrypted file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import Missing, NotAllowed, WrongPassword
from shelter_desk.domain.ids import HandoverId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.domain.today.handovers import AnotherTakesOver, HandoverGone, HandoverPoint
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.today import handovers, shifts, today
from shelter_desk.operations.vault import journal as told_journal
from shelter_desk.operations.vault import key_change
from shelter_desk.storage.file import journal
from tests.operations.retention_scene import alone as approved_alone
from tests.operations.shelter import PASSWORD, admit, days_ago
from tests.operations.today.handover_scene import (
    GUARD,
    OTHER,
    STORE,
    WORKER,
    at,
    given,
    sit_down,
    staffed,
    this_evening,
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    at(monkeypatch, this_evening())
    with staffed(tmp_path / "shelter") as opened:
        yield opened


def texts(desk: Desk, key: HandoverId | None = None) -> list[str]:
    return [one.text for one in handovers.lines(desk, key)]


def taken_over(desk: Desk, key: HandoverId, name: str = "", password: str = "") -> None:
    handovers.take_over(desk, handovers.taker(desk, key, name, password))


def test_a_shift_begins_where_the_one_before_was_handed_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = this_evening()
    handovers.add_line(desk, "Douche de l’étage bouchée")
    first = given(desk)
    at(monkeypatch, evening + timedelta(hours=10))
    handovers.add_line(desk, "Nuit calme")
    second = given(desk)
    shown = [shifts.shift(desk, one) for one in (first, second)]
    assert [(one.began_at, one.ended_at) for one in shown] == [
        (evening - timedelta(hours=12), evening),
        (evening, evening + timedelta(hours=10)),
    ]
    assert (texts(desk, first), texts(desk, second), texts(desk)) == (["Douche de l’étage bouchée"], ["Nuit calme"], [])


def test_handing_over_is_taken_back_and_its_lines_wait_again(desk: Desk) -> None:
    handovers.add_line(desk, "Nuit calme")
    done = handovers.hand_over(desk)
    key = handovers.earlier(desk)[0].handover.id
    undo(desk, done)
    assert (handovers.earlier(desk), handovers.waiting(desk), texts(desk)) == ([], None, ["Nuit calme"])
    with pytest.raises(HandoverGone):
        shifts.shift(desk, key)


def test_it_waits_until_somebody_else_takes_it_over_by_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key = given(desk)
    found = handovers.waiting(desk)
    assert found is not None
    assert (found.by, [one.name for one in handovers.takers(desk, key)]) == ("Agent A", [WORKER, GUARD])
    with pytest.raises(AnotherTakesOver):
        taken_over(desk, key)
    with pytest.raises(AnotherTakesOver):
        taken_over(desk, key, STORE, OTHER)
    with pytest.raises(Missing):
        taken_over(desk, key, WORKER)
    with pytest.raises(WrongPassword):
        taken_over(desk, key, WORKER, PASSWORD)
    at(monkeypatch, this_evening() + timedelta(minutes=6))
    taken_over(desk, key, WORKER, OTHER)
    (taken,) = handovers.earlier(desk)
    assert (taken.taken_by, taken.handover.taken_at, handovers.waiting(desk)) == (
        WORKER,
        this_evening() + timedelta(minutes=6),
        None,
    )
    with pytest.raises(HandoverGone):
        taken_over(desk, key, GUARD, OTHER)


def test_who_takes_over_at_their_own_desk_types_no_password_and_the_journal_says_who(desk: Desk) -> None:
    key = given(desk)
    desk = sit_down(desk, GUARD)
    taken_over(desk, key)
    with desk.reading() as connection:
        line = journal.last(connection)
    assert (line.action, line.user == desk.user, "second" in line.known) == ("take_over", True, False)
    assert handovers.earlier(desk)[0].taken_by == GUARD
    desk.close()


def test_what_is_taken_stays_with_the_handover_and_what_is_left_is_counted(desk: Desk) -> None:
    handovers.add_line(desk, "Rappeler l’hôpital")
    handovers.add_line(desk, "Douche bouchée")
    first = handovers.lines(desk)[0].line.id
    key = given(desk)
    points = [
        HandoverPoint("ABC : retour attendu.", Permission.SEE_BEDS, True),
        HandoverPoint("Risque élevé : ABC.", Permission.CASE_SEE, True),
        HandoverPoint("ABC : rendez-vous.", Permission.CASE_SEE, False),
    ]
    handovers.take_over(desk, handovers.taker(desk, key, WORKER, OTHER), points, [first])
    read = [(one.text, one.line.kind, one.line.is_taken, one.by) for one in handovers.lines(desk, key)]
    assert read == [
        ("Rappeler l’hôpital", "note", True, "Agent A"),
        ("Douche bouchée", "note", False, "Agent A"),
        ("ABC : retour attendu.", "task", True, WORKER),
        ("Risque élevé : ABC.", "task", True, WORKER),
    ]
    assert handovers.earlier(desk)[0].handover.left_open == 1
    desk = sit_down(desk, GUARD)
    assert texts(desk, key) == ["Rappeler l’hôpital", "Douche bouchée", "ABC : retour attendu."]
    with desk.reading() as connection:
        found = connection.exec_driver_sql("SELECT id, shown_with, seal FROM handover_lines").all()
    opened = [shown for row, shown, seal in found if desk.key_of_night().opens("handover_lines", "seal", row, seal)]
    assert opened == ["see_beds"] * 3  # whatever program reads it
    desk.close()


def test_ones_own_line_is_taken_out_while_the_shift_goes_on_and_nobody_else_s(desk: Desk) -> None:
    handovers.add_line(desk, "Erreur")
    mine = handovers.lines(desk)[0]
    desk.role, desk.user = Role.CASE_WORKER, type(desk.user)(3)
    with pytest.raises(NotAllowed):
        handovers.take_out_line(desk, mine.line.id)
    desk.role, desk.user = Role.DIRECTOR, type(desk.user)(1)
    done = handovers.take_out_line(desk, mine.line.id)
    assert texts(desk) == []
    undo(desk, done)
    assert texts(desk) == ["Erreur"]
    given(desk)
    with pytest.raises(HandoverGone):
        handovers.take_out_line(desk, mine.line.id)
    with pytest.raises(Missing):
        handovers.add_line(desk, "  ")


def test_who_sees_no_beds_neither_reads_nor_hands_over(desk: Desk) -> None:
    key = given(desk)
    for role in (Role.STOREKEEPER, Role.AUDITOR):
        desk.role = role
        for act in (handovers.hand_over, handovers.waiting, handovers.earlier, shifts.shift, shifts.points):
            with pytest.raises(NotAllowed):
                act(desk)
        with pytest.raises(NotAllowed):
            taken_over(desk, key, STORE, OTHER)


def test_the_guard_reads_the_last_nights_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    old = given(desk)
    at(monkeypatch, this_evening() + timedelta(days=9))
    new = given(desk)
    desk.role = Role.RECEPTION
    assert [one.handover.id for one in handovers.earlier(desk)] == [new]
    assert handovers.waiting(desk) is None  # the one that waits longest is older
    with pytest.raises(NotAllowed):
        shifts.shift(desk, old)
    desk.role = Role.CASE_WORKER
    assert [one.handover.id for one in handovers.earlier(desk)] == [new, old]


def test_a_handover_that_nobody_took_over_is_a_task_of_today(desk: Desk) -> None:
    key = given(desk)
    (task,) = [one for one in today.to_do(desk) if one.matter == "handover_waiting"]
    assert (task.what, task.day, task.page) == ("Agent A", desk.today(), "today/handover")
    taken_over(desk, key, WORKER, OTHER)
    assert [one for one in today.to_do(desk) if one.matter == "handover_waiting"] == []


def test_lines_are_sealed_and_open_after_all_keys_changed(desk: Desk) -> None:
    handovers.add_line(desk, "Zqpassation")
    with desk.reading() as connection:
        (row,) = connection.exec_driver_sql("SELECT words, seal FROM handover_lines")
        line = journal.last(connection)
    assert (b"Zqpassation" in row[0], len(row[1]) > 0, "Zqpassation" in line.details) == (False, True, False)
    assert ("handover_lines", "words", True) in [
        (one.table, one.key, one.is_sealed) for one in told_journal.detail(desk, line.seq).changed
    ]
    folder, key = desk.folder, key_change.change_keys(desk, PASSWORD)
    assert key
    from shelter_desk.operations.vault import unlocking

    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert texts(again) == ["Zqpassation"]


def test_an_erasure_takes_what_was_written_while_the_person_was_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening, desk.clock_accepted = this_evening(), True
    at(monkeypatch, evening - timedelta(days=100))
    handovers.add_line(desk, "Avant")
    at(monkeypatch, evening - timedelta(days=90))
    made = admit(desk, "1A", days=0, names=Names("Sacko", "Awa"))
    at(monkeypatch, evening - timedelta(days=80))
    handovers.add_line(desk, "La dame ne parle que haoussa")
    at(monkeypatch, evening)
    handovers.add_line(desk, "Après")
    stays.leave(desk, made.stay, days_ago(70), "retour_autonome", "pays_origine")
    retention.erase_on_request(desk, made.person, "Demande", approved_alone(desk))
    assert texts(desk) == ["Avant", "", "Après"]
