"""Danh sách trích ngang: one line about the member, on A4 landscape.

Ethnic group and religion are printed only for those with the right to them.
"""

from core.pdf import Column, Paper, Signatures, Signer, TableBlock, Title
from core.text.numbers import count, date_short
from doanvien.models import DoanVien, XepLoai
from tochuc.the_thuc import check_line, heading, nguoi_ky
from tudưong.dieu_kien import LOP
from tudưong.models import HoSo

_VIET_TAT = {
    XepLoai.Muc.XUAT_SAC: "HTXS",
    XepLoai.Muc.TOT: "HTT",
    XepLoai.Muc.HOAN_THANH: "HT",
    XepLoai.Muc.KHONG_HOAN_THANH: "KHT",
}
_CHU_GIAI = (
    "HTXS: hoàn thành xuất sắc nhiệm vụ; HTT: hoàn thành tốt nhiệm vụ; LLCT: lý luận chính trị."
)
CANH_BAO = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"


def trich_ngang(
    ho_so: HoSo, so: str = "", ma: str = "", *, nhay_cam: bool = False, continues: bool = False
) -> Paper:
    """The list of this case. `nhay_cam` adds the column of ethnic group and religion."""
    ngay = ho_so.ngay_gioi_thieu or ho_so.ngay_buoc
    signer = nguoi_ky(ho_so.don_vi, ngay)
    return Paper(
        page="A4-landscape",
        continues=continues,
        heading=heading(ho_so.don_vi, ngay, loai="DS", so=so),
        title=Title(
            "DANH SÁCH TRÍCH NGANG",
            f"Đoàn viên ưu tú giới thiệu để Đảng xem xét, kết nạp (đợt {date_short(ngay)})",
        ),
        body=[
            TableBlock(
                _columns(nhay_cam),
                [_row(ho_so, nhay_cam)],
                size_pt=10,
                numbered=True,
                note=_note(ho_so.doan_vien, nhay_cam),
            )
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI LẬP BIỂU"], room_mm=20),
                Signer(signer.lines, signer.name, room_mm=20),
            ]
        ),
        check=check_line(ma),
        canh_bao=CANH_BAO,
    )


def _columns(nhay_cam: bool) -> list[Column]:
    dan_toc = [Column("Dân tộc, tôn giáo", 14.5, "center")] if nhay_cam else []
    return [
        Column("TT", 7.5, "center"),
        Column("Họ và tên", 23.5),
        Column("Nam", 18.5, "center", group="Ngày sinh"),
        Column("Nữ", 18.5, "center", group="Ngày sinh"),
        Column("Quê quán", 19),
        Column("Chỗ ở hiện nay", 17),
        *dan_toc,
        Column("Văn hóa", 10.5, "center", group="Trình độ"),
        Column("Chuyên môn", 16, group="Trình độ"),
        Column("LLCT", 12.5, "center", group="Trình độ"),
        Column("Ngày vào Đoàn", 18.5, "center"),
        Column("Chức vụ", 16),
        Column("Xếp loại 2 năm", 20, "center"),
        Column("Thành tích nổi bật", 20 if nhay_cam else 34.5),
        Column("Ngày công nhận cảm tình Đảng", 18.5, "center"),
        Column("Ghi chú", 11.5),
    ]


def _row(ho_so: HoSo, nhay_cam: bool) -> list[str]:
    dv = ho_so.doan_vien
    ngay_sinh = date_short(dv.ngay_sinh)
    return [
        "1",
        dv.ho_ten,
        ngay_sinh if dv.gioi_tinh == DoanVien.GioiTinh.NAM else "",
        ngay_sinh if dv.gioi_tinh == DoanVien.GioiTinh.NU else "",
        dv.que_quan,
        dv.noi_o or dv.thuong_tru,
        *([f"{dv.dan_toc}\n{dv.ton_giao}"] if nhay_cam else []),
        _lop(dv.van_hoa),
        dv.chuyen_mon,
        dv.ly_luan,
        date_short(dv.ngay_vao_doan),
        dv.chuc_vu,
        _xep_loai(ho_so),
        dv.khen_thuong,
        date_short(dv.ngay_cam_tinh),
        "",
    ]


def _lop(van_hoa: str) -> str:
    """The schooling as such lists write it, the class alone: 12/12."""
    lop = LOP.search(van_hoa)
    return f"{lop[1]}/{lop[2]}" if lop else van_hoa


def _xep_loai(ho_so: HoSo) -> str:
    """The two years before the referral, each in the scale of its year."""
    nam = (ho_so.ngay_gioi_thieu or ho_so.ngay_buoc).year
    rows = ho_so.doan_vien.xep_loai.filter(nam__in=(nam - 1, nam - 2)).order_by("nam")
    return "\n".join(f"{row.nam}: {_VIET_TAT.get(row.muc, row.get_muc_display())}" for row in rows)


def _note(dv: DoanVien, nhay_cam: bool) -> str:
    if dv.gioi_tinh == DoanVien.GioiTinh.CHUA_RO:
        gioi = "chưa ghi giới tính"
    else:
        gioi = f"{dv.get_gioi_tinh_display().lower()} {count(1)}"
    if nhay_cam and dv.dan_toc not in ("", "Kinh"):
        gioi += f"; dân tộc thiểu số {count(1)}"
    if nhay_cam and dv.ton_giao not in ("", "Không"):
        gioi += f"; tôn giáo {count(1)}"
    return f"Tổng số: {count(1)} đồng chí ({gioi}). {_CHU_GIAI}"
