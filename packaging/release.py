"""Makes what a shelter installs from a stick: one file with the installer, what it is, and two signatures.

release.py keys NAME OUT                 a new key pair: the private half into OUT, the public one is printed
release.py pack INSTALLER OUT            the package, not signed yet
release.py sign PACKAGE NAME KEY         adds the signature of that key; each on the computer of who holds it
"""

import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shelter_desk import __version__
from shelter_desk.domain import updates
from shelter_desk.storage.file import schema
from shelter_desk.system.update_packages import PACKAGE, SIGNATURES, SUFFIX, read

MOMENT = (2026, 1, 1, 0, 0, 0)  # in the zip: two packages of the same parts are the same


def main(asked: list[str]) -> int:
    """Do what is asked; 2 where it is not understood."""
    match asked:
        case ["keys", name, out]:
            sys.stdout.write(f"{json.dumps({'name': name, 'public': keys(Path(out))})}\n")
        case ["pack", installer, out]:
            sys.stdout.write(f"{pack(Path(installer), Path(out))}\n")
        case ["sign", package, name, key]:
            sign(Path(package), name, Path(key).read_bytes())
        case _:
            sys.stderr.write(str(__doc__))
            return 2
    return 0


def keys(out: Path) -> str:
    """A new private key, for this account alone; the public half in hexadecimal digits."""
    made = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(made.private_bytes_raw())
    return made.public_key().public_bytes_raw().hex()


def pack(installer: Path, out: Path, version: str = __version__, newest: str = schema.NEWEST) -> Path:
    """The package of this version in that folder."""
    content = installer.read_bytes()
    told = {
        "format": updates.FORMAT,
        "version": version,
        "system": "windows" if installer.suffix == ".exe" else "debian",
        "schema": newest,
        "installer": installer.name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    package = json.dumps(told, indent=1, sort_keys=True).encode()
    updates.read(package)
    path = out / f"shelter-desk-{version}-{told['system']}{SUFFIX}"
    _write(path, {PACKAGE: package, SIGNATURES: b"{}", installer.name: content})
    return path


def sign(path: Path, name: str, key: bytes) -> None:
    """Add a signature, in the place of a former one of that name."""
    told, signatures = read(path)
    signatures[name] = Ed25519PrivateKey.from_private_bytes(key).sign(told).hex()
    installer = updates.read(told).installer
    with zipfile.ZipFile(path) as book:
        content = book.read(installer)
    signed = json.dumps(signatures, sort_keys=True).encode()
    _write(path, {PACKAGE: told, SIGNATURES: signed, installer: content})


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as book:  # an installer is packed already
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, MOMENT), content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
