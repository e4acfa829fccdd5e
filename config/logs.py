"""Log lines that name no person."""

import logging
import re

ROW_OF_DATABASE = re.compile(
    r"^DETAIL: .*?(?=^\s*$|^The above |^During |^Traceback |^[\w.]+(Error|Exception)|\Z)",
    re.MULTILINE | re.DOTALL,
)


class Formatter(logging.Formatter):
    """Leaves out the row that PostgreSQL quotes when it refuses one: names, dates, addresses."""

    def formatException(self, ei) -> str:  # noqa: N802 -- the name is logging's
        return ROW_OF_DATABASE.sub("DETAIL: left out\n", super().formatException(ei)).rstrip()
