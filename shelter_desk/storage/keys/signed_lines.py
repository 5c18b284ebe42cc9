"""Who wrote which lines of the journal: each transaction signs its own with the seed of the slot at the desk.

Whoever has the key of the file can add a line in anybody's name, with the right hash; nobody can sign it for them.
Managers sign whose the keys are; from which line on there are signatures stands in their list of slots (decision 008).
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.keys import pairs, slot_list
from shelter_desk.storage.keys.slot_list import LineSigner

RECOVERY = 0  # stands for whoever holds the recovery key, who may write in the name that they take
_LINES, _SIGNER = b"shelter-desk journal lines ", b"shelter-desk journal signer "
_Block = tuple[object, object, object]  # its first line, the key, the signature
_PLACE = struct.Struct(">QQ")
_verifies = lru_cache(maxsize=512)(pairs.verifies)  # the same few at each act
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
    return [one for one, signature in found if _verifies(managers, signature, _signer_told(one))]


def _is_signer(*told: object) -> bool:
    user, role, public, since, signature = told
    numbers = all(type(one) is int and 0 <= one < journal.TOO_LARGE for one in (user, since))
    is_key = isinstance(public, bytes) and len(public) == pairs.SIZE and isinstance(signature, bytes)
    return numbers and isinstance(role, str) and is_key


# Who wrote them ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signatures:
    """Which signatures count. managers: the public key of who signs whose the others are; first: from which line of the
    journal on each is signed, 0 where none is.
    """

    managers: bytes = b""
    first: int = 0

    def lines(self, connection: Connection, after: int) -> Iterator[tuple[JournalLine, LineSigner | None]]:
        """Each line after that one with who signed it, None of those of before there were signatures.

        Raises Damaged("journal") at the first one that does not follow from the one before, or that nobody signed as it
        stands there, in the name that it says. What was yielded before holds only once all were asked for: whoever
        writes an early line over can make those after it follow, but none that is signed.
        """
        known = _by_key(signers(connection, self.managers) if self.first else ())
        blocks = _blocks(connection, after) if self.first else {}
        waiting: list[JournalLine] = []  # for the signature of their transaction
        for line, is_whole in journal.chained_after(connection, after):
            waiting.append(line)
            if is_whole and (not self.first or line.seq < self.first):
                yield line, None
                waiting = []
                continue
            signer = _signer(known, blocks.get(line.seq), waiting)
            if not is_whole or (line.seq in blocks and signer is None):
                break
            if signer is not None:
                if not all(_is_own(signer, one) for one in waiting):
                    break
                yield from ((one, signer) for one in waiting)
                waiting = []
        if waiting:
            raise Damaged("journal", str(waiting[0].seq))


def signatures(folder: Path, managers: bytes) -> Signatures:
    """Those of the shelter in that folder. managers: who they are, as what opened says. Raises Damaged("keys")."""
    return Signatures(slot_list.signer(folder, managers), slot_list.signed_from(folder, managers))


# Are they right ------------------------------------------------------------------------------------------------------


def forged(
    connection: Connection, known: Sequence[LineSigner], first: int, may_tell: Callable[[str, JournalLine], bool]
) -> int | None:
    """The first line from that one on that nobody signed, somebody else than whom it names, or that its writer could
    not have written; None for none.

    may_tell: whether that role writes such a line. The chain is whole by then (`journal.verify`). Takes about
    0.1 ms for each transaction of the journal.
    """
    by_key = _by_key(known)
    blocks = _blocks(connection, 0)
    waiting: list[JournalLine] = []  # for the signature of their transaction
    for line in journal.lines_after(connection, first - 1):
        waiting.append(line)
        if line.seq in blocks:
            signer = _signer(by_key, blocks[line.seq], waiting)
            if signer is None:
                return waiting[0].seq
            for one in waiting:
                if not _is_own(signer, one) or not may_tell(signer.role, one):
                    return one.seq
            waiting = []
    return waiting[0].seq if waiting else None


def _blocks(connection: Connection, after: int) -> dict[object, _Block]:
    """The signatures of the lines after that one, by the last line of each."""
    wanted = text("SELECT seq, first_seq, signer, signature FROM journal_signatures WHERE seq > :after ORDER BY seq")
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(wanted, {"after": after})}


def _by_key(known: Iterable[LineSigner]) -> dict[object, LineSigner]:
    return {one.public: one for one in known}


def _signer(
    known: Mapping[object, LineSigner], block: _Block | None, lines: Sequence[JournalLine]
) -> LineSigner | None:
    """Who signed these lines, which came together; None for nobody who may."""
    if block is None:
        return None
    begun, public, signature = block
    signer, last = known.get(public), lines[-1]
    if signer is None or not isinstance(signature, bytes):
        return None
    if type(begun) is not int or not signer.since <= begun <= lines[0].seq:
        return None
    return signer if _verifies(signer.public, signature, _told(begun, last.seq, last.hash)) else None


def _is_own(signer: LineSigner, line: JournalLine) -> bool:
    """Whether it names who signed it, or nobody."""
    return signer.user == RECOVERY or line.user in (None, signer.user)
