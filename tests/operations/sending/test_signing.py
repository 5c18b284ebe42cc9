"""The signature in a file that left: whatever is changed, and whoever else signed, is found without a shelter."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest

from shelter_desk.domain.errors import BadCall, Damaged
from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, reports
from shelter_desk.operations.sending import signing
from shelter_desk.operations.sending.departures import TOPICS
from shelter_desk.operations.vault import key_change, unlocking
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

CHANGED = 100
Parts = dict[str, bytes]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A", days=100)
    closing.close(opened, last(opened), lambda _: "sans_objet")
    yield opened
    opened.close()


def last(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Path:
    return export(desk, tmp_path / "sent.xlsx")


def export(desk: Desk, path: Path) -> Path:
    reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", path)
    return path


def key_of(path: Path) -> str:
    """As somebody reads it on the cover."""
    sheet = openpyxl.load_workbook(path)["01_Garde"]
    printed = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    (found,) = [one for one in printed if re.fullmatch("([0-9a-f]{8} ?){8}", one)]
    return found


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def altered(path: Path, change: Callable[[Parts], None]) -> Path:
    parts = parts_of(path)
    before = dict(parts)
    change(parts)
    assert parts != before
    out = path.with_name("altered.xlsx")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out


def test_the_key_of_the_cover_proves_the_file_and_the_file_stays_the_same(
    desk: Desk, sent: Path, tmp_path: Path
) -> None:
    assert signing.state(sent, key_of(sent)) == "right"
    assert export(desk, tmp_path / "again.xlsx").read_bytes() == sent.read_bytes()


def test_packing_the_same_parts_anew_is_no_change(sent: Path) -> None:
    out = sent.with_name("packed.xlsx")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts_of(sent).items():
            archive.writestr(name, part)
    assert signing.state(out, key_of(sent)) == "right"


def test_a_changed_cell_is_found_in_a_hundred_of_a_hundred(sent: Path) -> None:
    chance, key, found = Random(7), key_of(sent), 0
    sheets = [name for name in parts_of(sent) if name.startswith("xl/worksheets/sheet")]
    for _ in range(CHANGED):

        def change(parts: Parts) -> None:
            name = chance.choice([one for one in sheets if b"<v>" in parts[one]])
            one = chance.choice(list(re.finditer(rb"<v>(\d+)</v>", parts[name])))
            more = str(int(one.group(1)) + 1).encode()
            parts[name] = parts[name][: one.start(1)] + more + parts[name][one.end(1) :]

        found += signing.state(altered(sent, change), key) == "wrong"
    assert found == CHANGED


def _format(parts: Parts) -> None:
    name = next(one for one in sorted(parts) if one.startswith("xl/worksheets/sheet"))
    parts[name] = re.sub(rb' s="\d+"', b' s="0"', parts[name], count=1)


def _styles(parts: Parts) -> None:
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<b/>", b"<i/>", 1)


def _cached(parts: Parts) -> None:
    name = next(one for one in sorted(parts) if b"</f><v>" in parts[one])
    parts[name] = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>9999</v>", parts[name], count=1)


def _hidden_sheet(parts: Parts) -> None:
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = book.replace(
        b"</sheets>", b'<sheet name="x" sheetId="99" state="hidden" r:id="rId1"/></sheets>'
    )
    parts["xl/worksheets/sheet99.xml"] = parts["xl/worksheets/sheet1.xml"]


def _one_part_more(parts: Parts) -> None:
    parts["xl/media/image1.png"] = b"nothing"


def _author(parts: Parts) -> None:
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(
        b"</cp:coreProperties>", b"<!-- -->\n</cp:coreProperties>"
    )


def _property(parts: Parts) -> None:
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b"</Properties>", b"<!-- -->\n</Properties>")


@pytest.mark.parametrize("change", [_format, _styles, _cached, _hidden_sheet, _one_part_more, _author, _property])
def test_whatever_else_is_changed_is_found(sent: Path, change: Callable[[Parts], None]) -> None:
    assert signing.state(altered(sent, change), key_of(sent)) == "wrong"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_file_that_libreoffice_saved_again_is_not_as_it_left(sent: Path, tmp_path: Path) -> None:
    call = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run([*call, "--outdir", str(tmp_path / "out"), str(sent)], check=True, capture_output=True, timeout=180)
    assert signing.state(tmp_path / "out" / sent.name, key_of(sent)) in ("wrong", "none")


def test_a_file_signed_by_a_stranger_is_told_from_one_that_was_changed(sent: Path, tmp_path: Path) -> None:
    other = open_small_shelter(tmp_path / "other")
    admit(other, "1A", days=100)
    closing.close(other, last(other), lambda _: "sans_objet")
    forged = export(other, tmp_path / "forged.xlsx")
    other.close()
    assert key_of(forged) != key_of(sent)
    assert signing.state(forged, key_of(sent)) == "stranger"
    assert signing.state(forged, key_of(forged)) == "right"


def test_a_part_that_stands_there_twice_is_no_signed_file(sent: Path) -> None:
    content = sent.read_bytes()
    kept = io.BytesIO(content)
    with zipfile.ZipFile(kept, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    out = sent.with_name("twice.xlsx")
    out.write_bytes(kept.getvalue())
    assert signing.state(out, key_of(sent)) == "none"


def test_what_is_no_workbook_has_no_signature_and_what_is_no_key_is_refused(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "note.xlsx").write_bytes(b"rien")
    assert signing.state(tmp_path / "note.xlsx", key_of(sent)) == "none"
    for wrong in ("", "0" * 63, "g" * 64):
        with pytest.raises(BadCall):
            signing.state(sent, wrong)


def test_the_key_stays_when_all_keys_of_the_file_change(desk: Desk, sent: Path, tmp_path: Path) -> None:
    key_change.change_keys(desk, PASSWORD)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as again:
        assert signing.state(export(again, tmp_path / "later.xlsx"), key_of(sent)) == "right"


def test_the_key_that_signs_lies_under_what_managers_alone_hold(desk: Desk, sent: Path) -> None:
    with desk.database.transaction(TOPICS) as connection:
        connection.exec_driver_sql(
            "UPDATE settings SET value = 'ff' || substr(value, 3) WHERE key = 'file_signing_seed'"
        )
    with pytest.raises(Damaged):
        signing.signer(desk)
