"""Papers of an admission: the ward's resolution for each person, and the lists.

A resolution is issued with the decision and keeps its bytes; before that it is shown as a
draft. Titles name nobody: `/kiem-tra/` shows them to anybody who holds the paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from core.pdf import Bold, Dots, Paper, Para, Signatures, Text, Title, render_pdf
from core.text.numbers import count, date_long, date_short, percent
from doanvien.models import BuocKetNap, DoanVien, KetNap
from tochuc.models import DonVi, VanBan
from tochuc.the_thuc import check_line, has_bch, heading, issue_paper, nguoi_ky, preview
from tochuc.van_ban import ten_tai_ngay

LOAI = "NQ"
KHONG_NOI_GI = ("Khác", "Chưa có việc làm")
MOI_LAN_IN = 60
TIEU_DE = "Nghị quyết chuẩn y kết nạp đoàn viên"


@dataclass(frozen=True, kw_only=True)
class NghiQuyetKetNap:
    """Everything the resolution says; the same values always give the same paper."""

    don_vi: DonVi
    ngay: date
    phuong: str
    chi_doan: str
    de_nghi: str
    ngay_hop: date | None
    phieu: tuple[int, int, int] | None  # entitled, present, agreed
    xung_ho: str
    ho_ten: str
    ngay_sinh: date
    que_quan: str
    noi_o: str
    nghe_nghiep: str
    gioi_thieu: str


class TraCuu:
    """What a unit was called on a day and who signed for it: asked once for a file of papers."""

    def __init__(self):
        self.phuong = cache(lambda chi_doan: chi_doan.cap_tren)
        self.ten = cache(ten_tai_ngay)
        self.has_bch = cache(has_bch)
        self.heading = cache(partial(heading, loai=LOAI))
        self.nguoi_ky = cache(nguoi_ky)


def issue_nghi_quyet(*, ket_nap: KetNap, by) -> VanBan:
    """The resolution with the next number of the ward's register; part of the decision."""
    content = read_nghi_quyet(ket_nap, ket_nap.ngay_chuan_y)
    return issue_paper(
        partial(nghi_quyet, content),
        target=ket_nap,
        don_vi=content.don_vi,
        loai=LOAI,
        ngay=content.ngay,
        title=TIEU_DE,
        by=by,
    )


def show_nghi_quyet(ket_nap: KetNap, ngay: date) -> bytes:
    """The stored paper; before the decision a draft as of `ngay`, with dots for the number."""
    issued = VanBan.objects.issued(ket_nap, LOAI)
    if issued:
        return bytes(issued.tep)
    content = read_nghi_quyet(ket_nap, ket_nap.ngay_chuan_y or ngay)
    so = ket_nap.so_nghi_quyet
    return preview(lambda _, ma: nghi_quyet(content, so, ma), title=TIEU_DE)


def show_cac_nghi_quyet(cases: Sequence[KetNap]) -> bytes:
    """Resolutions that were decided, in one file to print; each with its number and code."""
    papers = VanBan.objects.select_related("don_vi")
    papers = papers.newest_by_target(KetNap, [row.pk for row in cases], LOAI)
    tra = TraCuu()
    return render_pdf([_issued(row, papers.get(row.pk), tra) for row in cases], title=TIEU_DE)


def _issued(ket_nap: KetNap, van_ban: VanBan | None, tra: TraCuu) -> Paper:
    ward = van_ban.don_vi if van_ban else None
    content = read_nghi_quyet(ket_nap, ket_nap.ngay_chuan_y, tra, ward)
    ma = van_ban.ma_kiem_tra if van_ban else ""
    return nghi_quyet(content, ket_nap.so_nghi_quyet, ma, tra)


def read_nghi_quyet(
    ket_nap: KetNap, ngay: date, tra: TraCuu | None = None, ward: DonVi | None = None
) -> NghiQuyetKetNap:
    """`ward` is the one that has issued it; without one that of the branch."""
    tra = tra or TraCuu()
    chi_doan = ket_nap.chi_doan
    ward = ward or tra.phuong(chi_doan)
    steps = sorted(ket_nap.buoc.all(), key=lambda step: step.thu_tu)
    votes = [step for step in steps if step.loai == BuocKetNap.Loai.THONG_QUA]
    vote = votes[-1] if votes else None
    ten_chi_doan = tra.ten(chi_doan, ngay)
    is_bch = tra.has_bch(chi_doan, ngay)
    return NghiQuyetKetNap(
        don_vi=ward,
        ngay=ngay,
        phuong=tra.ten(ward, ngay),
        chi_doan=ten_chi_doan,
        de_nghi=f"Ban Chấp hành {ten_chi_doan}" if is_bch else ten_chi_doan,
        ngay_hop=vote.ngay if vote else None,
        phieu=(vote.co_quyen, vote.co_mat, vote.tan_thanh) if vote and vote.co_mat else None,
        xung_ho=xung_ho(ket_nap),
        ho_ten=ket_nap.ho_ten,
        ngay_sinh=ket_nap.ngay_sinh,
        que_quan=ket_nap.que_quan,
        noi_o=ket_nap.noi_o or ket_nap.thuong_tru,
        nghe_nghiep=_nghe_nghiep(ket_nap),
        gioi_thieu=_gioi_thieu(ket_nap),
    )


def nghi_quyet(content: NghiQuyetKetNap, so: str, ma: str, tra: TraCuu | None = None) -> Paper:
    """The paper; without a check code it is a draft."""
    tra = tra or TraCuu()
    dau = tra.heading(content.don_vi, content.ngay)
    return Paper(
        heading=replace(dau, so=f"Số: {so}") if so else dau,
        title=Title("NGHỊ QUYẾT", "Về việc chuẩn y kết nạp đoàn viên"),
        body=[
            Para(
                [Bold(f"BAN CHẤP HÀNH {content.phuong.upper()}")],
                align="center",
                indent=False,
                keep_with_next=True,
            ),
            Para("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;"),
            Para(_xet(content)),
            Para([Bold("QUYẾT NGHỊ:")], align="center", indent=False, keep_with_next=True),
            Para(_dieu_1(content)),
            Para(
                [
                    Bold("Điều 2. "),
                    (
                        f"{content.chi_doan} tổ chức lễ kết nạp, lập sổ đoàn viên và phân công "
                        f"đoàn viên giúp đỡ {content.xung_ho} {content.ho_ten} rèn luyện."
                    ),
                ]
            ),
            Para(
                [
                    Bold("Điều 3. "),
                    (
                        f"{content.de_nghi} và {content.xung_ho} {content.ho_ten} thi hành nghị "
                        "quyết này./."
                    ),
                ]
            ),
        ],
        signatures=Signatures(
            [tra.nguoi_ky(content.don_vi, content.ngay)],
            noi_nhan=["Như Điều 3", "Lưu: VP, sổ đoàn viên"],
        ),
        check=check_line(ma),
    )


def xung_ho(ket_nap: KetNap) -> str:
    """How a paper speaks of a young person who is not yet a comrade."""
    words = {DoanVien.GioiTinh.NAM: "anh", DoanVien.GioiTinh.NU: "chị"}
    return words.get(ket_nap.gioi_tinh, "anh (chị)")


def tong_so(cases: Iterable[KetNap]) -> str:
    """ "05 người, nữ 02": how many a list holds, and who stands under neither Nam nor Nữ."""
    cases = list(cases)
    women = sum(row.gioi_tinh == DoanVien.GioiTinh.NU for row in cases)
    total = f"Tổng số: {count(len(cases))} người; nữ: {count(women)}."
    unknown = [
        f"{row.ho_ten} sinh {date_short(row.ngay_sinh)}"
        for row in cases
        if row.gioi_tinh == DoanVien.GioiTinh.CHUA_RO
    ]
    return f"{total} Chưa ghi giới tính: {', '.join(unknown)}." if unknown else total


def _xet(content: NghiQuyetKetNap) -> str:
    if content.ngay_hop is None:
        return f"Xét đề nghị của {content.de_nghi},"
    vote = ""
    if content.phieu:
        _, co_mat, tan_thanh = content.phieu
        vote = (
            f", có {tan_thanh}/{co_mat} đoàn viên có mặt tán thành ({percent(tan_thanh, co_mat)})"
        )
    return (
        f"Xét đề nghị của {content.de_nghi} tại hội nghị chi đoàn {date_long(content.ngay_hop)}"
        f"{vote},"
    )


def _dieu_1(content: NghiQuyetKetNap) -> Text:
    parts: list = [
        Bold("Điều 1. "),
        f"Chuẩn y kết nạp {content.xung_ho} ",
        Bold(content.ho_ten),
        f", sinh ngày {date_short(content.ngay_sinh)}; quê quán: ",
        content.que_quan or Dots(50),
        "; chỗ ở hiện nay: ",
        content.noi_o or Dots(50),
    ]
    if content.nghe_nghiep:
        parts.append(f"; nghề nghiệp: {content.nghe_nghiep}")
    if content.gioi_thieu:
        parts.append(f"; {content.gioi_thieu}")
    return [
        *parts,
        (
            "; vào Đoàn TNCS Hồ Chí Minh, sinh hoạt tại "
            f"{content.chi_doan}, kể từ {date_long(content.ngay)}."
        ),
    ]


def _nghe_nghiep(ket_nap: KetNap) -> str:
    """Occupation and place of work; the list's words that say nothing are left out."""
    nghe = "" if ket_nap.nghe_nghiep in KHONG_NOI_GI else ket_nap.nghe_nghiep
    return ", ".join(part for part in (nghe, ket_nap.noi_cong_tac) if part)


def _gioi_thieu(ket_nap: KetNap) -> str:
    if ket_nap.to_chuc_gioi_thieu:
        return f"{ket_nap.to_chuc_gioi_thieu} giới thiệu"
    if ket_nap.nguoi_gioi_thieu:
        return f"đồng chí {ket_nap.nguoi_gioi_thieu} giới thiệu"
    return ""
