"""What is said where the mouse rests: always as it was typed, never read as a page."""

from html import escape


def plain(text: str) -> str:
    """The text for `setToolTip`, which would read a tag in a name and fetch the picture that it points to."""
    return f"<span>{escape(text)}</span>" if "<" in text else text
