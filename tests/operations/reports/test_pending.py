"""What moved in closed months: which rows, who wrote it and why, and what asks for a version that replaces it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.closing import Correction, corrections
from shelter_desk.domain.reports.figures import HIDDEN, TOTAL
from shelter_desk.domain.reports.pending import LateFact, PendingCorrection, behind
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, pending, reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.stays import placing, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.today import today
from shelter_desk.words.reports import closing as words
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, bed, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


@pytest.fixture
def she(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=100)
    admit(desk, "1B", days=100)
    closing.close(desk, month(desk), lambda _: "sans_objet")
    return made


def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def at(desk: Desk, day: int) -> datetime:
    return datetime.combine(month(desk).first + timedelta(days=day), time(15))


def leave_late(desk: Desk, she: Admitted) -> None:
    with desk.because_late("saisie_tardive"):
        stays.leave(desk, she.stay, at(desk, 20), "autonomie", "inconnue")


def by_figure(desk: Desk) -> dict[str, PendingCorrection]:
    return {one.correction.ref[0]: one for one in pending.of_month(desk, month(desk)) if one.correction.ref[1] == TOTAL}


def test_a_late_exit_is_a_correction_with_its_row_and_who_wrote_it_why(desk: Desk, she: Admitted) -> None:
    assert pending.of_month(desk, month(desk)) == ()
    leave_late(desk, she)
    exits = by_figure(desk)["t2.exits"]
    assert (exits.correction.published, exits.correction.now, exits.correction.rows) == (0, 1, (she.stay,))
    (fact,) = exits.late
    code = residents.record(desk, she.person).person.code
    assert (fact.who, fact.code, fact.reason) == ("Agent A", code, "saisie_tardive")
    told = words.late_facts(exits)
    assert told.startswith("Agent A, ")
    assert told.endswith(f"{code}: Typed late")
    rate = by_figure(desk)["t1.occupancy_rate"]
    assert (rate.correction.rows, rate.late) == ((), (fact,))  # a rate is made of others


def test_of_a_sending_what_its_reader_was_given_and_is_another_number_now(
    desk: Desk, she: Admitted, tmp_path: Path
) -> None:
    out = tmp_path / "rapport.xlsx"
    reports.export(desk, month_versions.month(desk, month(desk)), "partenaire", out, GateAnswers("OIM", "rapport"))
    (sending,) = (one.sending for one in sendings.sent_files(desk))
    leave_late(desk, she)
    assert pending.since(desk, sending) == ()
    moved = month_versions.pending(desk, month(desk))
    closing.rectify(desk, month(desk), "une sortie oubliée")
    given = pending.since(desk, sending)
    assert set(given) < set(moved)
    printed = reports.shown(month_versions.month(desk, month(desk), 1), "partenaire")
    read = {one.ref for one in printed.figures.values() if one.value is not HIDDEN}
    assert {one.ref for one in given} == {one.ref for one in moved} & read


def test_who_wrote_something_of_another_stay_is_not_named(desk: Desk, she: Admitted) -> None:
    leave_late(desk, she)
    other = next(one for one in residents.listed(desk, "here") if one.stay is not None and one.stay.id != she.stay)
    assert other.stay is not None
    with desk.because_late("erreur"):
        assistance.give(desk, [Service(ServiceId(0), "", at(desk, 3).date(), other.stay.id, "san_consult")])
    found = by_figure(desk)
    assert [one.reason for one in found["t2.exits"].late] == ["saisie_tardive"]
    consultations = ("t6.events", (("service_type", "san_consult"),))
    (given,) = (one for one in pending.of_month(desk, month(desk)) if one.correction.ref == consultations)
    assert [one.reason for one in given.late] == ["erreur"]


def test_what_a_bed_moves_is_nobodys_late_fact(desk: Desk, she: Admitted) -> None:
    beds.block(desk, bed(desk, "1D").id, "maintenance", at(desk, 3), at(desk, 9), "peinture")
    moved = by_figure(desk)["t1.unavailable_bed_nights"]
    assert (moved.correction.now, moved.late, words.late_facts(moved)) == (6, (), "—")


def test_an_alert_level_that_is_set_anew_has_no_effect_backwards(desk: Desk, she: Admitted) -> None:
    scene.soap(desk)
    figures = {one.correction.ref[0] for one in pending.of_month(desk, month(desk))}
    assert "t11.alert_level" in {key for key, _ in reports.monthly(desk, month(desk)).report.figures}
    assert "t11.alert_level" not in figures
    assert she.stay


def test_a_figure_that_was_not_counted_yet_when_a_month_was_closed_is_no_correction_of_it(
    desk: Desk, she: Admitted
) -> None:
    now = reports.monthly(desk, month(desk)).report
    new, nights = "t1.person_nights", now.value("t1.person_nights")
    lines = {ref: one for ref, one in now.figures.items() if ref[0] != new}
    closed = replace(now, figures={**lines, ("t2.exits", TOTAL): replace(lines["t2.exits", TOTAL], value=7)})
    for counted in (frozenset(), now.counted - {new}):  # an older program says nothing of what it counts
        assert [one.ref for one in corrections(replace(closed, counted=counted), now)] == [("t2.exits", TOTAL)]
    moved = {one.ref: (one.published, one.now) for one in corrections(closed, now)}
    assert moved["t1.person_nights", TOTAL] == (0, nights)  # there was none of it, and now there is
    assert she.stay


def test_rows_that_are_no_stays_are_found_by_what_was_written() -> None:
    now = datetime(2026, 12, 2)
    incident = LateFact(now, "Agent A", "INC-1", "erreur", frozenset({7}), frozenset({("incidents", 7)}))
    of_stay = LateFact(now, "Agent A", "7K3-QMX-E", "erreur", frozenset({7}), frozenset({("services", 7)}))
    moved = Correction(("t12.incidents", TOTAL), 0, 1, (7,), "incident")
    assert behind(moved, [incident, of_stay]) == (incident,)
    assert behind(Correction(("t2.exits", TOTAL), 0, 1, (8,)), [incident, of_stay]) == ()


def test_an_important_figure_asks_for_a_version_that_replaces_the_month(desk: Desk, she: Admitted) -> None:
    assert today.months_to_rectify(desk) == []
    leave_late(desk, she)
    (task,) = today.months_to_rectify(desk)
    assert (task.matter, task.page, task.day) == (
        "month_to_rectify",
        f"reports/{month(desk).first:%Y-%m}",
        month(desk).first,
    )
    closing.rectify(desk, month(desk), "sortie tardive")
    assert today.months_to_rectify(desk) == []
    assert pending.of_month(desk, month(desk)) == ()


def test_a_small_one_asks_for_nothing(desk: Desk, she: Admitted) -> None:
    with desk.because_late("erreur"):
        stays.move(desk, she.stay, placing.Spot("appoint"), at(desk, 20))
    assert pending.of_month(desk, month(desk))
    majors = [one.correction.ref for one in pending.of_month(desk, month(desk)) if one.correction.is_major]
    assert (today.months_to_rectify(desk) == []) == (majors == [])


def test_an_auditor_reads_no_corrections(desk: Desk, she: Admitted) -> None:
    desk.role = Role.AUDITOR
    with pytest.raises(NotAllowed):
        pending.of_month(desk, month(desk))


def test_small_corrections_stand_in_the_report_of_the_next_month_that_is_closed_and_in_no_other(
    desk: Desk, tmp_path: Path
) -> None:
    she, last = admit(desk, "1A", days=130), month(desk)
    first, second = last.month_before.month_before, last.month_before
    closing.close(desk, first, lambda _: "sans_objet")
    with desk.because_late("erreur"):
        day = first.first + timedelta(days=20)
        assistance.give(desk, [Service(ServiceId(0), "", day, she.stay, "nfi_hygiene", quantity=3)])
    moved = {one.ref: one for one in month_versions.pending(desk, first)}
    small = [one for one in moved.values() if not one.is_major]
    assert small
    closing.close(desk, second, lambda _: "sans_objet")
    closing.close(desk, last, lambda _: "sans_objet")
    levels: tuple[Profile, ...] = ("interne", "partenaire")
    for level in levels:
        for one in (second, last):
            reports.export(desk, month_versions.month(desk, one), level, tmp_path / f"{level}{one.first:%m}.xlsx")
    book = openpyxl.load_workbook(tmp_path / f"interne{second.first:%m}.xlsx")
    rows = [row for row in book["Corrections"].iter_rows(values_only=True) if isinstance(row[1], str)]
    told = {row[1] for row in rows[1:]}
    assert told == {words.figure(one.ref) for one in small}
    assert "Corrections" not in openpyxl.load_workbook(tmp_path / f"interne{last.first:%m}.xlsx").sheetnames
    theirs = openpyxl.load_workbook(tmp_path / f"partenaire{second.first:%m}.xlsx")["Corrections"]
    shown = [row[2:5] for row in theirs.iter_rows(values_only=True) if row[1] in told]
    assert all((row[0] == "s") == (row[1] == "s") for row in shown)


def test_accepted_points_are_told_by_code_in_the_house_and_counted_elsewhere(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        admit(desk, days=100)  # without a place
    points = [one for one in reports.points(desk, reports.read(desk, month(desk))) if one.matter == "unplaced"]
    closing.close(desk, month(desk), lambda _: "preuve_papier: cahier")
    levels: tuple[Profile, ...] = ("interne", "partenaire", "public")
    for level in levels:
        reports.export(desk, month_versions.month(desk, month(desk)), level, tmp_path / f"{level}.xlsx")
    ours, theirs, everybodys = (openpyxl.load_workbook(tmp_path / f"{one}.xlsx") for one in levels)
    told = [row[:3] for row in ours["14_Points"].iter_rows(values_only=True)]
    for point in points:
        assert ("Nights without a place", point.code, "Proof on paper: cahier") in told
    counted = [row[:2] for row in theirs["14_Points"].iter_rows(values_only=True)]
    assert ("Nights without a place", len(points)) in counted
    cells = {str(cell) for row in theirs["14_Points"].iter_rows(values_only=True) for cell in row}
    assert not any(point.code in cell or "cahier" in cell for point in points for cell in cells)
    assert "14_Points" not in everybodys.sheetnames
