"""Pages about personal data."""

from .xem import du_lieu_hide, du_lieu_reveal

__all__ = ["du_lieu_hide", "du_lieu_reveal"]
