"""What changes the tree of units, accounts, roles and settings."""

from .dia_ban import assign_dia_ban
from .don_vi import check_cap, create_don_vi, create_don_vi_many
from .quy_dinh import set_quy_dinh
from .tai_khoan import (
    assign_role,
    change_password,
    check_may_manage,
    create_nguoi_dung,
    end_role,
    open_account,
    set_active,
    suggest_password,
)

__all__ = [
    "assign_dia_ban",
    "assign_role",
    "change_password",
    "check_cap",
    "check_may_manage",
    "create_don_vi",
    "create_don_vi_many",
    "create_nguoi_dung",
    "end_role",
    "open_account",
    "set_active",
    "set_quy_dinh",
    "suggest_password",
]
