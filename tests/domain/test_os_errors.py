"""What a refusal of the system is called, on either system; the numbers of Windows are a fake."""

import ctypes
import errno
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from shelter_desk.domain.errors import DiskFull, DriveGone, FileMissing, ReadOnly
from shelter_desk.domain.os_errors import named
from shelter_desk.excel import saving
from shelter_desk.storage.backups import backups
from shelter_desk.storage.file import database_errors


def refused(windows: int, number: int = errno.EINVAL) -> OSError:
    """As Windows refuses: Python calls EINVAL what it does not know, and all from 19 to 36 EACCES."""
    error = OSError(number, "refused")
    error.winerror = windows  # type: ignore[attr-defined, unused-ignore]
    return error


ON_WINDOWS = [
    *((number, errno.EINVAL, DiskFull) for number in (39, 1295)),
    (112, errno.ENOSPC, DiskFull),
    (19, errno.EACCES, ReadOnly),  # ERROR_WRITE_PROTECT
    (5, errno.EACCES, ReadOnly),
    *((number, errno.EACCES, DriveGone) for number in (21, 23, 27, 29, 30, 31)),
    *((number, errno.EINVAL, DriveGone) for number in (55, 59, 64, 433, 1006, 1117, 1167)),
]


@pytest.mark.parametrize(("windows", "number", "kind"), ON_WINDOWS)
def test_what_windows_refuses_has_its_name(windows: int, number: int, kind: type[Exception], tmp_path: Path) -> None:
    error = refused(windows, number)
    assert type(named(error, "E:/rapport.xlsx")) is kind
    with pytest.raises(kind), saving.said(tmp_path / "rapport.xlsx"):
        raise error


class CLibrary:
    """Of Windows: it keeps the number of its last refusal."""

    def __init__(self, number: int) -> None:
        self.number = number

    def _get_doserrno(self, into: Any) -> None:
        into._obj.value = self.number


@pytest.mark.parametrize(
    ("last", "number", "kind"),
    [
        (1117, errno.EINVAL, DriveGone),
        (1295, errno.EINVAL, DiskFull),
        (23, errno.EACCES, DriveGone),
        (5, errno.EACCES, ReadOnly),
        (1117, errno.EACCES, ReadOnly),  # of an earlier refusal
        (23, errno.EINVAL, OSError),
        (87, errno.EINVAL, OSError),
    ],
)
def test_the_c_library_of_windows_is_asked_where_python_has_no_number(
    last: int, number: int, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: CLibrary(last))
    monkeypatch.setattr(sys, "platform", "win32")
    assert type(named(OSError(number, "refused"), "E:/x")) is kind


@pytest.mark.parametrize("number", [errno.EIO, errno.ENXIO, errno.ENODEV])
def test_a_drive_that_went_away_has_its_name_elsewhere_too(number: int) -> None:
    assert isinstance(named(OSError(number, "gone"), "/media/stick"), DriveGone)


def test_what_is_no_trouble_of_a_disk_stays_as_it_came() -> None:
    error = refused(87)  # ERROR_INVALID_PARAMETER
    assert named(error, "x") is error


def _raising(error: OSError) -> Any:
    def refuse(*_given: object, **_named: object) -> None:
        raise error

    return refuse


@pytest.mark.parametrize("name", ["SQLITE_IOERR_READ", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"])
def test_a_file_on_a_drive_that_is_gone_is_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    error = sqlcipher.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    monkeypatch.setattr(Path, "open", _raising(refused(1167)))
    assert isinstance(database_errors.named(tmp_path / "shelter.db", error, may_write=True), DriveGone)


def test_a_stick_that_does_not_tell_of_its_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_dir", _raising(refused(1117)))
    assert isinstance(backups._named(refused(1117), tmp_path / "one.backup"), DriveGone)


def test_a_stick_whose_folder_is_gone_is_told_as_taken_out(tmp_path: Path) -> None:
    assert isinstance(backups._named(refused(1167), tmp_path / "gone" / "one.backup"), FileMissing)
