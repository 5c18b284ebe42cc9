"""What the packaged program carries and what stays out of it; read by shelter-desk.spec, build.py and the tests."""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
NAME = "shelter-desk"
# folder of the checkout, where it lies in the package, which files of it
DATA = (
    ("resources", "shelter_desk/resources", "**/*"),
    ("translations", "shelter_desk/translations", "**/*.mo"),
    # Alembic runs the steps from their files, not as modules
    ("shelter_desk/storage/migrations", "shelter_desk/storage/migrations", "**/*.py"),
)
# Found through entry points and by name, never by an import that PyInstaller could follow.
BY_NAME = ("keyring.backends", "shelter_desk")
# Development tools and parts of the standard library that nothing here uses.
# SQLAlchemy's dialects stay: Alembic imports them.
EXCLUDED = (
    *(
        "babel",
        "hatchling",
        "hypothesis",
        "importlinter",
        "mypy",
        "pip",
        "pygments",
        "pytest",
        "ruff",
        "setuptools",
    ),
    *("ensurepip", "idlelib", "lib2to3", "pydoc_data", "tkinter", "turtledemo", "venv"),
    *(
        f"PySide6.Qt{part}"
        for part in ("Concurrent", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets", "Qml", "Quick")
    ),
    *(f"PySide6.Qt{part}" for part in ("QuickControls2", "QuickWidgets", "Sql", "Test", "UiTools", "Xml")),
)
LANGUAGES = ("fr", "en")
PLUGINS = {
    # offscreen: for `self-test`; minimal and the others are for machines without a desktop
    "platforms": ("qwindows", "qxcb", "qwayland", "qoffscreen", "qcocoa"),
    "imageformats": ("qico", "qsvg", "qjpeg"),
    "iconengines": ("qsvgicon",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "printsupport": ("cupsprintersupport",),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("qxdgdesktopportal",),
    "xcbglintegrations": ("qxcb-egl-integration", "qxcb-glx-integration"),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
    "wayland-graphics-integration-client": (),
}
# Qt libraries that only the left-out plugins and modules need; the window paints without a graphics card.
QT_LEFT_OUT = (
    *("Qml", "QmlMeta", "QmlModels", "QmlWorkerScript", "Quick", "QuickControls2", "QuickTemplates2"),
    *("VirtualKeyboard", "VirtualKeyboardQml", "Pdf", "OpenGLWidgets", "Sql", "Test", "Network"),
    *("EglFSDeviceIntegration", "EglFsKmsSupport", "WaylandEglClientHwIntegration", "LottieVectorImageGenerator"),
)
# a software painter of Windows that loads only where a program asks for OpenGL
FILES_LEFT_OUT = ("opengl32sw.dll", "d3dcompiler_47.dll")
# Windows 10 has them and updates them; where the build runs under Wine they are what packaging/windows/gaps.py made
OF_WINDOWS = re.compile(r"(icuuc|ucrtbase\w*|api-ms-win-[\w-]+)(\.dll)?", re.I)


Entry = tuple[str, str, str]  # where it goes, where it lies, its kind


def version() -> str:
    """The version of the program, read from its text: nothing of it is loaded."""
    found = re.search(r'^__version__ = "([^"]+)"$', (ROOT / "shelter_desk" / "__init__.py").read_text("utf-8"), re.M)
    if found is None:
        raise SystemExit("shelter_desk/__init__.py names no version")
    return found[1]


def data_files() -> list[tuple[str, str]]:
    """Every file the program reads beside its code, with the folder of the package it goes to."""
    return [
        (str(path), (PurePosixPath(inside) / path.parent.relative_to(ROOT / folder).as_posix()).as_posix())
        for folder, inside, pattern in DATA
        for path in sorted((ROOT / folder).glob(pattern))
        if path.is_file() and "__pycache__" not in path.parts
    ]


def carried(name: str) -> bool:
    """False for a file of Qt that the program never opens. name: where PyInstaller would put it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.name in FILES_LEFT_OUT or OF_WINDOWS.fullmatch(path.name):
        return False
    if "PySide6" not in path.parts:
        return not _is_left_out_library(path)
    if path.suffix == ".qm":
        return path.stem in {f"qtbase_{language}" for language in LANGUAGES}
    if "plugins" in path.parts:
        kind, plugin = path.parts[path.parts.index("plugins") + 1], _bare(path)
        return plugin in PLUGINS.get(kind, ())
    return not _is_left_out_library(path)


def only_carried(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of a PyInstaller table that are carried."""
    return [entry for entry in entries if carried(entry[0])]


def without_system(entries: Iterable[Entry]) -> list[Entry]:
    """Without the libraries of this Linux: the system updates its own, and the package names those it needs.

    Python's own library stays, wherever it lies: another Linux may have another Python.
    """
    return [entry for entry in entries if not _is_of_the_system(entry)]


def _is_of_the_system(entry: Entry) -> bool:
    """A library that PyInstaller took from where the system has its own, to the top of the package."""
    name, path, kind = entry
    is_library = kind in ("BINARY", "SYMLINK") and "/" not in name and ".so" in name
    return is_library and path.startswith(("/lib", "/usr/lib")) and not name.startswith("libpython")


def _bare(path: PurePosixPath) -> str:
    """`qxcb` for `libqxcb.so`, `qwindows` for `qwindows.dll`."""
    return path.name.split(".")[0].removeprefix("lib")


def _is_left_out_library(path: PurePosixPath) -> bool:
    return _bare(path).removeprefix("Qt6") in QT_LEFT_OUT and _bare(path).startswith("Qt6")
