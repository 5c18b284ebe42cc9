"""The recovery key: printed once, typed back, opens the shelter on any computer."""

import secrets

from shelter_desk.domain.errors import WrongRecoveryKey
from shelter_desk.domain.residents.residents import ALPHABET

RANDOM = 31
PROVEN = "recovery_proven"  # a setting: whether it was ever typed back from its sheet
GROUP = 4


def new_recovery_key() -> str:
    """31 random characters (153 bits) and a check character, in groups of four."""
    typed = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return printed(typed + _check(typed))


def printed(key: str) -> str:
    """`ABCD-EFGH-…` of the bare 32 characters."""
    return "-".join(key[i : i + GROUP] for i in range(0, len(key), GROUP))


def read_recovery_key(typed: str) -> str:
    """The 32 bare characters; case, spaces and dashes are forgiven.

    Raises WrongRecoveryKey for one mistyped before anything is tried with it.
    """
    key = "".join(c for c in typed.upper() if not c.isspace() and c not in "-‐‑–—._")
    if len(key) != RANDOM + 1 or any(c not in ALPHABET for c in key) or key[-1] != _check(key[:-1]):
        raise WrongRecoveryKey
    return key


def _check(characters: str) -> str:
    """Σ i × value(cᵢ) mod 31, as for the codes of residents (field 6.7), weights 1 to 30 in turn so that none is 0."""
    total = sum((i % 30 + 1) * ALPHABET.index(c) for i, c in enumerate(characters))
    return ALPHABET[total % len(ALPHABET)]
