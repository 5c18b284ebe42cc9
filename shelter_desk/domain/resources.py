"""Where code lists, icons and translations lie: inside the installed package, else beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def folder(name: str) -> Path:
    """The folder `resources` or `translations`, whichever way the program is installed."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
