"""Đánh giá chung: only what the books prove; causes and lessons are the writer's."""

from decimal import Decimal

from baocao.chi_tieu import MO_DUOC
from core.text import lowfirst

from .cau import Cau, Dan, NhapMuc, chu_so, doan, nhap
from .doc import SoDoc


def uu_diem(doc: SoDoc) -> NhapMuc:
    said = [] if doc.is_chi_doan else [_du_buoi(doc)]
    return nhap(
        doan("", *said, _theo_chi_tieu(doc, dat=True)),
        goi_y=[Cau("Viết thêm: việc làm tốt, cách làm hay, chuyển biến so với kỳ trước")],
    )


def han_che(doc: SoDoc) -> NhapMuc:
    return nhap(
        doan(
            "",
            *_to_chuc(doc),
            doc.cau("nghi_quyet_qua_han", "{n} việc theo nghị quyết chi đoàn quá hạn chưa xong"),
            _theo_chi_tieu(doc, dat=False),
        ),
        goi_y=[Cau("Viết thêm: hạn chế mà sổ không cho thấy, nêu rõ ở đâu")],
    )


def nguyen_nhan(doc: SoDoc) -> NhapMuc:
    return nhap(
        goi_y=[
            Cau("Viết nguyên nhân của từng hạn chế; sổ chỉ cho biết các việc dưới đây"),
            doc.cau("di_lam_xa", "{n} đoàn viên đang đi làm ăn xa"),
            doc.cau("thay_doi_bi_thu", "{n} bí thư chi đoàn mới nhận nhiệm vụ trong kỳ"),
            None
            if doc.is_chi_doan
            else doc.cau("chi_doan_duoi_3", "{n} chi đoàn có dưới 03 đoàn viên"),
        ]
    )


def bai_hoc(_: SoDoc) -> NhapMuc:
    return nhap(goi_y=[Cau("Viết bài học rút ra: việc gì nên làm tiếp, việc gì phải làm khác")])


def _du_buoi(doc: SoDoc) -> Cau | None:
    """All branches met as they had to: a fact worth saying, once it is one."""
    total = doc.so_dong("chi_doan")
    if not total or doc.so_dong("chi_doan_sinh_hoat_du") != total:
        return None
    return doc.cau("chi_doan_sinh_hoat_du", "cả {n} chi đoàn sinh hoạt đủ số buổi phải họp")


def _to_chuc(doc: SoDoc) -> list[Cau | None]:
    if doc.is_chi_doan:
        return [
            doc.cau("chi_doan_chua_hop", "chi đoàn chưa sinh hoạt buổi nào trong kỳ"),
            doc.cau("chi_doan_hop_thieu", "chi đoàn sinh hoạt chưa đủ số buổi phải họp"),
        ]
    return [
        doc.cau("chi_doan_chua_hop", "{n} chi đoàn chưa sinh hoạt buổi nào trong kỳ{ten}"),
        doc.cau("chi_doan_hop_thieu", "{n} chi đoàn sinh hoạt chưa đủ số buổi phải họp{ten}"),
        doc.cau("khuyet_bi_thu", "{n} chi đoàn khuyết bí thư{ten}"),
        doc.cau(
            "chi_doan_cham_nop",
            "{n} chi đoàn chưa trích nộp hết đoàn phí đã thu từ kỳ trước{ten}",
        ),
    ]


def _theo_chi_tieu(doc: SoDoc, *, dat: bool) -> Cau | None:
    """Targets of the year that are reached, or that the time gone by would have asked more of."""
    found = [ma for ma in doc.muc_tieu if _is_flow(ma) and _is_muon(doc, ma, dat=dat)]
    if not found:
        return None
    said = (
        f"{lowfirst(MO_DUOC[ma].ten)} {chu_so(doc.luy_ke(ma))}/{chu_so(doc.muc_tieu[ma])} "
        f"{MO_DUOC[ma].don_vi_tinh}"
        for ma in found
    )
    lead = "đã đạt, vượt chỉ tiêu năm" if dat else "còn thấp so với chỉ tiêu năm"
    return Cau(f"{lead}: {'; '.join(said)}", tuple(Dan(ma, 0, is_go=True) for ma in found))


def _is_flow(ma: str) -> bool:
    item = MO_DUOC.get(ma)
    return bool(item and item.nguon and item.nguon.ngay and not item.is_ty_le)


def _is_muon(doc: SoDoc, ma: str, *, dat: bool) -> bool:
    target, done = doc.muc_tieu[ma], doc.luy_ke(ma)
    if not target:
        return False
    if dat:
        return done >= target
    return done < target * _phan_nam(doc)


def _phan_nam(doc: SoDoc) -> Decimal:
    """How much of the year is over at the period's end."""
    return Decimal(doc.thoi_ky.ky.end.month) / 12
