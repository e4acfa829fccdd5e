"""The papers of `core.pdf` as Word files, to be worked on before they are signed."""

from .render import docx_response, render_docx

__all__ = ["docx_response", "render_docx"]
