"""Copies of one shelter: the files that are opened, and those that this computer last wrote in."""

from datetime import datetime

from shelter_desk.domain.errors import Trouble


class OlderCopy(Trouble):
    """Entries are missing that this computer saw in files of the same shelter.

    last_entry: of these files; seen_at: of those seen last, which lay in `seen_in`. parted: both have entries that the
    other has not. here: the files lie where the others were.
    """

    last_entry: datetime
    seen_at: datetime
    seen_in: str
    parted: bool
    here: bool


class ShelterMoved(Trouble):
    """The shelter was packed for another computer, and is written there since. at: when."""

    at: datetime
