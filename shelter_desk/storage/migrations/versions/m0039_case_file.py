"""The rows of the case file are sealed one by one; their tables lie in a file of their own, made from them.

Files with such rows are brought over by who holds the protection key: their connection knows how rows are sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

# each before those that it names
MOVED = (
    "indicator_answers", "interviews", "factor_answers", "assessments", "plan_actions", "plans", "follow_ups",
    "return_files", "legal_steps", "belongings", "guardians", "best_interests", "tracing_steps", "tracings",
    "notifications", "consent_exceptions", "victim_statuses", "exits", "specific_needs", "contacts", "holds", "merges",
    "case_notes", "referrals", "consents",
)  # fmt: skip
# what named one of these, and goes on naming it without SQLite: only the statement that made the table says so
_NAMING = {
    "services": "CONSTRAINT fk_services_referral_id_referrals FOREIGN KEY(referral_id) REFERENCES referrals (id)",
    "incidents": "CONSTRAINT fk_incidents_referral_id_referrals FOREIGN KEY(referral_id) REFERENCES referrals (id)",
}
_STATEMENTS = (
    (
        "CREATE TABLE case_rows (place BLOB NOT NULL, sealed BLOB NOT NULL, "
        "CONSTRAINT pk_case_rows PRIMARY KEY (place)) WITHOUT ROWID"
    ),
    "CREATE TABLE case_version (version BLOB NOT NULL, CONSTRAINT pk_case_version PRIMARY KEY (version))",
    "INSERT INTO case_version VALUES (randomblob(16))",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
    connection = op.get_bind()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    for table, reference in _NAMING.items():
        changed = sa.text("UPDATE main.sqlite_master SET sql = replace(sql, :told, '') WHERE name = :name")
        op.execute(changed.bindparams(told=f", {reference}", name=table))
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
    for table in MOVED:
        if connection.scalar(sa.text(f"SELECT 1 FROM main.{table}")) is not None:
            names = [row.name for row in connection.execute(sa.text(f"PRAGMA main.table_info({table})"))]
            op.execute(
                sa.text(
                    f"INSERT INTO case_rows SELECT case_place('{table}', id), "
                    f"case_sealed('{table}', '{','.join(names)}', {', '.join(names)}) FROM main.{table}"
                )
            )
        op.execute(sa.text(f"DROP TABLE main.{table}"))
