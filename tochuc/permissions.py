"""Who may do what: roles as data, and the gate that every page names.

A role gives rights over the unit it is held at and everything below it. Seeing below is not
acting below: the office above holds rights to see, comment and return, none to edit or sign.
`manage.py permissions` prints the matrix; tests keep it as a golden file.
"""

from enum import StrEnum
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404


class VaiTro(models.TextChoices):
    """Vai trò (role) and the level of unit it is held at, see CAP_CUA_VAI_TRO."""

    BI_THU_CHI_DOAN = "bi_thu_chi_doan", "Bí thư chi đoàn"
    PHO_BI_THU_CHI_DOAN = "pho_bi_thu_chi_doan", "Phó Bí thư chi đoàn"
    UY_VIEN_CHI_DOAN = "uy_vien_chi_doan", "Ủy viên, người điểm danh"
    BI_THU_PHUONG = "bi_thu_phuong", "Bí thư Đoàn phường"
    PHO_BI_THU_PHUONG = "pho_bi_thu_phuong", "Phó Bí thư Đoàn phường"
    CAN_BO_PHUONG = "can_bo_phuong", "Cán bộ Đoàn phường"
    VAN_PHONG_CAP_TREN = "van_phong_cap_tren", "Văn phòng cấp trên"
    KIEM_TRA = "kiem_tra", "Ủy ban Kiểm tra"
    CAP_UY = "cap_uy", "Cấp ủy"
    QUAN_TRI = "quan_tri", "Quản trị hệ thống"


class Quyen(StrEnum):
    """Quyền (right): what a page or an action asks for."""

    VAO_HE_THONG = "vao_he_thong"
    XEM_DON_VI = "xem_don_vi"
    XEM_DOAN_VIEN = "xem_doan_vien"
    SUA_DOAN_VIEN = "sua_doan_vien"
    NHAP_DOAN_VIEN = "nhap_doan_vien"
    XUAT_DOAN_VIEN = "xuat_doan_vien"
    XEM_NHAY_CAM = "xem_nhay_cam"
    DUYET_DOAN_VIEN = "duyet_doan_vien"
    XEM_DOAN_PHI = "xem_doan_phi"
    THU_DOAN_PHI = "thu_doan_phi"
    NHAN_DOAN_PHI = "nhan_doan_phi"
    XEM_NGUYEN_VONG = "xem_nguyen_vong"
    XEM_NGUYEN_VONG_RIENG = "xem_nguyen_vong_rieng"
    GHI_NGUYEN_VONG = "ghi_nguyen_vong"
    QUAN_LY_DU_LIEU = "quan_ly_du_lieu"
    XEM_SINH_HOAT = "xem_sinh_hoat"
    GHI_SINH_HOAT = "ghi_sinh_hoat"
    PHAN_CONG_PHU_TRACH = "phan_cong_phu_trach"
    XEM_CAN_BO = "xem_can_bo"
    XEM_QUY_HOACH = "xem_quy_hoach"
    QUAN_LY_CAN_BO = "quan_ly_can_bo"
    TO_CHUC_BOI_DUONG = "to_chuc_boi_duong"
    DUYET_KHEN_THUONG = "duyet_khen_thuong"
    XEM_KIEM_TRA = "xem_kiem_tra"
    GHI_KIEM_TRA = "ghi_kiem_tra"
    DE_NGHI_SAP_XEP = "de_nghi_sap_xep"
    QUYET_SAP_XEP = "quyet_sap_xep"
    XEM_TU_DUONG = "xem_tu_duong"
    QUAN_LY_TU_DUONG = "quan_ly_tu_duong"
    XEM_HO_SO = "xem_ho_so"
    DE_NGHI_HO_SO = "de_nghi_ho_so"
    LAP_HO_SO = "lap_ho_so"
    KY_HO_SO = "ky_ho_so"
    TRA_LOI_HO_SO = "tra_loi_ho_so"
    XEM_BAO_CAO = "xem_bao_cao"
    LAP_BAO_CAO = "lap_bao_cao"
    DUYET_BAO_CAO = "duyet_bao_cao"
    GHI_THAM_MUU = "ghi_tham_muu"
    XEM_XEP_HANG = "xem_xep_hang"
    DANH_GIA_CHI_DOAN = "danh_gia_chi_doan"
    QUAN_LY_BO_TIEU_CHI = "quan_ly_bo_tieu_chi"
    TU_CHAM_DIEM = "tu_cham_diem"
    THAM_DINH_CHAM_DIEM = "tham_dinh_cham_diem"
    DUYET_CHAM_DIEM = "duyet_cham_diem"
    TO_CHUC_CHAM_DIEM = "to_chuc_cham_diem"
    QUAN_LY_TAI_KHOAN = "quan_ly_tai_khoan"
    XEM_QUY_DINH = "xem_quy_dinh"
    SUA_QUY_DINH = "sua_quy_dinh"
    XEM_NHAT_KY = "xem_nhat_ky"
    VAN_HANH = "van_hanh"


Q = Quyen
_CHI_DOAN_XEM = {Q.VAO_HE_THONG, Q.XEM_DON_VI, Q.XEM_DOAN_VIEN, Q.XEM_SINH_HOAT}
_CHI_DOAN = _CHI_DOAN_XEM | {
    Q.SUA_DOAN_VIEN,
    Q.XUAT_DOAN_VIEN,
    Q.XEM_DOAN_PHI,
    Q.THU_DOAN_PHI,
    Q.XEM_NGUYEN_VONG,
    Q.GHI_NGUYEN_VONG,
    Q.GHI_SINH_HOAT,
    Q.XEM_CAN_BO,
    Q.XEM_KIEM_TRA,
    Q.XEM_TU_DUONG,
    Q.XEM_HO_SO,
    Q.DE_NGHI_HO_SO,
    Q.XEM_BAO_CAO,
    Q.LAP_BAO_CAO,
    Q.XEM_XEP_HANG,
    Q.TU_CHAM_DIEM,
}
_PHUONG_XEM = {
    Q.VAO_HE_THONG,
    Q.XEM_DON_VI,
    Q.XEM_DOAN_VIEN,
    Q.XEM_NHAY_CAM,
    Q.XEM_DOAN_PHI,
    Q.XEM_SINH_HOAT,
    Q.XEM_CAN_BO,
    Q.XEM_QUY_HOACH,
    Q.XEM_KIEM_TRA,
    Q.XEM_TU_DUONG,
    Q.XEM_HO_SO,
    Q.XEM_BAO_CAO,
    Q.XEM_XEP_HANG,
}
_CAN_BO = _PHUONG_XEM | {
    Q.SUA_DOAN_VIEN,
    Q.NHAP_DOAN_VIEN,
    Q.XUAT_DOAN_VIEN,
    Q.DUYET_DOAN_VIEN,
    Q.THU_DOAN_PHI,
    Q.NHAN_DOAN_PHI,
    Q.XEM_NGUYEN_VONG,
    Q.XEM_NGUYEN_VONG_RIENG,
    Q.GHI_NGUYEN_VONG,
    Q.GHI_SINH_HOAT,
    Q.PHAN_CONG_PHU_TRACH,
    Q.QUAN_LY_CAN_BO,
    Q.TO_CHUC_BOI_DUONG,
    Q.DUYET_KHEN_THUONG,
    Q.GHI_KIEM_TRA,
    Q.QUAN_LY_TU_DUONG,
    Q.LAP_HO_SO,
    Q.LAP_BAO_CAO,
    Q.DUYET_BAO_CAO,
    Q.GHI_THAM_MUU,
    Q.DANH_GIA_CHI_DOAN,
    Q.TU_CHAM_DIEM,
    Q.THAM_DINH_CHAM_DIEM,
    Q.XEM_QUY_DINH,
}
_BI_THU_PHUONG = _CAN_BO | {
    Q.QUAN_LY_DU_LIEU,
    Q.QUAN_LY_BO_TIEU_CHI,
    Q.DE_NGHI_SAP_XEP,
    Q.KY_HO_SO,
    Q.TO_CHUC_CHAM_DIEM,
    Q.QUAN_LY_TAI_KHOAN,
    Q.XEM_NHAT_KY,
}

QUYEN_THEO_VAI_TRO: dict[str, frozenset[Quyen]] = {
    VaiTro.BI_THU_CHI_DOAN: frozenset(_CHI_DOAN | {Q.XEM_NGUYEN_VONG_RIENG}),
    VaiTro.PHO_BI_THU_CHI_DOAN: frozenset(_CHI_DOAN),
    VaiTro.UY_VIEN_CHI_DOAN: frozenset(_CHI_DOAN_XEM | {Q.GHI_SINH_HOAT}),
    VaiTro.BI_THU_PHUONG: frozenset(_BI_THU_PHUONG),
    VaiTro.PHO_BI_THU_PHUONG: frozenset(_BI_THU_PHUONG),
    VaiTro.CAN_BO_PHUONG: frozenset(_CAN_BO),
    VaiTro.VAN_PHONG_CAP_TREN: frozenset(
        _PHUONG_XEM
        | {
            Q.XUAT_DOAN_VIEN,
            Q.NHAN_DOAN_PHI,
            Q.TO_CHUC_BOI_DUONG,
            Q.DUYET_KHEN_THUONG,
            Q.GHI_KIEM_TRA,
            Q.DE_NGHI_SAP_XEP,
            Q.QUYET_SAP_XEP,
            Q.LAP_BAO_CAO,
            Q.DUYET_BAO_CAO,
            Q.GHI_THAM_MUU,
            Q.QUAN_LY_BO_TIEU_CHI,
            Q.DUYET_CHAM_DIEM,
            Q.TO_CHUC_CHAM_DIEM,
            Q.QUAN_LY_TAI_KHOAN,
            Q.XEM_QUY_DINH,
            Q.SUA_QUY_DINH,
            Q.XEM_NHAT_KY,
        }
    ),
    VaiTro.KIEM_TRA: frozenset(_PHUONG_XEM | {Q.XEM_QUY_DINH, Q.XEM_NHAT_KY}),
    VaiTro.CAP_UY: frozenset({Q.VAO_HE_THONG, Q.TRA_LOI_HO_SO}),
    VaiTro.QUAN_TRI: frozenset(
        {
            Q.VAO_HE_THONG,
            Q.XEM_DON_VI,
            Q.QUAN_LY_TAI_KHOAN,
            Q.XEM_QUY_DINH,
            Q.SUA_QUY_DINH,
            Q.XEM_NHAT_KY,
            Q.VAN_HANH,
        }
    ),
}

_CAP_CHI_DOAN, _CAP_CO_SO = ("chi_doan",), ("co_so",)
_CAP_TREN = ("huyen", "tinh", "trung_uong")
CAP_CUA_VAI_TRO: dict[str, tuple[str, ...]] = {
    VaiTro.BI_THU_CHI_DOAN: _CAP_CHI_DOAN,
    VaiTro.PHO_BI_THU_CHI_DOAN: _CAP_CHI_DOAN,
    VaiTro.UY_VIEN_CHI_DOAN: _CAP_CHI_DOAN,
    VaiTro.BI_THU_PHUONG: _CAP_CO_SO,
    VaiTro.PHO_BI_THU_PHUONG: _CAP_CO_SO,
    VaiTro.CAN_BO_PHUONG: _CAP_CO_SO,
    VaiTro.VAN_PHONG_CAP_TREN: _CAP_TREN,
    VaiTro.KIEM_TRA: (*_CAP_CO_SO, *_CAP_TREN),
    VaiTro.CAP_UY: _CAP_CO_SO,
    VaiTro.QUAN_TRI: _CAP_TREN,
}
"""At which levels each role may be held."""

_VAI_TRO_CO_SO = frozenset(
    {
        VaiTro.BI_THU_CHI_DOAN,
        VaiTro.PHO_BI_THU_CHI_DOAN,
        VaiTro.UY_VIEN_CHI_DOAN,
        VaiTro.BI_THU_PHUONG,
        VaiTro.PHO_BI_THU_PHUONG,
        VaiTro.CAN_BO_PHUONG,
        VaiTro.CAP_UY,
    }
)
VAI_TRO_DUOC_CAP: dict[str, frozenset[VaiTro]] = {
    VaiTro.BI_THU_PHUONG: _VAI_TRO_CO_SO,
    VaiTro.PHO_BI_THU_PHUONG: _VAI_TRO_CO_SO,
    VaiTro.VAN_PHONG_CAP_TREN: _VAI_TRO_CO_SO | {VaiTro.VAN_PHONG_CAP_TREN, VaiTro.KIEM_TRA},
    VaiTro.QUAN_TRI: frozenset(VaiTro),
}
"""Which roles a role may give at its unit and below: never one that stands above it."""


def vai_tro_duoc_cap(user, don_vi) -> list[VaiTro]:
    """The roles that `user` may give at `don_vi` today."""
    given = set()
    for phan_cong in user.phan_cong_hom_nay:
        if don_vi.path.startswith(phan_cong.don_vi.path):
            given |= VAI_TRO_DUOC_CAP.get(phan_cong.vai_tro, frozenset())
    return [vai_tro for vai_tro in VaiTro if vai_tro in given & _held_at(don_vi.cap)]


def _held_at(cap: str) -> set[VaiTro]:
    return {vai_tro for vai_tro in VaiTro if cap in CAP_CUA_VAI_TRO[vai_tro]}


def require_quyen(quyen: Quyen):
    """Open a page only to those who hold `quyen` at some unit today; others get 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_quyen(quyen):
                raise PermissionDenied(_refusal(request.user, quyen))
            return view(request, *args, **kwargs)

        guarded.required_quyen = quyen
        return guarded

    return decorate


def get_visible_or_404(queryset, user, *, quyen: Quyen | None = None, **lookup):
    """Fetch one row of `queryset` that `user` sees; 404 when he does not.

    With `quyen`: 403 when he sees the row but does not hold that right on its unit.
    `queryset` is a manager or queryset of a scoped model; its `select_related` is kept.
    """
    rows = queryset.all()
    target = rows.visible_to(user).filter(**lookup).first()
    if target is None:
        raise Http404
    if quyen is None or rows.all_permitted_to(user, quyen):
        return target
    if not rows.permitted_to(user, quyen).filter(pk=target.pk).exists():
        raise PermissionDenied(who_may(quyen))
    return target


def _refusal(user, quyen: Quyen) -> str:
    if user.phan_cong_hom_nay:
        return who_may(quyen)
    return (
        f"Hôm nay tài khoản của đồng chí không có vai trò nào. {user.vai_tro_vua_het}"
        "Nhờ Bí thư Đoàn phường hoặc văn phòng cấp trên phân công."
    )


def who_may(quyen: Quyen) -> str:
    """The sentence of a refusal: whose work it is."""
    ten = [vai_tro.label for vai_tro in VaiTro if quyen in QUYEN_THEO_VAI_TRO[vai_tro]]
    return f"Đây là việc của {', '.join(ten)}."
