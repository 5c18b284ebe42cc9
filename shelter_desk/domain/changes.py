"""Which topics a transaction changed, so that pages that show them look again."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Changes:
    """One mark per topic."""

    rooms: bool = False
    stays: bool = False
    settings: bool = False
    services: bool = False
    cases: bool = False
    assets: bool = False
    stock: bool = False
    requests: bool = False
    reports: bool = False

    def concern(self, other: "Changes") -> bool:
        """True when a topic is marked in both."""
        return any(getattr(self, field.name) and getattr(other, field.name) for field in fields(self))


EVERYTHING = Changes(
    rooms=True,
    stays=True,
    settings=True,
    services=True,
    cases=True,
    assets=True,
    stock=True,
    requests=True,
    reports=True,
)
