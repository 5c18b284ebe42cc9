"""A fact that lies in two rows of one number: one in the open, and beside it one of the case file."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from shelter_desk.storage.file import told_rows
from shelter_desk.storage.file.case import case_rows
from shelter_desk.storage.file.column_values import damaged
from shelter_desk.storage.file.trail import Trail, Values


@dataclass(frozen=True, slots=True)
class BesideRow:
    """The second of the two rows. owner: the column in which it says its number once more."""

    table: Table
    owner: str

    def add(self, trail: Trail, key: int, values: Values) -> None:
        """Store it beside a new row of that number."""
        trail.add(self.table.name, {"id": key, self.owner: key, **values})

    def change(self, trail: Trail, key: int, values: Values) -> None:
        """Change columns of it.

        There is none where somebody else put the first row in; or it was taken out past the program, or opens no more:
        then it is made anew as the journal told it last, with what is said now. Raises Damaged where no line told it
        column by column.
        """
        of = self.table.c
        if trail.connection.execute(select(of.id).where(of.id == key)).first() is not None:
            trail.change(self.table.name, key, values)
            return
        said = {name: value for name, value in values.items() if value not in (None, "")}
        if said:
            case_rows.make_room(trail.connection, self.table.name, key)
            self.add(trail, key, {**self._told(trail.connection, key), **said})

    def _told(self, connection: Connection, key: int) -> Values:
        told = told_rows.told_rows(connection, self.table.name)
        if key in told.sums and key not in told.made:
            raise damaged(self.table.name, "id", key)
        return {name: value for name, value in (told.rows.get(key) or {}).items() if name not in ("id", self.owner)}
