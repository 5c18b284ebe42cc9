"""What the profiles of arrivals are called."""

from shelter_desk import words


def name(group: str) -> str:
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
