"""What somebody with the key of the file writes into closed months and sendings is said, and never read as sent."""

import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ReportsAltered
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, reports
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, key_change, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.keys import keys
from shelter_desk.storage.reports import versions
from shelter_desk.storage.tables import sendings
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

OTHER = "quatre pirogues lentes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two months are closed, and one of them was written for a partner."""
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A", days=100)
    user_accounts.add(opened, "Agent B", Role.AUDITOR, OTHER)
    for period in (last(opened).month_before, last(opened)):
        closing.close(opened, period, lambda _: "sans_objet")
    gate = GateAnswers("OIM", "rapport mensuel")
    reports.export(opened, month_versions.month(opened, last(opened)), "partenaire", tmp_path / "out.xlsx", gate)
    yield opened
    opened.close()


def last(desk: Desk) -> Period:
    """The last month that is over."""
    return Period(desk.today(), desk.today()).month_before


def write(desk: Desk, statement: str, **values: object) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text(statement), values)


def other_document(desk: Desk) -> None:
    """One more entry in what the auditor reads of the last month."""
    with desk.reading() as connection:
        packed = connection.execute(text("SELECT partner FROM report_versions ORDER BY id DESC LIMIT 1")).scalar_one()
    told = zlib.decompress(packed).decode()
    made = json.loads(told)
    made["document"]["figures"][0][1]["value"] = 4711
    altered = zlib.compress(json.dumps(made).encode())
    write(
        desk,
        "UPDATE report_versions SET partner = :made WHERE id = (SELECT max(id) FROM report_versions)",
        made=altered,
    )


ALTERED: dict[str, Callable[[Desk], None]] = {
    "the document": other_document,
    "no document": lambda desk: write(desk, "UPDATE report_versions SET partner = NULL"),
    "nonsense": lambda desk: write(desk, "UPDATE report_versions SET partner = x'00'"),
    "a document of another month": lambda desk: write(
        desk, "UPDATE report_versions SET partner = (SELECT partner FROM report_versions WHERE id = 1) WHERE id = 2"
    ),
    "the sum": lambda desk: write(desk, "UPDATE report_versions SET sha256 = 'ab'"),
    "the chain": lambda desk: write(desk, "UPDATE report_versions SET previous = 'ab' WHERE id = 2"),
}


def test_months_that_nobody_altered_are_sound(desk: Desk) -> None:
    integrity_check.check(desk)
    with unlocking_auditor(desk) as auditor:
        assert month_versions.partner_document(auditor, last(auditor))["period"]
        integrity_check.check(auditor)


def unlocking_auditor(desk: Desk) -> Desk:
    desk.close()
    return unlocking.unlock(desk.folder, "Agent B", OTHER)


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_month_is_not_read_by_the_auditor_and_the_check_names_it(desk: Desk, how: str) -> None:
    ALTERED[how](desk)
    period = last(desk)
    with pytest.raises(ReportsAltered) as refused:
        integrity_check.check(desk)
    assert period.first.strftime("%Y-%m") in refused.value.months
    with unlocking_auditor(desk) as auditor:
        with pytest.raises(ReportsAltered):
            month_versions.partner_document(auditor, period)
        with pytest.raises(ReportsAltered):
            integrity_check.check(auditor)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM report_versions WHERE id = 2",
        "UPDATE report_versions SET cancelled_at = '2026-01-01T10:00:00+00:00' WHERE id = 2",
        "DELETE FROM sendings",
        "UPDATE sendings SET recipient = 'UNICEF'",
        "UPDATE sendings SET sha256 = 'ab'",
        "UPDATE sendings SET level = 'interne'",
    ],
)
def test_what_was_closed_and_sent_is_compared_with_the_journal(desk: Desk, statement: str) -> None:
    if "report_versions" in statement:
        write(desk, "UPDATE sendings SET version_id = NULL")
    write(desk, statement)
    with pytest.raises(ReportsAltered):
        integrity_check.check(desk)


@pytest.mark.parametrize("more", ["", ", sent_at = 'x'"])
def test_what_was_sent_and_is_said_to_leave_once_more_is_not_told_anew(desk: Desk, more: str) -> None:
    write(desk, f"UPDATE sendings SET recipient = 'UNICEF', departure = 'leaving'{more}")
    desk.close()
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        with again.reading() as connection:
            told = [one.action for one in journal.lines(connection)]
        assert "sending_uncertain" not in told
        with pytest.raises(ReportsAltered):
            integrity_check.check(again)


def test_a_file_that_would_leave_at_no_moment_is_named(desk: Desk) -> None:
    columns = ", ".join(one.name for one in sendings.c if one.name not in ("id", "sent_at", "departure"))
    copied = f"INSERT INTO sendings (sent_at, departure, {columns}) SELECT 'x', 'leaving', {columns} FROM sendings"
    write(desk, copied)
    with pytest.raises(ReportsAltered):
        integrity_check.check(desk)


def test_the_key_that_managers_had_before_signs_nothing_more(desk: Desk) -> None:
    former = keys.management(desk.keys)
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        with again.database.transaction(EVERYTHING) as connection:
            versions.sign_anew(connection, keys.management(again.keys), former)
        with pytest.raises(ReportsAltered) as caught:
            integrity_check.check(again)
        assert caught.value.months == (
            last(again).month_before.first.isoformat()[:7],
            last(again).first.isoformat()[:7],
        )


def test_the_manager_is_not_shown_figures_that_are_not_of_the_version(desk: Desk) -> None:
    write(desk, "UPDATE report_versions SET sha256 = 'ab' WHERE id = 2")
    with pytest.raises(ReportsAltered):
        month_versions.month(desk, last(desk))


def test_a_month_that_was_opened_again_and_one_of_before_other_keys_are_sound(desk: Desk) -> None:
    with desk.reading() as connection:
        assert len(versions.every(connection)) == 2
    closing.reopen(desk, last(desk).month_before, "essai")
    integrity_check.check(desk)
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        integrity_check.check(again)
    with unlocking.unlock(desk.folder, "Agent B", OTHER) as auditor:
        assert month_versions.partner_document(auditor, last(auditor))["period"]
