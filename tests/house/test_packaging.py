"""The package carries what the program reads, and what comes with it is well formed and says the right version."""

import ast
import configparser
import hashlib
import importlib.util
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import PySide6
import pytest

from shelter_desk import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
SPEC = (PACKAGING / "shelter-desk.spec").read_text(encoding="utf-8")
INNO = (PACKAGING / "windows" / "shelter-desk.iss").read_text(encoding="utf-8-sig")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def loaded(path: Path) -> ModuleType:
    """A file of `packaging/`, which is no package: a library has its name."""
    spec = importlib.util.spec_from_file_location(f"{path.stem}_of_the_package", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CONTENTS = loaded(PACKAGING / "contents.py")
SBOM = loaded(PACKAGING / "sbom.py")
BUILD = loaded(PACKAGING / "build.py")
MOMENT = "1767225600"
DEB = loaded(PACKAGING / "linux" / "deb.py")
LIBRARIES = loaded(PACKAGING / "linux" / "libraries.py")
SYSTEM = DEB.system_packages
DRESS = loaded(PACKAGING / "windows" / "dress.py")
MACHINE = loaded(PACKAGING / "windows" / "machine.py")
GAPS = MACHINE.gaps


def files(folder: str, pattern: str) -> set[Path]:
    found = {path for path in (ROOT / folder).rglob(pattern) if path.is_file() and "__pycache__" not in path.parts}
    assert found, folder
    return found


def test_every_file_the_program_reads_is_carried() -> None:
    read = files("resources", "*") | files("translations", "*.mo") | files("shelter_desk/storage/migrations", "*.py")
    beside_code = {path for path in files("shelter_desk", "*") if path.suffix not in {".py", ".pyi", ".typed"}}
    assert {Path(source) for source, _ in CONTENTS.data_files()} == read | beside_code


def test_carried_files_lie_where_the_program_looks() -> None:
    places = {Path(source).name: place for source, place in CONTENTS.data_files()}
    assert [places[name] for name in ("bed.svg", "sex.csv", "shelter_desk.mo", "env.py")] == [
        "shelter_desk/resources/icons",
        "shelter_desk/resources/codes",
        "shelter_desk/translations/fr/LC_MESSAGES",
        "shelter_desk/storage/migrations",
    ]


def test_the_spec_takes_its_lists_from_contents() -> None:
    called = {
        node.func.id for node in ast.walk(ast.parse(SPEC)) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    }
    named = {node.id for node in ast.walk(ast.parse(SPEC)) if isinstance(node, ast.Name)}
    assert {"data_files", "only_carried", "version"} <= called
    assert {"BY_NAME", "EXCLUDED"} <= named


def test_the_keyrings_are_carried_though_nothing_imports_them() -> None:
    assert "keyring.backends" in CONTENTS.BY_NAME
    assert 'copy_metadata("keyring")' in SPEC


def test_the_dialects_of_the_database_stay() -> None:
    assert not [name for name in CONTENTS.EXCLUDED if name.startswith(("sqlalchemy", "alembic"))]


def test_nothing_the_program_imports_is_left_out() -> None:
    imported = set()
    for path in files("shelter_desk", "*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert "PySide6.QtWidgets" in imported
    assert imported & set(CONTENTS.EXCLUDED) == set()


@pytest.mark.parametrize(
    ("name", "carried"),
    [
        ("PySide6/Qt/translations/qtbase_fr.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/translations/qt_help_fr.qm", False),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/lib/libQt6Svg.so.6", True),
        ("PySide6/Qt/lib/libQt6Qml.so.6", False),
        ("PySide6\\Qt6Quick.dll", False),
        ("PySide6\\opengl32sw.dll", False),
        ("sqlcipher3/_sqlite3.cpython-311-x86_64-linux-gnu.so", True),
        ("shelter_desk/translations/fr/LC_MESSAGES/shelter_desk.mo", True),
    ],
)
def test_of_qt_only_what_is_used_is_carried(name: str, carried: bool) -> None:
    assert CONTENTS.carried(name) is carried


def test_libraries_that_the_system_updates_stay_out() -> None:
    entries = [
        ("PySide6/QtWidgets.so", "/python/PySide6/QtWidgets.so", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/usr/lib/python3/PySide6/Qt/lib/libQt6Gui.so.6", "BINARY"),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "BINARY"),
        ("libz.so.1", "/lib/x86_64-linux-gnu/libz.so.1", "BINARY"),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", "BINARY"),
        ("libown.so.1", "/usr/local/lib/libown.so.1", "BINARY"),
    ]
    left = {entry[0] for entry in CONTENTS.without_system(entries)}
    assert left == {entry[0] for entry in entries} - {"libssl.so.3", "libz.so.1"}


def test_the_package_has_the_version_of_the_program() -> None:
    assert CONTENTS.version() == __version__


def test_the_menu_entry_is_well_formed() -> None:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read(PACKAGING / "linux" / "shelter-desk.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert (entry["Type"], entry["Exec"], entry["Icon"]) == ("Application", "shelter-desk %f", "shelter-desk")
    assert entry["X-ShelterDesk-Version"] == __version__
    assert {"Comment", "Comment[en]", "GenericName", "GenericName[en]"} <= set(entry)


def test_the_software_catalogue_knows_the_version_in_both_languages() -> None:
    root = ElementTree.parse(PACKAGING / "linux" / "shelter-desk.metainfo.xml").getroot()  # noqa: S314 our own file
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    assert root.findtext("launchable") == "shelter-desk.desktop"
    assert root.findtext("project_license") == "GPL-3.0-or-later"
    assert [one.get(LANGUAGE) for one in root.iter("summary")] == [None, "fr"]


def test_the_icon_is_a_drawing() -> None:
    root = ElementTree.parse(PACKAGING / "linux" / "shelter-desk.svg").getroot()  # noqa: S314 our own file
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_windows_icon_holds_every_size() -> None:
    icon = DRESS.ico([b"\x89PNG" + bytes([size % 251]) for size in DRESS.SIZES])
    kind, count = struct.unpack_from("<HH", icon, 2)
    assert (kind, count) == (1, len(DRESS.SIZES))
    for number, size in enumerate(DRESS.SIZES):
        wide, _, _, _, _, _, length, at = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * number)
        assert (wide or 256, icon[at : at + length]) == (size, b"\x89PNG" + bytes([size % 251]))


def setting(name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", INNO, re.M)
    assert found is not None
    return found[1]


def test_windows_installs_without_an_administrator() -> None:
    assert (setting("PrivilegesRequired"), setting("DefaultDirName")) == (
        "lowest",
        r"{localappdata}\Programs\Shelter Desk",
    )


def test_windows_speaks_french_first() -> None:
    assert re.findall(r'^Name: "(\w+)"; MessagesFile', INNO, re.M) == ["fr", "en"]


def test_the_second_starter_of_windows_costs_nearly_nothing() -> None:
    assert (setting("Compression"), setting("SolidCompression")) == ("lzma2/ultra64", "yes")
    assert int(setting("LZMADictionarySize")) * 1024 >= 50_000_000  # as far back as the other starter begins
    assert re.search(r'^Source: "\{#Program\}.*sortfilesbyextension', INNO, re.M)


def test_a_neutral_name_and_icon_are_a_choice_that_nobody_is_given() -> None:
    assert re.search(r'^Name: "neutral";.* Flags: unchecked$', INNO, re.M)
    assert {"UninstallDisplayName={code:ShownName}", "UninstallDisplayIcon={code:ShownIcon}"} <= set(INNO.splitlines())
    assert (
        len(re.findall(r'^Name: "\{(?:group|autodesktop)\}\\\{code:ShownName\}".*"\{code:ShownIcon\}"', INNO, re.M))
        == 2
    )


def test_a_backup_opens_with_the_program_on_both_systems() -> None:
    assert r'Subkey: "Software\Classes\.sauvegarde"; ' in INNO
    kinds = ElementTree.parse(PACKAGING / "linux" / "shelter-desk-mime.xml")  # noqa: S314 our own file
    (kind,) = [one.get("type") for one in kinds.getroot()]
    desktop = (PACKAGING / "linux" / "shelter-desk.desktop").read_text(encoding="utf-8").splitlines()
    assert {f"MimeType={kind};", "Exec=shelter-desk %f"} <= set(desktop)


def test_windows_installs_without_a_network() -> None:
    assert not re.search(r"https?:|Download|WinHttp", INNO, re.I)


def test_windows_is_told_the_version_and_never_a_guess() -> None:
    assert setting("AppVersion") == "{#AppVersion}"
    assert "#error AppVersion is missing" in INNO
    assert '"AppVersion": version()' in (PACKAGING / "build.py").read_text(encoding="utf-8")


def test_what_is_fetched_for_windows_is_the_file_that_was_looked_at(tmp_path: Path) -> None:
    for name, version, digest in (MACHINE.PYTHON, MACHINE.INNO):
        assert re.fullmatch(r"[a-z-]+ [0-9.]+ [0-9a-f]{64}", f"{name} {version} {digest}")
    fetched = tmp_path / "fetched.tgz"
    fetched.write_bytes(b"what was looked at")
    MACHINE._check(fetched, hashlib.sha256(b"what was looked at").hexdigest())
    with pytest.raises(MACHINE.NotHere, match=r"fetched\.tgz"):
        MACHINE._check(fetched, hashlib.sha256(b"another one").hexdigest())


def test_what_is_there_is_made_once_and_anew_where_its_like_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(MACHINE, "PLACE", tmp_path)
    made = list[str]()
    for content in ("one", "one", "two"):
        MACHINE._once("python", content, lambda content=content: made.append(content))
    assert (made, capsys.readouterr().out) == (["one", "two"], "preparing: python\n" * 2)


EXPORTS = """\
[Ordinal/Name Pointer] Table -- Ordinal Base 1
\t          Ordinal   Hint Name
\t[   0] +base[   1]  0000 _Cbuild
\t[2138] +base[2139]  085a crealf
\t[2139] +base[2140]  085b creall
"""


def test_complex_numbers_are_not_asked_of_wine() -> None:
    names = GAPS._NAME.findall(EXPORTS)
    assert names == ["_Cbuild", "crealf", "creall"]
    lines = GAPS.forwarding([*names, "malloc"]).splitlines()
    own = f"_Cbuild = {GAPS.ITS_OWN}._Cbuild", "crealf = crealf", "creall = creal", f"malloc = {GAPS.ITS_OWN}.malloc"
    assert lines == ["LIBRARY ucrtbase.dll", "EXPORTS", *own]


def test_what_only_wine_needs_is_in_no_package() -> None:
    names = ("icuuc.dll", "ucrtbase", "ucrtbase.dll", f"{GAPS.ITS_OWN}.dll", "api-ms-win-crt-math-l1-1-0.dll")
    assert [name for name in names if CONTENTS.carried(name)] == []
    assert CONTENTS.carried("vcruntime140.dll")


OBJDUMP = """\
Dynamic Section:
  NEEDED               libxcb-cursor.so.0
  NEEDED               libc.so.6
  SONAME               libQt6XcbQpa.so.6

Version References:
  required from libc.so.6:
    0x0d696914 0x00 03 GLIBC_2.4
    0x09691a75 0x00 02 GLIBC_2.34
    0x069691b8 0x00 04 GLIBC_2.28
"""


def test_what_a_file_needs_is_read_from_it() -> None:
    assert SYSTEM.told(OBJDUMP) == ({"libxcb-cursor.so.0", "libc.so.6"}, (2, 34))


def test_a_debian_package_asks_for_what_its_files_need() -> None:
    asked = SYSTEM.named({"libglib2.0-0t64", "libegl1"}, (2, 34))
    assert asked == ["libc6 (>= 2.34)", "libegl1", "libglib2.0-0t64 | libglib2.0-0"]
    control = DEB.control(__version__, 1000, asked)
    assert f"Version: {__version__}\n" in control
    assert "\nDepends: libc6 (>= 2.34), libegl1, libglib2.0-0t64 | libglib2.0-0\n" in control
    assert "\nRecommends: fonts-noto-core\n" in control


@pytest.mark.parametrize(("known", "named"), [(0, "libglib2.0-0t64"), (100, "libglib2.0-0")])
def test_a_library_is_installed_under_the_name_that_this_debian_has(
    monkeypatch: pytest.MonkeyPatch, known: int, named: str
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_more: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, known)

    monkeypatch.setattr(LIBRARIES.subprocess, "run", run)
    assert LIBRARIES.as_named_here("libglib2.0-0t64") == named
    assert [command[-1] for command in asked] == ["libglib2.0-0t64"]


@pytest.mark.skipif(not all(map(shutil.which, ("objdump", "dpkg-query"))), reason="the tools of Debian are not here")
def test_the_packages_are_those_of_the_libraries_that_are_not_carried(tmp_path: Path) -> None:
    library = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"  # needs what Qt cannot start without
    shutil.copy2(library, tmp_path)
    for name in SYSTEM.told(SYSTEM._objdump(library)).libraries:
        if name.startswith("libQt6"):
            (tmp_path / name).touch()
    packages = SYSTEM.depends(tmp_path)
    assert packages[0].startswith("libc6 (>= 2.")
    assert {"libegl1", "libfontconfig1", "libxkbcommon0"} <= set(packages)
    (tmp_path / "libfontconfig.so.1").touch()
    assert "libfontconfig1" not in SYSTEM.depends(tmp_path)


@pytest.mark.skipif(not all(map(shutil.which, ("objdump", "dpkg-query"))), reason="the tools of Debian are not here")
def test_a_library_that_no_package_has_stops_the_build() -> None:
    with pytest.raises(SystemExit, match="libnowhere"):
        SYSTEM._package("libnowhere.so.1", {})


@pytest.mark.skipif(DEB.tool() is None, reason="dpkg-deb is not here")
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_debian_package_starts_from_the_menu_and_by_name(tmp_path: Path, umask: int) -> None:
    os.umask(umask)
    program = tmp_path / "program"
    program.mkdir()
    (program / "shelter-desk").write_text("#!/bin/sh\necho started\n", encoding="utf-8")
    (program / "shelter-desk").chmod(0o755)
    package = DEB.make(program, tmp_path, __version__, MOMENT)
    subprocess.run(["dpkg-deb", "-x", str(package), str(tmp_path / "system")], check=True)
    usr = tmp_path / "system" / "usr"
    started = subprocess.run([str(usr / "bin" / "shelter-desk")], check=True, capture_output=True, text=True).stdout
    assert started == "started\n"
    everybody = [one.stat().st_mode & 0o055 for one in (usr / "bin" / "shelter-desk", usr / "share" / "doc")]
    assert everybody == [0o055, 0o055]
    assert (usr / "share" / "applications" / "shelter-desk.desktop").is_file()
    assert (usr / "share" / "metainfo" / "shelter-desk.metainfo.xml").is_file()
    assert (usr / "share" / "icons" / "hicolor" / "scalable" / "apps" / "shelter-desk.svg").is_file()


@pytest.mark.skipif(DEB.tool() is None, reason="dpkg-deb is not here")
def test_two_debian_packages_of_the_same_files_are_the_same(tmp_path: Path) -> None:
    made: list[bytes] = []
    for place in ("one", "other"):
        program = tmp_path / place / "program"
        program.mkdir(parents=True)
        (program / "shelter-desk").write_text("#!/bin/sh\n", encoding="utf-8")
        os.utime(program / "shelter-desk", (len(made) + 1.9e9,) * 2)
        made.append(DEB.make(program, tmp_path / place, __version__, MOMENT).read_bytes())
    assert made[0] == made[1]


def test_a_build_is_of_the_moment_of_its_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    said = BUILD.same_everywhere()
    assert said["PYTHONHASHSEED"] == "0"
    assert said["SOURCE_DATE_EPOCH"].isdecimal()
    assert said == BUILD.same_everywhere()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    assert BUILD.same_everywhere()["SOURCE_DATE_EPOCH"] == "7"


def test_the_sums_of_what_was_built_are_those_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dist" / "shelter-desk"
    program.mkdir(parents=True)
    (program / "a").write_bytes(b"a")
    (tmp_path / "dist" / "x.deb").write_bytes(b"b")
    monkeypatch.setattr(BUILD, "DIST", tmp_path / "dist")
    monkeypatch.setattr(BUILD, "PROGRAM", program)
    path = BUILD.hashes(tmp_path / "dist" / "x.deb")
    sums = [hashlib.sha256(content).hexdigest() for content in (b"a", b"b")]
    assert path.read_text(encoding="utf-8") == f"{sums[0]}  shelter-desk/a\n{sums[1]}  x.deb\n"


def test_what_the_program_is_made_of_is_listed_with_versions_and_licences(tmp_path: Path) -> None:
    built = tmp_path / "built"
    built.mkdir()
    entries = [
        ("sqlalchemy.orm", "x.py", "PYMODULE"),
        ("sqlcipher3.dbapi2", "x.py", "PYMODULE"),
        ("shelter_desk.app", "y.py", "PYMODULE"),
        ("nowhere", "", ""),
    ]
    (built / "PYZ-00.toc").write_text(repr(("PYZ-00.pyz", entries)), encoding="utf-8")
    (built / "COLLECT-00.toc").write_text(repr([("PySide6/QtCore.abi3.so", "z", "EXTENSION")]), encoding="utf-8")
    carried = SBOM.distributions(SBOM.modules(built))
    path = SBOM.write(tmp_path, "0.2.0", MOMENT, carried)
    told = json.loads(path.read_text(encoding="utf-8"))
    names = [one["name"] for one in told["components"]]
    assert (names[0], "SQLAlchemy" in names, "nowhere" in names) == ("CPython", True, False)
    assert any(name.startswith("PySide6") for name in names)
    assert all(one["version"] and one["licenses"] for one in told["components"])
    licences = {one["name"]: one["licenses"] for one in told["components"]}
    (as_told,) = licences["sqlcipher3"]  # which names none
    assert "without any express or implied warranty" in as_told["license"]["text"]["content"]
    assert [licences[name][0]["expression"] for name in ("SQLCipher", "OpenSSL")] == ["BSD-3-Clause", "Apache-2.0"]
    assert (told["bomFormat"], told["metadata"]["timestamp"]) == ("CycloneDX", "2026-01-01T00:00:00Z")
    assert SBOM.write(tmp_path, "0.2.0", MOMENT, carried).read_bytes() == path.read_bytes()
    assert all(SBOM.licences_of(one) for one in carried if not one.name.startswith("PySide6"))  # Qt's wheels hold none


def test_the_wheel_holds_resources_and_translations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    built = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(tmp_path / f"shelter_desk-{__version__}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
    wanted = {f"shelter_desk/{path.relative_to(ROOT).as_posix()}" for path in files("resources", "*")}
    wanted |= {f"shelter_desk/{path.relative_to(ROOT).as_posix()}" for path in files("translations", "*.mo")}
    assert wanted - names == set()
    assert "shelter_desk/storage/migrations/env.py" in names
