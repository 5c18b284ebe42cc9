"""A fact that lies in two rows of one number: one in the open, and beside it one of the case file."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from shelter_desk.storage.file import told_rows
from shelter_desk.storage.file.case import case_rows
from shelter_desk.storage.file.column_values import damaged
from shelter_desk.storage.file.trail import Trail, Values


@dataclass(frozen=True, slots=True)
class BesideRow:
    """The second of the two rows. owner: the column in which it says its number once more.

    is_sparse: there is one only where something is said.
    """

    table: Table
    owner: str
    is_sparse: bool = False

    def new(self, key: int, values: Values) -> list[Values]:
        """What is stored beside a new row of that number."""
        return [{"id": key, self.owner: key, **values}] if _said(values) or not self.is_sparse else []

    def add(self, trail: Trail, key: int, values: Values) -> None:
        """Store it beside a new row of that number, in place of one that opens no more."""
        for row in self.new(key, values):
            case_rows.make_room(trail.connection, self.table.name, key)
            trail.add(self.table.name, row)

    def change(self, trail: Trail, key: int, values: Values) -> None:
        """Change columns of it.

        There is none where nothing was said, or somebody else put the first row in; or it was taken out past the
        program, or opens no more: then it is made anew as the journal told it last, with what is said now. Raises
        Damaged where no line told it column by column.
        """
        if self._is_there(trail.connection, key):
            trail.change(self.table.name, key, values)
        elif said := _said(values):
            is_all = said.keys() >= {*self.table.c.keys()} - {"id", self.owner}
            self.add(trail, key, said if is_all else {**self._told(trail.connection, key), **said})

    def remove(self, trail: Trail, key: int) -> None:
        """Take it out, where there is one, before the first row goes."""
        if self._is_there(trail.connection, key):
            trail.remove(self.table.name, key)

    def _is_there(self, connection: Connection, key: int) -> bool:
        of = self.table.c
        return connection.execute(select(of.id).where(of.id == key)).first() is not None

    def _told(self, connection: Connection, key: int) -> Values:
        told = told_rows.told_rows(connection, self.table.name)
        if key in told.sums and key not in told.made:
            raise damaged(self.table.name, "id", key)
        return {name: value for name, value in (told.rows.get(key) or {}).items() if name not in ("id", self.owner)}


def _said(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "")}
