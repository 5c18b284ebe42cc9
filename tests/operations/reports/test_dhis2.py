"""A month leaves for DHIS2: through the gate, as it was closed, taken back where it is not said any more."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import DiskFull, Missing, NotAllowed, WouldOverwrite
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import dhis2 as identifiers
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.refusals import NotADhis2Period
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.refusals import NoAgreement, StaysHere, WordsUnread
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, closing, dhis2, month_versions, proving, reports
from shelter_desk.operations.reports.dhis2 import ForDhis2
from shelter_desk.operations.sending import recipients, sendings
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, clock_check, unlocking
from shelter_desk.storage.reports import versions
from shelter_desk.system import clock
from tests.operations.retention_scene import last_line
from tests.operations.shelter import admit, open_small_shelter

TO = GateAnswers("Ministère", "tutelle", channel="courriel")
ALL = "sans_objet"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Five women have been here for a hundred days, of one country."""
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B", "1C", "1D", "4A"):
        admit(opened, code, days=100)
    yield opened
    opened.close()


def last(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def leave(desk: Desk, out: Path, gate: GateAnswers = TO, level: Profile = "partenaire") -> ForDhis2:
    return dhis2.export(desk, month_versions.month(desk, last(desk)), level, out, gate)


def places(told: dict[str, Any], *, gone: bool = False) -> dict[tuple[str, str], str | None]:
    return {
        (one["dataElement"], one["categoryOptionCombo"]): one.get("value")
        for one in told["dataValues"]
        if one.get("deleted", False) == gone
    }


def test_a_draft_is_written_and_is_not_complete(desk: Desk, tmp_path: Path) -> None:
    made = leave(desk, tmp_path / "out.json")
    told = read(made.path)
    assert (told["period"], "completeDate" in told) == (f"{last(desk).first:%Y%m}", False)
    assert (made.metadata.name, made.values, made.gone) == ("out-metadata.json", len(told["dataValues"]), 0)
    known = read(made.metadata)
    assert [one["name"] for one in known["organisationUnits"]] == ["Maison des Essais"]
    assert told["orgUnit"] == known["organisationUnits"][0]["id"]


def test_the_numbers_are_those_of_the_level_and_of_what_was_closed(desk: Desk, tmp_path: Path) -> None:
    admit(desk, "2A", sex="m", days=95)  # one man: numbers are hidden
    version = closing.close(desk, last(desk), lambda _: ALL)
    with desk.because_late("saisie_tardive"):
        admit(desk, "2B", sex="m", days=95)  # after the closing: counts nowhere
    told = read(leave(desk, tmp_path / "out.json").path)
    month = month_versions.month(desk, last(desk))
    given, number = reports.shown(month, "partenaire"), backups.number(desk)
    wanted = {
        identifiers.place_of(one.ref, "Monthly", number): float(one.value)
        for one in given.figures.values()
        if one.value is not None and one.value is not HIDDEN
    }
    assert {place: float(value or "") for place, value in places(told).items()} == wanted
    assert any(one.value is HIDDEN for one in given.figures.values())
    assert told["completeDate"] == version.made_at.date().isoformat()


def test_it_is_kept_as_what_left_with_a_copy_and_a_line(desk: Desk, tmp_path: Path) -> None:
    closing.close(desk, last(desk), lambda _: ALL)
    out = leave(desk, tmp_path / "out.json").path
    one = sendings.sent_files(desk)[0]
    assert (one.sending.kind, one.sending.level, one.sending.recipient, one.sent.version, one.has_copy) == (
        "dhis2", "partenaire", "Ministère", 1, True,
    )  # fmt: skip
    line = last_line(desk)
    assert (line.action, json.loads(line.details)["profile"]) == ("dhis2_exported", "partenaire")
    found = proving.verify(desk, out)
    assert (found.is_intact, found.recipients) == (True, ("Ministère",))


def test_what_replaces_it_is_the_same_period_and_takes_back_what_is_not_said_any_more(
    desk: Desk, tmp_path: Path
) -> None:
    closing.close(desk, last(desk), lambda _: ALL)
    first = read(leave(desk, tmp_path / "first.json").path)
    with desk.because_late("preuve_nouvelle"):
        admit(desk, "2A", sex="m", days=95)  # one man: what was open beside him is hidden now
    closing.rectify(desk, last(desk), "preuve nouvelle")
    made = leave(desk, tmp_path / "second.json")
    second = read(made.path)
    assert {key: second[key] for key in ("dataSet", "period", "orgUnit")} == {
        key: first[key] for key in ("dataSet", "period", "orgUnit")
    }
    before, now, gone = places(first), places(second), places(second, gone=True)
    assert set(gone) == set(before) - set(now)
    assert made.gone == len(gone) > 0
    assert set(gone.values()) == {None}
    other = read(leave(desk, tmp_path / "other.json", GateAnswers("OIM", "rapport_projet")).path)
    assert not places(other, gone=True)  # it was never given to them


def test_a_coarser_level_tells_nothing_of_a_finer_one_and_no_day_of_an_admission(desk: Desk, tmp_path: Path) -> None:
    agreed = replace(
        recipients.usual("Ministère"),
        agreement_no="C-1",
        agreement_until=desk.today() + timedelta(days=90),
        levels=("public", "partenaire", "convention"),
    )
    recipients.keep_recipient(desk, agreed)
    closing.close(desk, last(desk), lambda _: ALL)
    exact = leave(desk, tmp_path / "exact.json", replace(TO, agreement="C-1"), "convention")
    levels: tuple[Profile, ...] = ("partenaire", "public")
    for level in levels:
        made = leave(desk, tmp_path / f"{level}.json", level=level)
        assert set(places(read(exact.path))) - set(places(read(made.path)))  # which of them are zeros it does not say
        assert (made.gone, places(read(made.path), gone=True)) == (0, {})
        opened = read(made.metadata)["organisationUnits"][0]["openingDate"]
        assert opened.endswith("-01-01")


def test_a_line_that_cannot_be_kept_leaves_no_file(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("out")

    monkeypatch.setattr(versions, "tell_leaving", full)
    with pytest.raises(DiskFull):
        leave(desk, tmp_path / "out.json")
    with pytest.raises(DiskFull):
        reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", tmp_path / "out.xlsx", TO)
    assert [one.name for one in tmp_path.iterdir()] == ["shelter"]


def test_what_was_written_on_the_first_day_of_a_month_leaves_every_later_one_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = (last(desk).month_after if desk.today().day > 1 else last(desk)).month_after
    noon = datetime.combine(after.first, time(12))
    monkeypatch.setattr(clock, "now", lambda: noon)
    clock_check.accept(desk)
    reports.export(desk, month_versions.month(desk, after), "partenaire", tmp_path / "first.xlsx", TO)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1))
    made = dhis2.export(desk, month_versions.month(desk, after.month_before), "partenaire", tmp_path / "b.json", TO)
    assert made.values > 0
    closing.close(desk, after.month_before, lambda _: ALL)
    (first,) = (one.sending for one in sendings.sent_files(desk) if one.sending.file_name == "first.xlsx")
    assert (first.period.first, first.period.nights) == (after.first, 0)


def test_what_one_recipient_got_is_hidden_for_them_from_then_on(desk: Desk, tmp_path: Path) -> None:
    """A file for DHIS2 counts for the proof as a workbook does."""
    admit(desk, "2A", sex="m", days=40)
    first = places(read(leave(desk, tmp_path / "a.json").path))
    reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", tmp_path / "a.xlsx", TO)
    assert places(read(leave(desk, tmp_path / "b.json").path)) == first


def test_the_internal_level_and_a_level_that_somebody_may_not_have_are_refused(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    with pytest.raises(StaysHere):
        leave(desk, out, GateAnswers(), "interne")
    with pytest.raises(NoAgreement):
        leave(desk, out, TO, "convention")
    with pytest.raises(Missing):
        leave(desk, out, GateAnswers("Ministère"))
    assert (list(tmp_path.glob("*.json")), sendings.sent_files(desk)) == ([], [])


def test_days_that_dhis2_does_not_know_are_refused(desk: Desk, tmp_path: Path) -> None:
    running = reports.monthly(desk, Period.month(desk.today().year, desk.today().month))
    some = reports.monthly(desk, Period(last(desk).first, last(desk).first))
    for month in (running, some):
        with pytest.raises(NotADhis2Period):
            dhis2.export(desk, month, "partenaire", tmp_path / "out.json", TO)
    assert not list(tmp_path.glob("*.json"))


def test_a_comment_goes_with_its_number_and_is_read_once_more(desk: Desk, tmp_path: Path) -> None:
    ref = ("t2.present_end", ())
    annotations.comment(desk, last(desk), ref, "Une maison pleine")
    told = read(leave(desk, tmp_path / "out.json").path)["dataValues"]
    place = identifiers.place_of(ref, "Monthly", backups.number(desk))
    assert [(one["dataElement"], one["categoryOptionCombo"], one["comment"]) for one in told if "comment" in one] == [
        (*place, "Une maison pleine")
    ]
    annotations.comment(desk, last(desk), ref, "Une fille de 16 ans du Bénin")
    with pytest.raises(WordsUnread):
        leave(desk, tmp_path / "out.json")


def test_neither_file_is_written_over_the_shelter(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(WouldOverwrite):
        leave(desk, tmp_path / "shelter" / "keys.json")


def test_only_who_exports_reports_may(desk: Desk, tmp_path: Path) -> None:
    other = "quatre pirogues lentes"
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, other)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent B", other) as mine, pytest.raises(NotAllowed):
        leave(mine, tmp_path / "out.json")
