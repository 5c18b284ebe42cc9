"""Names leave in a file that opens with its password alone."""

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.exceptions import InvalidKeyError

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import DiskFull, WouldOverwrite
from shelter_desk.domain.residents.residents import ALPHABET, Names
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.sending import closed_files, sendings, unread_passwords
from shelter_desk.operations.vault import approvals
from shelter_desk.storage.reports import versions
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

NAME = "Sacko"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A", names=Names(NAME, "Awa"))
    yield opened
    opened.close()


def leave(desk: Desk, path: Path) -> str:
    approval = approvals.alone(desk, GraveAct.EXPORT, PASSWORD)
    return register_export.export_with_names(desk, path, GateAnswers("Juge des enfants", "transfert"), approval)


def opened_with(path: Path, password: str) -> bytes:
    plain = io.BytesIO()
    with path.open("rb") as file:
        closed = msoffcrypto.OfficeFile(file)
        closed.load_key(password=password, verify_password=True)
        closed.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def test_a_password_is_four_groups_of_signs_that_are_not_taken_for_each_other() -> None:
    found = {closed_files.new_password() for _ in range(50)}
    assert len(found) == 50
    assert all(re.fullmatch(f"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", one) for one in found)


def test_names_that_leave_open_with_the_password_and_not_without(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "names.xlsx"
    password = leave(desk, out)
    with pytest.raises(Exception, match=r"zip|format|supported"):
        openpyxl.load_workbook(out)
    with pytest.raises(InvalidKeyError):
        opened_with(out, password.lower())
    book = openpyxl.load_workbook(io.BytesIO(opened_with(out, password)))
    cells = [cell.value for row in book["personnes"].iter_rows() for cell in row]
    assert NAME in cells


def test_the_password_is_kept_nowhere_once_it_was_read_and_sealed_until_then(desk: Desk, tmp_path: Path) -> None:
    password = leave(desk, tmp_path / "names.xlsx")
    (waiting,) = unread_passwords.mine(desk)
    assert (waiting.password, waiting.file_name) == (password, "names.xlsx")
    with desk.reading() as connection:
        kept = connection.exec_driver_sql("SELECT sealed FROM main.case_rows").scalars().all()
        assert connection.exec_driver_sql("SELECT body FROM drafts").scalars().all() == []
    assert [one for one in kept if password.encode() in one] == []
    unread_passwords.was_read(desk, password)
    assert unread_passwords.mine(desk) == []
    with desk.reading() as connection:
        for (table,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all():
            assert password not in str(connection.exec_driver_sql(f'SELECT * FROM "{table}"').all())
    (one,) = sendings.sent_files(desk)
    assert (one.sending.level, one.has_copy) == ("nominatif", False)


def test_a_closed_file_that_cannot_be_kept_as_a_sending_goes_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskFull("shelter.db")

    monkeypatch.setattr(versions, "tell_leaving", refuse)
    with pytest.raises(DiskFull):
        leave(desk, tmp_path / "names.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []
    assert (sendings.sent_files(desk), unread_passwords.mine(desk)) == ([], [])


def test_nothing_lies_in_clear_on_the_way(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    written: list[bytes] = []
    really = Path.write_bytes

    def write(path: Path, content: bytes) -> int:
        if tmp_path in path.parents and desk.folder not in path.parents:
            written.append(content)
        return really(path, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    leave(desk, tmp_path / "names.xlsx")
    assert [one[:4] for one in written] == [b"\xd0\xcf\x11\xe0"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_it_with_the_password_and_not_without(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "names.xlsx"
    password = leave(desk, out)
    opened = saved_by_libreoffice(out, tmp_path / "with", password)
    assert NAME in [cell.value for row in openpyxl.load_workbook(opened)["personnes"].iter_rows() for cell in row]
    assert not saved_by_libreoffice(out, tmp_path / "without", "").exists()


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Go
  Dim asked(1) As New com.sun.star.beans.PropertyValue
  asked(0).Name = "Hidden" : asked(0).Value = True
  asked(1).Name = "Password" : asked(1).Value = "{password}"
  Dim kept(0) As New com.sun.star.beans.PropertyValue
  kept(0).Name = "FilterName" : kept(0).Value = "Calc MS Excel 2007 XML"
  On Error Goto Done
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, asked())
  book.storeToURL("{target}", kept())
Done:
  StarDesktop.terminate()
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def saved_by_libreoffice(path: Path, folder: Path, password: str) -> Path:
    """Where LibreOffice writes what it could open."""
    target, basic = folder / "opened.xlsx", folder / "profile" / "user" / "basic" / "Standard"
    office = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
    # the profile first: a new one would lay its own, empty library over this one
    subprocess.run([*office, "--terminate_after_init"], check=False, capture_output=True, timeout=150)
    macro = MACRO.format(password=password, source=path.as_uri(), target=target.as_uri())
    (basic / "Module1.xba").write_text(macro)
    (basic / "script.xlb").write_text(LIBRARY)
    subprocess.run([*office, "macro:///Standard.Module1.Go"], check=False, capture_output=True, timeout=150)
    return target


def test_a_closed_pdf_is_never_written_over_a_file_of_the_shelter(desk: Desk) -> None:
    before = (desk.folder / "keys.json").read_bytes()
    with pytest.raises(WouldOverwrite):
        closed_files.save_pdf(desk.folder / "keys.json", b"%PDF-1.4", closed_files.new_password())
    assert (desk.folder / "keys.json").read_bytes() == before
