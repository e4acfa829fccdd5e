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


class AlreadyRecordedError(RuleError):
    """The same person has just taken this very step: a form sent twice, which counts once."""


def add_refusal(form, refusal: RuleError) -> None:
    """The sentence of a refusal beside its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def try_service(form, service, **fields):
    """Call a service for a valid form; a refusal goes beside its field and gives None.

    A StaleError passes through: the page must show both versions.
    """
    try:
        return service(**fields)
    except StaleError:
        raise
    except RuleError as refusal:
        add_refusal(form, refusal)
        return None
