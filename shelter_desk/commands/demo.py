"""`demo`: the fictitious training shelter, its last full month and its window."""

import argparse
import os
import sys
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, say
from shelter_desk.domain.rights import Role
from shelter_desk.operations.reports import comparing, reports
from shelter_desk.operations.training import past_months, training
from shelter_desk.words.reports.reports import main_figures

NAME = "demo"
HELP = "make the training shelter and show its last month"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--profile", choices=("bamako", "gao"), default="bamako")
    parser.add_argument("--months", type=int, default=12, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--no-window", action="store_true")


def run(asked: argparse.Namespace) -> int:
    """Make the shelter if it is not there, write and print its last full month, open the window where there is one."""
    where = _folder(asked)
    made = training.make(where, asked.profile, asked.months, asked.seed)
    with made.desk as desk:
        if made.is_new:
            past_months.close(desk)
        period = training.last_full_month(desk)
        month = comparing.compared(desk, reports.monthly(desk, period))
        out = where / reports.file_name(desk, month.report, "interne")
        reports.export(desk, month, "interne", out)
    say(asked, words.text("Training shelter, everything in it is invented: {folder}").format(folder=where))
    say(asked, words.text("Account: {name} · password: {password}").format(name=made.user, password=made.password))
    others = words.text("With the same password, by role: {accounts}")
    say(asked, others.format(accounts=", ".join(map(_account, training.OTHERS.items()))))
    for line in main_figures(month.report):
        print(line)
    say(asked, words.text("The report is in {file}.").format(file=out))
    return DONE if asked.no_window or not _has_display() else _window(where, asked)


def _account(of: tuple[str, Role]) -> str:
    name, role = of
    return f"{name} ({words.label('role', role.value)})"


def _folder(asked: argparse.Namespace) -> Path:
    from shelter_desk.system import folders

    given: Path | None = asked.data_dir
    return given if given is not None else folders.training() / asked.profile


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(where: Path, asked: argparse.Namespace) -> int:
    asked.data_dir, asked.user = where, asked.user or training.USER
    opened: int = asked.window(asked)
    return opened
