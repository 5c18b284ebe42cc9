"""Back to a backup: a rehearsal that touches nothing, the return of an open shelter, the rescue of a damaged one."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain import held_files
from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import BackupDamaged, Damaged, ShelterExists, WrongPassword
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs, seen
from shelter_desk.operations.vault import approvals, backups, clock_check, line_signing, unlocking
from shelter_desk.operations.vault.backup_lines import RESTORED
from shelter_desk.operations.vault.backups import BackedUp
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.backups import backup_keys, restore_resume
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups.backups import Manifest, Progress
from shelter_desk.storage.file import files, journal
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_file, key_opening, signed_lines, slot_list
from shelter_desk.storage.keys.keys import OpenedKeys
from shelter_desk.storage.keys.slots import KeyFile
from shelter_desk.system import clock, device_secret, synced_folders
from shelter_desk.system.only_one import OnlyOne

TRYING = ".backup-{number}-"  # swept with what cut copies leave


@dataclass(frozen=True, slots=True)
class Opened:
    """The database of a backup. listed_by: who signs now who has a slot, in a backup of before there was a list.

    then: what the password of its day opened, None where the keys of today do.
    """

    database: Database
    listed_by: bytes
    then: OpenedKeys | None = None


@dataclass(frozen=True, slots=True)
class GoneBack:
    """What was promised: the backup that will be the shelter, and the present one that was kept."""

    manifest: Manifest
    kept: BackedUp


@needs(Permission.BACKUP)
def try_out(desk: Desk, path: Path, password: str = "") -> Manifest:
    """Open a backup apart, count it, follow its journal from end to end; neither shelter nor backup is touched.

    password: that of the day of the backup, where the keys of the shelter were changed since. Raises WrongPassword
    where the keys at hand do not open it, BackupDamaged, ShelterExists for that of another shelter, DiskFull.
    """
    manifest = _own(desk, path)
    with files.named_errors(desk.folder):
        prefix = TRYING.format(number=manifest.shelter[:8])
        with held_files.temporary_folder(prefix, desk.folder) as beside:
            stored_backups.unpack(path, beside)
            database = _opened(desk, beside, manifest, password, path).database
            try:
                _prove(database, manifest, path)
            finally:
                database.close()
    return manifest


def _own(desk: Desk, path: Path) -> Manifest:
    manifest = stored_backups.read(path)
    if manifest.shelter != backups.number(desk) or manifest.training != desk.is_training:
        raise ShelterExists(str(desk.folder))
    return manifest


def _opened(desk: Desk, beside: Path, manifest: Manifest, password: str, path: Path) -> Opened:
    """The unpacked database under the keys of today, or under those of its day, once its own keys are proven."""
    file, present = key_file.read(beside), key_file.read(desk.folder)
    if desk.managers and not present.is_signed(desk.managers):
        raise Damaged("keys", str(desk.folder / key_file.FILE))
    backup_keys.check_managers(file, present, path)
    unpacked, key, is_of_before = beside / manifest.database, desk.keys.database, _is_of_before(file, present)
    then: OpenedKeys | None = None
    database = None if is_of_before else _open_or_none(unpacked, key)
    if database is None:
        if not password:
            raise WrongPassword
        secret = device_secret.get(manifest.shelter)
        try:
            then = key_opening.open_with_password(beside, desk.user_name, password, secret)
            file, key, database = key_file.read(beside), then.keys.database, Database.open(unpacked, then.keys.database)
        except Damaged as error:
            raise BackupDamaged(str(path)) from error
    try:
        backup_keys.check_open(file, key, path)
    except BackupDamaged:
        database.close()
        raise
    return Opened(database, then.managers if is_of_before and then is not None else b"", then)


def _is_of_before(file: KeyFile, present: KeyFile) -> bool:
    """Nobody signed who has a slot there: only a password of its day tells that it is what it was."""
    return file.vouched is None and present.vouched is not None


def _open_or_none(path: Path, key: bytes) -> Database | None:
    with suppress(Damaged):
        return Database.open(path, key)
    return None


def _prove(database: Database, manifest: Manifest, path: Path) -> None:
    """Raises BackupDamaged unless everything is there that the manifest tells, in one chain.

    What the program did not write is taken away from the copy before anything else is written there.
    """
    try:
        stored_backups.clean(database)
        if database.problems():
            raise BackupDamaged(str(path))
        with database.reading() as connection:
            lines = journal.verify(connection)
            if stored_backups.differs(connection, manifest) or lines != manifest.head:
                raise BackupDamaged(str(path))
    except Damaged as error:
        raise BackupDamaged(str(path)) from error


@needs(Permission.BACKUP)
def go_back(
    desk: Desk, path: Path, approval: Approval | None, password: str = "", progress: Progress | None = None
) -> GoneBack:
    """Promise to put a backup in place of the open shelter, once it is proven and the present one is kept as a backup.

    It is put in place when the desk is left (`backups.leave`), or by whoever opens the shelter next. Its journal says
    who went back and who approved it; the passwords of its day open it. approval: of the second person, or one's own
    password again. Raises ApprovalNeeded, SecondPersonNeeded, what `try_out` raises, DiskFull, ReadOnly; nothing is
    promised then.
    """
    decided_by = approvals.spend(desk, GraveAct.RETURN, approval)
    manifest = _own(desk, path)
    clock_check.check(desk)
    lost = sum(backups.since(desk, manifest).values())
    beside, _ = restore_resume.make_ready(path, desk.folder)
    try:
        opened = _opened(desk, beside, manifest, password, path)
        try:
            _prove(opened.database, manifest, path)
            _sign_as(desk, opened)
            kept = backups.kept_in(desk, backups.place_of(desk), progress, spare=path)
            known = {one.manifest.fingerprint for one in backups.held(desk) if one.is_known}
            with opened.database.transaction(Changes()) as connection:
                if opened.then is None and desk.keys.management is not None:  # some keys are newer than the backup
                    signed_lines.vouch(connection, desk.keys.management, slot_list.line_signers(desk.folder))
                told = {
                    "backup": manifest.made_at,
                    "lost": lost,
                    **decided_by,
                    "fingerprints": sorted(known | {manifest.fingerprint, kept.manifest.fingerprint}),
                }
                journal.add(connection, desk.now(), desk.user, RESTORED, details=told)
            with opened.database.reading() as connection:
                restored = seen(connection, desk.folder)
        finally:
            opened.database.close()
        restore_resume.promise(desk.folder, manifest, desk.keys, clock.now(), opened.listed_by)
    except BaseException:
        restore_resume.give_up(desk.folder)
        raise
    # what was promised is what this computer knows of the shelter, and not what is left behind
    desk.see(restored)
    desk.is_remembered = False
    return GoneBack(manifest, kept)


def _sign_as(desk: Desk, opened: Opened) -> None:
    """What is written into a backup is signed with the keys that count in it."""
    if opened.then is None:
        opened.database.signing = desk.database.signing
    else:
        line_signing.hand_over_pen(opened.database, opened.then)


def bring_back(path: Path, folder: Path, name: str, password: str) -> Desk:
    """Open a backup in place of a damaged or missing shelter, with a name and a password of its day.

    The files that were there are set aside, none is deleted. Raises BackupDamaged, WrongPassword, DeviceSecretMissing
    for a backup of another computer, NotAllowed for anybody but a manager, ShelterExists where the folder holds another
    shelter, SyncedFolder where it holds none and a service copies it, InUse, DiskFull, ReadOnly.
    """
    return _brought(
        path, folder, lambda beside: unlocking.unlock(beside, name, password, HowToOpen(remember=False)), name, password
    )


def bring_back_with_key(path: Path, folder: Path, recovery_key: str, name: str, new_password: str) -> Desk:
    """The same with the recovery key, on any computer; the manager gets a new password bound to this one.

    Raises WrongRecoveryKey, Missing, WeakPassword, and what `bring_back` raises.
    """

    def opened(beside: Path) -> Desk:
        return unlocking.unlock_with_recovery_key(beside, recovery_key, name, new_password, HowToOpen(remember=False))

    return _brought(path, folder, opened, name, new_password)


def _brought(path: Path, folder: Path, opened: Callable[[Path], Desk], name: str, password: str) -> Desk:
    if not unlocking.is_any_left(folder):
        synced_folders.check(folder)
    files.make_folder(folder)
    with OnlyOne(folder):
        restore_resume.set_aside(folder)
        beside, manifest = restore_resume.make_ready(path, folder)
        try:
            if restore_resume.number_in(folder) not in ("", manifest.shelter):
                raise ShelterExists(str(folder))
            with opened(beside) as desk:
                _prove_open(desk, manifest, path)
                with desk.reading() as connection:
                    restored = seen(connection, folder)
                held = desk.keys
            restore_resume.promise(folder, manifest, held, clock.now())
            desk.is_remembered = not desk.is_training
            desk.see(restored)
        except BaseException:
            restore_resume.give_up(folder)
            raise
        restore_resume.finish(folder)
    return unlocking.unlock(folder, name, password, HowToOpen(accept_older=True))


def _prove_open(desk: Desk, manifest: Manifest, path: Path) -> None:
    """As `_prove`, for one that was opened and perhaps upgraded; its journal then says that it was brought back."""
    desk.check(Permission.BACKUP)
    with desk.reading() as connection:
        differing = [name for name in stored_backups.differs(connection, manifest) if name != "journal"]
    if desk.database.problems() or differing:
        raise BackupDamaged(str(path))
    desk.clock_accepted = True  # the computer may have lost its clock with its disk; the frame asks
    desk.note(RESTORED, backup=manifest.made_at)
