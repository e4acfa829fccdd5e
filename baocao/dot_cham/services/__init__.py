"""What is done in a round: each function is one action and one transaction.

A step of the whole round locks the round and then all of its lines; what is written on one line
locks that line and only then reads where the round stands. So a step never passes a writer. The
locks leave keys alone (`no_key`): a new row that names the round does not wait for it.
"""

from .cong_bo import answer_y_kien, final_dot, publish_dot, send_y_kien
from .dot import back_dot, cancel_dot, change_han, correct_dot, start_tham_dinh, trial_dot
from .kiem_phieu import save_kiem_phieu
from .may import compute_dot
from .minh_chung import add_minh_chung, delete_minh_chung
from .mo import open_dot
from .tham_dinh import (
    agree_rest,
    finish_duyet,
    finish_tham_dinh,
    return_dong,
    return_tham_dinh,
    save_duyet,
    save_tham_dinh,
)
from .tu_cham import save_tu_cham, send_dong

__all__ = [
    "add_minh_chung",
    "agree_rest",
    "answer_y_kien",
    "back_dot",
    "cancel_dot",
    "change_han",
    "compute_dot",
    "correct_dot",
    "delete_minh_chung",
    "final_dot",
    "finish_duyet",
    "finish_tham_dinh",
    "open_dot",
    "publish_dot",
    "return_dong",
    "return_tham_dinh",
    "save_duyet",
    "save_kiem_phieu",
    "save_tham_dinh",
    "save_tu_cham",
    "send_dong",
    "send_y_kien",
    "start_tham_dinh",
    "trial_dot",
]
