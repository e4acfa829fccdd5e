"""Danh sách trích ngang: one line about each member, on A4 landscape.

Ethnic group and religion are printed only for those with the right to them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from core.pdf import Column, Paper, Signatures, Signer, TableBlock, Title
from core.text.numbers import count, date_short
from doanvien.models import DoanVien, XepLoai
from tochuc.models import DonVi
from tochuc.the_thuc import PHONG_KY_CO_SO, check_line, heading, nguoi_ky
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
_GIOI = (
    (DoanVien.GioiTinh.NAM, "nam"),
    (DoanVien.GioiTinh.NU, "nữ"),
    (DoanVien.GioiTinh.CHUA_RO, "chưa ghi giới tính"),
)
_CAN_CO = {
    "que_quan": "quê quán",
    "van_hoa": "trình độ văn hóa",
    "chuyen_mon": "chuyên môn",
    "ly_luan": "lý luận chính trị",
    "ngay_cam_tinh": "ngày cảm tình Đảng",
}
PHONG_KY = 20  # mm, where the whole list stands on one page
VUA_MOT_TRANG = 4
CANH_BAO = "Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem"


def trich_ngang(
    ho_so: HoSo, so: str = "", ma: str = "", *, nhay_cam: bool = False, continues: bool = False
) -> Paper:
    """The list of this case alone."""
    ngay = ho_so.ngay_gioi_thieu or ho_so.ngay_buoc
    return danh_sach([ho_so], ho_so.don_vi, ngay, so, ma, nhay_cam=nhay_cam, continues=continues)


def danh_sach(
    cac_ho_so: Sequence[HoSo],
    don_vi: DonVi,
    ngay: date,
    so: str = "",
    ma: str = "",
    *,
    nhay_cam: bool = False,
    continues: bool = False,
) -> Paper:
    """One line a member, by tên. `nhay_cam` adds the column of ethnic group and religion."""
    rows = sorted(cac_ho_so, key=lambda row: row.doan_vien.khoa_sap_xep)
    signer = nguoi_ky(don_vi, ngay)
    phong = PHONG_KY if len(rows) <= VUA_MOT_TRANG else PHONG_KY_CO_SO
    return Paper(
        page="A4-landscape",
        continues=continues,
        heading=heading(don_vi, ngay, loai="DS", so=so),
        title=Title(
            "DANH SÁCH TRÍCH NGANG",
            f"Đoàn viên ưu tú giới thiệu để Đảng xem xét, kết nạp (đợt {date_short(ngay)})",
        ),
        body=[
            TableBlock(
                _columns(nhay_cam),
                [[str(number), *hang(row, nhay_cam)] for number, row in enumerate(rows, 1)],
                size_pt=10,
                numbered=True,
                note=_note([row.doan_vien for row in rows], nhay_cam),
            )
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI LẬP BIỂU"], room_mm=phong),
                Signer(signer.lines, signer.name, room_mm=phong),
            ]
        ),
        check=check_line(ma),
        canh_bao=CANH_BAO,
    )


def missing_ly_lich(cac_ho_so: Sequence[HoSo]) -> list[str]:
    """What the list would leave empty, member by member; to be told before it is printed."""
    found = []
    for row in cac_ho_so:
        thieu = [
            ten for field, ten in _CAN_CO.items() if getattr(row.doan_vien, field) in ("", None)
        ]
        if row.doan_vien.gioi_tinh == DoanVien.GioiTinh.CHUA_RO:
            thieu.insert(0, "giới tính")
        if thieu:
            found.append(f"{row.doan_vien}: {', '.join(thieu)}")
    return found


def cot(nhay_cam: bool) -> list[str]:
    """The columns by name, as one row."""
    return [
        f"{column.group} ({column.title.lower()})" if column.group else column.title
        for column in _columns(nhay_cam)
    ]


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


def hang(ho_so: HoSo, nhay_cam: bool) -> list[str]:
    """What the list says of one member, after the number of his line."""
    dv = ho_so.doan_vien
    ngay_sinh = date_short(dv.ngay_sinh)
    return [
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
    rows = [row for row in ho_so.doan_vien.xep_loai.all() if row.nam in (nam - 1, nam - 2)]
    rows.sort(key=lambda row: row.nam)
    return "\n".join(f"{row.nam}: {_VIET_TAT.get(row.muc, row.get_muc_display())}" for row in rows)


def _note(people: Sequence[DoanVien], nhay_cam: bool) -> str:
    """Totals that leave out what nobody has written, and the key of abbreviations."""
    so = Counter(dv.gioi_tinh for dv in people)
    gioi = [f"{ten} {count(so[loai])}" for loai, ten in _GIOI if so[loai]]
    parts = [", ".join(gioi)]
    if nhay_cam:
        thieu_so = sum(dv.dan_toc not in ("", "Kinh") for dv in people)
        ton_giao = sum(dv.ton_giao not in ("", "Không") for dv in people)
        parts += [f"dân tộc thiểu số {count(thieu_so)}"] if thieu_so else []
        parts += [f"tôn giáo {count(ton_giao)}"] if ton_giao else []
    return f"Tổng số: {count(len(people))} đồng chí ({'; '.join(parts)}). {_CHU_GIAI}"
