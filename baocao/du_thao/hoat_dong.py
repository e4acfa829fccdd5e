"""Sentences about finished activities: one kind, one sentence, what the rows come to."""

from dataclasses import dataclass
from decimal import Decimal

from baocao.chi_tieu import THEO_MA
from chidoan.models import HoatDong
from core.text import lowfirst

from .cau import Cau, Dan, chu_so, ke
from .doc import SoDoc

_L = HoatDong.Loai


@dataclass(frozen=True)
class MauHoatDong:
    """`loi` with `{n}` rows; then what they come to, by the code of the appendix."""

    loi: str
    tong: tuple[tuple[str, str], ...] = ()


MAU: dict[str, MauHoatDong] = {
    _L.HOC_NGHI_QUYET: MauHoatDong(
        "tổ chức {n} buổi học tập, quán triệt nghị quyết",
        (("luot_hoc_tap_nghi_quyet", "với {n} lượt đoàn viên, thanh niên tham gia"),),
    ),
    _L.VE_NGUON: MauHoatDong("tổ chức {n} hoạt động về nguồn, thăm địa chỉ đỏ"),
    _L.CHINH_SACH: MauHoatDong(
        "{n} đợt thăm hỏi, tặng quà gia đình chính sách, người có công",
        (("tham_gia_dinh_chinh_sach", "với {n} lượt gia đình"),),
    ),
    _L.QR_DIA_CHI_DO: MauHoatDong(
        "{n} hoạt động giới thiệu địa chỉ đỏ qua mã QR", (("qr_dia_chi_do", "hoàn thành {n} mã"),)
    ),
    _L.CONG_TRINH: MauHoatDong(
        "thực hiện {n} công trình, phần việc thanh niên",
        (("cong_trinh_tri_gia", "trị giá {n} đồng"),),
    ),
    _L.CHU_NHAT_XANH: MauHoatDong("ra quân {n} buổi Ngày Chủ nhật xanh"),
    _L.HIEN_MAU: MauHoatDong(
        "{n} đợt hiến máu tình nguyện", (("hien_mau", "thu được {n} đơn vị máu"),)
    ),
    _L.TRONG_CAY: MauHoatDong(
        "{n} hoạt động trồng cây", (("cay_trong_moi", "trồng mới {n} cây xanh"),)
    ),
    _L.DUONG: MauHoatDong(
        "{n} công trình làm mới, sửa chữa đường giao thông", (("km_duong", "dài {n} km"),)
    ),
    _L.CAU: MauHoatDong("{n} công trình làm mới, sửa chữa cầu", (("cau", "gồm {n} cây cầu"),)),
    _L.NHA_NHAN_AI: MauHoatDong(
        "{n} hoạt động xây, sửa nhà cho hộ khó khăn", (("nha_nhan_ai", "trao {n} căn nhà nhân ái"),)
    ),
    _L.TINH_NGUYEN: MauHoatDong("tổ chức {n} hoạt động tình nguyện vì cộng đồng"),
    _L.SANG_TAO: MauHoatDong(
        "{n} hoạt động thi đua sáng tạo", (("y_tuong", "với {n} ý tưởng, sáng kiến"),)
    ),
    _L.HUONG_DAN_SO: MauHoatDong(
        "{n} đợt hướng dẫn sử dụng VNeID, dịch vụ công trực tuyến",
        (("huong_dan_so", "cho {n} lượt người"),),
    ),
    _L.OCOP: MauHoatDong("{n} hoạt động số hóa sản phẩm OCOP", (("ocop_so", "{n} sản phẩm"),)),
    _L.HOC_AI: MauHoatDong(
        "{n} lớp học, tập huấn ứng dụng trí tuệ nhân tạo",
        (("hoc_ai", "với {n} lượt đoàn viên, thanh niên"),),
    ),
    _L.HOC_BONG: MauHoatDong(
        "{n} đợt trao học bổng, hỗ trợ học sinh",
        (("hoc_bong", "trao {n} suất"), ("hoc_bong_tri_gia", "trị giá {n} đồng")),
    ),
    _L.HUONG_NGHIEP: MauHoatDong(
        "{n} hoạt động tư vấn hướng nghiệp, việc làm",
        (("tu_van_viec_lam", "cho {n} thanh niên"),),
    ),
    _L.THE_THAO: MauHoatDong("tổ chức {n} hoạt động thể thao, văn nghệ"),
    _L.THIEU_NHI: MauHoatDong(
        "{n} hoạt động giúp thiếu nhi có hoàn cảnh khó khăn", (("giup_thieu_nhi", "giúp {n} em"),)
    ),
    _L.SINH_HOAT_HE: MauHoatDong("tổ chức {n} buổi sinh hoạt hè cho thiếu nhi"),
    _L.HOI_VIEN: MauHoatDong(
        "{n} đợt phát triển hội viên Hội LHTN Việt Nam", (("hoi_vien_moi", "kết nạp {n} hội viên"),)
    ),
    _L.KHAC: MauHoatDong("{n} hoạt động khác"),
}
_CHINH: dict[str, str] = {
    _L.HOC_NGHI_QUYET: "hoc_tap_nghi_quyet",
    _L.VE_NGUON: "ve_nguon",
    _L.CONG_TRINH: "cong_trinh",
    _L.CHU_NHAT_XANH: "chu_nhat_xanh",
    _L.SINH_HOAT_HE: "sinh_hoat_he",
}
"""Kinds whose number of rows is a line of the appendix."""


def cau_hoat_dong(doc: SoDoc, loai: str) -> Cau | None:
    """One sentence about a kind; about the typed figures where no row is on record."""
    group, mau = doc.nhom(loai), MAU[loai]
    if not group.so:
        return _theo_so_go(doc, loai, mau)
    reported = doc.ghi.get(_CHINH.get(loai, ""), Decimal(group.so))
    sums = [(ma, _tong(doc, ma)) for ma, _ in mau.tong]
    parts = [
        words.format(n=chu_so(value))
        for (_, words), (_, value) in zip(mau.tong, sums, strict=True)
        if value
    ]
    said = ", ".join([mau.loi.format(n=chu_so(reported)), *parts])
    return Cau(said + ke(group.ten, group.so), (Dan(f"hd_{loai}", group.so),))


def _tong(doc: SoDoc, ma: str) -> Decimal:
    """What the report says of a sum over activities."""
    if ma in doc.ghi:
        return doc.ghi[ma]
    item = THEO_MA[ma]
    loai = next(loai for loai, mau in MAU.items() if ma in dict(mau.tong))
    amount = getattr(doc.nhom(loai), item.tong)
    return Decimal(amount) / item.chia


def _theo_so_go(doc: SoDoc, loai: str, mau: MauHoatDong) -> Cau | None:
    codes = [ma for ma in (_CHINH.get(loai), *dict(mau.tong)) if ma and doc.ghi.get(ma)]
    if not codes:
        return None
    said = (
        f"{lowfirst(THEO_MA[ma].ten)}: {chu_so(doc.ghi[ma])} {THEO_MA[ma].don_vi_tinh}"
        for ma in codes
    )
    return Cau("; ".join(said), tuple(Dan(ma, 0, is_go=True) for ma in codes))
