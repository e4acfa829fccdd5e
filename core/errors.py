"""What services raise when a rule of the field says no."""


class RuleError(Exception):
    """A refusal with a Vietnamese sentence for the person at the screen.

    `field` names the form field it belongs to, when it belongs to one.
    """

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.field = field


class StaleError(RuleError):
    """Somebody else has saved meanwhile; `current` is the row as it stands now."""

    def __init__(self, message: str, *, current):
        super().__init__(message)
        self.current = current
