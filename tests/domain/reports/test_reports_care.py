"""Rules of T4 to T7 and T9, each shown on a shelter of a few lines."""

from datetime import date

from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.figures import Dims, Shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.shelters import Shelter


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def of(service_type: str) -> Dims:
    return (("service_type", service_type),)


def reported(shelter: Shelter) -> Report:
    return compute(shelter.facts())


def value(shelter: Shelter, key: str, *dims: tuple[str, str]) -> Shown:
    return reported(shelter).value(key, *dims)


def test_somebody_served_after_the_exit_is_counted_under_the_stay_that_was_served() -> None:
    shelter = Shelter()
    person = shelter.person()
    first = shelter.stay(person, day(1, 8), day(5, 8), migration_situation="retour_force")
    later = shelter.stay(person, day(1, 9), day(5, 9), migration_situation="transit")
    shelter.serve(first, "fop_suivi_post", day(3))
    shelter.refer(later, day(4))
    assert value(shelter, "t6.beneficiaries_category", ("category", "retour")) == 1


def test_somebody_hosted_is_counted_under_the_last_stay_though_another_was_served() -> None:
    shelter = Shelter()
    person = shelter.person()
    first = shelter.stay(person, day(1, 8), day(5, 8), migration_situation="retour_force")
    shelter.stay(person, day(2), migration_situation="transit")
    shelter.serve(first, "fop_suivi_post", day(3))
    assert value(shelter, "t6.beneficiaries_category", *of("fop"), ("category", "transit_bloque")) == 1


def test_only_what_was_given_counts() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1, 8), day(5, 8))
    for status in ("prevu", "non_tenu", "refuse", "fait"):
        shelter.serve(stay, "san_consult", day(3), status=status)
    assert value(shelter, "t6.events", *of("san")) == 1


def test_a_person_served_without_a_night_is_added_to_those_hosted() -> None:
    shelter = Shelter()
    door = shelter.stay(shelter.person(), day(3), day(3), exit_reason="non_admis")
    shelter.serve(door, "ali_repas", day(3))
    report = reported(shelter)
    assert (report.value("t2.distinct_persons"), report.value("t6.beneficiaries"), report.failed) == (0, 1, ())


def test_what_was_given_on_a_stay_typed_by_mistake_counts_nowhere() -> None:
    shelter = Shelter()
    shelter.serve(shelter.stay(shelter.person(), day(3), day(3), exit_reason="erreur_saisie"), "ali_repas", day(3))
    assert value(shelter, "t6.events") == 0


def test_a_type_counts_a_person_once_over_its_sub_types() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1, 8), day(5, 8))
    for kind in ("san_consult", "san_soins", "x_san_dentiste"):
        shelter.serve(stay, kind, day(3))
    report = reported(shelter)
    assert (report.value("t6.beneficiaries", *of("san")), report.value("t6.events", *of("san"))) == (1, 3)


def test_decimals_are_added_as_on_paper() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1, 8), day(5, 8))
    for quantity in (0.1, 0.2):
        shelter.serve(stay, "aut", day(3), quantity)
    assert value(shelter, "t6.quantity") == 0.3


def test_a_referral_issued_in_march_and_served_in_april_stands_in_both_months() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1, 8), day(5, 8))
    shelter.refer(stay, day(28, 10), "service_recu", served_on=day(4))
    keys = ("t7.open_start", "t7.issued", "t7.served", "t7.open_end", "t7.mean_days_to_service")
    assert [value(shelter, key) for key in keys] == [1, 0, 1, 0, 7.0]


def test_the_feedback_after_a_service_is_no_second_closure() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1, 8), day(5, 8))
    shelter.refer(stay, day(1, 10), "cloturee", served_on=day(20, 10), closed_on=day(4))
    keys = ("t7.open_start", "t7.served", "t7.open_end")
    assert [value(shelter, key) for key in keys] == [0, 0, 0]


def test_a_decision_counts_once_in_the_life_of_a_person() -> None:
    shelter = Shelter()
    person = shelter.person()
    first = shelter.stay(person, day(1, 8), day(5, 8))
    again = shelter.stay(person, day(2))
    shelter.status(first, "identifiee", day(3, 8))
    shelter.status(again, "identifiee", day(3))
    assert value(shelter, "t4.new_identified") == 0


def test_a_session_counts_once_and_its_participants_each() -> None:
    shelter = Shelter()
    stays = [shelter.stay(shelter.person(), day(1)) for _ in range(2)]
    for number in (3, 10):
        shelter.hold("psy_groupe", day(number), stays, hours=1.5)
    keys = ("t9.sessions", "t9.participations", "t9.participants", "t9.person_hours")
    assert [value(shelter, key) for key in keys] == [2, 4, 2, 6]


def test_people_from_outside_are_no_participants() -> None:
    shelter = Shelter()
    shelter.hold("inf_risques", day(3), audience="communaute", outside=(10, 5, 3, 2))
    keys = ("t9.sessions", "t9.outside", "t9.participations", "t9.participants")
    assert [value(shelter, key) for key in keys] == [1, 20, 0, 0]


def test_no_row_shows_a_quantity_over_different_units() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), day(1))
    for kind, quantity in (("ali_repas", 3), ("ret_aide_fin", 25000), ("psy_ecoute", 2), ("psy_groupe", 1)):
        shelter.serve(stay, kind, day(3), quantity=quantity)
    report = reported(shelter)
    table = next(one for one in tables(report) if one.name == "t6")
    place = next(at for at, one in enumerate(table.columns) if one.label == ("figure", "t6.quantity"))
    told = {row.label[1]: (row.cells[place], row.words_at(place)) for row in table.rows}
    kept = {kind for kind, (ref, words) in told.items() if ref is not None and words is None}
    assert kept == {"heb_nuitee", "ali_repas", "ret_aide_fin", "psy", "psy_ecoute", "psy_groupe", "aut"}
    assert {told[kind] for kind in ("heb", "ali", "ret", "")} == {(None, ("plain", ""))}
    assert report.value("t6.quantity") == 30 + 3 + 25000 + 3


def test_a_sheet_of_meals_is_no_session_and_its_meals_are_services() -> None:
    shelter = Shelter()
    shelter.hold("ali_repas", day(3), [shelter.stay(shelter.person(), day(1))])
    assert (value(shelter, "t9.sessions"), value(shelter, "t6.events", *of("ali_repas"))) == (0, 1)
