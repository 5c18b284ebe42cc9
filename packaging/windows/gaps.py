"""What Wine 10 lacks of Windows 10, made with mingw-w64: for tests alone, never packaged.

icuuc.dll: Qt6Core asks for the text converter of Windows. ucrtbase.dll: numpy asks for C99's complex numbers, which
Wine's has as names that end the program; the rest goes on to Wine's own, which lies beside it under another name.
"""

import re
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMPILER = ("x86_64-w64-mingw32-gcc", "-shared", "-O1", "-s", "-static", "-static-libgcc")
COMPLEX = ("abs", "arg", "imag", "real", "cos", "cosh", "exp", "log", "pow", "sin", "sinh", "sqrt", "tan", "tanh")
ITS_OWN = "ucrtbase_of_wine"
_NAME = re.compile(r"^\s+\[ *\d+\] \+base\[ *\d+\] +[0-9a-f]{4} (\S+)$", re.M)


def close(system: Path, libraries: Path) -> None:
    """Lay both into the system folder of a prefix. libraries: Wine's own for Windows programs of 64 bits."""
    compile_it(system / "icuuc.dll", HERE / "icuuc.c")
    (system / f"{ITS_OWN}.dll").write_bytes(_as_of_windows((libraries / "ucrtbase.dll").read_bytes()))
    definition = system / "ucrtbase.def"
    definition.write_text(forwarding(_exported(libraries / "ucrtbase.dll")), encoding="ascii")
    (system / "ucrtbase.dll").unlink(missing_ok=True)
    asked = [f"-Wl,-u,c{name}{kind}" for name in COMPLEX for kind in ("", "f")]
    compile_it(system / "ucrtbase.dll", definition, *asked, "-x", "c", "/dev/null", "-lmingwex")
    definition.unlink()


def compile_it(into: Path, *sources: Path | str) -> None:
    """Raises CalledProcessError."""
    subprocess.run([*COMPILER, "-o", str(into), *map(str, sources)], check=True)


def forwarding(names: list[str]) -> str:
    """The definition of a library that has all these names: complex numbers of its own, the rest Wine's.

    A long double of Windows is a double.
    """
    own = {f"c{name}{kind}": f"c{name}{kind.replace('l', '')}" for name in COMPLEX for kind in ("", "f", "l")}
    lines = [f"{name} = {own.get(name) or f'{ITS_OWN}.{name}'}" for name in names]
    return "\n".join(["LIBRARY ucrtbase.dll", "EXPORTS", *lines, ""])


def _exported(library: Path) -> list[str]:
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", str(library)], check=True, capture_output=True, text=True
    )
    return _NAME.findall(told.stdout)


def _as_of_windows(library: bytes) -> bytes:
    """Without the mark by which Wine knows its own and takes it by its first name."""
    return library.replace(b"Wine builtin DLL", bytes(16), 1)
