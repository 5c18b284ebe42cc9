"""Every picture that the guide names is one that the program draws, stands in the repository and is small."""

import importlib.util
import re
import struct
from pathlib import Path

from shelter_desk.words import guide

ROOT = Path(__file__).resolve().parents[2]
PICTURES = guide.place() / "pictures"
LARGEST, MOST = 80 * 1024, 30


def drawn() -> set[str]:
    """What the script draws."""
    spec = importlib.util.spec_from_file_location("guide_pictures", ROOT / "packaging" / "guide_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert len(module.NAMES) == len(set(module.NAMES))
    return set(module.NAMES)


def named() -> set[str]:
    """What the chapters show."""
    files = guide.place().glob("*/*.md")
    return {one for path in files for one in re.findall(r"/pictures/(\w+)\.png\)", path.read_text(encoding="utf-8"))}


def test_the_pictures_named_are_those_that_are_drawn_and_there() -> None:
    there = {path.stem for path in PICTURES.iterdir()}
    assert named() == drawn() == there
    assert 15 < len(there) <= MOST


def test_no_picture_is_large_and_each_has_few_colours() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    for path in PICTURES.iterdir():
        head = path.read_bytes()[:26]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        wide, high, _depth, kind = struct.unpack(">IIBB", head[16:26])
        assert (kind, wide <= 1366, high <= 728) == (3, True, True), path.name  # 3: a table of colours
