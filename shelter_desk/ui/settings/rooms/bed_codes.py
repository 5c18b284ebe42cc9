"""Bed codes typed in one go: `A1..A8`, `1A à 1F`, `A1, A2, B7`."""

import re

MOST = 99
_RANGE = re.compile(r"(.*?)\s*(?:\.\.+|…|\bà\b|\bto\b)\s*(.*)")
_NUMBERED = re.compile(r"(.*?)(\d+)")
_LETTERED = re.compile(r"(.*?)([A-Za-z])")


def read(typed: str) -> list[str]:
    """The codes meant, in order; nothing where a part cannot be read or means more than 99 beds."""
    codes: list[str] = []
    for part in re.split(r"[,;\n]", typed):
        if part.strip():
            found = _part(part.strip())
            if not found:
                return []
            codes += found
    return codes if len(codes) <= MOST else []


def _part(part: str) -> list[str]:
    match = _RANGE.fullmatch(part)
    if match is None:
        return [part]
    first, last = match.group(1).strip(), match.group(2).strip()
    return _counted(first, last) or _spelled(first, last)


def _counted(first: str, last: str) -> list[str]:
    """`A1..A8` and `A01..A12`, also `A1..8`."""
    start, end = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if start is None or end is None or end.group(1) not in ("", start.group(1)):
        return []
    low, high, width = int(start.group(2)), int(end.group(2)), len(start.group(2))
    if not low <= high < low + MOST:
        return []
    return [f"{start.group(1)}{number:0{width}d}" for number in range(low, high + 1)]


def _spelled(first: str, last: str) -> list[str]:
    """`1A..1F`, also `1A..F`."""
    start, end = _LETTERED.fullmatch(first), _LETTERED.fullmatch(last)
    if start is None or end is None or end.group(1) not in ("", start.group(1)):
        return []
    low, high = ord(start.group(2)), ord(end.group(2))
    return [f"{start.group(1)}{chr(letter)}" for letter in range(low, high + 1)] if low <= high < low + 26 else []
