"""Brings a file to the version of this program, one proven step after the other."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from shelter_desk.domain.errors import Damaged, TooNew

_STEPS = Path(__file__).parent.parent / "migrations"
NEWEST = max(one.stem[1:5] for one in (_STEPS / "versions").glob("m*.py"))  # the version that this program writes


def version(connection: Connection) -> str:
    """The version of the file, "" before the first step. Raises Damaged when the file holds none of our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None:
        raise Damaged("database", "")
    return str(found)


def needs_upgrade(connection: Connection) -> bool:
    """True when steps are missing. Raises TooNew when a newer program wrote the file, Damaged for no shelter at all."""
    found = version(connection)
    if not found:
        raise Damaged("database", "")
    if found > NEWEST:
        raise TooNew(found, NEWEST)
    return found != NEWEST


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the missing steps in the transaction of the connection: all of them, or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
