"""What kept a password, a shelter or a file from being opened or written, in a sentence each."""

from pathlib import PurePath

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.words import shown
from shelter_desk.words.sentences import said

# Access ---------------------------------------------------------------------------------------------------------------


@said.register
def _weak_password(error: errors.WeakPassword) -> str:
    if error.why == "common":
        return words.text("This password is too easy to guess. Choose several words.")
    return words.text("This password is too short. Choose several words.")


@said.register
def _wrong_password(error: errors.WrongPassword) -> str:
    seconds = round(error.wait)
    if seconds < 1 and error.others_elsewhere:
        return words.text(
            "The name or the password is wrong, or the account is of before a reinstallation: ask the manager for "
            "a new password."
        )
    if seconds < 1:
        return words.text("The name or the password is wrong. Try again.")
    return words.count(
        "The name or the password is wrong. Try again in {n} second.",
        "The name or the password is wrong. Try again in {n} seconds.",
        seconds,
    )


@said.register
def _wrong_recovery_key(_error: errors.WrongRecoveryKey) -> str:
    return words.text("This recovery key does not open this shelter. Read it again from the paper.")


@said.register
def _device_secret_missing(_error: errors.DeviceSecretMissing) -> str:
    return words.text("This computer does not hold the secret of this shelter. Use the recovery key.")


@said.register
def _not_allowed(_error: errors.NotAllowed) -> str:
    return words.text("Your role does not allow this. Ask the manager.")


# Trouble --------------------------------------------------------------------------------------------------------------


@said.register
def _in_use(_error: errors.InUse) -> str:
    return words.text("The shelter is open in another window or program. Close it first.")


@said.register
def _no_shelter(error: errors.NoShelter) -> str:
    return words.text("There is no shelter in the folder {folder}. Choose another folder or create one.").format(
        folder=error.folder
    )


@said.register
def _shelter_exists(error: errors.ShelterExists) -> str:
    return words.text("There is a shelter in the folder {folder} already. Choose an empty folder.").format(
        folder=error.folder
    )


@said.register
def _damaged(error: errors.Damaged) -> str:
    parts = {
        "keys": words.text("The file of keys is missing or damaged. Restore the last backup."),
        "journal": words.text("The journal was altered outside the program. Restore the last backup."),
        "older": words.text("The file is older than what this computer wrote. Restore the last backup."),
    }
    return parts.get(error.part, words.text("The file of the shelter is damaged. Restore the last backup."))


@said.register
def _backup_damaged(_error: errors.BackupDamaged) -> str:
    return words.text("This file is not a sound backup. Choose an earlier one.")


@said.register
def _too_new(error: errors.TooNew) -> str:
    sentence_ = words.text("The file comes from version {file}, this program is version {program}. Update the program.")
    return sentence_.format(file=error.file_version, program=error.program_version)


@said.register
def _disk_full(_error: errors.DiskFull) -> str:
    return words.text("The disk is full and nothing was saved. Free some space, then try again.")


@said.register
def _read_only(error: errors.ReadOnly) -> str:
    return words.text("{path} cannot be written. Choose another folder or ask for the right to write there.").format(
        path=error.path
    )


@said.register
def _clock_wrong(error: errors.ClockWrong) -> str:
    sentence_ = words.text("The computer’s clock says {now}, the last entry is of {last}. Set the clock right.")
    return sentence_.format(now=shown.moment(error.now), last=shown.moment(error.last_entry))


# Files from outside ---------------------------------------------------------------------------------------------------


def _file(path: str) -> str:
    return PurePath(path).name or path


@said.register
def _cell_refused(error: errors.CellRefused) -> str:
    return (
        _cells()
        .get(error.why, words.text("“{value}” cannot be read here. Correct the cell."))
        .format(value=error.value)
    )


def _cells() -> dict[str, str]:
    return {
        "date": words.text("“{value}” is not a day that exists. Write it as 03/12/2026."),
        "moment": words.text("“{value}” is not a day and hour that exist. Write them as 03/12/2026 16:35."),
        "number": words.text("“{value}” is not a number. Write digits only."),
        "ambiguous": words.text(
            "“{value}” can be read in two ways. Write it without a point or comma before three digits."
        ),
        "whole": words.text("“{value}” is not a whole number. Write digits only."),
        "age": words.text("“{value}” is not an age. Write it as 25, 25 ans or 8 mois."),
        "pieces": words.text("“{value}” is too many or too few for one line: 500 at most. Correct the number."),
        "pieces_in_all": words.text("The lines of this file count too many pieces. Take it in as several files."),
        "yes_no": words.text("“{value}” is neither yes nor no. Write one of the two."),
        "error_cell": words.text("The cell holds an Excel error ({value}). Replace it by its value."),
        "formula": words.text(
            "The result of this formula is not in the file. Open it in Excel, save it, take it in again."
        ),
        "too_long": words.text("The text of the cell is too long. Shorten it."),
        "control": words.text("The cell holds signs that cannot be read. Type it again."),
    }


@said.register
def _not_a_workbook(error: errors.NotAWorkbook) -> str:
    return (
        _workbooks()
        .get(error.why, words.text("{file} is damaged. Open it in Excel and save it again."))
        .format(file=_file(error.path))
    )


def _workbooks() -> dict[str, str]:
    too_big = words.text("{file} is too big to be read. Keep only the sheets that are needed.")
    return {
        "kind": words.text("{file} is not a workbook. Choose an Excel or CSV file."),
        "password": words.text("{file} is protected by a password. Save it without one."),
        "bomb": too_big,
        "time": too_big,
        "memory": too_big,
        "cells": too_big,
    }


@said.register
def _would_overwrite(error: errors.WouldOverwrite) -> str:
    return words.text("{path} would be overwritten. Choose another file name.").format(path=error.path)


@said.register
def _real_shelter(error: errors.RealShelter) -> str:
    return words.text("{folder} holds a real shelter. Choose another folder for the training one.").format(
        folder=error.folder
    )


@said.register
def _file_missing(error: errors.FileMissing) -> str:
    return words.text("{path} is not there or cannot be read. Check where it is.").format(path=error.path)


@said.register
def _file_changed(error: errors.FileChanged) -> str:
    return words.text("{file} was changed since it was read. Choose it again.").format(file=_file(error.path))


@said.register
def _nothing_recognised(error: errors.NothingRecognised) -> str:
    sentence_ = words.text("No register was found in {file} (sheets: {sheets}). Start from the template.")
    return sentence_.format(file=_file(error.path), sheets=", ".join(error.sheets) or shown.NONE)


@said.register
def _bad_call(error: errors.BadCall) -> str:
    if not error.value:
        return words.text("{argument} is missing. Give it with the command.").format(argument=error.argument)
    sentence_ = words.text("“{value}” cannot be used for {argument}. Look at the help of the command.")
    return sentence_.format(value=error.value, argument=error.argument)


@said.register
def _unknown_day(error: errors.UnknownDay) -> str:
    return words.text("“{typed}” does not exist on the calendar or the clock. Type it again.").format(typed=error.typed)


@said.register
def _period_not_over(error: errors.PeriodNotOver) -> str:
    return words.text("The period ends on {day}, which is still to come. Choose an earlier period.").format(
        day=shown.day(error.last)
    )
