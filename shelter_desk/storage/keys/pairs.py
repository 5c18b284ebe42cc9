"""What is done with a pair of keys: signing and looking whether it is so, sealing for somebody and opening it."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
SIZE = 32  # bytes of every key, public or private


def public_of(seed: bytes) -> bytes:
    """The public half of what signs, empty for none."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() if seed else b""


def signature(seed: bytes, told: bytes) -> bytes:
    """What only the owner of the seed can make."""
    return signing_key(seed).sign(told)


def signing_key(seed: bytes) -> Ed25519PrivateKey:
    """What signs, at hand for who signs often."""
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(64)  # the list is asked about again and again while a file is opened
def verifies(public: bytes, signature: bytes, told: bytes) -> bool:
    """Whether the owner of the seed made it; False for no key at all."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, told)
    except (InvalidSignature, ValueError):
        return False
    return True


def sealed_to(public: bytes, plain: bytes, told: bytes) -> bytes:
    """What only the owner of the private key opens: a key of the moment, agreed with the public one."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(NONCE)
    key = _agreed(once, public, once.public_key().public_bytes_raw() + public)
    return once.public_key().public_bytes_raw() + nonce + AESGCM(key).encrypt(nonce, plain, told)


def opened_with(private: bytes, sealed: bytes, told: bytes) -> bytes:
    """What was sealed to the public key of this private one. Raises InvalidTag, ValueError."""
    own = X25519PrivateKey.from_private_bytes(private)
    once, nonce, rest = sealed[:SIZE], sealed[SIZE : SIZE + NONCE], sealed[SIZE + NONCE :]
    key = _agreed(own, once, once + own.public_key().public_bytes_raw())
    return AESGCM(key).decrypt(nonce, rest, told)


def _agreed(own: X25519PrivateKey, other: bytes, salt: bytes) -> bytes:
    shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    return HKDF(SHA256(), 32, salt=salt, info=b"shelter-desk bundle").derive(shared)
