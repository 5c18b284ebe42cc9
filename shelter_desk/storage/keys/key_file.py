"""`keys.json` on the disk: how it is written, and what makes it damaged."""

import json
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import Damaged, NoShelter, TooNew
from shelter_desk.domain.rights import Role
from shelter_desk.storage.file.files import keep_entry, named_errors, replace_atomically, small
from shelter_desk.storage.keys.pairs import NONCE, SIZE
from shelter_desk.storage.keys.passwords import KdfCost
from shelter_desk.storage.keys.slots import (
    APPLICATION,
    FORMAT,
    PAIRED_FORMAT,
    RECOVERY,
    SALT,
    USER,
    Kdf,
    KeyFile,
    Listed,
    Slot,
    Vouched,
    kdf_told,
)

FILE = "keys.json"
NEXT = "keys.json.next"  # what takes its place once the database knows of it
LARGEST = 1 << 20  # bytes; a file of 500 slots has a half
_SLOT_ID = re.compile(r"(?:[0-9]{1,15}-)?[0-9a-f]{1,64}")
_LATEST = 10**15  # what a turn or the number of an account stays below
_OPTIONAL = ("signer", "proof", "voucher", "mac")


def write(folder: Path, keys: KeyFile, name: str = FILE) -> None:
    """Put the file in place of the old one. name: NEXT to have it ready beside. Raises DiskFull, ReadOnly."""
    told = {
        "format": FORMAT if keys.vouched else PAIRED_FORMAT,
        "application": APPLICATION,
        "shelter": keys.shelter,
        "training": keys.training,
        "kdf": kdf_told(keys.kdf),
        "slots": [_slot_told(slot) for slot in keys.slots],
    }
    if keys.vouched is not None:
        told["vouched"] = _vouched_told(keys.vouched)
    replace_atomically(folder / name, (json.dumps(told, indent=1) + "\n").encode())


def take_next(folder: Path) -> None:
    """What was made ready is `keys.json` from now on; that needs no room on the disk."""
    with named_errors(folder):
        held_files.replace(folder / NEXT, folder / FILE)
        keep_entry(folder)


def drop_next(folder: Path) -> None:
    """What was made ready is not wanted; where the disk refuses it counts all the same no more."""
    with suppress(OSError):
        held_files.remove(folder / NEXT, missing_ok=True)


def read(folder: Path, name: str = FILE) -> KeyFile:
    """What the file says. name: NEXT for what was made ready.

    Raises NoShelter for a folder without a shelter, Damaged("keys") for a file that is cut, altered or missing beside a
    database, TooNew.
    """
    path = folder / name
    if not path.is_file():
        if any(folder.glob("*.db")):
            raise Damaged("keys", str(path))
        raise NoShelter(str(folder))
    try:
        return _file(small(path, LARGEST))
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise Damaged("keys", str(path)) from error


@lru_cache(1)  # what opens a file asks for it a dozen times
def _file(content: bytes) -> KeyFile:
    told = json.loads(content)
    if told["application"] != APPLICATION or not isinstance(told["format"], int) or told["format"] < 1:
        raise ValueError("not ours")
    if told["format"] > FORMAT:
        raise TooNew(str(told["format"]), str(FORMAT))
    slots = tuple(_slot(one) for one in told["slots"])
    if not slots or not isinstance(told["training"], bool):
        raise ValueError("no slots")
    vouched = _vouched(told["vouched"]) if told["format"] == FORMAT else None
    shelter = bytes.fromhex(told["shelter"]).hex()
    if len(shelter) > 2 * SIZE:
        raise ValueError("no number of a shelter")
    return KeyFile(shelter, told["training"], _kdf(told["kdf"]), slots, vouched)


def _number(told: Any) -> int:
    if type(told) is not int or not 0 <= told < _LATEST:
        raise ValueError("not a number of ours")
    return told


def _vouched(told: Any) -> Vouched:
    hexes = {name: bytes.fromhex(told[name]) for name in ("managers", "box", "signature")}
    listed = tuple(_listed(*one) for one in told["slots"])
    earlier = tuple((bytes.fromhex(public), bytes.fromhex(signature)) for public, signature in told["earlier"])
    lines = _number(told.get("lines", 0))
    return Vouched(turn=_number(told["turn"]), slots=listed, earlier=earlier, lines=lines, **hexes)


def _listed(kind: Any, user: Any, *texts: Any) -> Listed:
    if kind not in {USER, RECOVERY} or not all(isinstance(one, str) for one in texts):
        raise ValueError("not a list of slots")
    if texts[0]:
        Role(texts[0])
    return Listed(kind, _number(user), *texts)


def _vouched_told(vouched: Vouched) -> dict[str, Any]:
    return {
        "managers": vouched.managers.hex(),
        "turn": vouched.turn,
        "box": vouched.box.hex(),
        "earlier": [[public.hex(), signature.hex()] for public, signature in vouched.earlier],
        "slots": [one.told for one in vouched.slots],
        "signature": vouched.signature.hex(),
        **({"lines": vouched.lines} if vouched.lines else {}),
    }


def _slot(told: Any) -> Slot:
    if told["kind"] not in {USER, RECOVERY} or not _SLOT_ID.fullmatch(told["id"]):
        raise ValueError("not a slot")
    tag = bytes.fromhex(told["device_tag"]).hex()
    if told["device"] is not bool(tag):
        raise ValueError("not a slot")
    hexes = {name: bytes.fromhex(told[name]) for name in ("salt", "nonce", "sealed")}
    if len(hexes["salt"]) != SALT or len(hexes["nonce"]) != NONCE:
        raise ValueError("not a slot")
    kdf = _kdf(told["kdf"]) if "kdf" in told else None
    more = {name: bytes.fromhex(told.get(name, "")) for name in ("public", "bundle", *_OPTIONAL)}
    if bool(more["public"]) is not bool(more["bundle"]) or len(more["public"]) not in (0, SIZE):
        raise ValueError("not a slot")
    return Slot(told["id"], told["kind"], _number(told["user"]), Role(told["role"]), tag, **hexes, kdf=kdf, **more)


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
    if slot.public:
        told |= {"public": slot.public.hex(), "bundle": slot.bundle.hex()}
    told |= {name: value.hex() for name in _OPTIONAL if (value := getattr(slot, name))}
    return told if slot.kdf is None else {**told, "kdf": kdf_told(slot.kdf)}


def _kdf(told: Any) -> Kdf:
    cost = KdfCost(*(_number(told[name]) for name in ("memory", "time", "parallelism")))
    salt = bytes.fromhex(told["salt"])
    if told["algorithm"] != "argon2id" or not cost.is_sane or len(salt) != SALT:
        raise ValueError("not a way to stretch a password")
    return Kdf(salt, cost)
