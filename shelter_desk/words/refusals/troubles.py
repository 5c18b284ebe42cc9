"""What kept a password, a shelter or a file from being opened or written, in a sentence each."""

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.residents.residents import ReasonMissing
from shelter_desk.domain.shelter_copies import OlderCopy
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import said

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
def _account_closed(_error: errors.AccountClosed) -> str:
    return words.text("This account is closed, or its role was changed. Ask the manager for a new password.")


@said.register
def _not_allowed(_error: errors.NotAllowed) -> str:
    return words.text("Your role does not allow this. Ask the manager.")


@said.register
def _reason_missing(error: ReasonMissing) -> str:
    told = words.text("This is sealed. Say first why {subject} is opened.")
    return told.format(subject=error.subject)


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
    if error.part == "database" and error.why in DATABASE:
        return _of_database()[error.why]
    parts = {
        "keys": words.text("The file of keys is missing or damaged. Restore the last backup."),
        "journal": words.text("The journal was altered outside the program. Restore the last backup."),
        "older": words.text("The file is older than what this computer wrote. Restore the last backup."),
        "older_keys": words.text("An older file of keys was put back. Restore the last backup."),
    }
    return parts.get(error.part, words.text("The file of the shelter is damaged. Restore the last backup."))


DATABASE = ("missing", "empty", "cut", "not_ours", "unreadable", "altered")


def _of_database() -> dict[str, str]:
    """What each damage of the database means, and the way out; the window says the same before anybody signed in."""
    return {
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
    }


@said.register
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


@said.register
def _slots_altered(error: errors.SlotsAltered) -> str:
    told = []
    if error.names:
        names = ", ".join(error.names)
        told.append(words.text("The key of {names} was altered: give a new password.").format(names=names))
    if error.recovery:
        told.append(words.text("The recovery key opens nothing any more: make a new one in Settings, Security."))
    return " ".join(told)


@said.register
def _backup_damaged(_error: errors.BackupDamaged) -> str:
    return words.text("This file is not a sound backup. Choose an earlier one.")


@said.register
def _too_new(error: errors.TooNew) -> str:
    sentence_ = words.text(
        "A newer program wrote this file (version {file}, here up to {program}). Open it with the newer program."
    )
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
def _not_a_backup(error: errors.NotABackup) -> str:
    return words.text("{path} is not a backup of a shelter. Choose another file.").format(path=error.path)


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
def _period_not_begun(error: errors.PeriodNotBegun) -> str:
    text = words.text("The period begins on {day}: it has not begun, so nothing can be counted. Choose an earlier one.")
    return text.format(day=formats.day(error.first))
