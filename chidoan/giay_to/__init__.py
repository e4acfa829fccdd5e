"""Papers of a branch's month: minutes, resolution and report ("bộ ba văn bản tháng").

`doc_buoi` and `so_lieu_thang` gather what is on record; `bien_ban`, `nghi_quyet` and `bao_cao`
declare the papers from it and issue them.
"""

from .bien_ban import (
    LOAI,
    issue_bien_ban,
    minutes,
    preview_bien_ban,
    read_bien_ban,
    read_phien_ban,
)

__all__ = [
    "LOAI",
    "issue_bien_ban",
    "minutes",
    "preview_bien_ban",
    "read_bien_ban",
    "read_phien_ban",
]
