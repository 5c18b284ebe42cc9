"""Which rows of a workbook are taken in, and why the others are not."""

from datetime import date, datetime
from typing import Any

import pytest

from shelter_desk.domain import errors
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.judging import judge
from shelter_desk.domain.registers.rows import ORDER, Incoming, Judgement

NOW = datetime(2026, 11, 25, 12)
REQUIRED = {"chambres": ("room_code",), "sejours": ("stay_no", "person_code", "admitted_at")}


def day(number: int, month: int = 11) -> datetime:
    return plain(date(2026, month, number))


def room(code: str = "1", **more: Any) -> tuple[str, dict[str, Any]]:
    return "chambres", {
        "room_code": code,
        "name": "R",
        "room_type": "transit",
        "sex_rule": "indifferent",
        "age_rule": "tous",
        **more,
    }


def bed(code: str = "1A", room_code: str = "1", **more: Any) -> tuple[str, dict[str, Any]]:
    return "lits", {
        "bed_code": code,
        "room_code": room_code,
        "bed_type": "simple",
        "in_service_from": plain(date(2025, 1, 1)),
        **more,
    }


def person(code: str = "7K3-QMX-E", **more: Any) -> tuple[str, dict[str, Any]]:
    return "personnes", {"person_code": code, "sex": "f", "birth_date": date(1998, 1, 1), "nationality": "ML", **more}


def stay(number: str = "S1", code: str = "7K3-QMX-E", start: int = 1, **more: Any) -> tuple[str, dict[str, Any]]:
    return "sejours", {
        "stay_no": number,
        "person_code": code,
        "admitted_at": day(start),
        "entry_kind": "premiere",
        "migration_situation": "transit",
        **more,
    }


def night(number: str = "S1", bed_code: str = "1A", start: int = 1, **more: Any) -> tuple[str, dict[str, Any]]:
    return "couchages", {"stay_no": number, "place": "lit", "bed_code": bed_code, "from": day(start), **more}


def judged(
    *rows: tuple[str, dict[str, Any]], stored: dict[str, list[tuple[int, dict[str, Any]]]] | None = None
) -> Judgement:
    incoming = [Incoming(name, name, number, values) for number, (name, values) in enumerate(rows, 3)]
    return judge(stored or {}, incoming, REQUIRED, NOW, lambda: "NEW-COD-E")


def refusals(judgement: Judgement) -> list[tuple[int, str, type[Exception]]]:
    return [(one.row, one.column, type(one.error)) for one in judgement.refusals]


HOUSE = (room(), bed(), person(), stay(), night())
TWO = (room(), bed(), person(), person("B4T-9WZ-U"), stay(), stay("S2", "B4T-9WZ-U", 5))


def stored_of(judgement: Judgement) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    return {
        name: [(at, dict(kept.values)) for at, kept in enumerate(judgement.standing[name].values(), 1)]
        for name in ORDER
    }


def test_a_sound_workbook_is_new_all_over() -> None:
    judgement = judged(*HOUSE)
    assert [counted.new for counted in judgement.counts.values()] == [1, 1, 1, 1, 1]
    assert judgement.refusals == []


def test_the_same_workbook_again_is_the_same_all_over() -> None:
    again = judged(*HOUSE, stored=stored_of(judged(*HOUSE)))
    assert [(c.new, c.changed, c.same) for c in again.counts.values()] == [(0, 0, 1)] * 5
    assert list(again.to_write()) == []


def test_an_empty_cell_never_erases() -> None:
    known = stored_of(judged(*HOUSE))
    again = judged(("personnes", {"person_code": "7K3-QMX-E", "nationality": "GN"}), stored=known)
    kept = next(iter(again.standing["personnes"].values()))
    assert (kept.values["sex"], kept.values["nationality"], again.counts["personnes"].changed) == ("f", "GN", 1)


def test_the_order_of_the_sheets_does_not_matter() -> None:
    assert judged(*reversed(HOUSE)).refusals == []


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        ((*HOUSE, bed("1a")), (8, "bed_code", errors.CodeTaken)),
        ((*HOUSE, room("1")), (8, "room_code", errors.CodeTaken)),
        ((*HOUSE, stay("S1")), (8, "stay_no", errors.CodeTaken)),
        ((*HOUSE, bed("1B", "9")), (8, "room_code", errors.NoSuch)),
        ((*HOUSE, stay("S9", "H2R-8DE-H")), (8, "person_code", errors.NoSuch)),
        ((*HOUSE, night("S9", "1A", 1)), (8, "stay_no", errors.NoSuch)),
        ((*HOUSE, stay("S2", start=5)), (8, "admitted_at", errors.AlreadyHere)),
        (
            (*HOUSE[:3], stay(exited_at=plain(date(2026, 10, 30)), exit_reason="autonomie")),
            (6, "exited_at", errors.BadDates),
        ),
        ((*HOUSE, night("S1", "1A", 9)), (8, "from", errors.PlacedTwice)),
        ((room(), bed(), person(), stay(start=5), night(start=1)), (7, "from", errors.OutsideStay)),
        ((*TWO, night(), night("S2", start=5)), (10, "bed_code", errors.BedTaken)),
        (
            (*HOUSE, ("etats_lits", {"bed_code": "1A", "bed_state": "maintenance", "from": day(3)})),
            (7, "bed_code", errors.BedNotUsable),
        ),
        ((*HOUSE[:3], stay(start=1, admitted_at=plain(date(2027, 11, 1)))), (6, "admitted_at", errors.InTheFuture)),
        ((*HOUSE[:3], stay(exit_reason="autonomie")), (6, "exited_at", errors.Missing)),
        ((*HOUSE[:3], stay(exit_reason="non_admis", exited_at=day(3))), (6, "exit_reason", errors.NoNightAllowed)),
        ((room(), bed(), person(), stay(), night(bed_code="")), (7, "bed_code", errors.Missing)),
        ((("chambres", {"name": "R"}),), (3, "room_code", errors.Missing)),
        (
            (room(sex_rule="m"), bed(), person(), stay(), night()),
            (7, "bed_code", errors.NeedsReason),
        ),
        (
            (*HOUSE, ("absences", {"stay_no": "S1", "absence_type": "hopital", "from": day(3, month=10)})),
            (8, "from", errors.OutsideStay),
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_with_its_row_and_column(
    rows: tuple[tuple[str, dict[str, Any]], ...], refused: tuple[int, str, type[Exception]]
) -> None:
    assert refused in refusals(judged(*rows))


def test_a_taken_bed_says_by_whom_and_since_when() -> None:
    error = judged(*TWO, night(), night("S2", start=5)).refusals[0].error
    assert isinstance(error, errors.BedTaken)
    assert (error.by, error.since, error.until) == ("7K3-QMX-E", day(1), None)


def test_a_bed_left_that_day_can_be_taken_that_day() -> None:
    rows = (*TWO[:4], stay(exited_at=day(5), exit_reason="autonomie"), TWO[5], night(), night("S2", start=5))
    assert judged(*rows).refusals == []


def test_what_leans_on_a_refused_row_is_refused_too() -> None:
    judgement = judged(*HOUSE[:3], stay("S1", "H2R-8DE-H"), night())
    assert refusals(judgement) == [(6, "person_code", errors.NoSuch), (7, "stay_no", errors.NoSuch)]


def test_a_refused_change_leaves_what_was_stored() -> None:
    known = stored_of(judged(*HOUSE))
    judgement = judged(stay(admitted_at=day(5)), stored=known)
    assert [one.list for one in judgement.refusals] == ["sejours"]
    assert next(iter(judgement.standing["sejours"].values())).values["admitted_at"] == day(1)


def test_an_exit_ends_the_open_night_and_absence() -> None:
    known = stored_of(judged(*HOUSE, ("absences", {"stay_no": "S1", "absence_type": "hopital", "from": day(3)})))
    judgement = judged(stay(exited_at=day(9), exit_reason="autonomie"), stored=known)
    ends = [kept.values["to"] for name in ("couchages", "absences") for kept in judgement.standing[name].values()]
    assert (ends, judgement.refusals) == ([day(9), day(9)], [])


def test_residents_who_swap_in_a_workbook_are_not_in_each_others_way() -> None:
    rooms = (room(), bed(), bed("1B"), *TWO[2:], night(), night("S2", "1B", 5))
    known = stored_of(judged(*rooms))
    swapped = (night(to=day(9)), night("S2", "1B", 5, to=day(9)), night("S1", "1B", 9), night("S2", "1A", 9))
    assert judged(*swapped, stored=known).refusals == []


def test_a_void_stay_holds_no_bed() -> None:
    void = stay(exited_at=day(1), exit_reason="erreur_saisie")
    assert judged(*TWO[:4], void, TWO[5], night(to=day(1)), night("S2", start=5)).refusals == []


def test_a_person_without_a_code_is_given_one() -> None:
    judgement = judged(("personnes", {"sex": "f", "nationality": "ML"}))
    assert next(iter(judgement.standing["personnes"].values())).values["person_code"] == "NEW-COD-E"


def test_a_person_redirected_at_the_door_left_the_same_day() -> None:
    judgement = judged(*HOUSE[:3], stay(exit_reason="non_admis"))
    assert next(iter(judgement.standing["sejours"].values())).values["exited_at"] == day(1)


def test_an_exit_that_is_refused_ends_no_night_and_no_absence() -> None:
    known = stored_of(judged(*HOUSE, ("absences", {"stay_no": "S1", "absence_type": "hopital", "from": day(3)})))
    exit_ = stay(exited_at=day(9), exit_reason="autonomie", head_stay_no="S9")
    judgement = judged(exit_, stored=known)
    assert refusals(judgement) == [(3, "head_stay_no", errors.NoSuch)]
    assert list(judgement.to_write()) == []
