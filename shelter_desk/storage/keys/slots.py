"""The key slots: what is in one, how it is wrapped, and how a manager vouches for it (`key_file` for the file).

A slot has a pair of keys: the private one opens with the password, the keys of the shelter are sealed to the public
one. So new keys can be put into everybody's slot without anybody's password.

Who has a slot is vouched for by a manager, with a signature that only managers can make (decision 008). Its public half
lies inside what each password opens, so that nobody can put another one there.
"""

import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.keys.pairs import NONCE, SIZE, opened_with, public_of, sealed_to, verifies
from shelter_desk.storage.keys.passwords import KdfCost

FORMAT = 3
PAIRED_FORMAT = 2  # whoever had the key of the database could make a slot
FIRST_FORMAT = 1  # its slots seal the keys of the shelter with the password itself
APPLICATION = "shelter-desk"
SALT = 16
LATEST = 10**14  # what a turn stays below, wherever anybody may have written it
TAG = 16
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
    when it needs none. kdf: its own, None for that of the file. sealed: what the password opens (`Private`). public:
    the keys of the shelter are sealed to it in `bundle`; a slot of the first format has neither, `sealed` holds the
    keys themselves. signer: what the owner proves with that a new pair is theirs; proof: that of the pair here, empty
    where a manager listed this pair. voucher: of the second format. mac: over all of it,
    under the key of the database, which everybody holds.
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
    signer: bytes = b""
    proof: bytes = b""
    voucher: bytes = b""
    mac: bytes = b""

    @property
    def turn(self) -> int:
        """Each new slot of a file has a later one than those before; 0 in a file of a program that counted none."""
        number, dash, _ = self.id.partition("-")
        turn = int(number) if dash else 0
        return turn if turn < LATEST else 0  # owners number their own, and nobody is to run out of numbers

    @property
    def is_device_bound(self) -> bool:
        """True when the secret of the computer is needed too."""
        return bool(self.device_tag)

    @property
    def knows_managers(self) -> bool:
        """Whether what the password opens says who the managers are; beside a list nothing else opens."""
        return bool(self.public) and len(self.sealed) == 3 * SIZE + TAG

    @property
    def owner(self) -> tuple[str, int]:
        """Nobody has two slots, and there is one recovery key."""
        return (self.kind, 0 if self.kind == RECOVERY else self.user)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a manager says of one slot. bundle: the SHA-256 of it.

    public, signer, bundle: empty for somebody who has to be given a new slot; role: too where no manager ever gave it.
    name: of the account, sealed (`account_names`), empty where nobody signed it. sealed: the SHA-256 of what the
    password opens, and of how; empty in a list of an older program.
    """

    kind: str
    user: int
    role: str
    public: str
    signer: str
    bundle: str
    name: str = ""
    sealed: str = ""

    @property
    def told(self) -> list[str | int]:
        """What is signed, and written."""
        named = [self.name, self.sealed] if self.sealed else [self.name] if self.name else []
        return [self.kind, self.user, self.role, self.public, self.signer, self.bundle, *named]

    @property
    def owner(self) -> tuple[str, int]:
        """As that of the slot."""
        return (self.kind, 0 if self.kind == RECOVERY else self.user)


@dataclass(frozen=True, slots=True)
class Vouched:
    """The list of slots, signed by a manager.

    managers: the public half of what signs; earlier: those before it, each with what it signed of the one that follows.
    turn: counts the lists of a file. box: the public key of the box (decision 009), empty where there is none yet.
    lines: from which line of the journal on each is signed by who wrote it, 0 where none was when this was signed.
    """

    managers: bytes
    turn: int
    slots: tuple[Listed, ...] = ()
    box: bytes = b""
    earlier: tuple[tuple[bytes, bytes], ...] = ()
    signature: bytes = b""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Private:
    """What a password opens: the private key of the pair, the seed of `signer`, and who the managers are.

    seed, managers: empty in a slot of an older program.
    """

    key: bytes
    seed: bytes = b""
    managers: bytes = b""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All of `keys.json`. shelter: a random number, the name under which the keyring keeps the device secret.

    vouched: None in a file of an older program, until a manager opens it.
    """

    shelter: str
    training: bool
    kdf: Kdf
    slots: tuple[Slot, ...]
    vouched: Vouched | None = None

    def wrap(self, slot: Slot, secret: bytes, bundle: Bundle, managers: bytes, seed: bytes = b"") -> Slot:
        """The slot with a new pair of keys, and the bundle sealed in it. seed: what its owner proved with before."""
        key = X25519PrivateKey.generate()
        private = Private(key.private_bytes_raw(), seed or secrets.token_bytes(SIZE), managers)
        made = replace(slot, public=key.public_key().public_bytes_raw(), signer=public_of(private.seed))
        return self.filled(self.rewrapped(made, secret, private), bundle)

    def rewrapped(self, slot: Slot, secret: bytes, private: Private) -> Slot:
        """The slot with that under the secret."""
        made = replace(slot, nonce=os.urandom(NONCE), signer=public_of(private.seed))
        plain = private.key + (private.seed or _NO_SEED) + private.managers
        return replace(made, sealed=AESGCM(_derived(secret, made)).encrypt(made.nonce, plain, self._told(made)))

    def filled(self, slot: Slot, bundle: Bundle) -> Slot:
        """The slot with another bundle; no password is needed, and no proof holds any more."""
        plain = json.dumps(dict(bundle)).encode()
        return replace(slot, bundle=sealed_to(slot.public, plain, self._owned(slot)), proof=b"", voucher=b"", mac=b"")

    def proven(self, slot: Slot, seed: bytes) -> Slot:
        """The slot with the proof of its owner that pair and bundle are theirs."""
        return replace(
            slot, proof=Ed25519PrivateKey.from_private_bytes(seed).sign(self._proof(slot, self._listed(slot)))
        )

    def unwrap(self, slot: Slot, secret: bytes) -> tuple[dict[str, str], Private | None] | None:
        """The bundle, and what the password opened beside it, None of a slot of the first format.

        None where the secret is not that of the slot or anything in the slot was altered.
        """
        try:
            private = self.private(slot, secret)
            if private is None:
                return None
            if not slot.public:
                return json.loads(private.key), None
            told = self._owned(slot) if self.vouched else self._told(slot)
            return json.loads(opened_with(private.key, slot.bundle, told)), private
        except (InvalidTag, ValueError):
            return None

    def private(self, slot: Slot, secret: bytes) -> Private | None:
        """What the password itself opens, None where it is not that of the slot: nobody else could have put it there.

        Of the first format that is the bundle, here as the key.
        """
        try:
            plain = AESGCM(_derived(secret, slot)).decrypt(slot.nonce, slot.sealed, self._told(slot))
        except (InvalidTag, ValueError):
            return None
        if not slot.public:
            return Private(plain)
        key, seed, managers = plain[:SIZE], plain[SIZE : 2 * SIZE], plain[2 * SIZE :]
        return Private(key, b"" if seed == _NO_SEED else seed, managers)

    # What managers sign -----------------------------------------------------------------------------------------------

    def signed(
        self,
        seed: bytes,
        *,
        turn: int,
        box: bytes | None = None,
        leaving: tuple[str, int] | None = None,
        names: Mapping[UserId, str] = MappingProxyType({}),
        lines: int | None = None,
    ) -> "KeyFile":
        """The file with the list of its slots, signed. Whose is gone, or of before there were lists, stays on it until
        they have another.

        seed: of the managers; box, lines: None for what it has; leaving: who is to have none any more; names: sealed,
        of the accounts that get another one.
        """
        signer = Ed25519PrivateKey.from_private_bytes(seed)
        former = self.vouched or Vouched(b"", 0)
        listed = {slot.owner: self._listed(slot) for slot in self.slots if slot.knows_managers}
        waiting = [Listed(slot.kind, slot.user, "", "", "", "") for slot in self.slots]
        for one in (*(replace(one, public="", signer="", bundle="", sealed="") for one in former.slots), *waiting):
            if one.owner != leaving:
                listed.setdefault(one.owner, one)
        known = {one.owner: one.name for one in former.slots} | {
            (USER, int(user)): name for user, name in names.items()
        }
        told = replace(
            former,
            managers=signer.public_key().public_bytes_raw(),
            turn=turn,
            slots=tuple(replace(one, name=known.get(one.owner, "")) for one in listed.values()),
            box=former.box if box is None else box,
            lines=former.lines if lines is None else lines,
        )
        slots = tuple(replace(slot, proof=b"") if slot.proof else slot for slot in self.slots)
        vouched = replace(told, signature=signer.sign(self._list_told(told)))
        return replace(self, slots=slots, vouched=vouched)

    def handed_over(self, old: bytes, new: bytes) -> "KeyFile":
        """The file in which the managers say who the managers are from now on; old, new: their seeds."""
        vouched = self.vouched
        assert vouched is not None  # noqa: S101 only a file with a list changes hands
        step = (vouched.managers, Ed25519PrivateKey.from_private_bytes(old).sign(_HANDED + public_of(new)))
        return replace(self, vouched=replace(vouched, earlier=(*vouched.earlier, step)))

    def is_signed(self, managers: bytes = b"") -> bool:
        """Whether the list is that of these managers, or of whom they handed over to; empty for those it names."""
        vouched = self.vouched
        if vouched is None or not verifies(vouched.managers, vouched.signature, self._list_told(vouched)):
            return False
        if managers in (b"", vouched.managers):
            return True
        steps = [*vouched.earlier, (vouched.managers, b"")]
        begun = next((at for at, (public, _) in enumerate(steps) if public == managers), None)
        return begun is not None and all(
            verifies(public, signature, _HANDED + after)
            for (public, signature), (after, _) in zip(steps[begun:], steps[begun + 1 :], strict=False)
        )

    def listed_alone(self) -> "KeyFile":
        """The file without the slots that no manager listed."""
        return replace(self, slots=tuple(one for one in self.slots if self.is_listed(one) or self.is_waiting(one)))

    @property
    def is_stripped(self) -> bool:
        """True where there is no list beside slots that only programs with a list have made."""
        return self.vouched is None and any(slot.signer or slot.knows_managers for slot in self.slots)

    def is_waiting(self, slot: Slot) -> bool:
        """True for a slot of before there were lists, of somebody who has no other yet: it opens nothing."""
        own = self._own(slot)
        return own is not None and not slot.knows_managers and own.public in ("", slot.public.hex())

    def _own(self, slot: Slot) -> Listed | None:
        return next((one for one in self.vouched.slots if one.owner == slot.owner), None) if self.vouched else None

    def is_listed(self, slot: Slot) -> bool:
        """False for a slot that no manager listed, and whose owner did not prove that it is theirs."""
        own = self._own(slot)
        if own is None or own.role != slot.role or not slot.knows_managers:
            return False
        found = self._listed(slot)
        of_before = replace(found, sealed="")
        if replace(own, name="") == (found if own.sealed else of_before):
            return True
        told = [found] if own.sealed else [found, of_before]
        proven = (verifies(slot.signer, slot.proof, self._proof(slot, one)) for one in told)
        return own.signer == found.signer != "" and any(proven)

    def _listed(self, slot: Slot) -> Listed:
        digest = sha256(slot.bundle).hexdigest()
        kdf, parts = kdf_told(self.kdf_of(slot)), (slot.salt.hex(), slot.nonce.hex(), slot.sealed.hex())
        sealed = sha256(json.dumps([slot.id, slot.device_tag, kdf, *parts]).encode()).hexdigest()
        public, signer = slot.public.hex(), slot.signer.hex()
        return Listed(slot.kind, slot.user, slot.role.value, public, signer, digest, sealed=sealed)

    def _list_told(self, vouched: Vouched) -> bytes:
        told = [APPLICATION, FORMAT, self.shelter, self.training, kdf_told(self.kdf), vouched.turn]
        earlier = [public.hex() for public, _ in vouched.earlier]
        listed = [one.told for one in vouched.slots]
        lines = [vouched.lines] if vouched.lines else []
        return json.dumps([*told, vouched.managers.hex(), vouched.box.hex(), earlier, listed, *lines]).encode()

    def _proof(self, slot: Slot, listed: Listed) -> bytes:
        return json.dumps([self.shelter, slot.id, *listed.told]).encode()

    # What else vouches for a slot ------------------------------------------------------------------------------------

    def marked(self, slot: Slot, database: bytes) -> Slot:
        """The slot with a mac over all that is in it, by which damage is found without a password."""
        return replace(slot, mac=self._mac(slot, database))

    def is_whole(self, slot: Slot, database: bytes) -> bool:
        """False for a slot in which anything was altered since it was made."""
        return hmac.compare_digest(slot.mac, self._mac(slot, database))

    def _mac(self, slot: Slot, database: bytes) -> bytes:
        key = HKDF(SHA256(), SIZE, salt=None, info=b"shelter-desk slot").derive(database)
        parts = (self._told(slot), slot.salt, slot.nonce, slot.sealed, slot.bundle, slot.voucher)
        kdf = None if slot.kdf is None else kdf_told(slot.kdf)
        return hmac.digest(key, json.dumps([*(one.hex() for one in parts), kdf]).encode(), "sha256")

    # What is bound to what --------------------------------------------------------------------------------------------

    def kdf_of(self, slot: Slot) -> Kdf:
        """What stretches the password of this slot."""
        return slot.kdf or self.kdf

    def _told(self, slot: Slot) -> bytes:
        """Everything in clear that the password vouches for."""
        version = FORMAT if slot.signer else PAIRED_FORMAT if slot.public else FIRST_FORMAT
        told = [APPLICATION, version, self.shelter, self.training, slot.id, slot.kind, slot.user, slot.role]
        more = [slot.signer.hex(), kdf_told(self.kdf_of(slot))] if slot.signer else []
        return json.dumps([*told, slot.device_tag, *([slot.public.hex()] if slot.public else []), *more]).encode()

    def _owned(self, slot: Slot) -> bytes:
        """Whose the bundle is: it stays when the password becomes another one."""
        told = [APPLICATION, FORMAT, self.shelter, self.training, slot.kind, slot.user, slot.role, slot.public.hex()]
        return json.dumps(told).encode()


_NO_SEED = bytes(SIZE)
_HANDED = b"shelter-desk managers from now on "


def own_key(private: Private | None) -> bytes | None:
    """What only the owner of a slot has, for what they type; None of a slot of the first format."""
    return None if private is None else HKDF(SHA256(), SIZE, salt=None, info=b"shelter-desk drafts").derive(private.key)


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


def kdf_told(kdf: Kdf) -> dict[str, Any]:
    cost = {"memory": kdf.cost.memory, "time": kdf.cost.time, "parallelism": kdf.cost.parallelism}
    return {"algorithm": "argon2id", **cost, "salt": kdf.salt.hex()}
