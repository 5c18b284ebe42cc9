"""Codes of persons in lists that leave: another one for each recipient, so that two of them cannot join their lists.

A keyed digest of the code behind the prefix of the recipient, `OIM-7K3QMXH2`; the secret is that of remembered lines,
sealed with the key of names.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from shelter_desk.domain.errors import NoSuch, NotAllowed
from shelter_desk.domain.residents.residents import ALPHABET
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.sending import recipients
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.residents import residents

_CODE = re.compile(rf"(?<!\w)[{ALPHABET}]{{3}}-[{ALPHABET}]{{3}}-[{ALPHABET}](?!\w)", re.IGNORECASE)
LETTERS = 8  # of thirty-one: a house of ten thousand persons has two alike once in fifteen thousand times


@needs(Permission.SEE_NAMES)
def of_recipient(desk: Desk, name: str, codes: Iterable[str]) -> Mapping[str, str]:
    """What that recipient is given in place of each code. Raises NoSuch for somebody who is not in the
    directory, NotAllowed.
    """
    known = recipients.named(desk, name)
    if known is None:
        raise NoSuch("recipient", name)
    secret = _secret(desk)
    return {code: pseudonym(secret, known.prefix, code) for code in codes}


def in_place(told: str, known: Mapping[str, str]) -> str:
    """A text with what stands in `known` in place of each code in it."""
    return _CODE.sub(lambda found: known.get(found.group().upper(), found.group()), told)


def pseudonym(secret: bytes, prefix: str, code: str) -> str:
    """The digest of a code for one prefix, in signs that are not taken for each other."""
    number = int.from_bytes(hmac.digest(secret, f"{prefix}\0{code}".encode(), hashlib.sha256))
    letters = ""
    for _ in range(LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return f"{prefix}-{letters}"


@needs(Permission.SEE_NAMES)
def code_of(desk: Desk, given: str) -> str:
    """The code that a recipient was given under that pseudonym, since two files became one that of the person who goes
    on. Raises NoSuch, NotAllowed.
    """
    wanted = given.strip().upper()
    prefix = wanted.rpartition("-")[0]
    secret = _secret(desk)
    with desk.reading() as connection:
        every, now = residents.every_code(connection), residents.former_codes(connection)
    found = next((code for code in every if pseudonym(secret, prefix, code) == wanted), None)
    if found is None:
        raise NoSuch("person", given)
    return now.get(found, found)


def meant(desk: Desk, typed: str) -> str:
    """The code behind what was typed, where that is one that a recipient was given; else what was typed."""
    prefix, dash, rest = typed.strip().upper().rpartition("-")
    is_one = dash and len(rest) == LETTERS and desk.may(Permission.SEE_NAMES)
    if not is_one or prefix not in {one.prefix for one in recipients.recipients(desk)}:
        return typed
    with suppress(NoSuch):
        return code_of(desk, typed)
    return typed


def _secret(desk: Desk) -> bytes:
    sealer = desk.key_of_names()
    with desk.reading() as connection:
        made = import_lines.digests(connection, sealer)
    if made is None:
        with desk.database.transaction(recipients.TOPICS) as connection:
            made = import_lines.digests_to_keep(connection, sealer)
    if made is None:
        raise NotAllowed(Permission.SEE_NAMES.value)
    return made.secret
