"""Facts: the figures of every unit of a period, counted in one pass and kept to be read at once.

They are a copy, never the truth: `compute` on the books is. Each unit's count names the day it
goes up to and the moment it was made (`DemSoLieu.den`, `luc`); what was entered after that moment
is not in it. A page that shows facts says so; a report and its figures are counted live.
"""

from .doc import DaDem, cac_quy, cua_cac_don_vi, qua_cac_ky
from .ghi import dem_so_lieu

__all__ = [
    "DaDem",
    "cac_quy",
    "cua_cac_don_vi",
    "dem_so_lieu",
    "qua_cac_ky",
]
