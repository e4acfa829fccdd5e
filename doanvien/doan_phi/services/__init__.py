"""What changes dues: collecting and taking back, exemptions, remittances."""

from .mien import approve_mien, propose_mien, reject_mien, shorten_mien, withdraw_mien
from .muc import set_muc
from .nop import accept_nop, return_nop, submit_nop
from .thu import cancel_phieu, collect, collect_all, open_so_thu, open_so_thu_many, undo_dong

__all__ = [
    "accept_nop",
    "approve_mien",
    "cancel_phieu",
    "collect",
    "collect_all",
    "open_so_thu",
    "open_so_thu_many",
    "propose_mien",
    "reject_mien",
    "return_nop",
    "set_muc",
    "shorten_mien",
    "submit_nop",
    "undo_dong",
    "withdraw_mien",
]
