"""A month is closed, kept as it was, opened again while nothing left, and replaced once something did."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ClockWrong, Damaged, Missing, NotAllowed
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import snapshots
from shelter_desk.domain.reports.refusals import (
    AlreadySent,
    EarlierOpen,
    NoSuchVersion,
    NotAMonth,
    NotClosed,
    NothingDiffers,
    PeriodRuns,
    PointsOpen,
)
from shelter_desk.domain.reports.report import Profile, as_document
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.shelter_copies import OlderCopy
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import key_change, unlocking
from shelter_desk.storage.reports import versions
from shelter_desk.system import clock
from tests.operations.shelter import PASSWORD, admit, born, open_small_shelter

TO = GateAnswers("OIM", "rapport mensuel")
OTHER = "quatre pirogues lentes"
ALL = "sans_objet"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two women have been here for a hundred days."""
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B"):
        admit(opened, code, days=100)
    yield opened
    opened.close()


def last(desk: Desk) -> Period:
    """The last month that is over."""
    return Period(desk.today(), desk.today()).month_before


def closed(desk: Desk, period: Period | None = None) -> Period:
    period = period or last(desk)
    closing.close(desk, period, lambda _: ALL)
    return period


def correct(desk: Desk) -> None:
    """Somebody who was written down as a woman of 27 is a girl of 15."""
    line = residents.listed(desk, "here")[0]
    person = residents.record(desk, line.person.id).person
    with desk.because_late("preuve_nouvelle"):
        residents.correct(desk, replace(person, birth=born(15)), residents.name(desk, person.id))


def admit_late(desk: Desk, code: str, days: int) -> None:
    with desk.because_late("saisie_tardive"):
        admit(desk, code, days=days)


def told(desk: Desk, period: Period, version: int | None = None) -> bytes:
    return json.dumps(as_document(month_versions.month(desk, period, version).report)).encode()


def test_a_month_that_runs_is_not_closed(desk: Desk) -> None:
    this = Period.month(desk.today().year, desk.today().month)
    with pytest.raises(PeriodRuns):
        closing.close(desk, this, lambda _: ALL)
    assert month_versions.current(desk) == {}


def test_what_is_no_calendar_month_is_refused_before_anything_is_asked(desk: Desk) -> None:
    two = Period(last(desk).month_before.first, last(desk).last)
    with pytest.raises(NotAMonth):
        closing.check(desk, reports.monthly(desk, two))
    with pytest.raises(NotAMonth):
        closing.close(desk, two, lambda _: ALL)


def test_points_are_settled_or_accepted_one_by_one(desk: Desk) -> None:
    period = last(desk)
    for _ in range(2):
        admit(desk, days=100)  # without a place
    points = reports.points(desk, reports.read(desk, period))
    assert len({one.key for one in points}) == len(points) > 1
    with pytest.raises(PointsOpen) as refused:
        closing.close(desk, period, lambda point: "preuve_papier" if point == points[0] else "")
    assert (refused.value.n, month_versions.current(desk)) == (len(points) - 1, {})
    made = closing.close(desk, period, lambda _: "preuve_papier")
    assert {one.key for one in month_versions.accepted(desk, made.id)} == {one.key for one in points}


def test_a_closed_month_is_shown_as_it_was_whatever_is_corrected_afterwards(desk: Desk) -> None:
    period = closed(desk)
    before = told(desk, period)
    assert json.loads(before)["state"] == "clos"
    correct(desk)
    assert told(desk, period) == before
    assert reports.monthly(desk, period).report.value("t5.minors", ("child_status", "non_renseigne")) != 0


def test_the_workbook_of_a_closed_month_is_the_same_to_the_byte(desk: Desk, tmp_path: Path) -> None:
    period = closed(desk)
    reports.export(desk, month_versions.month(desk, period), "interne", tmp_path / "a.xlsx")
    correct(desk)
    reports.export(desk, month_versions.month(desk, period), "interne", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_closing_again_gives_the_same_version(desk: Desk) -> None:
    period = closed(desk)
    first = month_versions.standing(desk, period).current
    assert closing.close(desk, period) == first


def test_the_months_are_closed_in_their_order_from_the_first_one_on(desk: Desk) -> None:
    period = last(desk)
    closed(desk, period.month_before.month_before)
    with pytest.raises(EarlierOpen) as refused:
        closed(desk, period)
    assert refused.value.first == period.month_before.first
    closed(desk, period.month_before)
    closed(desk, period)
    chain = [(one.sha256, one.previous) for one in month_versions.current(desk).values()]
    assert [previous for _, previous in chain] == ["", *(digest for digest, _ in chain[:-1])]


def test_a_month_of_which_nothing_left_is_opened_again_for_a_reason(desk: Desk, tmp_path: Path) -> None:
    period = closed(desk)
    with pytest.raises(Missing):
        closing.reopen(desk, period, " ")
    reports.export(desk, month_versions.month(desk, period), "interne", tmp_path / "ours.xlsx")
    closing.reopen(desk, period, "un oubli")
    there = month_versions.standing(desk, period)
    assert (there.current, [one.cancelled_at is not None for one in there.versions]) == (None, [True])
    correct(desk)
    closed(desk, period)
    assert [one.version for one in month_versions.standing(desk, period).versions] == [1, 2]


def test_what_was_sent_is_never_opened_again(desk: Desk, tmp_path: Path) -> None:
    period = closed(desk)
    reports.export(
        desk,
        month_versions.month(desk, period),
        "partenaire",
        tmp_path / "out.xlsx",
        TO,
    )
    with pytest.raises(AlreadySent):
        closing.reopen(desk, period, "un oubli")
    (sent,) = [one.sent for one in sendings.sent_files(desk)]
    assert (sent.version, sent.sent_by, sent.sending.recipient) == (1, "Agent A", "OIM")
    assert sent.sending.size == (tmp_path / "out.xlsx").stat().st_size


def test_a_draft_that_is_exported_is_kept_too(desk: Desk, tmp_path: Path) -> None:
    period = last(desk)
    reports.export(desk, month_versions.month(desk, period), "partenaire", tmp_path / "draft.xlsx")
    (sent,) = [one.sent for one in sendings.sent_files(desk)]
    assert (sent.version, sent.sending.version, sent.sending.level) == (0, None, "partenaire")


def test_a_version_that_replaces_another_has_the_figures_of_today(desk: Desk) -> None:
    period = closed(desk)
    with pytest.raises(NothingDiffers):
        closing.rectify(desk, period, "pour voir")
    before = told(desk, period)
    correct(desk)
    moved = {one.ref: (one.published, one.now) for one in month_versions.pending(desk, period)}
    girls = ("t2.person_nights", (("sex", "f"), ("age_group", "a12_17")))
    assert moved[girls] == (0, period.nights)
    assert any(one.is_major for one in month_versions.pending(desk, period) if one.ref[0] == "t5.minors")
    made = closing.rectify(desk, period, "âge prouvé")
    assert (made.version.version, made.version.reason, made.number) == (2, "âge prouvé", 1)
    assert {one.ref: (one.published, one.now) for one in made.moved} == moved
    assert month_versions.pending(desk, period) == ()
    assert told(desk, period, 1) == before
    assert json.loads(told(desk, period))["version"] == 2
    with pytest.raises(NoSuchVersion):
        month_versions.month(desk, period, 3)


def test_the_digest_is_that_of_the_canonical_json_and_the_seal_holds_it(desk: Desk) -> None:
    period = closed(desk)
    made = month_versions.standing(desk, period).current
    assert made is not None
    protection = desk.key_of_protection(Permission.REPORT_SEE)
    with desk.reading() as connection:
        content = versions.content(connection, made, protection)
    assert snapshots.digest(content) == made.sha256
    with desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("UPDATE report_versions SET sealed = zeroblob(500)")
    with pytest.raises(Damaged):
        month_versions.month(desk, period)


def test_the_rows_behind_a_figure_are_read_as_today_and_as_older_programs_wrote_them(desk: Desk) -> None:
    report = reports.monthly(desk, closed(desk)).report
    kept = snapshots.written(report)
    pairs = [[figure["rows"][at : at + 2] for at in range(0, len(figure["rows"]), 2)] for _, figure in kept["figures"]]
    assert any(len(rows) > 1 for rows in pairs)
    older = kept | {
        "figures": [[ref, figure | {"rows": rows}] for (ref, figure), rows in zip(kept["figures"], pairs, strict=True)],
        "nights": [list(night) for night in report.nights],
    }
    for written in (kept, older):
        assert snapshots.read(json.loads(snapshots.canonical(written))) == report


def test_a_closed_month_opens_after_all_keys_were_changed(desk: Desk) -> None:
    period = closed(desk)
    before = told(desk, period)
    folder = desk.folder
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        assert told(again, period) == before


def test_an_auditor_reads_a_closed_month_as_a_partner_is_given_it_and_no_other(desk: Desk) -> None:
    user_accounts.add(desk, "Agent E", Role.AUDITOR, OTHER)
    period = closed(desk)
    partner = json.loads(json.dumps(as_document(reports.shown(month_versions.month(desk, period), "partenaire"))))
    folder = desk.folder
    desk.close()
    with unlocking.unlock(folder, "Agent E", OTHER) as auditor:
        assert month_versions.partner_document(auditor, period) == partner
        assert month_versions.partner_document(auditor, period, 1) == partner
        with pytest.raises(NoSuchVersion):
            month_versions.partner_document(auditor, period, 2)
        with pytest.raises(NotClosed):
            month_versions.partner_document(auditor, period.month_before)
        with pytest.raises(NotAllowed):
            month_versions.month(auditor, period)
        with pytest.raises(NotAllowed):
            month_versions.pending(auditor, period)
        with pytest.raises(NotAllowed):
            closing.rectify(auditor, period, "pour voir")
        with pytest.raises(NotAllowed):
            closing.reopen(auditor, period, "pour voir")


def test_only_management_closes(desk: Desk) -> None:
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        closing.close(desk, last(desk), lambda _: ALL)


def test_the_bridge_tells_what_was_corrected_between_two_months(desk: Desk) -> None:
    period = closed(desk, last(desk).month_before)
    after = period.month_after

    def bridge() -> month_versions.Bridge | None:
        return month_versions.bridge(desk, month_versions.month(desk, after).report)

    assert bridge() is None
    admit_late(desk, "1C", 95)
    assert bridge() == month_versions.Bridge(2, 1, 3)
    closed(desk, after)
    admit_late(desk, "1D", 94)
    assert bridge() == month_versions.Bridge(2, 1, 3)  # as the later one was closed
    quarter = Period(period.month_before.first, after.last)
    assert month_versions.bridge(desk, month_versions.month(desk, quarter).report) is None


def test_the_workbook_of_a_version_that_replaces_another_says_what_was_corrected_and_why(
    desk: Desk, tmp_path: Path
) -> None:
    period = closed(desk)
    correct(desk)
    closing.rectify(desk, period, "âge prouvé")
    levels: tuple[Profile, Profile] = ("interne", "partenaire")
    for level in levels:
        reports.export(desk, month_versions.month(desk, period), level, tmp_path / f"{level}.xlsx")
    ours, theirs = (openpyxl.load_workbook(tmp_path / f"{one}.xlsx")["Rectificatif"] for one in levels)
    told = [[cell.value for cell in row] for row in ours.iter_rows()]
    heads = [row[0] for row in told if str(row[0]).startswith(("Cancels", "Reason"))]
    assert heads == ["Cancels and replaces v1", "Reason: âge prouvé"]
    rows = {str(row[1]): row[2:5] for row in told if row[1]}
    assert [0, period.nights, period.nights] in [row for name, row in rows.items() if "12–17" in name]
    assert "s" in {cell.value for row in theirs.iter_rows() for cell in row}


def test_a_month_that_was_opened_and_closed_again_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    period = closed(desk)
    closing.reopen(desk, period, "un oubli")
    correct(desk)
    closed(desk, period)
    reports.export(desk, month_versions.month(desk, period), "interne", tmp_path / "again.xlsx")
    book = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert "Rectificatif" not in book.sheetnames
    assert "Closed, v2" in {cell.value for row in book["01_Garde"].iter_rows() for cell in row}


def test_rectified_versions_are_counted_from_the_closing_that_they_replace(desk: Desk) -> None:
    period = closed(desk)
    correct(desk)
    closing.rectify(desk, period, "âge prouvé")
    closing.reopen(desk, period, "un oubli")
    assert month_versions.standing(desk, period).current is None
    assert {one.cancelled_at is None for one in month_versions.standing(desk, period).versions} == {False}
    closed(desk, period)
    admit_late(desk, "1C", 99)
    made = closing.rectify(desk, period, "saisie tardive")
    assert (made.version.version, made.number) == (4, 1)
    shown = month_versions.month(desk, period)
    assert (shown.report.rectified, shown.replaced is not None and shown.replaced.version) == (1, 3)
    admit_late(desk, "1D", 98)
    assert closing.rectify(desk, period, "encore une").number == 2


def test_nothing_is_closed_replaced_or_opened_in_an_older_copy(desk: Desk) -> None:
    older = OlderCopy(desk.now(), desk.now(), "x", parted=False, here=True)
    desk.older = older
    with pytest.raises(OlderCopy):
        closed(desk)
    desk.older = None
    period = closed(desk)
    correct(desk)
    desk.older = older
    with pytest.raises(OlderCopy):
        closing.rectify(desk, period, "âge prouvé")
    with pytest.raises(OlderCopy):
        closing.reopen(desk, period, "un oubli")
    (made,) = month_versions.standing(desk, period).versions
    assert made.cancelled_at is None


def test_a_clock_put_back_lets_no_workbook_leave(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    month = month_versions.month(desk, last(desk))
    earlier = clock.now() - timedelta(days=2)
    monkeypatch.setattr("shelter_desk.system.clock.now", lambda: earlier)
    with pytest.raises(ClockWrong):
        reports.export(desk, month, "partenaire", tmp_path / "out.xlsx", TO)
    assert not (tmp_path / "out.xlsx").exists()
