"""`keys.json` on the disk: how it is written, and what makes it damaged."""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import Damaged, NoShelter, TooNew
from shelter_desk.domain.rights import Role
from shelter_desk.storage.file.files import keep_entry, named_errors, replace_atomically, small
from shelter_desk.storage.file.passwords import KdfCost
from shelter_desk.storage.file.slots import (
    APPLICATION,
    FORMAT,
    NONCE,
    PAIRED_FORMAT,
    RECOVERY,
    SALT,
    SIZE,
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
        (folder / NEXT).replace(folder / FILE)
        keep_entry(folder)


def drop_next(folder: Path) -> None:
    """What was made ready is not wanted; where the disk refuses it counts all the same no more."""
    with suppress(OSError):
        (folder / NEXT).unlink(missing_ok=True)


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
        told = json.loads(small(path, LARGEST))
        if told["application"] != APPLICATION or not isinstance(told["format"], int) or told["format"] < 1:
            raise ValueError("not ours")
        if told["format"] > FORMAT:
            raise TooNew(str(told["format"]), str(FORMAT))
        return _file(told)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged("keys", str(path)) from error


def _file(told: Any) -> KeyFile:
    slots = tuple(_slot(one) for one in told["slots"])
    if not slots or not isinstance(told["training"], bool):
        raise ValueError("no slots")
    vouched = _vouched(told["vouched"]) if told["format"] == FORMAT else None
    return KeyFile(bytes.fromhex(told["shelter"]).hex(), told["training"], _kdf(told["kdf"]), slots, vouched)


def _vouched(told: Any) -> Vouched:
    if type(told["turn"]) is not int:
        raise ValueError("not a list of slots")
    hexes = {name: bytes.fromhex(told[name]) for name in ("managers", "box", "signature")}
    listed = tuple(Listed(str(k), int(u), str(r), str(p), str(s), str(b)) for k, u, r, p, s, b in told["slots"])
    earlier = tuple((bytes.fromhex(public), bytes.fromhex(signature)) for public, signature in told["earlier"])
    return Vouched(turn=told["turn"], slots=listed, earlier=earlier, **hexes)


def _vouched_told(vouched: Vouched) -> dict[str, Any]:
    return {
        "managers": vouched.managers.hex(),
        "turn": vouched.turn,
        "box": vouched.box.hex(),
        "earlier": [[public.hex(), signature.hex()] for public, signature in vouched.earlier],
        "slots": [list(asdict(one).values()) for one in vouched.slots],
        "signature": vouched.signature.hex(),
    }


def _slot(told: Any) -> Slot:
    if told["kind"] not in {USER, RECOVERY} or type(told["user"]) is not int:
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
    return Slot(str(told["id"]), told["kind"], told["user"], Role(told["role"]), tag, **hexes, kdf=kdf, **more)


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
    cost = KdfCost(*(int(told[name]) for name in ("memory", "time", "parallelism")))
    salt = bytes.fromhex(told["salt"])
    if told["algorithm"] != "argon2id" or not cost.is_sane or len(salt) != SALT:
        raise ValueError("not a way to stretch a password")
    return Kdf(salt, cost)
