"""Rooms, beds, persons, stays, placements, absences, statuses, journal; overlaps refused by triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    for statement in _TABLES.strip().split(";\n"):
        op.execute(sa.text(statement.replace(":", "\\:")))
    for statement in _triggers():
        op.execute(sa.text(statement.replace(":", "\\:")))


_TABLES = """
CREATE TABLE settings (
  key TEXT NOT NULL, value TEXT NOT NULL, CONSTRAINT pk_settings PRIMARY KEY (key));
CREATE TABLE users (
  id INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, active BOOLEAN DEFAULT '1' NOT NULL,
  CONSTRAINT pk_users PRIMARY KEY (id), CONSTRAINT uq_users_name UNIQUE (name));
CREATE TABLE rooms (
  id INTEGER NOT NULL, room_code TEXT NOT NULL, name TEXT NOT NULL, room_type TEXT NOT NULL, sex_rule TEXT NOT NULL,
  age_rule TEXT NOT NULL, surface_m2 FLOAT, accessible BOOLEAN,
  CONSTRAINT pk_rooms PRIMARY KEY (id), CONSTRAINT uq_rooms_room_code UNIQUE (room_code));
CREATE TABLE beds (
  id INTEGER NOT NULL, bed_code TEXT NOT NULL, room_id INTEGER NOT NULL, bed_type TEXT NOT NULL,
  in_service_from TEXT NOT NULL, in_service_to TEXT,
  CONSTRAINT pk_beds PRIMARY KEY (id), CONSTRAINT uq_beds_bed_code UNIQUE (bed_code),
  CONSTRAINT fk_beds_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id));
CREATE INDEX ix_beds_room_id ON beds (room_id);
CREATE TABLE bed_states (
  id INTEGER NOT NULL, bed_id INTEGER NOT NULL, bed_state TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
  reason TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_bed_states PRIMARY KEY (id),
  CONSTRAINT fk_bed_states_bed_id_beds FOREIGN KEY(bed_id) REFERENCES beds (id));
CREATE INDEX ix_bed_states_bed_id ON bed_states (bed_id);
CREATE TABLE persons (
  id INTEGER NOT NULL, person_code TEXT NOT NULL, sex TEXT NOT NULL, birth_date TEXT,
  birth_date_precision TEXT DEFAULT 'day' NOT NULL, age_estimated INTEGER, age_estimated_on TEXT,
  nationality TEXT NOT NULL, other_nationalities TEXT DEFAULT '' NOT NULL, region_origin TEXT DEFAULT '' NOT NULL,
  languages TEXT DEFAULT '' NOT NULL, last_name BLOB, first_name BLOB, alias BLOB,
  CONSTRAINT pk_persons PRIMARY KEY (id), CONSTRAINT uq_persons_person_code UNIQUE (person_code));
CREATE TABLE stays (
  id INTEGER NOT NULL, stay_no TEXT NOT NULL, person_id INTEGER NOT NULL, admitted_at TEXT NOT NULL,
  entry_kind TEXT NOT NULL, exited_at TEXT, exit_reason TEXT DEFAULT '' NOT NULL,
  exit_destination TEXT DEFAULT '' NOT NULL, migration_situation TEXT NOT NULL, child_status TEXT DEFAULT '' NOT NULL,
  is_dependant BOOLEAN DEFAULT '0' NOT NULL, head_stay_id INTEGER, referral_source TEXT DEFAULT '' NOT NULL,
  recorded_at TEXT, exit_recorded_at TEXT,
  CONSTRAINT pk_stays PRIMARY KEY (id),
  CONSTRAINT ck_stays_in_order CHECK (exited_at IS NULL OR exited_at >= substr(admitted_at, 1, length(exited_at))),
  CONSTRAINT uq_stays_stay_no UNIQUE (stay_no),
  CONSTRAINT fk_stays_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id),
  CONSTRAINT fk_stays_head_stay_id_stays FOREIGN KEY(head_stay_id) REFERENCES stays (id));
CREATE INDEX ix_stays_person_id ON stays (person_id);
CREATE INDEX ix_stays_head_stay_id ON stays (head_stay_id);
CREATE INDEX ix_stays_admitted_at ON stays (admitted_at);
CREATE INDEX ix_stays_exited_at_admitted_at ON stays (exited_at, admitted_at);
CREATE TABLE placements (
  id INTEGER NOT NULL, stay_id INTEGER NOT NULL, place TEXT NOT NULL, bed_id INTEGER, room_id INTEGER,
  started_at TEXT NOT NULL, ended_at TEXT, override_rule TEXT DEFAULT '' NOT NULL,
  override_reason TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_placements PRIMARY KEY (id),
  CONSTRAINT ck_placements_bed_named CHECK (place = 'appoint' OR bed_id IS NOT NULL),
  CONSTRAINT fk_placements_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id),
  CONSTRAINT fk_placements_bed_id_beds FOREIGN KEY(bed_id) REFERENCES beds (id),
  CONSTRAINT fk_placements_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id));
CREATE INDEX ix_placements_stay_id ON placements (stay_id);
CREATE INDEX ix_placements_bed_id_ended_at ON placements (bed_id, ended_at);
CREATE INDEX ix_placements_ended_at ON placements (ended_at);
CREATE TABLE absences (
  id INTEGER NOT NULL, stay_id INTEGER NOT NULL, absence_type TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
  CONSTRAINT pk_absences PRIMARY KEY (id),
  CONSTRAINT fk_absences_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id));
CREATE INDEX ix_absences_stay_id ON absences (stay_id);
CREATE TABLE victim_statuses (
  id INTEGER NOT NULL, stay_id INTEGER NOT NULL, victim_status TEXT NOT NULL, decided_on TEXT NOT NULL,
  status_decided_by TEXT DEFAULT '' NOT NULL, exploitation_forms TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_victim_statuses PRIMARY KEY (id),
  CONSTRAINT fk_victim_statuses_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id));
CREATE INDEX ix_victim_statuses_stay_id ON victim_statuses (stay_id);
CREATE TABLE journal (
  seq INTEGER NOT NULL, at TEXT NOT NULL, user_id INTEGER, action TEXT NOT NULL, subject TEXT DEFAULT '' NOT NULL,
  details TEXT DEFAULT '' NOT NULL, hash BLOB NOT NULL, CONSTRAINT pk_journal PRIMARY KEY (seq))
"""


def _before(first: str, second: str) -> str:
    """`moments.before` in SQL: where one is a plain day, only days are compared."""
    days = f"length({first}) = 10 OR length({second}) = 10"
    return f"CASE WHEN {days} THEN substr({first}, 1, 10) < substr({second}, 1, 10) ELSE {first} < {second} END"


def _overlap(first: str, second: str, start: str = "started_at", end: str = "ended_at") -> str:
    return (
        f"({second}.{end} IS NULL OR {_before(f'{first}.{start}', f'{second}.{end}')}) AND "
        f"({first}.{end} IS NULL OR {_before(f'{second}.{start}', f'{first}.{end}')})"
    )


_ALIVE = "exit_reason <> 'erreur_saisie'"
_STAY_DAYS = {"start": "admitted_at", "end": "exited_at"}
_OTHERS_IN_BED = (
    "SELECT 1 FROM placements o JOIN stays s ON s.id = o.stay_id "
    f"WHERE o.bed_id = NEW.bed_id AND o.place = 'lit' AND s.{_ALIVE}"
)

# name, table, condition under which a new or changed row is looked at, what must not exist
_REFUSALS = [
    (
        "stay_overlaps",
        "stays",
        f"NEW.{_ALIVE}",
        f"SELECT 1 FROM stays o WHERE o.person_id = NEW.person_id AND o.id <> NEW.id AND o.{_ALIVE} "
        f"AND {_overlap('o', 'NEW', **_STAY_DAYS)}",
    ),
    (
        "bed_taken",
        "placements",
        f"NEW.place = 'lit' AND EXISTS (SELECT 1 FROM stays WHERE id = NEW.stay_id AND {_ALIVE})",
        f"{_OTHERS_IN_BED} AND o.id <> NEW.id AND {_overlap('o', 'NEW')}",
    ),
    (
        "placed_twice",
        "placements",
        "1",
        f"SELECT 1 FROM placements o WHERE o.stay_id = NEW.stay_id AND o.id <> NEW.id AND {_overlap('o', 'NEW')}",
    ),
    (
        "bed_out_of_use",
        "placements",
        f"NEW.place = 'lit' AND EXISTS (SELECT 1 FROM stays WHERE id = NEW.stay_id AND {_ALIVE})",
        f"SELECT 1 FROM bed_states o WHERE o.bed_id = NEW.bed_id AND {_overlap('o', 'NEW')}",
    ),
    (
        "bed_out_of_service",
        "placements",
        f"NEW.place = 'lit' AND EXISTS (SELECT 1 FROM stays WHERE id = NEW.stay_id AND {_ALIVE})",
        f"SELECT 1 FROM beds b WHERE b.id = NEW.bed_id AND ({_before('NEW.started_at', 'b.in_service_from')} "
        f"OR b.in_service_to IS NOT NULL AND (NEW.ended_at IS NULL OR {_before('b.in_service_to', 'NEW.ended_at')}))",
    ),
    (
        "absent_twice",
        "absences",
        "1",
        f"SELECT 1 FROM absences o WHERE o.stay_id = NEW.stay_id AND o.id <> NEW.id AND {_overlap('o', 'NEW')}",
    ),
    ("bed_occupied", "bed_states", "1", f"{_OTHERS_IN_BED} AND {_overlap('o', 'NEW')}"),
    (
        "bed_occupied_later",
        "beds",
        "1",
        "SELECT 1 FROM placements o JOIN stays s ON s.id = o.stay_id "
        f"WHERE o.bed_id = NEW.id AND o.place = 'lit' AND s.{_ALIVE} "
        f"AND ({_before('o.started_at', 'NEW.in_service_from')} OR NEW.in_service_to IS NOT NULL "
        f"AND (o.ended_at IS NULL OR {_before('NEW.in_service_to', 'o.ended_at')}))",
    ),
    (
        "bed_taken_since",
        "stays",
        f"NEW.{_ALIVE}",
        "SELECT 1 FROM stays v JOIN placements p ON p.stay_id = v.id JOIN placements o ON o.bed_id = p.bed_id "
        "JOIN stays s ON s.id = o.stay_id WHERE v.id = NEW.id AND v.exit_reason = 'erreur_saisie' "
        f"AND p.place = 'lit' AND o.place = 'lit' AND o.id <> p.id AND s.{_ALIVE} AND {_overlap('o', 'p')}",
    ),
]


def _triggers() -> list[str]:
    made = [
        f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event} ON {table} WHEN {when} BEGIN "
        f"SELECT RAISE(ABORT, 'refused: {name}') WHERE EXISTS ({unwanted}); END"
        for name, table, when, unwanted in _REFUSALS
        for event in ("INSERT", "UPDATE")
    ]
    made += [
        f"CREATE TRIGGER journal_keeps_{event.lower()} BEFORE {event} ON journal BEGIN "
        "SELECT RAISE(ABORT, 'refused: journal_keeps'); END"
        for event in ("UPDATE", "DELETE")
    ]
    return made
