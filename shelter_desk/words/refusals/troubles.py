"""What kept a password, a shelter or a file from being opened or written, in a sentence each."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.residents.residents import ReasonMissing
from shelter_desk.domain.shelter_copies import OlderCopy, ShelterMoved
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import Sentences

# Access ---------------------------------------------------------------------------------------------------------------


def _weak_password(error: errors.WeakPassword) -> str:
    if error.why == "common":
        return words.text("This password is too easy to guess. Choose several words.")
    return words.text("This password is too short. Choose several words.")


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


# Trouble --------------------------------------------------------------------------------------------------------------


DATABASE = ("missing", "empty", "cut", "not_ours", "unreadable", "altered", "foreign", "tables")


def _damaged(error: errors.Damaged) -> str:
    """Each damage of the database with the way out; the window says the same before anybody signed in."""
    database = {
        "missing": words.text("The file is not in its folder any more. Put it back, or open the last backup."),
        "empty": words.text("The file is empty: its content is lost here. Open the last backup."),
        "cut": words.text("The file is cut: its end is missing. Open the last backup."),
        "not_ours": words.text("The file in its place is of another program. Put it aside, then open the last backup."),
        "unreadable": words.text(
            "The file does not open with its keys: it was altered or is another one. Open the last backup."
        ),
        "altered": words.text(
            "A part of the file is altered; the disk may be failing. Open the last backup, and copy it to another disk."
        ),
        "foreign": words.text(
            "Somebody put orders into the file that are not those of the program. Lock, then open again: they are "
            "taken away."
        ),
        "tables": words.text("Somebody changed the tables of the file with another program. Open the last backup."),
    }
    if error.part == "database" and error.why in DATABASE:
        return database[error.why]
    if error.why == "cell":
        return _cell(error.path)
    parts = {
        "keys": words.text("The file of keys is missing or damaged. Restore the last backup."),
        "journal": words.text("The journal was altered outside the program. Restore the last backup."),
        "older": words.text("The file is older than what this computer wrote. Restore the last backup."),
        "older_keys": words.text("An older file of keys was put back. Restore the last backup."),
    }
    return parts.get(error.part, words.text("The file of the shelter is damaged. Restore the last backup."))


def _cell(path: str) -> str:
    """Which cell of the file it is, as it is called there: whoever looks for it in a backup does so by that."""
    table, column, *row = path.split(".", 2)  # the key of a setting may have points
    place = f"{table}.{column}"
    if row:
        place = words.text("{column}, row {row}").format(column=place, row=row[0])
    told = words.text(
        "One entry of the file is damaged ({place}). Tell this place to whoever helps you, or restore the last backup."
    )
    return told.format(place=place)


def _older_copy(error: OlderCopy) -> str:
    """Which files are the newer, when and where, so that whoever reads it can tell."""
    if error.here:
        told = words.text(
            "Entries are missing that this computer saw in this folder. The last entry is of {here} now, it was of "
            "{there}. Open the last backup, or put the newer files back."
        )
    elif error.parted:
        told = words.text(
            "Two copies of these files were filled in apart. The last entry here is of {here}; in {folder}, on this "
            "computer, it is of {there}. What is in one is missing in the other: go on with one of them."
        )
    else:
        told = words.text(
            "These files are an older copy: the last entry here is of {here}. The newer ones, of {there}, are on this "
            "computer in {folder}. Open those."
        )
    return told.format(here=formats.moment(error.last_entry), there=formats.moment(error.seen_at), folder=error.seen_in)


def _slots_altered(error: errors.SlotsAltered) -> str:
    told = []
    if error.names:
        names = ", ".join(error.names)
        told.append(words.text("The key of {names} opens nothing any more: give a new password.").format(names=names))
    if error.recovery:
        told.append(words.text("The recovery key opens nothing any more: make a new one in Settings, Security."))
    if error.unknown:
        told.append(words.text("A key of an unknown account lies in the file of keys: it opens nothing."))
    return " ".join(told[:2])  # the others are said once these are put right


def _reports_altered(error: errors.ReportsAltered) -> str:
    told = words.text(
        "Somebody altered the file: {months} are not as they were closed or sent. Look for them in a backup or a copy "
        "that was sent."
    )
    return told.format(months=", ".join(error.months))


def _rows_altered(error: errors.RowsAltered) -> str:
    told = words.count(
        "Somebody altered the file: {n} line is not as the journal tells it. Look for it in a backup.",
        "Somebody altered the file: {n} lines are not as the journal tells them. Look for them in a backup.",
        error.count,
    )
    return told.replace(". ", f" ({', '.join(error.codes)}). ", 1) if error.codes else told


def _lines_forged(error: errors.LinesForged) -> str:
    told = words.text("Line {line} of the journal was not written with the program: do not believe it.")
    if error.name:
        told = words.text("Line {line} of the journal, of {name}, was not written with the program: do not believe it.")
    after = words.text("Until a backup of before is restored, the night may see no names.")
    return f"{told} {after}".format(line=error.line, name=error.name)


def _seals_altered(error: errors.SealsAltered) -> str:
    told = words.text("Names or notes of {codes} open no more: somebody altered the file. Look for them in a backup.")
    return told.format(codes=", ".join(error.codes))


def _clock_wrong(error: errors.ClockWrong) -> str:
    if error.now > error.last_entry:
        told = words.text(
            "The last entry is of {last}, the computer’s clock says {now}: {ago} later. If that is not so, set the "
            "clock right before you type anything."
        )
        days = (error.now.date() - error.last_entry.date()).days
        ago = words.count("{n} day", "{n} days", days)
        return told.format(last=formats.moment(error.last_entry), now=formats.moment(error.now), ago=ago)
    sentence_ = words.text("The computer’s clock says {now}, the last entry is of {last}. Set the clock right.")
    return sentence_.format(now=formats.moment(error.now), last=formats.moment(error.last_entry))


# Files from outside ---------------------------------------------------------------------------------------------------


def _bad_call(error: errors.BadCall) -> str:
    if not error.value:
        return words.text("{argument} is missing. Give it with the command.").format(argument=error.argument)
    sentence_ = words.text("“{value}” cannot be used for {argument}. Look at the help of the command.")
    return sentence_.format(value=error.value, argument=error.argument)


SENTENCES: Sentences = {
    errors.WeakPassword: _weak_password,
    errors.WrongPassword: _wrong_password,
    errors.WrongRecoveryKey: lambda _: words.text(
        "This recovery key does not open this shelter. Read it again from the paper."
    ),
    errors.KeysOutdated: lambda _: words.text(
        "The management has to open the shelter once with this version first. Then change your password."
    ),
    errors.CaseFileOutdated: lambda _: words.text(
        "The management or a case worker has to open the shelter once with this version first. Then open it yourself."
    ),
    errors.DeviceSecretMissing: lambda _: words.text(
        "This computer does not hold the secret of this shelter. Use the recovery key."
    ),
    errors.SlotOutdated: lambda _: words.text(
        "This password or recovery key is of before an update that made the keys safer. Ask the manager for a new one."
    ),
    errors.AccountClosed: lambda _: words.text(
        "This account is closed, or its role was changed. Ask the manager for a new password."
    ),
    errors.NotAllowed: lambda _: words.text("Your role does not allow this. Ask the manager."),
    ReasonMissing: lambda error: words.text("This is sealed. Say first why {subject} is opened.").format(
        subject=error.subject
    ),
    errors.InUse: lambda _: words.text("The shelter is open in another window or program. Close it first."),
    errors.NoShelter: lambda error: words.text(
        "There is no shelter in the folder {folder}. Choose another folder or create one."
    ).format(folder=error.folder),
    errors.ShelterExists: lambda error: words.text(
        "There is a shelter in the folder {folder} already. Choose an empty folder."
    ).format(folder=error.folder),
    errors.SyncedFolder: lambda error: words.text(
        "{service} copies the folder {folder} to the internet: what lies there leaves the house, and may break. "
        "Choose a folder of this computer alone."
    ).format(service=error.service, folder=error.folder),
    errors.Damaged: _damaged,
    OlderCopy: _older_copy,
    ShelterMoved: lambda error: words.text(
        "These files moved to another computer on {day}. What is entered here is missing there."
    ).format(day=formats.day(error.at.date())),
    errors.SlotsAltered: _slots_altered,
    errors.SealsAltered: _seals_altered,
    errors.ReportsAltered: _reports_altered,
    errors.RowsAltered: _rows_altered,
    errors.LinesForged: _lines_forged,
    errors.BackupDamaged: lambda _: words.text("This file is not a sound backup. Choose an earlier one."),
    errors.TooNew: lambda error: words.text(
        "A newer program wrote this file (version {file}, here up to {program}). Open it with the newer program."
    ).format(file=error.file_version, program=error.program_version),
    errors.DiskFull: lambda _: words.text("The disk is full and nothing was saved. Free some space, then try again."),
    errors.ReadOnly: lambda error: words.text(
        "{path} cannot be written. Choose another folder or ask for the right to write there."
    ).format(path=error.path),
    errors.DriveGone: lambda error: words.text(
        "The disk or stick of {path} does not answer. Put it back in, or take another one, then try again."
    ).format(path=error.path),
    errors.ClockWrong: _clock_wrong,
    errors.WouldOverwrite: lambda error: words.text("{path} would be overwritten. Choose another file name.").format(
        path=error.path
    ),
    errors.RealShelter: lambda error: words.text(
        "{folder} holds a real shelter. Choose another folder for the training one."
    ).format(folder=error.folder),
    errors.FileMissing: lambda error: words.text("{path} is not there or cannot be read. Check where it is.").format(
        path=error.path
    ),
    errors.NotABackup: lambda error: words.text("{path} is not a backup of a shelter. Choose another file.").format(
        path=error.path
    ),
    errors.BadCall: _bad_call,
    errors.UnknownDay: lambda error: words.text(
        "“{typed}” does not exist on the calendar or the clock. Type it again."
    ).format(typed=error.typed),
    errors.PeriodNotBegun: lambda error: words.text(
        "The period begins on {day}: it has not begun, so nothing can be counted. Choose an earlier one."
    ).format(day=formats.day(error.first)),
}
