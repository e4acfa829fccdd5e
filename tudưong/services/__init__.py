"""What people do in the cultivation group and to a referral case.

Each function is one action and one transaction; see the modules for the rules.
"""

from .bien_ban import save_bien_ban
from .cam_tinh import record_cam_tinh, remove_cam_tinh
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
    record_du_hop,
    record_task_outcome,
    record_y_kien,
    save_danh_gia,
    update_ky,
)
from .giay_to import update_giay_to
from .ho_so import (
    close_ho_so,
    move_ho_so,
    open_ho_so,
    propose,
    resolve,
    review,
    send_back,
    supplement,
    update_nhan_xet,
)
from .lich_su import HoSoCu, record_ho_so_history
from .nguon import decline, mark_seen, propose_by_bch, propose_by_vote, withdraw
from .nhan_thuc import record_chung_nhan, send_to_class, update_lop
from .nhiem_vu import assign_nhiem_vu, assign_to_all, note_tien_do, update_nhiem_vu
from .to import (
    add_thanh_vien,
    assign_dang_vien_giup,
    create_to,
    end_to,
    remove_thanh_vien,
    update_to,
)
from .van_ban import save_nhan_xet_du_bi, save_tu_nhan_xet
from .van_ban_to import create_ke_hoach, issue_ke_hoach, issue_quyet_dinh, update_ke_hoach

__all__ = [
    "HoSoCu",
    "add_thanh_vien",
    "answer_chat_van",
    "assign_dang_vien_giup",
    "assign_nhiem_vu",
    "assign_to_all",
    "choose_next_step",
    "close_ho_so",
    "close_ky",
    "create_ke_hoach",
    "create_to",
    "decline",
    "end_to",
    "issue_ke_hoach",
    "issue_quyet_dinh",
    "mark_seen",
    "move_ho_so",
    "note_tien_do",
    "open_chat_van",
    "open_ho_so",
    "open_ky",
    "probation_until",
    "propose",
    "propose_by_bch",
    "propose_by_vote",
    "record_cam_tinh",
    "record_chinh_thuc",
    "record_chung_nhan",
    "record_du_hop",
    "record_ho_so_history",
    "record_outcome",
    "record_task_outcome",
    "record_y_kien",
    "remove_cam_tinh",
    "remove_thanh_vien",
    "resolve",
    "review",
    "save_bien_ban",
    "save_danh_gia",
    "save_nhan_xet_du_bi",
    "save_tu_nhan_xet",
    "send",
    "send_back",
    "send_to_class",
    "supplement",
    "update_giay_to",
    "update_ke_hoach",
    "update_ky",
    "update_lop",
    "update_nhan_xet",
    "update_nhiem_vu",
    "update_to",
    "withdraw",
]
