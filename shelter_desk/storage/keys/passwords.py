"""Passwords: what is too weak, and the slow function that turns a name and a password into a secret."""

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from time import perf_counter

from argon2.low_level import Type, hash_secret_raw

from shelter_desk.domain.errors import WeakPassword
from shelter_desk.domain.resources import folder

SHORTEST = 10
FEWEST_DIFFERENT = 4
FEWEST_BESIDE_NAME = 4
STRETCHED = 32
SALT = 16
BEARABLE = 0.4  # seconds from the password to the shelter
MOST_PASSES = 16
MOST_MEMORY = 1 << 18  # KiB
MOST_WORK = 16 << 16  # KiB written in all: as many passes over 64 MiB as are ever calibrated


@dataclass(frozen=True, slots=True)
class KdfCost:
    """How slow Argon2id is. memory: in KiB. time: passes. parallelism: lanes."""

    memory: int = 65536
    time: int = 3
    parallelism: int = 4

    @property
    def is_sane(self) -> bool:
        """False for costs that no version of this program writes, and that would hold the computer."""
        memory_is_sane = 8 * self.parallelism <= self.memory <= MOST_MEMORY
        return memory_is_sane and 1 <= self.parallelism <= 16 and 1 <= self.time <= MOST_WORK // self.memory


REAL_COST = KdfCost()
FLOOR = KdfCost(memory=19 * 1024, time=2, parallelism=1)  # OWASP Password Storage Cheat Sheet: the least for Argon2id
_floor = FLOOR  # tests alone lower it, in `tests/__init__.py`


def is_enough(cost: KdfCost) -> bool:
    """Whether a slot may be written at that cost; what is read may be cheaper, where it was made so."""
    return cost.memory >= _floor.memory and cost.time >= _floor.time


def check_cost(cost: KdfCost) -> None:
    """Raises ValueError for a cost below the floor: whoever has the folder could try too many passwords."""
    if not is_enough(cost):
        raise ValueError("a cost below the floor")


def calibrated() -> KdfCost:
    """As many passes as this computer makes in about 0.4 s, three at least: a new PC resists as much as it can.

    An old one is not made slower than it must be. Source: RFC 9106, section 4, takes the passes that time allows.
    """
    begun = perf_counter()
    stretch("", "", bytes(SALT), REAL_COST)
    took = max(perf_counter() - begun, 1e-3)
    return replace(REAL_COST, time=max(REAL_COST.time, min(MOST_PASSES, round(BEARABLE / took * REAL_COST.time))))


def stretch(name: str, password: str, salt: bytes, cost: KdfCost) -> bytes:
    """The secret of a name and a password. Case, width and spaces of the name are forgiven."""
    folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    typed = unicodedata.normalize("NFKC", password)
    # a lone surrogate can be typed on Windows
    secret = f"{folded}\0{typed}".encode(errors="surrogatepass")
    return hash_secret_raw(secret, salt, cost.time, cost.memory, cost.parallelism, STRETCHED, Type.ID)


def check_password(password: str, name: str = "") -> None:
    """Refuse a password that would be guessed: length counts, symbols do not.

    Common ones are refused with digits and signs after them too, and so is the name with something around it.
    Raises WeakPassword.
    """
    typed = unicodedata.normalize("NFKC", password).strip()
    if len(typed) < SHORTEST:
        raise WeakPassword("short")
    bare = _bare(typed)
    words = [word for word in _bare(name).split() if len(word) >= 3]
    rest = bare
    for word in words:
        rest = rest.replace(word, "")
    has_little = bool(words) and rest != bare and len(_stem(rest)) < FEWEST_BESIDE_NAME
    if len(set(bare)) < FEWEST_DIFFERENT or has_little or _stem(rest) in _common() or bare in _common():
        raise WeakPassword("common")


def _bare(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _stem(text: str) -> str:
    """The text without the digits, signs and spaces at its two ends; a number alone is empty."""
    return text.strip("0123456789 !?.,;:-_+*/@#$%&()='\"°€")


@cache
def _common() -> frozenset[str]:
    lines = (folder("resources") / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset({"", *(line for line in lines if line)})
