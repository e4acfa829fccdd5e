from .doan_vien import doan_phi_doan_vien, doan_phi_doan_vien_muc, doan_phi_no
from .don_vi import doan_phi, doan_phi_don_vi
from .mien import (
    doan_phi_doan_vien_mien,
    mien_doan_phi_approve,
    mien_doan_phi_detail,
    mien_doan_phi_list,
    mien_doan_phi_reject,
    mien_doan_phi_shorten,
    mien_doan_phi_withdraw,
)
from .nop import (
    doan_phi_nop,
    nop_doan_phi_accept,
    nop_doan_phi_detail,
    nop_doan_phi_list,
    nop_doan_phi_return,
)
from .phieu import phieu_thu_cancel, phieu_thu_detail, phieu_thu_list, phieu_thu_pdf
from .thu import (
    doan_phi_hoan_tac,
    doan_phi_mo_so,
    doan_phi_thu,
    doan_phi_thu_het,
    doan_phi_thu_nhanh,
)

__all__ = [
    "doan_phi",
    "doan_phi_doan_vien",
    "doan_phi_doan_vien_mien",
    "doan_phi_doan_vien_muc",
    "doan_phi_don_vi",
    "doan_phi_hoan_tac",
    "doan_phi_mo_so",
    "doan_phi_no",
    "doan_phi_nop",
    "doan_phi_thu",
    "doan_phi_thu_het",
    "doan_phi_thu_nhanh",
    "mien_doan_phi_approve",
    "mien_doan_phi_detail",
    "mien_doan_phi_list",
    "mien_doan_phi_reject",
    "mien_doan_phi_shorten",
    "mien_doan_phi_withdraw",
    "nop_doan_phi_accept",
    "nop_doan_phi_detail",
    "nop_doan_phi_list",
    "nop_doan_phi_return",
    "phieu_thu_cancel",
    "phieu_thu_detail",
    "phieu_thu_list",
    "phieu_thu_pdf",
]
