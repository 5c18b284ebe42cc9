"""What each rule that warns or asks for a reason tells the person at the desk (domain 5.1)."""

from shelter_desk import words


def warning(rule: str) -> str:
    """The sentence of a rule by its id; an id without one stands for itself.

    Rules that ask for a reason say only what is wrong: `words.errors` adds what to do.
    """
    return _warnings().get(rule, rule)


def _warnings() -> dict[str, str]:
    return {
        "R-02": words.text("This person may be known already. Compare the files before you go on."),
        "R-03": words.text("This bed is not available. Choose another bed."),
        "R-04": words.text("A minor would share the room with adults of the other sex."),
        "R-05": words.text("A minor would sleep with adults who are not family. Find another room within 24 hours."),
        "R-06": words.text("This room is kept for the other sex."),
        "R-06A": words.text("This room is kept for another age. Choose another room if you can."),
        "R-07": words.text("This person is turning 18. Review the room and the situation of the child."),
        "R-12": words.text("There are more persons than usable beds."),
        "R-13": words.text("The room gives less than 3.5 m² to each person."),
        "R-14": words.text("The stay is longer than planned. Write why it goes on."),
        "R-28": words.text("Somebody whom this person must not meet is in the shelter."),
        "R-28A": words.text("Somebody whom this person must not meet sleeps in this room. Choose another room."),
        "T10": words.text("Another family sleeps in this room."),
    }
