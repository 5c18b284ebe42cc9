"""Runs all benchmarks, or those named: `python -m tests.benchmarks [--write] [name ...]`; 1 when one is over."""

import argparse
import os
import sys
from importlib import import_module

# before anything asks for a keyring: none of this machine is touched
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

FILES = (
    "start",
    "unlocking",
    "residents",
    "search",
    "month",
    "change",
    "workbooks",
    "exporting",
    "board",
    "eye.rows",
    "growth",
)


def main() -> int:
    """Print one table of everything measured."""
    from tests.benchmarks import harness, page

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", help="parts of the names of subjects, or files of this folder")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md as well")
    parser.add_argument("--list", action="store_true", help="only say what can be measured")
    asked = parser.parse_args()
    subjects = [
        subject
        for file in FILES
        for subject in import_module(f"tests.benchmarks.{file}").subjects()
        if not asked.names or any(name == file or name in subject.name for name in asked.names)
    ]
    if asked.list:
        sys.stdout.writelines(f"{one.name}: {one.what} / {one.against}\n" for one in subjects)
        return 0
    measured = []
    for subject in subjects:
        measured.append(harness.measure(subject))
        sys.stderr.write(f"{subject.name}: {measured[-1].ratio:.2f} {measured[-1].verdict}\n")
    sys.stdout.write("\n".join(harness.lines(measured)) + "\n")
    if asked.write:
        page.write(measured)
    return harness.code(measured)


if __name__ == "__main__":
    sys.exit(main())
