"""What a correction moves in the months that are over."""

from dataclasses import replace
from datetime import date, datetime

from shelter_desk.domain.ids import PersonId, StayId, VictimStatusId
from shelter_desk.domain.reports.corrected import Shift, shifts
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.domain.stays.stays import Stay, VictimStatus

TODAY = date(2026, 12, 3)
GIRL = Person(PersonId(1), "AAA-AAA-A", "f", Birth(date(2010, 6, 1)), "GN")
STAY = Stay(StayId(1), "2026-001", GIRL.id, datetime(2026, 9, 20, 15), "premiere", "transit")
GONE = replace(STAY, exited_at=datetime(2026, 11, 9, 9), exit_reason="autonomie")


def moved(after: Person, stay: Stay = GONE, becomes: Stay | None = None) -> list[Shift]:
    return shifts((GIRL, after), [(stay, becomes or stay)], {}, TODAY)


def test_a_birth_date_moves_the_entry_the_exit_and_the_months_between() -> None:
    woman = replace(GIRL, birth=Birth(date(2000, 6, 1)))
    assert moved(woman) == [
        Shift("entry", date(2026, 9, 1), date(2026, 9, 1), "age_group", "a12_17", "a18_59"),
        Shift("exit", date(2026, 11, 1), date(2026, 11, 1), "age_group", "a12_17", "a18_59"),
        Shift("presence", date(2026, 10, 1), date(2026, 10, 1), "age_group", "a12_17", "a18_59"),
    ]


def test_months_that_follow_each_other_are_told_together_and_the_running_one_is_not() -> None:
    (entry, presence) = moved(replace(GIRL, sex="m"), STAY)
    assert (entry.event, entry.fact, entry.before, entry.after) == ("entry", "sex", "f", "m")
    assert (presence.first, presence.last) == (date(2026, 10, 1), date(2026, 11, 1))


def test_a_birth_date_of_the_same_group_moves_nothing() -> None:
    assert moved(replace(GIRL, birth=Birth(date(2010, 7, 1)))) == []


def test_a_birthday_between_moves_only_the_months_after_it() -> None:
    later = replace(GIRL, birth=Birth(date(2008, 10, 20)))
    assert [(one.event, one.first.month) for one in moved(later)] == [("exit", 11), ("presence", 10)]


def test_what_a_stay_says_moves_its_category() -> None:
    short = replace(GONE, exited_at=datetime(2026, 9, 22))
    (one,) = moved(GIRL, short, replace(short, migration_situation="autre"))
    assert (one.event, one.fact, one.before, one.after) == ("both", "category", "transit_bloque", "autre_vulnerable")


def test_a_stay_that_counts_nowhere_moves_nothing() -> None:
    void = replace(GONE, exit_reason="erreur_saisie")
    assert moved(replace(GIRL, sex="m"), void) == []


def test_a_decision_dated_back_moves_the_category_and_adds_a_first_decision() -> None:
    decided = VictimStatus(VictimStatusId(0), STAY.id, "identifiee", date(2026, 10, 4))
    (presence, decision) = shifts((GIRL, GIRL), [(STAY, STAY)], {}, TODAY, {STAY.id: (decided,)})
    assert presence == Shift(
        "presence", date(2026, 10, 1), date(2026, 11, 1), "category", "transit_bloque", "vdt_identifiee"
    )
    assert decision == Shift("decision", date(2026, 10, 1), date(2026, 10, 1), "status", "", "identifiee")
    later = replace(decided, decided_on=date(2026, 11, 20))
    assert shifts((GIRL, GIRL), [(STAY, STAY)], {STAY.id: (later,)}, TODAY, {STAY.id: (later, decided)})[1:] == [
        decision,
        Shift("decision", date(2026, 11, 1), date(2026, 11, 1), "status", "identifiee", ""),
    ]


def test_a_decision_of_this_month_moves_nothing() -> None:
    decided = VictimStatus(VictimStatusId(0), STAY.id, "identifiee", TODAY)
    assert shifts((GIRL, GIRL), [(STAY, STAY)], {}, TODAY, {STAY.id: (decided,)}) == []


def test_a_day_of_entry_or_exit_that_moves_in_a_month_that_is_over_is_told() -> None:
    later = replace(GONE, admitted_at=datetime(2026, 10, 2, 9), exited_at=None, exit_reason="")
    entry, exit_ = moved(GIRL, GONE, later)
    assert entry == Shift("entry", date(2026, 9, 1), date(2026, 9, 1), "day", "2026-09-20", "2026-10-02")
    assert exit_ == Shift("exit", date(2026, 11, 1), date(2026, 11, 1), "day", "2026-11-09", "")
    assert moved(GIRL, STAY, replace(STAY, exited_at=datetime(2026, 12, 2), exit_reason="autonomie")) == []
