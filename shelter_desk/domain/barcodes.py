"""What a barcode reader types: most are sold for an American keyboard and plugged into a computer with a French one."""

# what the keys of an American keyboard write where the computer believes them to be those of a French one
_FRENCH = "à&é\"'(-è_çqawzQAWZ)?,!"
_MEANT = "0123456789aqzwAQZW-Mm/"
_MEANINGS = str.maketrans(_FRENCH, _MEANT)


def meant(typed: str) -> str:
    """The tag behind `?OB)ààà&`: `MOB-0001`."""
    return typed.translate(_MEANINGS)
