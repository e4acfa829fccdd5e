"""Planning, proposing and posting people for the offices of branches."""

from .cu_can_bo import end_cu_can_bo, post_can_bo
from .de_nghi import answer_de_nghi, propose_nhan_su, withdraw_de_nghi
from .quy_hoach import (
    add_quy_hoach,
    approve_quy_hoach,
    drop_quy_hoach,
    review_quy_hoach,
)

__all__ = [
    "add_quy_hoach",
    "answer_de_nghi",
    "approve_quy_hoach",
    "drop_quy_hoach",
    "end_cu_can_bo",
    "post_can_bo",
    "propose_nhan_su",
    "review_quy_hoach",
    "withdraw_de_nghi",
]
