"""Kiểm tra, giám sát; thi đua, khen thưởng; tham mưu, phối hợp."""

from .cau import Cau, NhapMuc, chu_so, doan, nhap
from .doc import SoDoc
from .giao_duc import viet_neu_co

PHOI_HOP = "Tham mưu, phối hợp"


def kiem_tra(doc: SoDoc) -> NhapMuc:
    tham_muu = doan(PHOI_HOP, *_tham_muu(doc))
    return nhap(
        doan("Kiểm tra, giám sát", *_kiem_tra(doc)),
        doan("Thi đua, khen thưởng", _khen(doc)),
        tham_muu,
        goi_y=[None if tham_muu else viet_neu_co([PHOI_HOP])],
    )


def _kiem_tra(doc: SoDoc) -> list[Cau | None]:
    return [
        doc.cau("cuoc_kiem_tra", "tiến hành {n} cuộc kiểm tra, giám sát{ten}"),
        doc.cau("kien_nghi_khac_phuc", "{n} kiến nghị sau kiểm tra đã được khắc phục"),
    ]


def _khen(doc: SoDoc) -> Cau | None:
    return doc.gop(
        ("khen_tap_the", "{n} lượt tập thể được khen thưởng"),
        ("khen_thuong_doan_vien", "{n} lượt đoàn viên được khen thưởng"),
    )


def _tham_muu(doc: SoDoc) -> list[Cau | None]:
    money = doc.so("tham_muu_kinh_phi")
    tail = f", kinh phí được cấp {chu_so(money)} đồng" if money else ""
    return [
        doc.cau("tham_muu", "tham mưu cấp ủy, chính quyền {n} nội dung{ten}"),
        doc.cau("tham_muu_chap_thuan", f"{{n}} nội dung được chấp thuận{tail}"),
    ]
