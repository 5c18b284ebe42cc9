"""Registers in and out: look at a workbook, take it in all or nothing, write it back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import BadCode, NotAllowed, NotInList, RuleBroken
from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.domain.names import sounds
from shelter_desk.domain.registers.judging import judge
from shelter_desk.domain.registers.rows import ORDER, Counted, Incoming, Judgement, Refusal, Values
from shelter_desk.domain.residents import new_code, read_code
from shelter_desk.domain.rights import Permission
from shelter_desk.excel import cells, reading, recognise
from shelter_desk.excel import registers as workbook
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage import registers as stored
from shelter_desk.storage import residents as stored_residents
from shelter_desk.storage.rows import to_text
