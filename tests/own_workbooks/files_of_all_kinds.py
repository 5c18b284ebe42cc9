"""The same register in every kind of file."""

from datetime import datetime

from tests.own_workbooks.admissions import AWA, BOTH, HEADINGS, KOFI, PERSONS, TWO, persons
from tests.own_workbooks.builder import Case, binary, stored, text, workbook

ROWS = (("REGISTRE 2025",), (), HEADINGS, AWA, KOFI, ("TOTAL", 2))


def kind(name: str, make: object, **more: object) -> Case:
    return Case(name, make, TWO, BOTH, unknown=("N°",), passed_over=1, **more)  # type: ignore[arg-type]


CASES = [
    kind(".xlsm", workbook("registre.xlsm", Registre=ROWS)),
    kind(".xls (LibreOffice)", stored("registre.xls")),
    kind(".ods (LibreOffice)", stored("registre.ods")),
    kind(".xlsb", binary("registre.xlsb", "Registre", ROWS)),
    kind(".csv, point-virgule, UTF-8", text("registre.csv", ROWS)),
    kind(".csv, point-virgule, UTF-8 avec marque", text("registre.csv", ROWS, encoding="utf-8-sig")),
    kind(".csv, point-virgule, cp1252", text("registre.csv", ROWS, encoding="cp1252")),
    kind(".csv (MS-DOS), cp850", text("registre.csv", ROWS, encoding="cp850")),
    kind(".csv d’un vieux Mac", text("registre.csv", ROWS, encoding="mac_roman")),
    kind(".csv, barres droites", text("registre.csv", ROWS, separator="|")),
    kind(".csv, virgule", text("registre.csv", ROWS, separator=",")),
    kind(".txt, tabulation, UTF-16", text("registre.txt", ROWS, separator="\t", encoding="utf-16")),
    kind("contenu .xlsx nommé .xls", workbook("registre.xls", Registre=ROWS)),
    Case(
        "cellules en erreur d’un .ods",
        stored("erreurs.ods"),
        persons(1, 1),
        {"personnes": [PERSONS[1]]},
        refused=[("Registre", 2, "age")],
        unknown=("N°",),
    ),
    Case(
        "cellules en erreur d’un .xls",
        stored("erreurs.xls"),
        persons(1, 1),
        {"personnes": [PERSONS[1]]},
        refused=[("Registre", 2, "age")],
        unknown=("N°",),
    ),
    Case(
        "cellules en erreur d’un .xlsb",
        binary("erreurs.xlsb", "Registre", (HEADINGS, (*AWA[:3], "#N/A", *AWA[4:]), KOFI)),
        persons(1, 1),
        {"personnes": [PERSONS[1]]},
        refused=[("Registre", 2, "age")],
        unknown=("N°",),
    ),
    Case(
        "questionnaire Kobo",
        workbook(
            "kobo.xlsx",
            export=(
                (
                    "start",
                    "identite/nom",
                    "identite/prenom",
                    "identite/sexe",
                    "identite/age",
                    "identite/nationalite",
                    "identite/langues",
                    "identite/langues/bam",
                    "identite/langues/fra",
                    "sejour/date_entree",
                    "sejour/situation_migratoire",
                    "_uuid",
                ),
                ("2025-02-03T10:00", "Diarra", "Awa", "F", 25, "ML", "bam fra", 1, 1, "2025-02-03", "transit", "a1"),
                ("2025-02-05T10:00", "Mensah", "Kofi", "M", 31, "GH", "fra", 0, 1, "2025-02-05", "bloque", "b2"),
            ),
        ),
        persons(2),
        {
            "personnes": [
                {"last_name": "Diarra", "sex": "f", "languages": "bam;fra", "nationality": "ML"},
                {"last_name": "Mensah", "sex": "m", "languages": "fra", "nationality": "GH"},
            ],
            "sejours": [{"admitted_at": datetime(2025, 2, 3)}, {"migration_situation": "bloque"}],
        },
        unknown=("start", "_uuid"),
    ),
]
