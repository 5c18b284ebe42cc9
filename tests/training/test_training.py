"""The training shelter: invented, always the same for a seed, and showing what a shelter meets in a year."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from shelter_desk import training
from shelter_desk.domain.beds.room_rules import turns_adult_soon
from shelter_desk.domain.moments import Period, covers, is_plain, plain
from shelter_desk.domain.registers.judging import judge
from shelter_desk.domain.registers.rows import Incoming, birth_of
from shelter_desk.domain.residents.names import sounds
from shelter_desk.domain.residents.residents import read_code
from shelter_desk.training.names import is_public_figure
from shelter_desk.training.profiles import Profile

TODAY = date(2026, 11, 25)
HOUSES: tuple[tuple[Profile, int], ...] = tuple((p, seed) for p in ("bamako", "gao") for seed in (1, 2, 3, 7, 11))
LINKS = {"enfant", "neveu_niece"}
Lists = dict[str, list[dict[str, Any]]]
every_house = pytest.mark.parametrize(("profile", "seed"), HOUSES)


@cache
def made(profile: Profile, seed: int, today: date = TODAY) -> tuple[Incoming, ...]:
    return tuple(training.rows(profile, 12, today, seed))


def lists(profile: Profile, seed: int) -> Lists:
    found: Lists = defaultdict(list)
    for row in made(profile, seed):
        found[row.list].append(dict(row.values))
    return found


def by_stay(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in rows:
        found[row["stay_no"]].append(row)
    return found


def occupancy(house: Lists, night: date) -> float:
    beds = sum(covers(b["in_service_from"], b.get("in_service_to"), night) for b in house["lits"])
    beds -= sum(covers(s["from"], s.get("to"), night) for s in house["etats_lits"])
    nights = [p for p in house["couchages"] if p["place"] != "partage"]
    return 100 * sum(covers(p["from"], p.get("to"), night) for p in nights) / beds


def monthly(house: Lists) -> list[float]:
    months = [Period.month(2025 + (m + 10) // 12, (m + 10) % 12 + 1) for m in range(12)]
    return [sum(occupancy(house, night) for night in month) / month.nights for month in months]


@every_house
def test_the_same_seed_makes_the_same_shelter(profile: Profile, seed: int) -> None:
    assert tuple(training.rows(profile, 12, TODAY, seed)) == made(profile, seed)


def test_another_seed_makes_another_shelter() -> None:
    assert made("bamako", 1) != made("bamako", 2)


@pytest.mark.parametrize(
    ("profile", "seed", "today"),
    [*((*house, TODAY) for house in HOUSES), *((*HOUSES[0], day) for day in (date(2028, 3, 1), date(2027, 1, 31)))],
)
def test_the_judge_refuses_no_row(profile: Profile, seed: int, today: date) -> None:
    judged = judge({}, made(profile, seed, today), {}, datetime(today.year, today.month, today.day, 12), lambda: "")
    assert judged.refusals == []


@every_house
def test_nothing_is_dated_later_than_today(profile: Profile, seed: int) -> None:
    rows = made(profile, seed)
    values = [value for row in rows for key, value in row.values.items() if key != "expiry_on"]
    moments = [value for value in values if isinstance(value, datetime)]
    days = [value for value in values if isinstance(value, date) and not isinstance(value, datetime)]
    assert max(moments) <= plain(TODAY)
    assert max(days) <= TODAY


@every_house
def test_no_person_bears_the_name_of_a_public_figure(profile: Profile, seed: int) -> None:
    persons = [p for p in lists(profile, seed)["personnes"] if "first_name" in p]
    assert not [p for p in persons if is_public_figure(p["first_name"], p["last_name"])]
    assert not [p for p in persons if p.get("alias") and is_public_figure(p["alias"], p["last_name"])]


@every_house
def test_parents_and_numbers_of_others_are_known_of_some_and_name_nobody(profile: Profile, seed: int) -> None:
    persons = lists(profile, seed)["personnes"]
    for column, least in (("mother_name", 0.4), ("father_name", 0.25), ("paper_no", 0.15), ("iom_no", 0.05)):
        told = [p[column] for p in persons if column in p]
        assert least < len(told) / len(persons) < 0.7
        if column.endswith("_no"):
            assert len(set(told)) == len(told)
        else:
            assert not [name for name in told if is_public_figure(*name.rsplit(" ", 1))]
    assert any(p["partner_no_of"].endswith("(exercice)") for p in persons if "partner_no" in p)
    assert all("last_name" in p for p in persons if "mother_name" in p or "paper_no" in p)


@every_house
def test_a_bed_stood_elsewhere_and_children_were_first_with_another_adult(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    (stood,) = house["lits_chambres"]
    (bed,) = [one for one in house["lits"] if one["bed_code"] == stood["bed_code"]]
    rules = {r["room_code"]: (r["room_type"], r["sex_rule"], r["age_rule"]) for r in house["chambres"]}
    assert stood["room_code"] != bed["room_code"]
    assert rules[stood["room_code"]] == rules[bed["room_code"]]
    changed = [one for one in house["sejours"] if "former_families" in one]
    numbers = {one["stay_no"] for one in house["sejours"]}
    assert changed
    for one in changed:
        before = one["former_families"].split(" | ")[0]
        assert before in numbers - {one["stay_no"], one["head_stay_no"]}
        assert one["family_since"] > one["admitted_at"].date()
    assert {"enfant"} <= {one["family_link"] for one in house["sejours"] if "family_link" in one} <= LINKS


@pytest.mark.parametrize("name", ["Modibo Keita", "Oumou Sangaré", "Mamadou Alpha Condé", "SALIF KEÏTA"])
def test_a_public_figure_is_known_however_it_is_written(name: str) -> None:
    first, _, last = name.rpartition(" ")
    assert is_public_figure(first, last)


@every_house
def test_codes_are_valid_and_stays_are_numbered_in_order_of_admission(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    assert all(read_code(p["person_code"]) == p["person_code"] for p in house["personnes"])
    numbers = [(s["admitted_at"].year, s["stay_no"]) for s in house["sejours"]]
    assert numbers == sorted(numbers)
    assert all(no.startswith(str(year)) for year, no in numbers)


@pytest.mark.parametrize("seed", [1, 2, 3, 7, 11])
def test_bamako_is_well_filled_without_being_crowded(seed: int) -> None:
    filled = monthly(lists("bamako", seed))
    assert min(filled) >= 70
    assert max(filled) <= 95


@pytest.mark.parametrize("seed", [1, 2, 3, 7, 11])
def test_gao_goes_from_quiet_nights_to_crowded_ones(seed: int) -> None:
    house = lists("gao", seed)
    nights = [occupancy(house, night) for night in Period(date(2025, 11, 1), TODAY - timedelta(days=1))]
    assert 25 <= min(nights) <= 60
    assert 105 <= max(nights) <= 140
    assert 55 <= sum(nights) / len(nights) <= 95


@every_house
def test_some_night_has_more_persons_than_beds(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    assert max(occupancy(house, night) for night in Period(date(2025, 11, 1), date(2026, 11, 24))) > 100


def shares_of_women(profile: Profile) -> list[float]:
    found = [lists(profile, seed)["personnes"] for seed in (1, 2, 3, 7, 11)]
    return [sum(p["sex"] == "f" for p in persons) / len(persons) for persons in found]


def test_seven_in_ten_of_bamako_and_one_in_ten_of_gao_are_female() -> None:
    bamako, gao = shares_of_women("bamako"), shares_of_women("gao")
    assert 0.66 <= sum(bamako) / len(bamako) <= 0.74
    assert all(0.62 <= share <= 0.78 for share in bamako)
    assert all(0.05 <= share <= 0.15 for share in gao)


def lengths(house: Lists) -> list[int]:
    """Nights of the stays that ended, but for who was sent elsewhere or typed by mistake."""
    ended = [s for s in house["sejours"] if "exited_at" in s and s["exit_reason"] not in ("non_admis", "erreur_saisie")]
    return [(s["exited_at"].date() - s["admitted_at"].date()).days for s in ended]


@pytest.mark.parametrize(("profile", "least", "most", "share"), [("bamako", 20, 120, 0.68), ("gao", 3, 15, 0.85)])
def test_most_stays_last_as_long_as_they_do_in_such_a_shelter(
    profile: Profile, least: int, most: int, share: float
) -> None:
    found = [n for seed in (1, 2, 3, 7, 11) for n in lengths(lists(profile, seed))]
    assert sum(least <= n <= most for n in found) / len(found) >= share


def test_the_beds_are_those_of_the_two_shelters() -> None:
    assert {
        p: sum(b["in_service_from"] < datetime(2025, 11, 1) for b in lists(p, 1)["lits"]) for p in ("bamako", "gao")
    } == {
        "bamako": 20,
        "gao": 40,
    }


@every_house
@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("entry_kind", {"premiere", "readmission", "transfert", "naissance"}),
        ("exit_reason", {"deces", "non_admis", "erreur_saisie", "reunification"}),
        ("child_status", {"accompagne", "separe", "non_accompagne", "enfant_residente"}),
        ("is_dependant", {True, False}),
    ],
)
def test_every_kind_of_stay_is_there(profile: Profile, seed: int, column: str, words: set[Any]) -> None:
    assert words <= {stay.get(column) for stay in lists(profile, seed)["sejours"]}


@every_house
@pytest.mark.parametrize(
    ("name", "column", "words"),
    [
        ("couchages", "place", {"lit", "appoint", "partage"}),
        ("couchages", "override_rule", {"R-04;R-06", "R-06"}),
        ("etats_lits", "bed_state", {"maintenance", "hors_service", "quarantaine"}),
        ("absences", "absence_type", {"hopital", "permission", "visite_famille", "demarche", "injustifiee"}),
        ("statuts_victime", "victim_status", {"depistage_en_cours", "presumee", "identifiee", "non_victime"}),
        ("personnes", "birth_date_precision", {"day", "month", "year", "estimated"}),
    ],
)
def test_every_kind_of_row_is_there(profile: Profile, seed: int, name: str, column: str, words: set[Any]) -> None:
    assert words <= {row.get(column) for row in lists(profile, seed)[name]}


@every_house
def test_every_exception_has_a_reason_and_every_blocked_bed_too(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    assert all(p.get("override_reason") for p in house["couchages"] if p.get("override_rule"))
    assert all(s.get("reason") for s in house["etats_lits"])


@every_house
def test_an_infant_moves_along_with_its_mother(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    heads = {s["stay_no"]: s.get("head_stay_no") for s in house["sejours"]}
    slept = by_stay(house["couchages"])
    shared = [p for p in house["couchages"] if p["place"] == "partage"]
    for place in shared:
        beds = [p for p in slept[str(heads[place["stay_no"]])] if p["bed_code"] == place["bed_code"]]
        assert any(covers(p["from"], p.get("to"), place["from"].date()) for p in beds)
    moved = [rows for rows in by_stay(shared).values() if len({p["bed_code"] for p in rows}) > 1]
    assert moved


@every_house
def test_somebody_goes_from_a_mat_to_a_bed_and_two_exchange_beds(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    places = [[p["place"] for p in rows] for rows in by_stay(house["couchages"]).values()]
    assert ["appoint", "lit"] in places
    moves = {(a["to"], a["bed_code"], b["bed_code"]) for a, b in _moves(house)}
    assert any((moment, second, first) in moves for moment, first, second in moves if first != second)


def _moves(house: Lists) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    rows = by_stay([p for p in house["couchages"] if p["place"] == "lit"]).values()
    return [(a, b) for slept in rows for a, b in pairwise(slept)]


@every_house
def test_the_beds_change_over_the_year(profile: Profile, seed: int) -> None:
    beds = lists(profile, seed)["lits"]
    assert any(bed.get("in_service_to") for bed in beds)
    assert any(bed["in_service_from"] > datetime(2025, 11, 1) for bed in beds)


@every_house
def test_on_the_last_day_there_is_work_to_do(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    births = {p["person_code"]: birth_of(p) for p in house["personnes"]}
    here = [s for s in house["sejours"] if "exited_at" not in s]
    gone = [a for a in house["absences"] if a["absence_type"] == "injustifiee" and "to" not in a]
    soon = [s for s in here if turns_adult_soon(births[s["person_code"]], TODAY, s.get("child_status", ""), 30)]
    assert any((TODAY - absence["from"].date()).days > 3 for absence in gone)
    assert {births[s["person_code"]].is_minor(TODAY) for s in soon} == {True, False}
    longest = max((TODAY - s["admitted_at"].date()).days for s in here if not s.get("child_status"))
    assert longest > (90 if profile == "bamako" else 15)
    assert any("to" not in state for state in house["etats_lits"])


@every_house
def test_two_persons_could_be_taken_for_one(profile: Profile, seed: int) -> None:
    heard = defaultdict(set)
    for p in lists(profile, seed)["personnes"]:
        if "first_name" in p:
            spelled = f"{p['first_name']} {p['last_name']}"
            heard[p["sex"], p.get("birth_date"), p.get("age_estimated_on"), sounds(p["last_name"])[0]].add(spelled)
    assert any(len(names) > 1 for names in heard.values())


@every_house
def test_minors_sleep_among_unrelated_adults_at_times(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    rooms = {room["room_code"] for room in house["chambres"] if room["age_rule"] == "tous" and room["sex_rule"] in "fm"}
    bed_rooms = {bed["bed_code"]: bed["room_code"] for bed in house["lits"]}
    alone = {s["stay_no"] for s in house["sejours"] if s.get("child_status") in ("non_accompagne", "separe")}
    assert any(bed_rooms.get(p.get("bed_code")) in rooms for p in house["couchages"] if p["stay_no"] in alone)


@every_house
def test_about_one_moment_in_ten_is_a_plain_day(profile: Profile, seed: int) -> None:
    moments = [stay["admitted_at"] for stay in lists(profile, seed)["sejours"]]
    assert 0.03 <= sum(map(is_plain, moments)) / len(moments) <= 0.2


def test_each_stay_says_who_brought_the_person() -> None:
    assert all(stay.get("referral_source") for stay in lists("gao", 1)["sejours"])


def test_the_ten_years_are_as_large_as_the_benchmarks_say() -> None:
    found: Lists = defaultdict(list)
    for row in training.ten_years(TODAY, 1):
        found[row.list].append(dict(row.values))
    assert 22_000 <= len(found["personnes"]) <= 26_000
    assert 1.04 <= len(found["sejours"]) / len(found["personnes"]) <= 1.08
    assert sum(b["in_service_from"] < datetime(2016, 11, 1) for b in found["lits"]) == 60


@every_house
def test_a_family_has_its_room_to_itself(profile: Profile, seed: int) -> None:
    house = lists(profile, seed)
    own = {r["room_code"] for r in house["chambres"] if r["room_type"] in ("chambre_famille", "mere_enfant")}
    bed_rooms = {bed["bed_code"]: bed["room_code"] for bed in house["lits"]}
    heads = {s["stay_no"]: s.get("head_stay_no", s["stay_no"]) for s in house["sejours"]}
    for night in Period(date(2025, 11, 1), TODAY - timedelta(days=1)):
        slept = [p for p in house["couchages"] if covers(p["from"], p.get("to"), night)]
        families = {(p.get("room_code") or bed_rooms[p["bed_code"]], heads[p["stay_no"]]) for p in slept}
        rooms = [room for room, _ in families if room in own]
        assert len(rooms) == len(set(rooms))
