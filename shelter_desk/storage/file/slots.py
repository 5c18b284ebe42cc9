"""The form of `keys.json`: what is written in a key slot, how it is wrapped, and what makes the file damaged.

A slot has a pair of keys: the private one opens with the password, the keys of the shelter are sealed to the public
one. So new keys can be put into everybody's slot without anybody's password.
"""

import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelter_desk.domain.errors import Damaged, NoShelter, TooNew
from shelter_desk.domain.rights import Role
from shelter_desk.storage.file.files import replace_atomically
from shelter_desk.storage.file.passwords import KdfCost

FILE = "keys.json"
FORMAT = 2
FIRST_FORMAT = 1  # its slots seal the keys of the shelter with the password itself
APPLICATION = "shelter-desk"
SALT = 16
NONCE = 12
PUBLIC = 32
PAIRED = ("public", "bundle", "voucher")
LARGEST = 1 << 20  # bytes; a file of 500 slots has a third
USER = "user"
RECOVERY = "recovery"
Bundle = Mapping[str, str]  # the keys that a role holds, as hexadecimal text


@dataclass(frozen=True, slots=True)
class Kdf:
    """How a name and a password become a secret."""

    salt: bytes
    cost: KdfCost


@dataclass(frozen=True, slots=True)
class Slot:
    """The keys of one user, or of whoever holds the recovery key.

    user: number of the row in `users`. device_tag: says which computer's secret it needs, without telling it; empty
    when it needs none. kdf: its own, None for that of the file. sealed: the private key, that opens `bundle`; the keys
    themselves in a slot of the first format, which has no public key. voucher: who made the slot had the key of the
    database. mac: over all of it, under that key; empty in a slot of a program that wrote none.
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
    public: bytes = b""
    bundle: bytes = b""
    voucher: bytes = b""
    mac: bytes = b""

    @property
    def turn(self) -> int:
        """Each new slot of a file has a later one than those before; 0 in a file of a program that counted none."""
        number = self.id.partition("-")[0]
        return int(number) if "-" in self.id and number.isdecimal() else 0

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

    def wrap(self, slot: Slot, secret: bytes, bundle: Bundle) -> Slot:
        """The slot with a new pair of keys, and the bundle sealed in it."""
        private, nonce = X25519PrivateKey.generate(), os.urandom(NONCE)
        made = replace(slot, nonce=nonce, public=private.public_key().public_bytes_raw())
        sealed = AESGCM(_derived(secret, made)).encrypt(nonce, private.private_bytes_raw(), self._told(made))
        return self.filled(replace(made, sealed=sealed), bundle)

    def filled(self, slot: Slot, bundle: Bundle) -> Slot:
        """The slot with another bundle; no password is needed."""
        plain = json.dumps(dict(bundle)).encode()
        voucher = self._voucher(slot, bundle)
        made = replace(slot, bundle=sealed_to(slot.public, plain, self._told(slot)), voucher=voucher)
        return self.marked(made, bytes.fromhex(bundle["database"]))

    def marked(self, slot: Slot, database: bytes) -> Slot:
        """The slot with the mac over all that is in it."""
        return replace(slot, mac=self._mac(slot, database))

    def is_whole(self, slot: Slot, database: bytes) -> bool:
        """False for a slot in which anything was altered since it was made: it opens nothing any more."""
        return hmac.compare_digest(slot.mac, self._mac(slot, database))

    def _mac(self, slot: Slot, database: bytes) -> bytes:
        key = HKDF(SHA256(), 32, salt=None, info=b"shelter-desk slot").derive(database)
        parts = (self._told(slot), slot.salt, slot.nonce, slot.sealed, slot.bundle, slot.voucher)
        kdf = None if slot.kdf is None else _kdf_told(slot.kdf)
        return hmac.digest(key, json.dumps([*(one.hex() for one in parts), kdf]).encode(), "sha256")

    def is_vouched(self, slot: Slot, bundle: Bundle) -> bool:
        """True for a slot that was made by somebody who had these keys; one put into the file by hand is not."""
        return bool(slot.public) and hmac.compare_digest(slot.voucher, self._voucher(slot, bundle))

    def unwrap(self, slot: Slot, secret: bytes) -> dict[str, str] | None:
        """The bundle, None where the secret is not that of the slot or anything in the slot was altered."""
        try:
            plain = AESGCM(_derived(secret, slot)).decrypt(slot.nonce, slot.sealed, self._told(slot))
            if slot.public:
                plain = opened_with(plain, slot.bundle, self._told(slot))
        except (InvalidTag, ValueError):
            return None
        bundle: dict[str, str] = json.loads(plain)
        return bundle

    def own_key(self, slot: Slot, secret: bytes) -> bytes | None:
        """What only the owner of the slot has, for what they type; None in a slot of the first format."""
        if not slot.public:
            return None
        try:
            private = AESGCM(_derived(secret, slot)).decrypt(slot.nonce, slot.sealed, self._told(slot))
        except (InvalidTag, ValueError):
            return None
        return HKDF(SHA256(), 32, salt=None, info=b"shelter-desk drafts").derive(private)

    def _voucher(self, slot: Slot, bundle: Bundle) -> bytes:
        key = HKDF(SHA256(), 32, salt=None, info=b"shelter-desk voucher").derive(bytes.fromhex(bundle["database"]))
        return hmac.digest(key, self._told(slot), "sha256")

    def kdf_of(self, slot: Slot) -> Kdf:
        """What stretches the password of this slot."""
        return slot.kdf or self.kdf

    def _told(self, slot: Slot) -> bytes:
        """Everything in clear that the seal vouches for."""
        version = FORMAT if slot.public else FIRST_FORMAT
        told = [APPLICATION, version, self.shelter, self.training, slot.id, slot.kind, slot.user, slot.role]
        return json.dumps([*told, slot.device_tag, *([slot.public.hex()] if slot.public else [])]).encode()


def sealed_to(public: bytes, plain: bytes, told: bytes) -> bytes:
    """What only the owner of the private key opens: a key of the moment, agreed with the public one."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(NONCE)
    key = _agreed(once, public, once.public_key().public_bytes_raw() + public)
    return once.public_key().public_bytes_raw() + nonce + AESGCM(key).encrypt(nonce, plain, told)


def opened_with(private: bytes, sealed: bytes, told: bytes) -> bytes:
    """What was sealed to the public key of this private one. Raises InvalidTag, ValueError."""
    own = X25519PrivateKey.from_private_bytes(private)
    once, nonce, rest = sealed[:PUBLIC], sealed[PUBLIC : PUBLIC + NONCE], sealed[PUBLIC + NONCE :]
    key = _agreed(own, once, once + own.public_key().public_bytes_raw())
    return AESGCM(key).decrypt(nonce, rest, told)


def _agreed(own: X25519PrivateKey, other: bytes, salt: bytes) -> bytes:
    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    return HKDF(SHA256(), 32, salt=salt, info=b"shelter-desk bundle").derive(shared)


def new_slot(kind: str, user: int, role: Role, device_secret: bytes | None, turn: int) -> Slot:
    """A slot to be wrapped."""
    slot_id = f"{turn}-{secrets.token_hex(8)}"
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
    return KeyFile(bytes.fromhex(told["shelter"]).hex(), told["training"], _kdf(told["kdf"]), slots)


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
    paired = {name: bytes.fromhex(told[name]) for name in PAIRED if name in told}
    if paired and (len(paired) != len(PAIRED) or len(paired["public"]) != PUBLIC):
        raise ValueError("not a slot")
    mac = bytes.fromhex(told.get("mac", ""))
    return Slot(
        str(told["id"]), told["kind"], told["user"], Role(told["role"]), tag, **hexes, kdf=kdf, **paired, mac=mac
    )


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
        told |= {"public": slot.public.hex(), "bundle": slot.bundle.hex(), "voucher": slot.voucher.hex()}
    if slot.mac:
        told["mac"] = slot.mac.hex()
    return told if slot.kdf is None else {**told, "kdf": _kdf_told(slot.kdf)}


def _kdf(told: Any) -> Kdf:
    cost = KdfCost(*(int(told[name]) for name in ("memory", "time", "parallelism")))
    salt = bytes.fromhex(told["salt"])
    if told["algorithm"] != "argon2id" or not cost.is_sane or len(salt) != SALT:
        raise ValueError("not a way to stretch a password")
    return Kdf(salt, cost)


def _kdf_told(kdf: Kdf) -> dict[str, Any]:
    return {"algorithm": "argon2id", **asdict(kdf.cost), "salt": kdf.salt.hex()}
