"""A workbook with a signature in it: what is signed, where the signature stands, how it is read again.

The signature covers the bytes of every part of the file, cells, formats, sheets, cached values and properties alike; in
its own place it counts as zeros. So a file that another program saved again is not as it left, whatever it shows.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

PART = "docProps/custom.xml"
KEY, SIGNATURE = "shelter_desk_key", "shelter_desk_signature"
BLANK = "0" * 128
_SIGNED = re.compile(rf'name="{SIGNATURE}"[^>]*>\s*<vt:lpwstr>([0-9a-f]{{128}})</vt:lpwstr>'.encode())
_KEY = re.compile(rf'name="{KEY}"[^>]*>\s*<vt:lpwstr>([0-9a-f]{{64}})</vt:lpwstr>'.encode())
_MOST = 200_000_000  # bytes unpacked


@dataclass(frozen=True, slots=True)
class SignedWorkbook:
    """What stands in a file: the key it names, its signature, and what that should cover."""

    key: str
    signature: str
    told: bytes


def prepare(book: Any, key: str) -> None:
    """Make room for the signature in a workbook that is being written."""
    book.set_custom_property(KEY, key)
    book.set_custom_property(SIGNATURE, BLANK)


def told(content: bytes) -> bytes:
    """What is signed of a prepared file. Raises ValueError where it is none."""
    return _read(content).told


def sealed(content: bytes, signature: str) -> bytes:
    """The prepared file with its signature."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            part = before.read(one)
            after.writestr(one, part.replace(BLANK.encode(), signature.encode()) if one.filename == PART else part)
    return kept.getvalue()


def read(content: bytes) -> SignedWorkbook | None:
    """What a file says of its signature; None for one without, or that is no workbook."""
    try:
        return _read(content)
    except (ValueError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError, OSError):
        return None


def _read(content: bytes) -> SignedWorkbook:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
        names = [one.filename for one in infos]
        if len(set(names)) != len(names) or sum(one.file_size for one in infos) > _MOST:
            raise ValueError("one name twice, or too much")
        part = archive.read(PART)
        signed, key = _SIGNED.findall(part), _KEY.findall(part)
        if len(signed) != 1 or len(key) != 1:
            raise ValueError("no signature")
        lines = []
        for name in sorted(names):
            held = part.replace(signed[0], BLANK.encode()) if name == PART else archive.read(name)
            lines.append(f"{sha256(held).hexdigest()} {name}\n")
    return SignedWorkbook(key[0].decode(), signed[0].decode(), "".join(lines).encode())
