"""A whole family admitted in one act: its head first, then who belongs to it; everybody or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import ADMITTING, WITH_KIT, Admission


@dataclass(frozen=True, slots=True)
class FamilyAdmitted:
    """Who is here now, the head first: codes in the order asked. papers: of the kits handed over."""

    head: PersonId
    codes: tuple[str, ...]
    done: Done
    warnings: tuple[Finding, ...] = ()
    papers: tuple[str, ...] = ()


@needs(Permission.ADMIT)
def admit_family(desk: Desk, admissions: Sequence[Admission]) -> FamilyAdmitted:
    """Open a stay for each, the first as the head of the others. Raises as `stays.admit`, of whomever it is."""
    head, *others = admissions
    for one in admissions:
        stays.check_asked(one, desk.now())
    has_kit = any(one.kit for one in admissions)
    with desk.writing("admit", WITH_KIT if has_kit else ADMITTING) as writing:
        first, person, warnings, paper = stays.add(desk, writing, head)
        found, codes, papers = list(warnings), [person.code], [paper]
        for one in others:
            whole = replace(one, head=first.id, is_dependant=True)
            _, other, more, paper = stays.add(desk, writing, whole)
            found += [finding for finding in more if finding not in found]
            codes.append(other.code)
            papers.append(paper)
        writing.subject = person.code
        if others:
            writing.details["together"] = codes
    return FamilyAdmitted(person.id, tuple(codes), writing.done, tuple(found), tuple(filter(None, papers)))
