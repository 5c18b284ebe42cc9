"""Make a shelter, open it with a password or the recovery key, close it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.errors import Damaged, DeviceSecretMissing, Missing, NoShelter, ShelterExists
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import head as heads
from shelter_desk.storage import journal, keys, schema, settings
from shelter_desk.storage.database import Connection, Database
from shelter_desk.storage.head import Head
from shelter_desk.storage.sealing import Sealer
from shelter_desk.system import clock, device_secret
from shelter_desk.system.only_one import OnlyOne

DATABASE = "shelter.db"
FIRST_USER = UserId(1)
