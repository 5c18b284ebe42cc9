"""“The first day” of who practises: each task is ticked by what is in the file, and by nothing that was before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations import drafts
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.operations.training import practice
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.residents import residents as stored_residents
from tests.operations.care_scene import service
from tests.operations.shelter import admit, bed, days_ago, open_small_shelter
from tests.operations.store_scene import blanket, came, went

OTHER = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """As a training shelter, with somebody in 1A and blankets in store."""
    with open_small_shelter(tmp_path / "shelter") as opened:
        opened.is_training = True
        yield opened


@pytest.fixture
def known(desk: Desk) -> Admitted:
    came(desk, blanket(desk), 10_000)
    return admit(desk, "1A", days=5)


def issue(desk: Desk) -> None:
    (item,) = stock_catalogue.items(desk)
    went(desk, item.id, 1000)


def done(desk: Desk) -> set[str]:
    return {one.key for one in practice.tasks(desk) if one.is_done}


def person(desk: Desk, admitted: Admitted) -> Person:
    with desk.reading() as connection:
        return stored_residents.person(connection, admitted.person)


def test_nothing_is_asked_before_somebody_begins(desk: Desk, known: Admitted) -> None:
    assert (practice.is_offered(desk), practice.tasks(desk)) == (True, ())


def test_what_was_there_before_ticks_nothing(desk: Desk, known: Admitted) -> None:
    issue(desk)
    practice.begin(desk)
    tasks = {one.key: (one.bed, one.sex) for one in practice.tasks(desk)}
    assert tasks == {"admit": ("1B", "f"), "meal": ("", ""), "find": ("1A", ""), "leave": ("", ""), "issue": ("", "")}
    assert done(desk) == set()


def test_each_task_is_ticked_by_what_it_asks_for(desk: Desk, known: Admitted) -> None:
    practice.begin(desk)
    other = admit(desk, "1C")
    assert done(desk) == set()
    admit(desk, "1B")
    assert done(desk) == {"admit"}
    assistance.give(desk, [service(known.stay, "nfi_hygiene")])
    assert done(desk) == {"admit"}
    assistance.give(desk, [service(known.stay, MEAL)])
    residents.note_opened(desk, person(desk, other))
    assert done(desk) == {"admit", "meal"}
    residents.note_opened(desk, person(desk, known))
    issue(desk)
    assert done(desk) == {"admit", "meal", "find", "issue"}
    stays.leave(desk, other.stay, desk.now(), "autonomie")
    assert done(desk) == set(practice.NEEDED)


def test_what_is_taken_back_is_ticked_no_more(desk: Desk, known: Admitted) -> None:
    practice.begin(desk)
    admitted = admit(desk, "1B")
    left = stays.leave(desk, known.stay, desk.now(), "autonomie")
    assert done(desk) == {"admit", "leave"}
    desks.undo(desk, left)
    stays.void(desk, admitted.stay, "Essai")
    assert done(desk) == set()


def test_begun_anew_everything_is_to_be_done_again(desk: Desk, known: Admitted) -> None:
    practice.begin(desk)
    admit(desk, "1B")
    practice.begin(desk)
    assert done(desk) == set()
    assert next(one.bed for one in practice.tasks(desk) if one.key == "admit") == "1C"


def test_it_is_put_away_and_no_draft_of_a_form(desk: Desk, known: Admitted) -> None:
    practice.begin(desk)
    assert drafts.mine(desk) == []
    practice.give_up(desk)
    assert practice.tasks(desk) == ()


def test_a_real_shelter_has_nothing_to_practise(desk: Desk, known: Admitted) -> None:
    practice.begin(desk)
    desk.is_training = False
    assert (practice.is_offered(desk), practice.tasks(desk)) == (False, ())


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.CASE_WORKER, {"admit", "meal", "find", "leave"}),
        (Role.STOREKEEPER, {"issue"}),
        (Role.AUDITOR, set()),
        (Role.RECEPTION, set()),
    ],
)
def test_each_role_practises_what_it_may_do(
    desk: Desk, known: Admitted, tmp_path: Path, role: Role, keys: set[str]
) -> None:
    user_accounts.add(desk, role.value, role, OTHER)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", role.value, OTHER) as other:
        other.is_training = True
        practice.begin(other)
        assert {one.key for one in practice.tasks(other)} == keys
        assert practice.is_offered(other) is bool(keys)


def test_a_house_where_nobody_sleeps_and_nothing_is_free_asks_what_can_be_done(desk: Desk) -> None:
    stays.leave(desk, admit(desk, "1A", days=3).stay, days_ago(1), "autonomie")
    practice.begin(desk)
    assert {one.key for one in practice.tasks(desk)} == set(practice.NEEDED) - {"find"}


def test_of_a_full_house_somebody_leaves_the_bed_that_is_filled(desk: Desk) -> None:
    for code in ("1A", "1B", "1C", "1D"):
        admit(desk, code, days=9)
    for code in ("2A", "2B", "2C", "2D"):
        beds.block(desk, bed(desk, code).id, "maintenance", plain(desk.today()), None, "Travaux")
    practice.begin(desk)
    tasks = {one.key: (one.bed, one.sex) for one in practice.tasks(desk)}
    assert (next(iter(tasks)), tasks["leave"], tasks["admit"]) == ("leave", ("1A", ""), ("1A", "f"))
    assert tasks["find"][0] not in ("", "1A")
