"""What people do in the cultivation group and to a referral case.

Each function is one action and one transaction; see the modules for the rules.
"""

from .cap_uy import (
    answer_chat_van,
    choose_next_step,
    open_chat_van,
    probation_until,
    record_chinh_thuc,
    record_outcome,
    send,
)
from .danh_gia import (
    close_ky,
    open_ky,
    record_task_outcome,
    record_y_kien,
    save_danh_gia,
    set_du_hop,
)
from .giay_to import update_giay_to
from .ho_so import (
    close_ho_so,
    open_ho_so,
    propose,
    resolve,
    review,
    send_back,
    supplement,
    update_nhan_xet,
)
from .lich_su import HoSoCu, record_ho_so_history
from .to import add_thanh_vien, assign_nhiem_vu, create_to, end_to, remove_thanh_vien, update_to

__all__ = [
    "HoSoCu",
    "add_thanh_vien",
    "answer_chat_van",
    "assign_nhiem_vu",
    "choose_next_step",
    "close_ho_so",
    "close_ky",
    "create_to",
    "end_to",
    "open_chat_van",
    "open_ho_so",
    "open_ky",
    "probation_until",
    "propose",
    "record_chinh_thuc",
    "record_ho_so_history",
    "record_outcome",
    "record_task_outcome",
    "record_y_kien",
    "remove_thanh_vien",
    "resolve",
    "review",
    "save_danh_gia",
    "send",
    "send_back",
    "set_du_hop",
    "supplement",
    "update_giay_to",
    "update_nhan_xet",
    "update_to",
]
