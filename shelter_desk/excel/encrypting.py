"""Files that open with a password only: a workbook for Excel and LibreOffice (ECMA-376 agile), a PDF (AES-256)."""

import io


def encrypted(content: bytes, password: str) -> bytes:
    """The bytes of a workbook, closed with that password; nothing lies in a temporary file."""
    from msoffcrypto.format.ooxml import OOXMLFile

    closed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, closed)
    return closed.getvalue()


def encrypted_pdf(content: bytes, password: str) -> bytes:
    """The same of a PDF, for every reader of PDF 2.0; whoever has the password may print it."""
    from pypdf import PdfReader, PdfWriter

    writer, closed = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.encrypt(password, algorithm="AES-256")
    writer.write(closed)
    return closed.getvalue()
