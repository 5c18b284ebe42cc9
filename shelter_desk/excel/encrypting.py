"""A workbook that Excel and LibreOffice open with a password only (ECMA-376 agile encryption, AES-256)."""

import io


def encrypted(content: bytes, password: str) -> bytes:
    """The bytes of a workbook, closed with that password; nothing lies in a temporary file."""
    from msoffcrypto.format.ooxml import OOXMLFile

    closed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, closed)
    return closed.getvalue()
