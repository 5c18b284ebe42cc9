"""Code lists: complete, readable in both languages, and forgiving where people type."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from shelter_desk.domain import checks, codes
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotInList
from shelter_desk.domain.resources import folder

LISTS = sorted(path.stem for path in (folder("resources") / "codes").glob("*.csv"))
NEEDED_NOW = {
    "sex",
    "age_group",
    "migration_situation",
    "child_status",
    "victim_status",
    "status_decided_by",
    "report_category",
    "exploitation_form",
    "nationality",
    "region_ml",
    "referral_source",
    "entry_kind",
    "exit_reason",
    "exit_destination",
    "absence_type",
    "room_type",
    "sex_rule",
    "age_rule",
    "bed_type",
    "bed_state",
    "language",
    "birth_date_precision",
    "place",
    "role",
    "service_type",
}


def test_every_list_that_the_forms_name_is_there() -> None:
    assert set(LISTS) >= NEEDED_NOW


@pytest.mark.parametrize("list_name", LISTS)
def test_every_code_has_both_labels_and_stands_once(list_name: str) -> None:
    rows = codes.codes(list_name)
    assert all(row.label_fr.strip() and row.label_en.strip() for row in rows)
    assert len({row.code for row in rows}) == len(rows)


@pytest.mark.parametrize("list_name", LISTS)
def test_every_name_of_a_code_reads_back_as_that_code(list_name: str) -> None:
    wrong = [
        (row.code, name)
        for row in codes.codes(list_name)
        for name in (row.code, row.label_fr, row.label_en, row.label_fr.upper(), *row.synonyms)
        if codes.read(list_name, name) != row.code
    ]
    assert wrong == []


@pytest.mark.parametrize("list_name", LISTS)
def test_codes_stand_in_the_order_in_which_they_are_shown(list_name: str) -> None:
    sorts = [row.sort for row in codes.codes(list_name)]
    assert sorts == sorted(set(sorts))


@pytest.mark.parametrize("list_name", sorted(set(LISTS) - {"nationality"}))
def test_codes_are_lower_case_ascii(list_name: str) -> None:
    assert all(row.code == codes.folded(row.code.replace("_", "")) or "_" in row.code for row in codes.codes(list_name))
    assert all(row.code.isascii() and row.code == row.code.lower() for row in codes.codes(list_name))


@pytest.mark.parametrize(
    ("list_name", "typed", "meant"),
    [
        ("sex", "Fille", "f"),
        ("sex", "F", "f"),
        ("sex", "garcon", "m"),
        ("sex", "H", "m"),
        ("exit_reason", "Réunification familiale", "reunification"),
        ("exit_reason", " reunification  FAMILIALE ", "reunification"),
        ("exit_reason", "Family reunification", "reunification"),
        ("migration_situation", "Étrangère refoulée vers le Mali", "refoule_etranger"),
        ("migration_situation", "De nationalité étrangère, refoulement vers le Mali", "refoule_etranger"),
        ("migration_situation", "étranger refoulé vers le Mali", "refoule_etranger"),
        ("marital_status", "veuve", "veuf"),
        ("marital_status", "Marié·e", "marie"),
        ("referral_source", "Police", "police"),
        ("referral_source", "brigade des moeurs", "police"),
        ("bed_type", "lit d'appoint", "appoint"),
        ("region_ml", "Tombouctou", "ml_tombouctou"),
        ("region_ml", "Bamako", "ml_bamako"),
        ("room_type", "x_salon", "x_salon"),
    ],
)
def test_a_typed_text_is_read_as_the_code_it_means(list_name: str, typed: str, meant: str) -> None:
    assert codes.read(list_name, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Niger", "NE"),
        ("Nigérien", "NE"),
        ("Nigérienne", "NE"),
        ("NIGERIEN(NE)", "NE"),
        ("Niger (Nigérien)", "NE"),
        ("Nigéria", "NG"),
        ("Nigeria", "NG"),
        ("Nigérian", "NG"),
        ("nigériane", "NG"),
        ("NIGERIAN(E)", "NG"),
        ("Côte d'Ivoire", "CI"),
        ("cote d’ivoire", "CI"),
        ("Ivoirienne", "CI"),
        ("Guinée", "GN"),
        ("Guinée-Bissau", "GW"),
        ("guinee equatoriale", "GQ"),
        ("Malien(ne)", "ML"),
        ("Malien·ne", "ML"),
        ("Burkinabé", "BF"),
        ("RDC", "CD"),
        ("Germany", "DE"),
        ("ML", "ML"),
        ("XA", "XA"),
    ],
)
def test_a_nationality_is_read_from_a_country_or_its_people(typed: str, meant: str) -> None:
    assert codes.read("nationality", typed) == meant


@pytest.mark.parametrize("typed", ["Congolais", "Congolaise", "Congo", "CONGO", "ml", "Atlantide", "", "(", "Nigerie"])
def test_a_doubtful_nationality_is_not_guessed(typed: str) -> None:
    assert codes.read("nationality", typed) is None


@pytest.mark.parametrize("typed", ["Congo", "congolais", "Congolaise"])
def test_what_may_be_two_countries_names_both(typed: str) -> None:
    assert codes.may_be("nationality", typed) == ("CG", "CD")
    assert codes.may_be("nationality", "Congo-Brazzaville") == codes.may_be("nationality", "Atlantide") == ()


def test_all_249_countries_of_iso_3166_are_there_with_stateless_and_unknown() -> None:
    assert len(codes.codes("nationality")) == 249 + 2


def test_countries_are_the_nationalities_under_another_name() -> None:
    assert codes.read("country", "Mali") == "ML"


def test_frequent_countries_come_first() -> None:
    assert [row.code for row in codes.codes("nationality")[:3]] == ["ML", "GN", "SN"]


def test_the_nine_newest_regions_have_no_iso_code_but_a_mother_region() -> None:
    newest = [row for row in codes.codes("region_ml") if not row.extra["iso"]]
    assert [bool(row.extra["mother"]) for row in newest] == [True] * 9


def test_iso_numbers_menaka_9_and_taoudenit_10() -> None:
    numbers = [codes.code("region_ml", name).extra["iso"] for name in ("ml_menaka", "ml_taoudenit")]
    assert numbers == ["ML-9", "ML-10"]


def test_only_lists_that_shelters_may_extend_take_local_codes() -> None:
    assert (codes.is_code("room_type", "x_salon"), codes.is_code("sex", "x_autre")) == (True, False)


def test_a_local_code_holds_letters_digits_and_underscores_only() -> None:
    assert not codes.is_code("room_type", "x_Salon 2")


def test_a_list_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        codes.codes("nowhere")


def test_planned_exits_are_told_from_the_others() -> None:
    assert [codes.code("exit_reason", name).extra["planned"] for name in ("avrr", "deces", "erreur_saisie")] == [
        "yes",
        "no",
        "",
    ]


def test_sleeping_rooms_are_the_same_in_the_list_and_in_the_rules() -> None:
    assert {row.code for row in codes.codes("room_type") if row.extra["sleeping"] == "yes"} == SLEEPING_ROOMS


def test_every_service_has_a_unit_and_belongs_to_a_component() -> None:
    services = [row for row in codes.codes("service_type") if row.parent]
    components = {row.code for row in codes.codes("service_type") if not row.parent}
    assert all(row.extra["unit"] and row.parent in components for row in services)


def test_lists_are_comma_separated_utf_8_with_unix_line_ends() -> None:
    contents = [Path(path).read_bytes() for path in (folder("resources") / "codes").glob("*.csv")]
    assert not any(b"\r" in content or content.startswith(b"\xef\xbb\xbf") for content in contents)


# What acts ask of what was typed --------------------------------------------------------------------------------------

MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)


@pytest.mark.parametrize("value", ["", None, 0, (), {}])
def test_what_is_empty_is_missing(value: object) -> None:
    with pytest.raises(Missing) as refused:
        checks.check_given("reason", value)
    assert refused.value.field == "reason"


def test_a_code_is_refused_under_the_name_of_its_field() -> None:
    checks.check_code("sex", "f", "sex_of_child")
    with pytest.raises(NotInList) as refused:
        checks.check_code("sex", "fille", "sex_of_child")
    assert (refused.value.field, refused.value.value) == ("sex_of_child", "fille")


def test_a_code_left_open_is_refused_allowed_or_missing_as_the_act_asks() -> None:
    with pytest.raises(NotInList):
        checks.check_code("sex", "")
    checks.check_optional_code("sex", "")
    with pytest.raises(Missing) as refused:
        checks.check_required_code("sex", "")
    assert refused.value.field == "sex"


@pytest.mark.parametrize("check", [checks.check_optional_code, checks.check_required_code])
def test_a_code_of_another_list_is_refused_whatever_is_asked(check: Callable[[str, str], None]) -> None:
    with pytest.raises(NotInList):
        check("sex", "bamako")


def test_one_wrong_code_of_several_is_named() -> None:
    with pytest.raises(NotInList) as refused:
        checks.check_codes("sex", ("f", "x", "m"))
    assert (refused.value.field, refused.value.value) == ("sex", "x")


def test_today_is_not_in_the_future_and_tomorrow_is() -> None:
    checks.check_not_future(None, MONDAY)
    checks.check_not_future(MONDAY, MONDAY)
    with pytest.raises(InTheFuture) as refused:
        checks.check_not_future(TUESDAY, MONDAY)
    assert refused.value.moment == datetime(2026, 10, 6)


def test_one_day_is_in_order_and_a_day_before_is_not() -> None:
    checks.check_order(None, MONDAY)
    checks.check_order(MONDAY, None)
    checks.check_order(MONDAY, MONDAY)
    with pytest.raises(BadDates) as refused:
        checks.check_order(TUESDAY, MONDAY)
    assert (refused.value.start, refused.value.end) == (datetime(2026, 10, 6), datetime(2026, 10, 5))
    checks.check_day(TUESDAY, TUESDAY, MONDAY)


@pytest.mark.parametrize(("on", "kind"), [(date(2026, 10, 7), InTheFuture), (date(2026, 10, 4), BadDates)])
def test_a_day_lies_between_the_former_one_and_today(on: date, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        checks.check_day(on, TUESDAY, MONDAY)
