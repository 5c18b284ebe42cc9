"""The secret of this computer, in the keyring of the person's session: without it a copied folder is useless."""

import binascii
import secrets
from base64 import b64decode, b64encode

SERVICE = "shelter-desk"
SIZE = 32


def new() -> bytes:
    """A secret nobody has."""
    return secrets.token_bytes(SIZE)


def get(shelter_id: str) -> bytes | None:
    """The secret kept for this shelter, None where there is none or no usable keyring."""
    import keyring

    try:
        kept = keyring.get_password(SERVICE, shelter_id)
    except Exception:  # noqa: BLE001 - each keyring fails in a way of its own; all mean that there is none
        return None
    try:
        secret = b64decode(kept or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == SIZE else None


def store(shelter_id: str, secret: bytes) -> bool:
    """Keep the secret and read it back; False where this computer has no usable keyring."""
    import keyring

    try:
        keyring.set_password(SERVICE, shelter_id, b64encode(secret).decode())
    except Exception:  # noqa: BLE001 - as above
        return False
    return get(shelter_id) == secret
