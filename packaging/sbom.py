"""What the built program is made of: the packages that it carries, and a list of them as CycloneDX."""

import ast
import json
import re
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

FORMAT = "1.6"
OURS = uuid.UUID("7e0c2b54-93f4-4c43-9e0a-5b1b7e6c2f41")  # as the installer names the program


def write(into: Path, version: str, moment: str, packages: Iterable[metadata.Distribution]) -> Path:
    """The list beside the licences. moment: in seconds since 1970."""
    made = document(version, moment, packages)
    path = into / "sbom.cdx.json"
    path.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return path


def modules(built: Path) -> set[str]:
    """The first names of all modules and libraries that PyInstaller put into the program. built: where it worked."""
    found: set[str] = set()
    for name in ("PYZ-00.toc", "COLLECT-00.toc"):
        entries = ast.literal_eval((built / name).read_text(encoding="utf-8"))
        found |= {re.split(r"[./\\-]", one, maxsplit=1)[0] for one in _names(entries)}
    return found - {"shelter_desk"}


def _names(entries: Any) -> Iterator[str]:
    """The first text of every entry, however the lists that hold them are nested."""
    if isinstance(entries, tuple) and len(entries) == 3 and all(isinstance(one, str | None) for one in entries):
        yield str(entries[0])
    elif isinstance(entries, list | tuple):
        for one in entries:
            yield from _names(one)


def distributions(names: Iterable[str]) -> list[metadata.Distribution]:
    """The installed packages that these modules are of, in order of their names."""
    known, wanted = metadata.packages_distributions(), set(names)
    found = {one for name in wanted for one in known.get(name, ())}
    return sorted(map(metadata.distribution, found), key=lambda one: one.name.lower())


def document(version: str, moment: str, packages: Iterable[metadata.Distribution]) -> dict[str, Any]:
    """The whole list; the same for the same parts, wherever it is made."""
    python = ".".join(map(str, sys.version_info[:3]))
    parts = [
        {"type": "platform", "name": "CPython", "version": python, "licenses": [{"expression": "PSF-2.0"}]},
        *(_part(one) for one in packages),
        *_of_the_file(),
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": FORMAT,
        "serialNumber": f"urn:uuid:{uuid.uuid5(OURS, json.dumps([version, parts], sort_keys=True))}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(int(moment), UTC).isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "name": "shelter-desk",
                "version": version,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
            },
        },
        "components": parts,
    }


def _of_the_file() -> Iterator[dict[str, Any]]:
    """What lies inside the wheel of sqlcipher3 and has no package of its own."""
    connection = dbapi2.connect(":memory:")
    connection.execute("PRAGMA key = 'any'")  # before it has one, it names no provider
    for pragma, name, licence in (
        ("cipher_version", "SQLCipher", "BSD-3-Clause"),
        ("cipher_provider_version", "OpenSSL", "Apache-2.0"),
    ):
        told = str(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
        version = next(word for word in told.split() if word[0].isdigit())  # `OpenSSL 3.6.0 1 Oct 2025`
        yield {"type": "library", "name": name, "version": version, "licenses": [{"expression": licence}]}
    connection.close()


def _part(one: metadata.Distribution) -> dict[str, Any]:
    told = one.metadata.get("License-Expression")
    licences = [{"expression": told}] if told else [{"license": {"name": text}} for text in _named(one)]
    if not licences:  # it tells none: the texts that came with it
        licences = [{"license": {"name": file.name, "text": {"content": _text(file)}}} for file in licences_of(one)]
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', one.name).lower()}@{one.version}"
    return {
        "type": "library",
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "bom-ref": purl,
        **({"licenses": licences} if licences else {}),
    }


def licences_of(package: metadata.Distribution) -> list[Path]:
    """The licence texts of an installed package."""
    begins = ("LICENSE", "LICENCE", "COPYING", "NOTICE")
    found = package.files or []
    return [Path(str(f.locate())) for f in found if ".dist-info" in str(f) and f.name.upper().startswith(begins)]


def _text(file: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8").splitlines())


def _named(one: metadata.Distribution) -> list[str]:
    """As the classifiers say it, else the first line of the field of before."""
    listed = [text for text in one.metadata.get_all("Classifier", []) if text.startswith("License :: ")]
    if listed:
        return [text.rpartition(" :: ")[2] for text in listed]
    former = str(one.metadata.get("License") or "").strip().splitlines()
    return former[:1]
