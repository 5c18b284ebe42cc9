"""The form of `keys.json`: what is written in a key slot, how it is wrapped, and what makes the file damaged."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelter_desk.domain.errors import Damaged, NoShelter, TooNew
from shelter_desk.domain.rights import Role
from shelter_desk.storage.files import replace_atomically
from shelter_desk.storage.passwords import KdfCost

FILE = "keys.json"
FORMAT = 1
APPLICATION = "shelter-desk"
SALT = 16
NONCE = 12
LARGEST = 1 << 20  # bytes; a file of 500 slots has a third
USER = "user"
RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Kdf:
    """How a name and a password become a secret."""

    salt: bytes
    cost: KdfCost


@dataclass(frozen=True, slots=True)
class Slot:
    """The keys of one user, or of whoever holds the recovery key.

    user: number of the row in `users`. device_tag: says which computer's secret it needs, without telling it; empty
    when it needs none. kdf: its own, None for that of the file.
    """

    id: str
    kind: str
    user: int
    role: Role
    device_tag: str
    salt: bytes
    nonce: bytes
    sealed: bytes
    kdf: Kdf | None = None

    @property
    def is_device_bound(self) -> bool:
        """True when the secret of the computer is needed too."""
        return bool(self.device_tag)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All of `keys.json`. shelter: a random number, the name under which the keyring keeps the device secret."""

    shelter: str
    training: bool
    kdf: Kdf
    slots: tuple[Slot, ...]

    def wrap(self, slot: Slot, secret: bytes, bundle: Mapping[str, str]) -> Slot:
        """The slot with the bundle sealed in it."""
        nonce = os.urandom(NONCE)
        sealed = AESGCM(_derived(secret, slot)).encrypt(nonce, json.dumps(dict(bundle)).encode(), self._told(slot))
        return replace(slot, nonce=nonce, sealed=sealed)

    def unwrap(self, slot: Slot, secret: bytes) -> dict[str, str] | None:
        """The bundle, None where the secret is not that of the slot or anything in the slot was altered."""
        try:
            plain = AESGCM(_derived(secret, slot)).decrypt(slot.nonce, slot.sealed, self._told(slot))
        except (InvalidTag, ValueError):
            return None
        bundle: dict[str, str] = json.loads(plain)
        return bundle

    def kdf_of(self, slot: Slot) -> Kdf:
        """What stretches the password of this slot."""
        return slot.kdf or self.kdf

    def _told(self, slot: Slot) -> bytes:
        """Everything in clear that the seal vouches for."""
        told = [APPLICATION, FORMAT, self.shelter, self.training, slot.id, slot.kind, slot.user, slot.role]
        return json.dumps([*told, slot.device_tag]).encode()


def new_slot(kind: str, user: int, role: Role, device_secret: bytes | None) -> Slot:
    """A slot to be wrapped."""
    slot_id = secrets.token_hex(8)
    tag = "" if device_secret is None else device_tag(device_secret, slot_id)
    return Slot(slot_id, kind, user, role, tag, os.urandom(SALT), b"", b"")


def device_tag(device_secret: bytes, slot_id: str) -> str:
    """Tells whether this computer's secret is the one that a slot needs."""
    return HKDF(SHA256(), 8, salt=None, info=f"device {slot_id}".encode()).derive(device_secret).hex()


def _derived(secret: bytes, slot: Slot) -> bytes:
    return HKDF(SHA256(), 32, salt=slot.salt, info=slot.id.encode()).derive(secret)


def write(folder: Path, keys: KeyFile) -> None:
    """Put the file in place of the old one. Raises DiskFull, ReadOnly."""
    told = {
        "format": FORMAT,
        "application": APPLICATION,
        "shelter": keys.shelter,
        "training": keys.training,
        "kdf": _kdf_told(keys.kdf),
        "slots": [_slot_told(slot) for slot in keys.slots],
    }
    replace_atomically(folder / FILE, (json.dumps(told, indent=1) + "\n").encode())


def read(folder: Path) -> KeyFile:
    """What the file says.

    Raises NoShelter for a folder without a shelter, Damaged("keys") for a file that is cut, altered or missing beside a
    database, TooNew.
    """
    path = folder / FILE
    if not path.is_file():
        if any(folder.glob("*.db")):
            raise Damaged("keys", str(path))
        raise NoShelter(str(folder))
    try:
        if path.stat().st_size > LARGEST:
            raise Damaged("keys", str(path))
        told = json.loads(path.read_bytes())
        _check_format(told)
        return _file(told)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged("keys", str(path)) from error


def _check_format(told: Any) -> None:
    if told["application"] != APPLICATION or not isinstance(told["format"], int) or told["format"] < 1:
        raise ValueError("not ours")
    if told["format"] > FORMAT:
        raise TooNew(str(told["format"]), str(FORMAT))


def _file(told: Any) -> KeyFile:
    slots = tuple(_slot(one) for one in told["slots"])
    if not slots or not isinstance(told["training"], bool):
        raise ValueError("no slots")
    return KeyFile(bytes.fromhex(told["shelter"]).hex(), told["training"], _kdf(told["kdf"]), slots)


def _slot(told: Any) -> Slot:
    if told["kind"] not in {USER, RECOVERY} or type(told["user"]) is not int:
        raise ValueError("not a slot")
    tag = bytes.fromhex(told["device_tag"]).hex()
    if told["device"] is not bool(tag):
        raise ValueError("not a slot")
    hexes = [bytes.fromhex(told[name]) for name in ("salt", "nonce", "sealed")]
    if len(hexes[0]) != SALT or len(hexes[1]) != NONCE:
        raise ValueError("not a slot")
    kdf = _kdf(told["kdf"]) if "kdf" in told else None
    return Slot(str(told["id"]), told["kind"], told["user"], Role(told["role"]), tag, hexes[0], hexes[1], hexes[2], kdf)


def _slot_told(slot: Slot) -> dict[str, Any]:
    told = {
        "id": slot.id,
        "kind": slot.kind,
        "user": slot.user,
        "role": slot.role.value,
        "device": slot.is_device_bound,
        "device_tag": slot.device_tag,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "sealed": slot.sealed.hex(),
    }
    return told if slot.kdf is None else {**told, "kdf": _kdf_told(slot.kdf)}


def _kdf(told: Any) -> Kdf:
    cost = KdfCost(*(int(told[name]) for name in ("memory", "time", "parallelism")))
    salt = bytes.fromhex(told["salt"])
    if told["algorithm"] != "argon2id" or not cost.is_sane or len(salt) != SALT:
        raise ValueError("not a way to stretch a password")
    return Kdf(salt, cost)


def _kdf_told(kdf: Kdf) -> dict[str, Any]:
    return {"algorithm": "argon2id", **asdict(kdf.cost), "salt": kdf.salt.hex()}
