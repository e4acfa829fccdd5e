"""The process that opens an untrusted workbook: bytes on standard input, JSON on standard output.

It runs apart, under limits of memory, time and files, and knows nothing of the application:
`python -m doanvien.nhap.reader < danh-sach.xlsx`; `--count` only tells how long the list is.
"""

import json
import sys

from core.apart import Limits, limit_process

from .limits import CPU_SECONDS, DAMAGED, MEMORY_BYTES, OPEN_FILES, Refused
from .package import check_package, count_rows
from .sheets import read_sheets


def set_limits() -> None:
    """No more memory, time or files than a sane list needs; no file may be written."""
    limit_process(Limits(MEMORY_BYTES, CPU_SECONDS, OPEN_FILES))


def answer(content: bytes, *, is_count: bool = False) -> dict:
    try:
        check_package(content)
        if is_count:
            return {"rows": count_rows(content)}
        return {"sheets": read_sheets(content)}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except Exception:  # a damaged file fails in a hundred ways, and all mean the same
        return {"refused": DAMAGED}


def main() -> None:
    set_limits()
    found = answer(sys.stdin.buffer.read(), is_count="--count" in sys.argv)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
