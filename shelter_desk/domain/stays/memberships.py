"""Whose family a stay belongs to, and from which day until which: the membership of before as it is stored."""

from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.ids import StayId


@dataclass(frozen=True, slots=True)
class Membership:
    """A stay in the family of a head, on the days of [joined, left).

    head: the stay of the adult who answers for the family, None where nobody wrote whom they accompany.
    joined: None since the admission; left: None while it lasts. link: what the person is to the head (`family_link`).
    basis: how that is known (`link_basis`). depends: counted as somebody who accompanies an adult.
    """

    head: StayId | None
    joined: date | None = None
    left: date | None = None
    link: str = ""
    basis: str = ""
    depends: bool = True

    def on(self, day: date) -> bool:
        """True when that day belongs to it."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day < self.left)

    @property
    def text(self) -> str:
        """As it is stored once it ended: left, joined, head, link, basis, whether they depended; empty where not known.

        The head stands between two strokes: `storage/file/bed_sharing.py` looks for it so.
        """
        told = (self.left, self.joined, self.head, self.link, self.basis, int(self.depends))
        return "/".join("" if one is None else str(one) for one in told)

    @staticmethod
    def read(text: str) -> "Membership":
        """The membership in such a text."""
        left, joined, head, link, basis, depends = text.split("/")
        return Membership(StayId(int(head)) if head else None, _day(joined), _day(left), link, basis, depends == "1")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
