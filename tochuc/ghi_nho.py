"""Ghi nhớ: what the papers of one act ask again and again is asked once.

Names, offices and settings of a day stay what they are while a dossier or a group of them is
issued; `remembered` functions keep their answers there, and nowhere else.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

_known: ContextVar[dict | None] = ContextVar("known", default=None)


def remembering(act: Callable) -> Callable:
    """While this function runs, `remembered` ones ask once; an act within it shares its answers."""

    @wraps(act)
    def inside(*args, **kwargs):
        if _known.get() is not None:
            return act(*args, **kwargs)
        token = _known.set({})
        try:
            return act(*args, **kwargs)
        finally:
            _known.reset(token)

    return inside


def remembered(ask: Callable) -> Callable:
    """A read whose arguments can be told apart; its answer is changed by nobody."""

    @wraps(ask)
    def answer(*args, **kwargs):
        known = _known.get()
        if known is None:
            return ask(*args, **kwargs)
        key = (ask, _plain(args), _plain(kwargs.items()))
        if key not in known:
            known[key] = ask(*args, **kwargs)
        return known[key]

    return answer


def _plain(values) -> tuple:
    return tuple(_plain(value) if isinstance(value, list | tuple) else value for value in values)
