"""Services and referrals of a workbook: what is taken in, what is refused with its cell, what is never touched."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.imports.registers import Look
from shelter_desk.operations.services import service_catalogue
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.words.reports import reports as report_words
from tests.commands.workbooks import Rows, day, golden, write
from tests.operations.shelter import month_when_over, small_shelter

NOVEMBER = Period.month(2026, 11)
SERVICE = {
    "service_no": "S-2026-00001",
    "service_on": day("2026-11-04"),
    "stay_no": "S01",
    "service_type": "san_consult",
    "quantity": 1,
    "provider_kind": "centre",
}
REFERRAL = {
    "referral_no": "R-2026-0001",
    "stay_no": "S01",
    "direction": "sortante",
    "issued_on": day("2026-11-04"),
    "partner": "Centre de santé Baobab",
    "service_wanted": "san",
    "status": "emise",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        registers.take_in(opened, registers.look(opened, write(tmp_path / "golden.xlsx", golden())))
        yield opened


def looked(desk: Desk, path: Path, services: Rows = (), referrals: Rows = ()) -> Look:  # type: ignore[assignment]
    lists: Mapping[str, Any] = {"services": list(services), "referencements": list(referrals)}
    return registers.look(desk, write(path / "care.xlsx", {name: rows for name, rows in lists.items() if rows}))


def told(look: Look) -> list[tuple[str, int, str, str]]:
    return [(one.list, one.row, one.column, one.value) for one in look.judgement.refusals]


def counts(look: Look, name: str) -> tuple[int, int, int, int]:
    one = look.judgement.counts[name]
    return one.new, one.changed, one.same, one.refused


def only(desk: Desk) -> Service:
    with desk.reading() as connection:
        (found,) = stored_assistance.within(connection, NOVEMBER)
    return found


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"stay_no": "S99"}, "stay_no", "S99"),
        ({"service_type": "heb_nuitee"}, "service_type", "heb_nuitee"),
        ({"service_type": "Nuitée (calculée)"}, "service_type", "Nuitée (calculée)"),
        ({"service_type": "magie"}, "service_type", "magie"),
        ({"service_type": None}, "service_type", ""),
        ({"quantity": 0}, "quantity", "0"),
        ({"quantity": -2}, "quantity", "-2"),
        ({"quantity": "beaucoup"}, "quantity", "beaucoup"),
        ({"quantity": None}, "quantity", ""),
        ({"service_on": "32/13/2026"}, "service_on", "32/13/2026"),
        ({"service_on": day("2028-01-01")}, "service_on", "2028-01-01"),
        ({"provider_kind": "voisin"}, "provider_kind", "voisin"),
        ({"donor": "mécène"}, "donor", "mécène"),
        ({"cost_xof": -500}, "cost_xof", "-500"),
        ({"cost_xof": "gratuit"}, "cost_xof", "gratuit"),
        ({"service_no": None}, "service_no", ""),
    ],
)
def test_a_service_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], column: str, value: str
) -> None:
    look = looked(desk, tmp_path, [{**SERVICE, "donor": None, "cost_xof": None, **cells}])
    assert told(look) == [("services", 3, column, value)]


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"stay_no": "S99"}, "stay_no", "S99"),
        ({"direction": "montante"}, "direction", "montante"),
        ({"status": "perdue"}, "status", "perdue"),
        ({"partner": None}, "partner", ""),
        ({"service_wanted": "san; magie"}, "service_wanted", "san; magie"),
        ({"service_wanted": "heb_nuitee"}, "service_wanted", "heb_nuitee"),
        ({"issued_on": "hier"}, "issued_on", "hier"),
        ({"issued_on": day("2028-01-01")}, "issued_on", "2028-01-01"),
        ({"accepted_on": day("2026-11-03")}, "accepted_on", "2026-11-03"),
        ({"served_on": day("2026-11-03")}, "served_on", "2026-11-03"),
        ({"closed_on": day("2026-11-03")}, "closed_on", "2026-11-03"),
        ({"accepted_on": day("2026-11-09"), "served_on": day("2026-11-08")}, "served_on", "2026-11-08"),
        (
            {"status": "cloturee", "served_on": day("2026-11-09"), "closed_on": day("2026-11-08")},
            "closed_on",
            "2026-11-08",
        ),
        ({"status": "service_recu"}, "served_on", ""),
        ({"status": "cloturee"}, "served_on", ""),
        ({"status": "sans_suite"}, "closed_on", ""),
        ({"status": "refusee_structure"}, "closed_on", ""),
    ],
)
def test_a_referral_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, cells: dict[str, Any], column: str, value: str
) -> None:
    assert told(looked(desk, tmp_path, [], [{**REFERRAL, **cells}])) == [("referencements", 3, column, value)]


@pytest.mark.parametrize(
    "cells",
    [
        {"status": "service_recu", "served_on": day("2026-11-08")},
        {"status": "cloturee", "closed_on": day("2026-11-08")},
        {"status": "sans_suite", "closed_on": day("2026-11-08")},
        {"status": "acceptee"},
        {"status": "annulee"},
    ],
)
def test_a_referral_that_has_the_day_of_its_end_or_is_open_is_taken(
    desk: Desk, tmp_path: Path, cells: dict[str, Any]
) -> None:
    assert told(looked(desk, tmp_path, [], [{**REFERRAL, **cells}])) == []


def test_a_number_stands_once_in_a_file(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, [SERVICE, {**SERVICE, "stay_no": "S02"}], [REFERRAL, REFERRAL])
    assert told(look) == [
        ("services", 4, "service_no", "S-2026-00001"),
        ("referencements", 4, "referral_no", "R-2026-0001"),
    ]


def test_labels_lists_and_numbers_are_read_as_people_write_them(desk: Desk, tmp_path: Path) -> None:
    service = {
        **SERVICE,
        "service_on": "04/11/2026",
        "service_type": "Consultation médicale",
        "quantity": "2,5",
        "cost_xof": "12 500 FCFA",
        "provider_kind": "Partenaire",
    }
    referral = {**REFERRAL, "service_wanted": "Santé, psy", "status": "Envoyé", "direction": "Vers une structure"}
    look = looked(desk, tmp_path, [service], [referral])
    assert told(look) == []
    registers.take_in(desk, look)
    found = only(desk)
    assert (found.service_type, found.quantity, found.cost_xof, found.provider_kind) == (
        "san_consult",
        2.5,
        12500,
        "partenaire",
    )
    with desk.reading() as connection:
        (one,) = stored_referrals.listed(connection)
    assert (one.service_wanted, one.state, one.direction) == (("san", "psy"), "emise", "sortante")


def test_looking_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, [SERVICE], [REFERRAL])
    assert (counts(look, "services"), counts(look, "referencements")) == ((1, 0, 0, 0), (1, 0, 0, 0))
    with desk.reading() as connection:
        assert stored_assistance.within(connection, NOVEMBER) == ()


def test_what_was_taken_in_stands_in_the_figures_of_the_month(desk: Desk, tmp_path: Path) -> None:
    served = {**REFERRAL, "status": "service_recu", "served_on": day("2026-11-08")}
    registers.take_in(desk, looked(desk, tmp_path, [SERVICE, {**SERVICE, "service_no": "S-2"}], [served]))
    report = month_when_over(desk, NOVEMBER).report
    keys = ("t7.issued", "t7.served", "t7.completion_rate", "t7.mean_days_to_service")
    assert [report.value(key) for key in keys] == [1, 1, 100.0, 4.0]
    consulted = (("service_type", "san_consult"),)
    assert [report.value(key, *consulted) for key in ("t6.events", "t6.beneficiaries")] == [2, 1]
    assert report.failed == ()


def test_a_row_taken_in_twice_is_the_same(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, [SERVICE], [REFERRAL]))
    look = looked(desk, tmp_path, [SERVICE], [REFERRAL])
    assert (counts(look, "services"), counts(look, "referencements")) == ((0, 0, 1, 0), (0, 0, 1, 0))


def test_a_changed_cell_changes_its_row_and_an_empty_one_erases_nothing(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, [{**SERVICE, "cost_xof": 1500, "partner": "Baobab"}]))
    look = looked(desk, tmp_path, [{**SERVICE, "quantity": 3, "cost_xof": None, "partner": None}])
    assert counts(look, "services") == (0, 1, 0, 0)
    registers.take_in(desk, look)
    found = only(desk)
    assert (found.quantity, found.cost_xof, found.partner) == (3.0, 1500, "Baobab")


def _given(desk: Desk, **more: Any) -> Service:
    with desk.reading() as connection:
        stays_then = stored_stays.on(connection, NOVEMBER.first)
    stay = next(one.id for one in stays_then if one.stay_no == "S01")
    service = Service(ServiceId(0), "", NOVEMBER.first, stay, "san_consult", **more)
    assistance.give(desk, [service], "Note scellée")
    return only(desk)


def test_what_a_workbook_has_no_column_for_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    before = _given(desk)
    row = {**SERVICE, "service_no": before.service_no, "service_on": day("2026-11-01"), "cost_xof": 700}
    registers.take_in(desk, looked(desk, tmp_path, [row]))
    after = only(desk)
    assert after == replace(before, cost_xof=700)
    assert assistance.note(desk, after.id) == "Note scellée"


def test_a_service_that_was_not_held_is_not_exported_and_its_number_is_taken(desk: Desk, tmp_path: Path) -> None:
    planned = _given(desk, status="prevu")
    register_export.export(desk, tmp_path / "out.xlsx")
    assert "services" not in registers.look(desk, tmp_path / "out.xlsx").judgement.counts
    look = looked(desk, tmp_path, [{**SERVICE, "service_no": planned.service_no}])
    assert told(look) == [("services", 3, "service_no", planned.service_no)]


def test_a_receipt_number_goes_out_comes_back_and_is_not_erased_by_a_workbook_without_it(
    desk: Desk, tmp_path: Path
) -> None:
    row = {**SERVICE, "cost_xof": 4000, "receipt_no": "0147"}
    registers.take_in(desk, looked(desk, tmp_path, [row]))
    register_export.export(desk, tmp_path / "out.xlsx")
    assert counts(registers.look(desk, tmp_path / "out.xlsx"), "services") == (0, 0, 1, 0)
    registers.take_in(desk, looked(desk, tmp_path, [{**SERVICE, "cost_xof": 4500}]))
    assert (only(desk).cost_xof, only(desk).receipt_no) == (4500, "0147")


def test_a_sub_type_of_the_shelter_goes_out_under_its_name_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    made = service_catalogue.add_kind(desk, "san", "Dentiste", "consultation")
    registers.take_in(desk, looked(desk, tmp_path, [{**SERVICE, "service_type": made.code}]))
    register_export.export(desk, tmp_path / "out.xlsx")
    look = registers.look(desk, tmp_path / "out.xlsx")
    assert (told(look), counts(look, "services")) == ([], (0, 0, 1, 0))
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx")["services"].values)
    at = rows[1].index("service_type")
    assert rows[2][at : at + 2] == (made.code, "Dentiste")


def test_a_sub_type_of_the_shelter_is_read_by_its_name(desk: Desk, tmp_path: Path) -> None:
    made = service_catalogue.add_kind(desk, "san", "Dentiste", "consultation")
    registers.take_in(desk, looked(desk, tmp_path, [{**SERVICE, "service_type": "dentiste"}]))
    assert only(desk).service_type == made.code


def test_the_figures_name_a_sub_type_of_the_shelter_by_its_name(desk: Desk, tmp_path: Path) -> None:
    made = service_catalogue.add_kind(desk, "san", "Dentiste", "consultation")
    registers.take_in(desk, looked(desk, tmp_path, [{**SERVICE, "service_type": made.code}]))
    report = month_when_over(desk, NOVEMBER).report
    labels = [
        report_words.label(row.label, report.names)
        for table in tables(report)
        if table.name == "t6"
        for row in table.rows
    ]
    assert "Dentiste" in labels
