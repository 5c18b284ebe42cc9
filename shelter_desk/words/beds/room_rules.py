"""What each rule that warns or asks for a reason tells the person at the desk (field 5.1).

What the profiles of arrivals are called.
"""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.beds.room_rules import Finding

_OF_WHOM = frozenset({"R-04", "R-05", "R-06B", "R-28A", "T10"})  # rules of those who sleep in the room, by code


def profile_name(group: str) -> str:
    """The word on the chip of that profile."""
    return {
        "all": words.text("All"),
        "women": words.text("Women"),
        "girls": words.text("Girls"),
        "mother_child": words.text("Mother and child"),
        "families": words.text("Families"),
        "men": words.text("Men"),
        "boys": words.text("Boys"),
        "isolation": words.text("Isolation"),
    }[group]


def told(against: Sequence[Finding]) -> str:
    """What speaks against a bed, the danger first, with the codes of whom it speaks."""
    found = []
    for one in by_danger(against):
        codes = ", ".join(code for code in one.others if code != "?") if one.rule in _OF_WHOM else ""
        told = warning(one.rule)
        found.append(words.text("{sentence} ({codes})").format(sentence=told, codes=codes) if codes else told)
    return " ".join(found)


def by_danger(against: Sequence[Finding]) -> list[Finding]:
    """Whom this person must not meet in that very room before anything else."""
    return sorted(against, key=lambda one: one.rule != "R-28A")


def warning(rule: str) -> str:
    """The sentence of a rule by its id; an id without one stands for itself.

    Rules that ask for a reason say only what is wrong: `words.refusals` adds what to do.
    """
    return {
        "R-02": words.text("This person may be known already. Compare the files before you go on."),
        "R-03": words.text("This bed is not available. Choose another bed."),
        "R-04": words.text("A minor would share the room with adults of the other sex."),
        "R-05": words.text("A minor would sleep with adults who are not family. Find another room at once."),
        "R-06": words.text("This room is kept for the other sex."),
        "R-06A": words.text("This room is kept for another age. Choose another room if you can."),
        "R-06B": words.text(
            "A woman and a man who are not family would share the room. Choose another room if you can."
        ),
        "R-07": words.text("This person is turning 18. Review the room and the situation of the child."),
        "R-08": words.text("A minor alone has no guardian in time. Ask for one, or write who was named."),
        "R-09": words.text("The best interests of a minor alone were not assessed in time."),
        "R-10": words.text("A minor alone leaves only with a decision and an adult who receives the child."),
        "R-11": words.text("The competent service was not told of a minor alone in time."),
        "R-22 parent": words.text("This minor has a child in their care. Protect both more closely."),
        "R-32": words.text("Somebody leaves without the dependants who came along, or the reverse."),
        "R-33": words.text("The resident left and the case is still open, or a follow-up is overdue."),
        "R-12": words.text("There are more persons than usable beds."),
        "R-13": words.text("The room gives each person less space than the norm."),
        "R-14": words.text("The stay is longer than planned. Write why it goes on."),
        "R-22": words.text("A child who is or was married needs more protection. Tell the direction."),
        "R-28": words.text("Somebody whom this person must not meet is in the shelter."),
        "R-28A": words.text("Somebody whom this person must not meet sleeps in this room. Choose another room."),
        "A-04": words.text(
            "The mattress, the net or the frame of this bed cannot be used. Choose another bed if you can."
        ),
        "cot": words.text("This bed is a cot. Choose another bed if you can."),
        "T10": words.text("Another family sleeps in this room."),
        "R-35": words.text("This place is held for somebody who is expected."),
    }.get(rule, rule)
