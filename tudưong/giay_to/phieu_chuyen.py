"""Công văn chuyển hồ sơ: the letter that goes with a dossier, with the papers handed over."""

from collections.abc import Sequence

from core.pdf import Column, Paper, Para, Signatures, TableBlock
from core.text.numbers import count, date_long, date_short
from tochuc.the_thuc import check_line, heading, nguoi_ky, ten_bch
from tochuc.van_ban import ten_tai_ngay
from tudưong.models import BuocHoSo, GiayTo, HoSo

from .chung import dang_uy, noi_nhan_chi_bo

TRICH_YEU = "V/v chuyển hồ sơ giới thiệu đoàn viên ưu tú để cấp ủy xem xét, kết nạp vào Đảng"


def phieu_chuyen(
    ho_so: HoSo, buoc: BuocHoSo, giay_to: Sequence[GiayTo], so: str = "", ma: str = ""
) -> Paper:
    """`buoc` is the step by which the case is sent, `giay_to` what is handed over with it."""
    phuong, ngay = ho_so.don_vi, buoc.ngay
    return Paper(
        heading=heading(phuong, ngay, loai="CV", so=so, trich_yeu=TRICH_YEU),
        kinh_gui=[noi_nhan_chi_bo(ho_so), dang_uy(phuong)],
        body=[
            Para(_mo_dau(ho_so, buoc)),
            Para(f"Hồ sơ gồm {count(len(giay_to))} loại giấy tờ:", keep_with_next=True),
            _bang(giay_to),
            Para(
                f"{ten_bch(phuong, ngay)} trân trọng đề nghị {ho_so.ten_chi_bo}, "
                f"{dang_uy(phuong)} tiếp nhận, xem xét và cho biết kết quả để Đoàn tiếp tục bồi "
                "dưỡng, giúp đỡ đoàn viên./."
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(phuong, ngay, thuong_vu=True)],
            noi_nhan=[
                "Như trên",
                f"{ten_tai_ngay(ho_so.chi_doan, ngay)} (để biết)",
                "Lưu: VP, hồ sơ ĐVƯT",
            ],
        ),
        check=check_line(ma),
    )


def _mo_dau(ho_so: HoSo, buoc: BuocHoSo) -> str:
    nghi_quyet = (
        ho_so.buoc.filter(loai=BuocHoSo.Loai.NGHI_QUYET, thu_tu__lt=buoc.thu_tu)
        .order_by("thu_tu")
        .last()
    )
    can_cu = ""
    if nghi_quyet:
        so = f" số {nghi_quyet.so_van_ban}" if nghi_quyet.so_van_ban else ""
        ngay = nghi_quyet.ngay_van_ban or nghi_quyet.ngay
        can_cu = f"Thực hiện Nghị quyết{so} {date_long(ngay)} về việc giới thiệu đoàn viên ưu tú, "
    dv = ho_so.doan_vien
    lai = " bổ sung" if _is_lan_sau(ho_so, buoc) else ""
    return (
        f"{can_cu}{ten_bch(ho_so.don_vi, buoc.ngay)} chuyển{lai} đến {ho_so.ten_chi_bo}, "
        f"{dang_uy(ho_so.don_vi)} hồ sơ của đoàn viên {dv.ho_ten}, sinh ngày "
        f"{date_short(dv.ngay_sinh)}, sinh hoạt tại {ten_tai_ngay(ho_so.chi_doan, buoc.ngay)}, để "
        "xem xét, kết nạp vào Đảng."
    )


def _is_lan_sau(ho_so: HoSo, buoc: BuocHoSo) -> bool:
    truoc = ho_so.buoc.filter(thu_tu__lt=buoc.thu_tu)
    return truoc.filter(loai__in=(BuocHoSo.Loai.GUI, BuocHoSo.Loai.GUI_LAI)).exists()


def _bang(giay_to: Sequence[GiayTo]) -> TableBlock:
    return TableBlock(
        [
            Column("TT", 10, "center"),
            Column("Tên giấy tờ"),
            Column("Số, ngày", 38, "center"),
            Column("Loại bản", 32, "center"),
        ],
        [
            [str(number), _ten(row), f"{row.so}\n{date_short(row.ngay)}".strip(), _ban(row)]
            for number, row in enumerate(giay_to, start=1)
        ],
    )


def _ten(row: GiayTo) -> str:
    return f"{row.ten} ({row.mau})" if row.mau.endswith("KNĐ") else row.ten


def _ban(row: GiayTo) -> str:
    return "Bản sao" if row.tinh_trang == GiayTo.TinhTrang.BAN_SAO else "Bản chính"
