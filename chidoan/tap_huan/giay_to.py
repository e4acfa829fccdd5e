"""The papers of a class: its list of participants and the certificate of who passed."""

from dataclasses import replace

from chidoan.models import HocVien, LopTapHuan
from chidoan.noi_cap import NoiCap, noi_cap
from core.pdf import (
    Bold,
    Certificate,
    Column,
    Paper,
    Para,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_ngay,
)
from core.text import lowfirst
from core.text.numbers import count, date_long, date_short, decimal
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky
from tochuc.van_ban import dia_danh, dong_so_trong, ten_tai_ngay, tieu_de_don_vi

from .quy_tac import chuc_vu_o

CHUNG_NHAN = "GCN"
TIEU_DE_GCN = "Giấy chứng nhận tập huấn cán bộ Đoàn"
TIEU_DE_DS = "Danh sách lớp tập huấn"
CANH_BAO = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"


def noi_cap_giay(lop: LopTapHuan) -> NoiCap:
    """Who certifies; of a class finished in time of the day it was finished."""
    return noi_cap(lop.don_vi, lop.ngay_xong or lop.den_ngay)


def issue_chung_nhan(*, hoc_vien: HocVien, by) -> VanBan:
    """One participant's certificate, with a number of its own; once the unit has ended, what was
    given stays."""
    noi = noi_cap_giay(hoc_vien.lop)
    given = VanBan.objects.issued(hoc_vien, CHUNG_NHAN)
    if noi.giu_nguyen(given, hoc_vien.lop.don_vi):
        return given
    return issue_paper(
        lambda so, ma: chung_nhan(hoc_vien, so, ma, noi),
        target=hoc_vien,
        don_vi=noi.don_vi,
        loai=CHUNG_NHAN,
        ngay=noi.ngay,
        title=TIEU_DE_GCN,
        by=by,
    )


def chung_nhan(
    hoc_vien: HocVien, so: str = "", ma: str = "", noi: NoiCap | None = None
) -> Certificate:
    """Giấy chứng nhận, on A4 landscape, of who passed the class."""
    lop = hoc_vien.lop
    noi = noi or noi_cap_giay(lop)
    don_vi, ngay = noi.don_vi, noi.ngay
    cap_tren, co_quan = tieu_de_don_vi(don_vi, ngay)
    return Certificate(
        cap_tren=cap_tren,
        co_quan=co_quan,
        so=f"Số: {so}" if so else dong_so_trong(don_vi=don_vi, loai=CHUNG_NHAN, ngay=ngay),
        ten="GIẤY CHỨNG NHẬN",
        ten_phu="TẬP HUẤN, BỒI DƯỠNG CÁN BỘ ĐOÀN",
        mo_dau=[
            Bold(f"BAN CHẤP HÀNH {ten_tai_ngay(don_vi, ngay).upper()}"),
            "\nchứng nhận đồng chí",
        ],
        nguoi=hoc_vien.ho_ten,
        fields=[*_sinh(hoc_vien), chuc_vu_o(hoc_vien.chuc_vu, hoc_vien.ten_don_vi)],
        cau=f"đã hoàn thành {_ten_lop(lop)},\n{noi.ai_mo(lop.don_vi, lop.den_ngay)}"
        f"{_thoi_gian(lop)}{_ket_qua(hoc_vien)}.",
        dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), ngay),
        signer=replace(nguoi_ky(don_vi, ngay), room_mm=24),
        check=check_line(ma),
    )


def danh_sach(lop: LopTapHuan, rows: list[HocVien]) -> Paper:
    """The class's list, to be signed at the door: a working paper without a number."""
    return Paper(
        heading=replace(heading(lop.don_vi, lop.tu_ngay, loai="DS"), so=""),
        title=Title("DANH SÁCH", f"{lop.ten}\n({_thoi_gian(lop)})"),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Họ và tên", 48),
                    Column("Chức vụ", 36),
                    Column("Đơn vị"),
                    Column("Ký tên", 26),
                ],
                [
                    [str(place), row.ho_ten, row.chuc_vu, row.ten_don_vi, ""]
                    for place, row in enumerate(rows, 1)
                ],
                note=f"Danh sách có {count(len(rows))} đồng chí.",
            ),
            Para(f"Địa điểm: {lop.dia_diem}.") if lop.dia_diem else Para(""),
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI LẬP BIỂU"], room_mm=20),
                replace(nguoi_ky(lop.don_vi, lop.tu_ngay), room_mm=20),
            ]
        ),
        canh_bao=CANH_BAO,
    )


def _sinh(hoc_vien: HocVien) -> list[str]:
    nguoi = hoc_vien.doan_vien
    return [f"Sinh ngày {date_short(nguoi.ngay_sinh)}"] if nguoi else []


def _ten_lop(lop: LopTapHuan) -> str:
    """The class inside a sentence: "lớp tập huấn nghiệp vụ …"."""
    is_named = lop.ten.lower().startswith("lớp ")
    return lowfirst(lop.ten) if is_named else f"lớp «{lop.ten}»"


def _thoi_gian(lop: LopTapHuan) -> str:
    if lop.mot_ngay:
        return f"tổ chức {date_long(lop.tu_ngay)}"
    return f"tổ chức từ {date_long(lop.tu_ngay)} đến {date_long(lop.den_ngay)}"


def _ket_qua(hoc_vien: HocVien) -> str:
    if hoc_vien.diem is None:
        return ""
    return f", đạt {decimal(hoc_vien.diem).removesuffix(',0')}/10 điểm"
