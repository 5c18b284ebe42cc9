"""Equipment and its events of a workbook: what is taken in, what is refused with its cell, what comes back the same."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.imports.registers import Look
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.system import clock
from tests.commands.workbooks import Rows, day, golden, write
from tests.domain.casefile.filed import file, storable
from tests.domain.reports.random_facts.random_assets import equipped, registered
from tests.domain.reports.shelters import Shelter
from tests.examples import examples
from tests.operations.shelter import month_when_over, small_shelter

NOVEMBER = Period.month(2026, 11)
BED = {
    "tag_no": "LIT-0001",
    "designation": "Lit métallique",
    "asset_category": "literie",
    "acquisition_mode": "don",
    "acquired_on": day("2026-10-04"),
    "donor": "oim",
    "owner": "centre",
    "cost_xof": 85000,
    "location_room": "F1",
    "asset_status": "en_service",
    "asset_condition": "bon",
    "serial_no": "SN-1",
}
OUT = {
    "tag_no": "LIT-0001",
    "asset_event": "reforme",
    "event_on": day("2026-11-12"),
    "to_room": None,
    "pv_no": "PV-3",
    "reason": "Cassé",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        registers.take_in(opened, registers.look(opened, write(tmp_path / "golden.xlsx", golden())))
        yield opened


def looked(desk: Desk, path: Path, assets: Rows = (), events: Rows = ()) -> Look:  # type: ignore[assignment]
    lists: Mapping[str, Any] = {"immobilisations": list(assets), "evenements_biens": list(events)}
    return registers.look(desk, write(path / "assets.xlsx", {name: rows for name, rows in lists.items() if rows}))


def taken(desk: Desk, path: Path, assets: Rows = (), events: Rows = ()) -> Look:  # type: ignore[assignment]
    look = looked(desk, path, assets, events)
    registers.take_in(desk, look)
    return look


def told(look: Look) -> list[tuple[str, int, str, str]]:
    return [(one.list, one.row, one.column, one.value) for one in look.judgement.refusals]


def counts(look: Look, name: str) -> tuple[int, int, int, int]:
    one = look.judgement.counts[name]
    return one.new, one.changed, one.same, one.refused


def only(desk: Desk) -> History:
    with desk.reading() as connection:
        (found,) = stored_equipment.histories(connection)
    return found


@pytest.fixture
def room(desk: Desk) -> str:
    with desk.reading() as connection:
        return str(connection.exec_driver_sql("SELECT min(room_code) FROM rooms").scalar_one())


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"tag_no": None}, "tag_no", ""),
        ({"designation": None}, "designation", ""),
        ({"asset_category": "vaisselle"}, "asset_category", "vaisselle"),
        ({"acquisition_mode": "vol"}, "acquisition_mode", "vol"),
        ({"acquired_on": "32/13/2026"}, "acquired_on", "32/13/2026"),
        ({"acquired_on": day("2029-01-01")}, "acquired_on", "2029-01-01"),
        ({"acquired_on": "01/01/1801"}, "acquired_on", "01/01/1801"),
        ({"donor": "mécène"}, "donor", "mécène"),
        ({"owner": "voisin"}, "owner", "voisin"),
        ({"cost_xof": -1}, "cost_xof", "-1"),
        ({"cost_xof": "cher"}, "cost_xof", "cher"),
        ({"location_room": "NULLE-PART"}, "location_room", "NULLE-PART"),
        ({"asset_status": "rouge"}, "asset_status", "rouge"),
        ({"asset_status": None}, "asset_status", ""),
        ({"asset_condition": "joli"}, "asset_condition", "joli"),
        ({"quantity": 0}, "quantity", "0"),
    ],
)
def test_an_asset_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], column: str, value: str
) -> None:
    asset = {**BED, "location_room": None, "quantity": None, **cells}
    assert told(looked(desk, tmp_path, [asset])) == [("immobilisations", 3, column, value)]


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"tag_no": "LIT-9999"}, "tag_no", "LIT-9999"),
        ({"asset_event": "envol"}, "asset_event", "envol"),
        ({"event_on": "hier"}, "event_on", "hier"),
        ({"event_on": day("2026-10-03")}, "event_on", "2026-10-03"),
        ({"event_on": day("2029-01-01")}, "event_on", "2029-01-01"),
        ({"to_room": "NULLE-PART"}, "to_room", "NULLE-PART"),
        ({"pv_no": None}, "pv_no", ""),
    ],
)
def test_an_event_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], column: str, value: str
) -> None:
    look = looked(desk, tmp_path, [{**BED, "location_room": None}], [{**OUT, **cells}])
    assert told(look) == [("evenements_biens", 3, column, value)]


def test_a_tag_stands_once_in_a_file_and_a_serial_number_on_one_thing(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None}
    look = looked(desk, tmp_path, [bed, {**bed, "serial_no": "SN-2"}, {**bed, "tag_no": "LIT-2", "serial_no": "sn-1"}])
    assert told(look) == [
        ("immobilisations", 4, "tag_no", "LIT-0001"),
        ("immobilisations", 5, "serial_no", "sn-1"),
    ]


def test_where_there_is_no_serial_number_people_write_so(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None, "serial_no": "sans"}
    assert told(looked(desk, tmp_path, [bed, {**bed, "tag_no": "LIT-2"}])) == []


def test_a_refused_event_leaves_the_asset_as_it_was(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None}
    look = looked(desk, tmp_path, [bed], [{**OUT, "to_room": "NULLE-PART"}])
    (kept,) = look.judgement.standing["immobilisations"].values()
    assert kept.values["asset_status"] == "en_service"


def test_labels_and_numbers_are_read_as_people_write_them(desk: Desk, tmp_path: Path, room: str) -> None:
    asset = {
        **BED,
        "location_room": room.lower(),
        "asset_category": "Matelas",
        "acquisition_mode": "Don",
        "acquired_on": "04/10/2026",
        "cost_xof": "85 000 FCFA",
        "asset_status": "En service",
        "asset_condition": "Bon",
    }
    assert told(taken(desk, tmp_path, [asset])) == []
    found = only(desk).asset
    assert (found.category, found.cost, found.condition, found.acquired_on) == (
        "literie",
        85000,
        "bon",
        date(2026, 10, 4),
    )


def test_a_shelter_s_own_list_is_known_by_its_headings(desk: Desk, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Feuil1"
    heads = ("N° inventaire", "Désignation", "Catégorie", "Mode", "Date acquisition", "Bailleur", "Propriétaire")
    sheet.append([*heads, "Statut", "État", "Valeur"])
    sheet.append(["M-1", "Table", "Mobilier", "Achat", "04/10/2026", "oim", "Centre", "En service", "Bon", "12 000"])
    book.save(tmp_path / "own.xlsx")
    look = registers.look(desk, tmp_path / "own.xlsx")
    assert (told(look), counts(look, "immobilisations")) == ([], (1, 0, 0, 0))


def test_what_was_taken_in_stands_in_the_figures_of_the_month(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None, "asset_status": "reforme"}
    assert told(taken(desk, tmp_path, [bed, {**bed, "tag_no": "L2", "serial_no": None, "quantity": 20}], [OUT])) == []
    report = month_when_over(desk, NOVEMBER).report
    assert [report.value(f"t10.{key}") for key in ("start", "disposed", "end")] == [1, 1, 0]
    assert report.failed == ()


def test_events_alone_take_an_asset_out_of_the_register(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None}
    taken(desk, tmp_path, [bed])
    taken(desk, tmp_path, [], [OUT])
    assert only(desk).asset.status == "reforme"
    look = looked(desk, tmp_path, [bed], [OUT])
    assert (counts(look, "immobilisations"), counts(look, "evenements_biens")) == ((0, 0, 1, 0), (0, 0, 1, 0))


def test_an_event_that_leaves_the_thing_here_does_not_overrule_the_register(desk: Desk, tmp_path: Path) -> None:
    taken(desk, tmp_path, [{**BED, "location_room": None}])
    taken(desk, tmp_path, [], [{**OUT, "asset_event": "panne"}])
    assert only(desk).asset.status == "en_service"


def test_a_changed_cell_changes_its_row_and_an_empty_one_erases_nothing(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None}
    taken(desk, tmp_path, [bed])
    look = looked(desk, tmp_path, [{**bed, "cost_xof": None, "asset_condition": "moyen"}])
    assert counts(look, "immobilisations") == (0, 1, 0, 0)
    registers.take_in(desk, look)
    assert (only(desk).asset.cost, only(desk).asset.condition) == (85000, "moyen")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patched, small_shelter(tmp_path_factory.mktemp("assets") / "s") as opened:
        patched.setattr(clock, "now", lambda: datetime(2027, 6, 1, 12))  # after every random day
        opened.clock_accepted = True
        yield opened


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
@given(shelter=equipped())
def test_any_register_of_equipment_written_and_read_again_is_the_same(
    whole: Desk, tmp_path: Path, shelter: Shelter
) -> None:
    with whole.database.transaction(EVERYTHING) as connection:
        file(connection, storable(registered(shelter)))
    register_export.export(whole, tmp_path / "out.xlsx")

    looked_again = registers.look(whole, tmp_path / "out.xlsx")

    assert looked_again.judgement.refusals == []
    assert {
        name: (one.new, one.changed, one.refused) for name, one in looked_again.judgement.counts.items()
    } == dict.fromkeys(looked_again.judgement.counts, (0, 0, 0))


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[*HealthCheck])
@given(shelter=equipped())
def test_a_register_taken_into_an_empty_shelter_tells_the_same_figures(
    whole: Desk, tmp_path: Path, shelter: Shelter
) -> None:
    with whole.database.transaction(EVERYTHING) as connection:
        shelter.tickets.clear()
        file(connection, storable(registered(shelter)))
    before = equipment_of(whole)
    register_export.export(whole, tmp_path / "out.xlsx")
    with whole.database.transaction(EVERYTHING) as connection:
        file(connection, Shelter())
    registers.take_in(whole, registers.look(whole, tmp_path / "out.xlsx"))
    assert equipment_of(whole) == before


def equipment_of(desk: Desk) -> list[dict[Any, Any]]:
    found = []
    for month in (9, 10, 11, 12):
        figures = month_when_over(desk, Period.month(2026, month)).report.figures
        found.append({ref: one.value for ref, one in figures.items() if ref[0].startswith("t10.") and one.value})
    return found


def test_who_a_thing_went_to_comes_back_with_its_event(desk: Desk, tmp_path: Path) -> None:
    bed = {**BED, "location_room": None, "asset_status": "pret"}
    lent = {**OUT, "asset_event": "affectation", "asset_status": "pret", "third_party": "Atelier de couture"}
    taken(desk, tmp_path, [bed], [lent])
    register_export.export(desk, tmp_path / "out.xlsx")
    again = registers.look(desk, tmp_path / "out.xlsx")
    assert only(desk).events[0].other_party == "Atelier de couture"
    assert (counts(again, "immobilisations"), counts(again, "evenements_biens")) == ((0, 0, 1, 0), (0, 0, 1, 0))
