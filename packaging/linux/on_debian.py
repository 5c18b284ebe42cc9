"""Builds the Debian package on the oldest Debian that is promised, and starts it there and on the next: `make debian`.

Each Debian is a folder of its own, made from nothing by debootstrap and entered with chroot, so that the package is
linked with the oldest glibc and installed where nothing else is. Needed: root on Debian, debootstrap, a network.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path(os.environ.get("SHELTER_DESK_DEBIAN", ROOT / "build" / "debian"))
NAME = "shelter-desk"
OLDEST, NEXT = "bookworm", "trixie"  # Debian 12 and 13
BUILDS = ("python3.11", "python3.11-venv", "libpython3.11", "git", "make", "binutils", "ca-certificates")
# whatever of the system Qt opens, so that the package can name it
QT = (
    *("libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libglib2.0-0", "libcups2", "libwayland-cursor0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-shape0"),
    *("libxcb-render-util0", "libxcb-xkb1", "fonts-noto-core"),
)
SHOWS = ("xvfb", "xauth", "xdotool")
STARTS = 7
SOON_MS = 500  # until the window is there
WATCH = f"""
mkdir -p -m 700 /tmp/home
export DISPLAY=:9 HOME=/tmp/home XDG_RUNTIME_DIR=/tmp/home LANG=C.UTF-8
{NAME} demo --no-window --data-dir /tmp/home/data >/dev/null
Xvfb :9 -noreset -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
sleep 2
for n in $(seq {STARTS}); do
    began=$(date +%s%N)
    {NAME} --data-dir /tmp/home/data >/dev/null 2>&1 &
    program=$!
    until xdotool search --onlyvisible --pid $program >/dev/null 2>&1; do
        kill -0 $program || exit 1
        sleep 0.005
    done
    echo $(( ($(date +%s%N) - began) / 1000000 ))
    kill $program; wait $program
done 2>/dev/null
kill %1
"""


class NotSo(Exception):
    """A step failed, or this machine cannot take it."""


def main() -> int:
    """Build on the oldest, then install and start on both; 1 where a part of it failed."""
    began = time.monotonic()
    try:
        _prepare()
        package = _built()
        for suite in (OLDEST, NEXT):
            _started(suite, package)
        (ROOT / "dist").mkdir(exist_ok=True)
        shutil.copy2(package, ROOT / "dist")
    except (NotSo, OSError, subprocess.SubprocessError) as error:
        _say(f"stopped: {error}")
        return 1
    _say(f"dist/{package.name}, done in {(time.monotonic() - began) / 60:.1f} minutes")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _prepare() -> None:
    """A bare Debian of each kind, kept for the next time. Raises NotSo."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NotSo("only root on Debian can make another one")
    if shutil.which("debootstrap") is None:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "debootstrap"], check=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    for suite in (OLDEST, NEXT):
        whole = PLACE / f"{suite}.tar"
        if whole.is_file():
            continue
        _say(f"preparing: {suite}")
        begun = _emptied(suite)
        made = ["debootstrap", "--variant=minbase", suite, str(begun)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["tar", "-C", str(begun), "-cf", str(whole.with_suffix(".part")), "."], check=True)
        whole.with_suffix(".part").rename(whole)


def _emptied(name: str) -> Path:
    folder = PLACE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _fresh(suite: str, name: str, packages: tuple[str, ...]) -> Path:
    """A bare Debian with those packages."""
    folder = _emptied(name)
    subprocess.run(["tar", "-C", str(folder), "-xf", str(PLACE / f"{suite}.tar")], check=True)
    shutil.copy2("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    _inside(folder, f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {' '.join(packages)}")
    return folder


def _inside(folder: Path, script: str) -> str:
    """Run it in that Debian, with its own processes; what it printed. Raises NotSo."""
    enter = 'mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc" && exec chroot "$1" /bin/sh -c "$2"'
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", enter, "sh", str(folder), script]
    bare = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    done = subprocess.run(command, check=False, env=bare, capture_output=True, text=True)
    if done.returncode:
        raise NotSo(f"in {folder.name}: {(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def _built() -> Path:
    """The package of the commit that is checked out, made with the Python of the oldest Debian."""
    _say(f"building on {OLDEST}")
    folder = _fresh(OLDEST, "builder", (*BUILDS, *QT))
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "source")], check=True)
    fetched = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--require-hashes"]
    fetched += ["-d", str(folder / "wheels"), "-r", str(ROOT / "packaging" / "constraints.txt")]
    subprocess.run(fetched, check=True)
    offline = "export PIP_NO_INDEX=1 PIP_FIND_LINKS=/wheels PIP_ROOT_USER_ACTION=ignore"
    _say(_inside(folder, f"{offline}; git config --global safe.directory '*' && cd /source && make package").strip())
    made = next((folder / "source" / "dist").glob("*.deb"), None)
    if made is None:
        raise NotSo("no package was made")
    return made


def _started(suite: str, package: Path) -> None:
    """Installed where nothing else is, by whoever is no administrator: the self-test, then the window."""
    folder = _fresh(suite, f"{suite}-tried", SHOWS)
    shutil.copy2(package, folder / "tmp" / package.name)
    _inside(folder, f"apt-get install -y -qq --no-install-recommends /tmp/{package.name} && useradd -m person")
    (folder / "tmp" / "watch").write_text(WATCH, encoding="utf-8")
    _say(_inside(folder, f"su person -c 'LANG=C.UTF-8 {NAME} self-test'").strip())
    took = sorted(map(int, _inside(folder, "su person -c 'bash /tmp/watch'").split()))
    if len(took) != STARTS:
        raise NotSo(f"{suite}: the window came {len(took)} times of {STARTS}")
    verdict = "OK" if median(took) < SOON_MS else "OVER"
    _say(
        f"{suite}: installed, self-test passed, window after {median(took):.0f} ms ({took[0]} to {took[-1]}): {verdict}"
    )
    if verdict == "OVER":
        raise NotSo(f"the window takes longer than {SOON_MS} ms")


if __name__ == "__main__":
    sys.exit(main())
