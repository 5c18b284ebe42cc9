"""Who wrote which lines of the journal: each transaction signs its own with the seed of the slot at the desk.

Whoever has the key of the file can add a line in anybody's name, with the right hash; nobody can sign it for them.
Managers sign whose the keys are; from which line on there are signatures stands in their list of slots (decision 008).
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, text

from shelter_desk.storage.file import journal
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.keys import pairs
from shelter_desk.storage.keys.slot_list import LineSigner

RECOVERY = 0  # stands for whoever holds the recovery key, who may write in the name that they take
_LINES, _SIGNER = b"shelter-desk journal lines ", b"shelter-desk journal signer "
_PLACE = struct.Struct(">QQ")
_SIGN = text("INSERT INTO journal_signatures VALUES (:seq, :first, :signer, :signature)")


class LinePen:
    """Signs what is written inside a transaction, with the seed of whoever sits at the desk."""

    def __init__(self, seed: bytes) -> None:
        self._key, self._public = pairs.signing_key(seed), pairs.public_of(seed)
        self._is_kept = False  # as far as is known

    @contextmanager
    def signing(self, connection: Connection) -> Iterator[None]:
        """Sign the lines that are written inside, and no line of before: that was somebody else's."""
        before, _ = journal.head(connection)
        yield
        last, line_hash = journal.head(connection)
        self._is_kept = self._is_kept or is_kept(connection)
        if last > before and self._is_kept:
            signature = self._key.sign(_told(before + 1, last, line_hash))
            connection.execute(
                _SIGN,
                {"seq": last, "first": before + 1, "signer": self._public, "signature": signature},
            )


def is_kept(connection: Connection) -> bool:
    """False in a file of before 0038, until it is brought over."""
    wanted = text("SELECT 1 FROM sqlite_master WHERE name = 'journal_signatures'")
    return connection.execute(wanted).first() is not None


def _told(first: int, last: int, line_hash: bytes) -> bytes:
    return _LINES + _PLACE.pack(first, last) + line_hash


# Whose keys they are -------------------------------------------------------------------------------------------------


def vouch(connection: Connection, management: bytes, listed: Iterable[LineSigner]) -> None:
    """Keep whose these keys are, from the next line on, as far as they are new. management: the seed of managers.

    Nothing happens in a file of before 0038.
    """
    if not is_kept(connection):
        return
    known = {row.public for row in connection.execute(text("SELECT public FROM journal_signers"))}
    since = journal.head(connection)[0] + 1
    for one in listed:
        if one.public not in known:
            _put(connection, management, replace(one, since=since))


def sign_anew(connection: Connection, old: bytes, new: bytes) -> None:
    """The managers are others from now on; what the old ones did not sign is left out. old, new: their seeds."""
    found = signers(connection, pairs.public_of(old))
    connection.execute(text("DELETE FROM journal_signers"))
    for one in found:
        _put(connection, new, one)


def _put(connection: Connection, management: bytes, one: LineSigner) -> None:
    connection.execute(
        text(
            "INSERT INTO journal_signers (user_id, role, since, public, signature) "
            "VALUES (:user, :role, :since, :public, :signed)"
        ),
        {
            "user": one.user,
            "role": one.role,
            "since": one.since,
            "public": one.public,
            "signed": pairs.signature(management, _signer_told(one)),
        },
    )


def _signer_told(one: LineSigner) -> bytes:
    return _SIGNER + _PLACE.pack(one.user, one.since) + one.public + one.role.encode()


def signers(connection: Connection, managers: bytes) -> list[LineSigner]:
    """The keys that these managers signed; what else stands there is passed over. managers: their public key."""
    wanted = text("SELECT user_id, role, public, since, signature FROM journal_signers ORDER BY id")
    rows = [tuple(row) for row in connection.execute(wanted)]
    found = [(LineSigner(*row[:4]), row[4]) for row in rows if _is_signer(*row)]
    return [one for one, signature in found if pairs.verifies(managers, signature, _signer_told(one))]


def _is_signer(*told: object) -> bool:
    user, role, public, since, signature = told
    numbers = all(type(one) is int and 0 <= one < journal.TOO_LARGE for one in (user, since))
    is_key = isinstance(public, bytes) and len(public) == pairs.SIZE and isinstance(signature, bytes)
    return numbers and isinstance(role, str) and is_key


# Are they right ------------------------------------------------------------------------------------------------------


def forged(
    connection: Connection, known: Sequence[LineSigner], first: int, may_write: Callable[[str, JournalLine], bool]
) -> int | None:
    """The first line from that one on that nobody signed, somebody else than whom it names, or that its writer could
    not have written; None for none.

    may_write: whether that role writes such a line. The chain is whole by then (`journal.verify`). Takes about
    0.1 ms for each transaction of the journal.
    """
    by_key = {one.public: one for one in known}
    blocks = connection.execute(text("SELECT seq, first_seq, signer, signature FROM journal_signatures ORDER BY seq"))
    signed = {row[0]: row[1:] for row in blocks}
    waiting: list[JournalLine] = []  # for the signature of their transaction
    for line in journal.lines_after(connection, first - 1):
        waiting.append(line)
        if line.seq in signed:
            begun, public, signature = signed[line.seq]
            signer = by_key.get(public)
            if begun > waiting[0].seq or signer is None or not _is_by(signer, begun, line, signature):
                return waiting[0].seq
            for one in waiting:
                is_own = signer.user == RECOVERY or one.user in (None, signer.user)
                if not is_own or not may_write(signer.role, one):
                    return one.seq
            waiting = []
    return waiting[0].seq if waiting else None


def _is_by(signer: LineSigner, begun: int, last: JournalLine, signature: object) -> bool:
    if signer.since > begun or not isinstance(signature, bytes):
        return False
    return pairs.verifies(signer.public, signature, _told(begun, last.seq, last.hash))
