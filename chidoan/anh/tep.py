"""An uploaded picture, drawn anew by the limited process of `ve_lai`."""

import json
from dataclasses import dataclass
from threading import BoundedSemaphore

from core.apart import ApartError, TooMuchError, command_of, run_apart
from core.errors import RuleError

from .gioi_han import HONG, MAX_TEP_BYTES, NANG, QUA_NANG, WALL_SECONDS

VE_LAI = command_of("chidoan.anh.ve_lai")
_MOT_LUOT = BoundedSemaphore(1)
"""One picture at a time in each worker: a large one takes memory."""


@dataclass(frozen=True)
class TepAnh:
    """What is kept of a picture."""

    tep: bytes
    tep_nho: bytes
    rong: int
    cao: int


def read_anh(content: bytes, *, command: tuple[str, ...] = VE_LAI) -> TepAnh:
    """The picture without what a camera adds; RuleError for whatever is no sane picture."""
    if len(content) > MAX_TEP_BYTES:
        raise RuleError(NANG, field="tep")
    try:
        with _MOT_LUOT:
            written = run_apart(command, content, seconds=WALL_SECONDS)
        line, _, body = written.partition(b"\n")
        header = json.loads(line)
    except TooMuchError as error:
        raise RuleError(QUA_NANG, field="tep") from error
    except (ApartError, ValueError) as error:
        raise RuleError(HONG, field="tep") from error
    if "refused" in header:
        raise RuleError(header["refused"], field="tep")
    large = header["lon"]
    return TepAnh(body[:large], body[large:], header["rong"], header["cao"])
