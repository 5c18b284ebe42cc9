"""Why a package does not take the place of the program."""

from shelter_desk import words
from shelter_desk.domain.updates import UpdateRefused


def _refused(error: UpdateRefused) -> str:
    told = {
        "unreadable": words.text("This file is no update of the program. Choose the file that ends in .maj."),
        "unsigned": words.text(
            "This update is not signed by two of those who make the program. Do not install it: ask where it came from."
        ),
        "altered": words.text("This update was altered or is cut. Copy it again from where it came."),
        "system": words.text("This update is for another system. Ask for the one for this computer."),
        "older": words.text("This update is older ({version}) than the program here. Choose a newer one."),
        "same": words.text("The program here has this version ({version}) already."),
    }[error.why]
    return told.format(version=error.version)


SENTENCES = {UpdateRefused: _refused}
