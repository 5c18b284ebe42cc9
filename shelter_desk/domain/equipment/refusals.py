"""What is refused about equipment alone; `words.equipment` says each in a sentence."""

from datetime import date

from shelter_desk.domain.errors import RuleBroken


class AssetGone(RuleBroken):
    """What was written off, lost, stolen or transferred: nothing more happens to it but being found."""

    tag_no: str
    status: str


class AgreementNeeded(RuleBroken):
    """A-02: what belongs to a donor does not leave without the agreement of the donor."""

    tag_no: str


class NotToLend(RuleBroken):
    """What is lent already, or cannot be used, is not lent; and only what is lent comes back. status: as it is then."""

    tag_no: str
    status: str


class AlreadySaidOfAsset(RuleBroken):
    """The same was written for this asset on that day. kind: of `asset_event`."""

    tag_no: str
    kind: str
    day: date


class CountClosed(RuleBroken):
    """The count is over, or its minutes are approved already."""

    count_no: str


class SerialOfOne(RuleBroken):
    """A-01: several things are added with one serial number."""

    serial_no: str
