"""The rows of the case file are sealed one by one; their tables lie in a file of their own, made from them.

Files with such rows are brought over by who holds the protection key: their connection knows how rows are sealed.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

# each before those that it names
MOVED = (
    "legal_steps", "follow_ups", "appointments", "incidents", "services", "attendances", "activities",
    "indicator_answers", "interviews", "factor_answers", "assessments", "plan_actions", "plans",
    "return_files", "belongings", "guardians", "best_interests", "tracing_steps", "tracings",
    "notifications", "consent_exceptions", "victim_statuses", "exits", "specific_needs", "contacts", "holds", "merges",
    "case_notes", "documents", "referrals", "consents", "contact_risks", "diets", "settled_flags", "import_gaps",
)  # fmt: skip
_APART = (("documents", "content"), ("import_gaps", "told"))  # too large for a row; of things alone
# of a stay what is said beside its days and its family; it goes into a row of the same number, as the others do
_SITUATION = (
    "migration_situation", "child_status", "referral_source", "urgent_needs", "interpreter_needed",
    "house_rules_explained", "country_last", "family_link", "link_basis", "expected_exit", "exit_destination",
    "former_families",
)  # fmt: skip
_UNCOUNTED = "('erreur_saisie', 'non_admis')"  # exits of stays that are counted nowhere, which stay in the open
_REASON = f"CASE WHEN exit_reason IN {_UNCOUNTED} THEN '' ELSE exit_reason END"
# the same of a person
_PROFILE = ("other_nationalities", "region_origin", "marital_status", "education_level", "protection_seal")
_WHY = "override_reason"  # of a place, where a rule was set aside
_OF_SHEETS = "WHERE kind = 'fiche'"  # of sendings: who gets it, and the number of its referral
# who may not read these writes them: by table the column of the numbers of its papers, if they have any
_BOXED = {"services": "service_no", "appointments": "", "incidents": "incident_no"}
_COUNTED = "INSERT INTO case_numbers SELECT '{table}', max(id) FROM main.{table} HAVING max(id) IS NOT NULL"
# `S-2026-00012` is the twelfth behind `S-2026-`
_NUMBERED = (
    "INSERT INTO case_numbers SELECT rtrim({column}, '0123456789'), "
    "max(CAST(substr({column}, length(rtrim({column}, '0123456789')) + 1) AS INTEGER)) FROM main.{table} "
    "WHERE length({column}) - length(rtrim({column}, '0123456789')) BETWEEN 1 AND 15 GROUP BY 1"
)
_STATEMENTS = (
    (
        "CREATE TABLE case_inbox (table_name TEXT NOT NULL, row_id INTEGER NOT NULL, sealed BLOB NOT NULL, "
        "CONSTRAINT pk_case_inbox PRIMARY KEY (table_name, row_id))"
    ),
    (
        "CREATE TABLE case_numbers (name TEXT NOT NULL, last INTEGER NOT NULL, "
        "CONSTRAINT pk_case_numbers PRIMARY KEY (name))"
    ),
    (
        "CREATE TABLE case_rows (place BLOB NOT NULL, sealed BLOB NOT NULL, "
        "CONSTRAINT pk_case_rows PRIMARY KEY (place)) WITHOUT ROWID"
    ),
    "CREATE TABLE case_version (version BLOB NOT NULL, CONSTRAINT pk_case_version PRIMARY KEY (version))",
    "INSERT INTO case_version VALUES (randomblob(16))",
    "CREATE INDEX ix_journal_action ON journal (action) WHERE action <> 'case'",
    (
        "CREATE TABLE tonight_rows (number INTEGER NOT NULL, sealed BLOB NOT NULL, "
        "CONSTRAINT pk_tonight_rows PRIMARY KEY (number))"
    ),
    (
        "CREATE TABLE document_contents (id INTEGER NOT NULL, content BLOB, "
        "CONSTRAINT pk_document_contents PRIMARY KEY (id))"
    ),
    "INSERT INTO document_contents SELECT id, content FROM documents",
    (
        "CREATE TABLE postponed_tasks (id INTEGER NOT NULL, matter TEXT NOT NULL, subject TEXT NOT NULL, "
        "postponed_at TEXT NOT NULL, postponed_by INTEGER, until TEXT NOT NULL, reason TEXT NOT NULL, "
        "CONSTRAINT pk_postponed_tasks PRIMARY KEY (id), "
        "CONSTRAINT fk_postponed_tasks_postponed_by_users FOREIGN KEY(postponed_by) REFERENCES users (id))"
    ),
    # what was set aside of the store, which everybody who keeps it reads
    (
        "INSERT INTO postponed_tasks SELECT id, substr(rule, 7), subject, settled_at, settled_by, "
        "coalesce(until, '9999-12-31'), reason FROM settled_flags WHERE substr(rule, 1, 6) = 'store/'"
    ),
    "DELETE FROM settled_flags WHERE substr(rule, 1, 6) = 'store/'",
    (
        "CREATE TABLE house_gaps (id INTEGER NOT NULL, batch_id INTEGER NOT NULL, owner TEXT NOT NULL, "
        "row_id INTEGER NOT NULL, list_key TEXT NOT NULL, column_key TEXT NOT NULL, told TEXT DEFAULT '' NOT NULL, "
        "settled_at TEXT, CONSTRAINT pk_house_gaps PRIMARY KEY (id), "
        "CONSTRAINT uq_house_gaps_owner_row_id_list_key_column_key UNIQUE (owner, row_id, list_key, column_key), "
        "CONSTRAINT fk_house_gaps_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id))"
    ),
    "CREATE INDEX ix_house_gaps_batch_id ON house_gaps (batch_id)",
    # of nobody: what others than who reads the case file complete
    (
        "INSERT INTO house_gaps SELECT id, batch_id, owner, row_id, list_key, column_key, told, settled_at "
        "FROM import_gaps WHERE person_id IS NULL"
    ),
    "DELETE FROM import_gaps WHERE person_id IS NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
    connection = op.get_bind()
    for table, column in _BOXED.items():
        op.execute(sa.text(_COUNTED.format(table=table)))
        if column:
            op.execute(sa.text(_NUMBERED.format(table=table, column=column)))
    for table in MOVED:
        if connection.scalar(sa.text(f"SELECT 1 FROM main.{table}")) is not None:
            here = connection.execute(sa.text(f"PRAGMA main.table_info({table})"))
            names = [row.name for row in here if (table, row.name) not in _APART]
            op.execute(
                sa.text(
                    f"INSERT INTO case_rows SELECT case_place('{table}', id), "
                    f"case_sealed('{table}', '{','.join(names)}', {', '.join(names)}) FROM main.{table}"
                )
            )
        op.execute(sa.text(f"DROP TABLE main.{table}"))
    _part("stays", "situations", "stay_id", {"exit_reason": _REASON} | dict(zip(_SITUATION, _SITUATION, strict=True)))
    _part("persons", "profiles", "person_id", dict(zip(_PROFILE, _PROFILE, strict=True)))
    _part("placements", "placement_reasons", "placement_id", {_WHY: _WHY}, f"WHERE {_WHY} <> ''")
    _part("sendings", "sent_sheets", "sending_id", {"recipient": "recipient", "title": "title"}, _OF_SHEETS)
    op.execute(sa.text(f"UPDATE sendings SET recipient = '', title = '', file_name = 'fiche' {_OF_SHEETS}"))
    op.execute(sa.text("DROP INDEX IF EXISTS ix_stays_former_families"))
    for table, columns in (("stays", _SITUATION), ("persons", _PROFILE), ("placements", (_WHY,))):
        for column in columns:
            op.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    op.execute(sa.text("ALTER TABLE stays RENAME COLUMN exit_reason TO uncounted"))
    op.execute(sa.text(f"UPDATE stays SET uncounted = '' WHERE uncounted NOT IN ('', {_UNCOUNTED[1:]}"))


def _part(table: str, beside: str, owner: str, columns: Mapping[str, str], where: str = "") -> None:
    """Seal these columns of a table in rows of the same number. columns: what is sealed in each. where: of which rows
    alone; of the others there is none.
    """
    if op.get_bind().scalar(sa.text(f"SELECT 1 FROM main.{table}")) is None:
        return
    op.execute(
        sa.text(
            f"INSERT INTO case_rows SELECT case_place('{beside}', id), "
            f"case_sealed('{beside}', 'id,{owner},{','.join(columns)}', id, id, {', '.join(columns.values())}) "
            f"FROM main.{table} {where}"
        )
    )
    if not where:  # written by who may not read it
        op.execute(sa.text(f"INSERT INTO case_numbers SELECT '{beside}', max(id) FROM main.{table}"))
