"""Lists that leave as they are displayed: as any file, or through the gate where persons are in them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.listing import ListedTable, ListHeading
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import lists, recipients, sendings
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from tests.operations.shelter import admit, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    usual = recipients.usual("OIM Mali")
    recipients.keep_recipient(opened, replace(usual, levels=(*usual.levels, NOMINAL), agreement_no="C-1"))
    yield opened
    opened.close()


def last_action(desk: Desk) -> tuple[str, str]:
    (line,) = journal.lines(desk, journal.numbers(desk, Wanted())[:1])
    return line.action, line.subject


def rows_of(file: Path | io.BytesIO) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [row for row in sheet.iter_rows(values_only=True) if any(one is not None for one in row)]


def test_days_and_numbers_are_written_as_such_below_a_frozen_head(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    headings = tuple(map(ListHeading, ("Article", "Reste", "Périme le", "Écrit")))
    row = ("Savon", 46, date(2027, 5, 31), datetime(2026, 12, 3, 16, 42))
    lists.export(desk, ListedTable("Articles", "Articles", headings, (row,), ("1 ligne",)), path)
    written = rows_of(path)[-1]
    assert written == ("Savon", 46, datetime(2027, 5, 31), datetime(2026, 12, 3, 16, 42))
    assert openpyxl.load_workbook(path).worksheets[0].freeze_panes == "A5"
    assert last_action(desk) == ("list_exported", "Articles")
    assert sendings.sent_files(desk) == []


def test_a_list_of_persons_leaves_closed_and_under_the_codes_of_its_recipient(desk: Desk, tmp_path: Path) -> None:
    codes = [admit(desk, bed).code for bed in ("1A", "1B")]
    rows = ((codes[0],), (f"{codes[0]}, {codes[1]}",))
    listed = ListedTable("Rendez-vous", "Rendez-vous", (ListHeading("Personnes"),), rows)
    path = tmp_path / "liste.xlsx"
    password = lists.export_of_persons(desk, listed, path, GateAnswers("OIM Mali", "audit", carried_by="Agent A"))
    closed, opened = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes())), io.BytesIO()
    closed.load_key(password=password)
    closed.decrypt(opened)
    told = str(rows_of(opened))
    assert not [code for code in codes if code in told]
    assert told.count("OIM-") == 3
    assert last_action(desk) == ("list_exported", "Rendez-vous")
    assert [one.sending.kind for one in sendings.sent_files(desk)] == ["liste"]


def test_a_list_of_persons_is_written_by_who_may_send(desk: Desk, tmp_path: Path) -> None:
    listed = ListedTable("Rendez-vous", "Rendez-vous", (ListHeading("Personnes"),), (("7K3-QMX-E",),))
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        lists.export_of_persons(desk, listed, tmp_path / "liste.xlsx")
