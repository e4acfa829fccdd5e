"""Files one after the other as one file to print: each keeps its pages and their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO


@dataclass(frozen=True)
class Joined:
    """The files in order. What is for readers of screens stays in the single files."""

    files: Sequence[bytes]

    def pdf(self) -> bytes:
        from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 -- slow import

        writer, whole = PdfWriter(), BytesIO()
        for content in self.files:
            with PdfReader(BytesIO(content)) as file:  # closed, it lets go what it has read
                writer.append(file, import_outline=False)
        writer.metadata = None
        writer.write(whole)
        return whole.getvalue()
