"""The routes of the map hold: a field of a resident and a figure are added in a copy of the house, used, counted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Edit = tuple[str, str, str]  # file, what stands there, what stands there then

# what the clan is called, sealed with the names: typed, shown, erased, exported, imported; each is put beside what
# stands there today and not at an end, so that the next field or figure of the house leaves these as they are
FIELD: tuple[Edit, ...] = (
    (
        "shelter_desk/domain/residents/residents.py",
        '    alias: str = ""\n',
        '    alias: str = ""\n    clan: str = ""\n',
    ),
    (
        "shelter_desk/domain/register_columns.py",
        '        ListColumn("sex", "Sexe", "Sex", "code", True,',
        '        ListColumn("clan", "Clan", "Clan"),\n        ListColumn("sex", "Sexe", "Sex", "code", True,',
    ),
    (
        "shelter_desk/storage/tables/residents.py",
        '    Column("alias", LargeBinary),\n',
        '    Column("alias", LargeBinary),\n    Column("clan", LargeBinary),\n',
    ),
    (
        "shelter_desk/ui/residents/acts/correction_form.py",
        '        self.alias = NameField(words.text("Alias or other spelling"))\n',
        '        self.alias = NameField(words.text("Alias or other spelling"))\n'
        '        self.clan = NameField("Clan")\n',
    ),
    (
        "shelter_desk/ui/residents/acts/correction_form.py",
        "        self.alias.set_text(names.alias)\n",
        "        self.alias.set_text(names.alias)\n        self.clan.set_text(names.clan)\n",
    ),
    (
        "shelter_desk/ui/residents/acts/correction_form.py",
        "Names(self.last.text(), self.given.text(), self.alias.text()",
        "Names(self.last.text(), self.given.text(), self.alias.text(), self.clan.text()",
    ),
    (
        "shelter_desk/ui/residents/acts/correction_form.py",
        "(self.given, 190), (self.alias, 190)",
        "(self.given, 190), (self.alias, 190), (self.clan, 190)",
    ),
)
STEP = '''"""What the clan is called."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE persons ADD COLUMN clan BLOB"))
'''
# incidents of the night, a figure of T12
FIGURE: tuple[Edit, ...] = (
    (
        "resources/report/figures.csv",
        "t12.closed,",
        "t12.at_night,T12,incidents,count,total,partner,yes,,,,De nuit,At night,Incidents de nuit.,At night.\n"
        "t12.closed,",
    ),
    (
        "shelter_desk/domain/reports/tables/t12_incidents.py",
        "KEYS = (*BALANCE, *COMPLAINTS, SEALED",
        'KEYS = (*BALANCE, *COMPLAINTS, SEALED, "t12.at_night"',
    ),
    (
        "shelter_desk/domain/reports/tables/t12_incidents.py",
        "def _counts(one: Incident, period: Period) -> Iterator[tuple[str, Dims]]:\n",
        "def _counts(one: Incident, period: Period) -> Iterator[tuple[str, Dims]]:\n"
        '    if one.occurred_at.date() in period and one.occurred_at.hour < 6:\n        yield "t12.at_night", TOTAL\n',
    ),
)


def copied(house: Path, edits: Iterable[Edit]) -> set[str]:
    """Copies the house, changes it, and returns the files of the product that were changed."""
    for name in ("shelter_desk", "resources", "translations", "tests"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__", "old_files"))
    changed = set()
    for name, old, new in edits:
        text = (house / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (house / name).write_text(text.replace(old, new), encoding="utf-8")
        changed.add(name)
    return changed


def used(house: Path, what: str) -> str:
    """What the changed house says of it: `tests/house/route_used.py` in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(house), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.route_used", what, str(house)],
        cwd=house,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_field_of_a_resident_takes_at_most_six_files(tmp_path: Path) -> None:
    changed = copied(tmp_path, FIELD)
    versions = tmp_path / "shelter_desk/storage/migrations/versions"
    before = max(one.stem[1:5] for one in versions.glob("m*.py"))
    step = versions / f"m{int(before) + 1:04}_clan.py"
    step.write_text(STEP.format(revision=step.stem[1:5], before=before), encoding="utf-8")
    changed.add(str(step.relative_to(tmp_path)))
    assert used(tmp_path, "field").split() == ["sealed", "shown", "corrected", "exported", "imported", "erased"]
    assert len(changed) <= 6


def test_a_figure_takes_at_most_four_files(tmp_path: Path) -> None:
    changed = copied(tmp_path, FIGURE)
    assert used(tmp_path, "figure").split() == ["counted", "named", "printed", "asked"]
    assert len(changed) <= 4
