"""A workbook as a donor sends it: a form with names, markers, formulas, a chart, rules of looks and entry, a table."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

FORM, SUMS, APART, NOTES = "Formulaire", "Synthèse d’OIM", "Autre calcul", "Notes"


def make(path: Path) -> Path:
    """Four sheets: the form, a sheet that adds it up, one with formulas of its own, one without any."""
    book = xlsxwriter.Workbook(str(path))
    bold, percent = book.add_format({"bold": True, "bg_color": "#DDEBF7"}), book.add_format({"num_format": "0.0%"})
    yellow = book.add_format({"bg_color": "#FFF2CC"})
    form, sums, apart, notes = (book.add_worksheet(name) for name in (FORM, SUMS, APART, NOTES))
    form.set_column(4, 4, 14, yellow)
    form.write("A1", "Rapport mensuel — {{period.name}}", bold)
    form.write("A3", "Entrées")
    form.write("B3", 999, bold)
    form.write("A4", "Sorties")
    form.write("B4", "{{t2.exits}}")
    form.write("A5", "Solde")
    form.write_formula("B5", "=B3-B4", bold, 12345)
    form.write("A6", "Femmes 18–59")
    form.write("B6", "{{ t2.entries:sex=f,age_group=a18_59 }}", yellow)
    form.write("A7", "Occupation")
    form.write("B7", "{{t1.occupancy_rate}}", percent)
    form.merge_range("A9:C9", "{{t2.present_end}} personnes présentes à la fin", bold)
    form.write("A10", "{{t99.magic}}")
    form.conditional_format("B3:B7", {"type": "cell", "criteria": ">", "value": 10, "format": yellow})
    form.data_validation("B3", {"validate": "integer", "criteria": ">=", "value": 0})
    form.add_table("F3:G5", {"columns": [{"header": "Ligne"}, {"header": "Valeur"}]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={FORM}!$B$3:$B$5"})
    form.insert_chart("I2", chart)
    form.insert_image("I20", "point.png", {"image_data": io.BytesIO(_POINT)})
    sums.write_formula("A1", f"={FORM}!B5*2", None, 777)
    apart.write("A1", 4)
    apart.write_formula("A2", "=A1+1", None, 5)
    notes.write("A1", "Ne pas modifier")
    book.define_name("t2_entries", f"={FORM}!$B$3")
    book.define_name("t2_entries_total_de_l_an", f"={FORM}!$B$3:$B$7")
    book.define_name("T1_person_nights", f"={FORM}!$D$12")
    book.define_name("t1_absence_nights", f"={FORM}!$B$5")
    book.define_name("Zone_OIM", f"={FORM}!$A$1:$C$9")
    book.close()
    _as_excel_saves(path)
    return path


def _as_excel_saves(path: Path) -> None:
    """Excel trusts the stored results of what it saved; this library says that nothing is computed yet."""
    known = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, content in known.items():
            copy.writestr(name, content.replace(b' fullCalcOnLoad="1"', b""))


_POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f030005fe02fea7"
    "9a9d6b0000000049454e44ae426082"
)


def parts(path: Path) -> Mapping[str, bytes]:
    """Every part of the file, by its name and in its order."""
    with zipfile.ZipFile(path) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def with_macro(path: Path) -> Path:
    """The same as an .xlsm whose macro part must stay as it is."""
    made = path.with_suffix(".xlsm")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for one in archive.infolist():
            copy.writestr(one, archive.read(one))
        copy.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 a macro that is never run")
    return made
