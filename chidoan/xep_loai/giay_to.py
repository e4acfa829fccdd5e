"""Quyết định công nhận kết quả xếp loại and its lists (papers.md 4.10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.pdf import (
    Appendix,
    Bold,
    Cell,
    Column,
    Dots,
    GroupRow,
    Heading,
    Italic,
    Paper,
    Para,
    Print,
    Signatures,
    Signer,
    TableBlock,
    Text,
    Title,
    dia_danh_ngay,
)
from core.text import lowfirst
from core.text.numbers import count, date_long, fraction_percent, percent
from doanvien.models import QuyetDinhXepLoai, XepLoai
from doanvien.models.dot_xep_loai import MUC, KhongXep
from tochuc.models import DonVi, VanBan
from tochuc.quy_dinh import gia_tri
from tochuc.the_thuc import check_line, nguoi_ky
from tochuc.van_ban import cap_tren_tai_ngay, dia_danh, issue, ten_tai_ngay, tieu_de_don_vi

from .muc_chi_doan import muc_theo

LOAI, LOAI_DANH_SACH = "QĐ", "DSXL"
TOT_TRO_LEN = (XepLoai.Muc.XUAT_SAC, XepLoai.Muc.TOT)
LY_DO_KHONG_XEP = {
    KhongXep.DANG_VIEN: "đảng viên",
    KhongXep.DUOI_SAU_THANG: "đoàn viên mới kết nạp, mới chuyển đến, sinh hoạt chưa đủ {} tháng",
}


@dataclass(frozen=True, kw_only=True)
class DongChiDoan:
    """One branch of the decision: members, rated, tốt or better, its own level when decided."""

    ten: str
    tong: int
    duoc_xep: int
    tot_tro_len: int
    muc: str = ""


@dataclass(frozen=True, kw_only=True)
class NoiDung:
    """Everything the decision says; the same values always give the same paper."""

    tieu_de: tuple[str, str]
    dia_danh: str
    don_vi: str
    cap_tren: str
    nam: int
    ngay: date
    huong_dan: tuple[str, date | None]
    bien_ban: tuple[str, date]
    chi_doan: tuple[DongChiDoan, ...]
    dem: tuple[tuple[str, int], ...]
    khong_xep: tuple[tuple[str, int], ...]
    du_thang: int
    ky: Signer

    @property
    def is_ca_chi_doan(self) -> bool:
        """Whether every branch has a level of its own to be recognised."""
        return bool(self.chi_doan) and all(row.muc for row in self.chi_doan)

    @property
    def ve(self) -> str:
        what = "chi đoàn và đoàn viên" if self.is_ca_chi_doan else "đoàn viên"
        return f"công nhận kết quả đánh giá, xếp loại {what} năm {self.nam}"

    @property
    def so_xep(self) -> int:
        return sum(row.duoc_xep for row in self.chi_doan)


def issue_quyet_dinh(*, quyet_dinh: QuyetDinhXepLoai, by) -> VanBan:
    """The decision as an issued paper; once branches have levels, a new version has them too."""
    content = read_noi_dung(quyet_dinh)
    title = f"Quyết định {content.ve}"
    return issue(
        target=quyet_dinh,
        don_vi=quyet_dinh.don_vi,
        loai=LOAI,
        ngay=quyet_dinh.ngay,
        tieu_de=title,
        noi_dung=content,
        render=lambda so, ma: Print(decision(content, so, ma), title),
        by=by,
    )


def issue_danh_sach(*, quyet_dinh: QuyetDinhXepLoai, by) -> VanBan:
    """The list of members by branch: a paper of its own, for who may take names away."""
    rows = tuple(
        (str(row.chi_doan), row.doan_vien.ho_ten, row.doan_vien.ngay_sinh.year, str(row), row.muc)
        for row in quyet_dinh.dong.theo_danh_sach()
    )
    title = f"Danh sách xếp loại đoàn viên năm {quyet_dinh.nam}"
    content = read_noi_dung(quyet_dinh)
    return issue(
        target=quyet_dinh,
        don_vi=quyet_dinh.don_vi,
        loai=LOAI_DANH_SACH,
        ngay=quyet_dinh.ngay,
        tieu_de=title,
        noi_dung=rows,
        render=lambda _, ma: Print(danh_sach(content, rows, quyet_dinh.so_ky_hieu, ma), title),
        by=by,
        co_so=False,
    )


def read_noi_dung(quyet_dinh: QuyetDinhXepLoai) -> NoiDung:
    don_vi, ngay = quyet_dinh.don_vi, quyet_dinh.ngay
    counted = quyet_dinh.dong.dem_theo_chi_doan()
    branches = {
        row.pk: row for row in DonVi.objects.filter(pk__in=[r["chi_doan_id"] for r in counted])
    }
    levels = muc_theo(quyet_dinh, list(branches))
    above = cap_tren_tai_ngay(don_vi, ngay)
    return NoiDung(
        tieu_de=tieu_de_don_vi(don_vi, ngay),
        dia_danh=dia_danh(don_vi),
        don_vi=ten_tai_ngay(don_vi, ngay),
        cap_tren=ten_tai_ngay(above, ngay) if above else "",
        nam=quyet_dinh.nam,
        ngay=ngay,
        huong_dan=(quyet_dinh.huong_dan_so, quyet_dinh.huong_dan_ngay),
        bien_ban=(quyet_dinh.bien_ban_so, quyet_dinh.ngay_hop),
        chi_doan=tuple(
            DongChiDoan(
                ten=branches[row["chi_doan_id"]].ten_day_du,
                tong=row["so_nguoi"],
                duoc_xep=row["so_xep"],
                tot_tro_len=sum(row[f"so_{muc.value}"] for muc in TOT_TRO_LEN),
                muc=levels.get(row["chi_doan_id"], ""),
            )
            for row in counted
        ),
        dem=tuple((muc.value, sum(row[f"so_{muc.value}"] for row in counted)) for muc in MUC),
        khong_xep=tuple(
            (ly_do.value, sum(row[f"vi_{ly_do.value}"] for row in counted)) for ly_do in KhongXep
        ),
        du_thang=gia_tri("xep_loai_du_thang", ngay=quyet_dinh.ngay_hop, don_vi=don_vi),
        ky=nguoi_ky(don_vi, ngay),
    )


def decision(content: NoiDung, so: str, ma: str) -> Paper:
    return Paper(
        heading=Heading(
            cap_tren=content.tieu_de[0],
            co_quan=content.tieu_de[1],
            so=f"Số: {so}",
            dia_danh_ngay=dia_danh_ngay(content.dia_danh, content.ngay),
        ),
        title=Title("QUYẾT ĐỊNH", f"Về việc {content.ve}"),
        body=[*_body(content)],
        signatures=Signatures(
            [content.ky],
            noi_nhan=[
                "Như Điều 3",
                *([f"Ban Thường vụ {content.cap_tren} (để báo cáo)"] if content.cap_tren else []),
                "Lưu: VP",
            ],
        ),
        appendix=[*_phu_luc(content, so)],
        check=check_line(ma),
    )


def danh_sach(content: NoiDung, rows: tuple, so: str, ma: str) -> Paper:
    return Paper(
        body=[
            Para(Bold("DANH SÁCH"), align="center", indent=False, keep_with_next=True),
            *_ten_danh_sach(f"Kết quả xếp loại đoàn viên năm {content.nam}", content, so),
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Họ và tên"),
                    Column("Năm sinh", 18, "center"),
                    Column("Xếp loại", 62),
                ],
                [*_dong_nguoi(rows)],
                note=f"Tổng số: {count(len(rows))} đồng chí, được xếp loại "
                f"{count(sum(1 for row in rows if row[4]))}.",
            ),
        ],
        check=check_line(ma),
        canh_bao="Có dữ liệu cá nhân – chỉ người có trách nhiệm được xem",
    )


def _body(content: NoiDung) -> Iterator:
    yield Para(Bold(f"BAN CHẤP HÀNH {content.don_vi.upper()}"), align="center", indent=False)
    yield Para("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;")
    yield Para(_huong_dan(content))
    so, ngay = content.bien_ban
    number = (so,) if so else (Dots(16), "-BB/ĐTN")
    yield Para(
        (
            "Căn cứ Biên bản số ",
            *number,
            f" {date_long(ngay)} của Hội nghị Ban Chấp hành {content.don_vi};",
        )
    )
    yield Para("Xét đề nghị của Ban Chấp hành các chi đoàn,")
    yield Para(Bold("QUYẾT ĐỊNH:"), align="center", indent=False, keep_with_next=True)
    yield from _dieu_1(content)
    yield Para(
        (
            Bold("Điều 2."),
            (
                " Kết quả xếp loại được ghi vào Sổ đoàn viên, Sổ chi đoàn và là căn cứ xét khen "
                "thưởng, giới thiệu đoàn viên ưu tú."
            ),
        )
    )
    yield Para(
        (
            Bold("Điều 3."),
            (
                f" Văn phòng {content.don_vi}, Ban Chấp hành các chi đoàn và các đồng chí có tên "
                "trong danh sách chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."
            ),
        )
    )


def _dieu_1(content: NoiDung) -> Iterator:
    branches, members = count(len(content.chi_doan)), count(content.so_xep)
    whom = f"{members} đoàn viên của {branches} chi đoàn"
    if content.is_ca_chi_doan:
        whom = f"{branches} chi đoàn và {members} đoàn viên"
    yield Para(
        (
            Bold("Điều 1."),
            (
                f" Công nhận kết quả đánh giá, xếp loại năm {content.nam} đối với {whom} "
                "(danh sách kèm theo), cụ thể:"
            ),
        )
    )
    if content.is_ca_chi_doan:
        given = [row.muc for row in content.chi_doan]
        levels = [(muc, given.count(muc.label)) for muc in MUC]
        yield Para(f"- Chi đoàn: {_cac_muc(levels, len(given))}.")
    levels = [(XepLoai.Muc(muc), so) for muc, so in content.dem]
    yield Para(f"- Đoàn viên: {_cac_muc(levels, content.so_xep)}.{_khong_xep(content)}")


def _cac_muc(levels: list, total: int) -> str:
    """ "hoàn thành tốt nhiệm vụ 09/17 (52,9%); không hoàn thành nhiệm vụ: không có"."""
    return "; ".join(
        f"{muc.label.lower()} {count(so)}/{count(total)} ({percent(so, total)})"
        if so
        else f"{muc.label.lower()}: không có"
        for muc, so in levels
    )


def _khong_xep(content: NoiDung) -> str:
    reasons = [(ly_do, so) for ly_do, so in content.khong_xep if so]
    if not reasons:
        return ""
    listed = ", ".join(
        f"{count(so)} {LY_DO_KHONG_XEP[ly_do].format(content.du_thang)}" for ly_do, so in reasons
    )
    return f" Không xếp loại {count(sum(so for _, so in reasons))} đồng chí: {listed}."


def _huong_dan(content: NoiDung) -> Text:
    so, ngay = content.huong_dan
    number = (so,) if so else (Dots(12), "-HD/", Dots(20))
    if ngay:
        day = (f" {date_long(ngay)}",)
    else:
        day = (" ngày ", Dots(8), " tháng ", Dots(8), f" năm {content.nam}")
    whose = f" của Ban Thường vụ {content.cap_tren}" if content.cap_tren else ""
    return (
        "Căn cứ Hướng dẫn số ",
        *number,
        *day,
        f"{whose} về đánh giá, xếp loại tổ chức Đoàn và đoàn viên;",
    )


def _phu_luc(content: NoiDung, so: str) -> Iterator:
    what = "chi đoàn" if content.is_ca_chi_doan else "đoàn viên của các chi đoàn"
    yield Appendix("DANH SÁCH", "")
    yield from _ten_danh_sach(f"Kết quả đánh giá, xếp loại {what} năm {content.nam}", content, so)
    level = [Column("Xếp loại chi đoàn", 37)] if content.is_ca_chi_doan else []
    rows: list = [
        [
            str(number),
            row.ten,
            str(row.tong),
            str(row.duoc_xep),
            fraction_percent(row.tot_tro_len, row.duoc_xep),
            *([row.muc] if level else []),
            "",
        ]
        for number, row in enumerate(content.chi_doan, 1)
    ]
    good = sum(row.tot_tro_len for row in content.chi_doan)
    rows.append(
        [
            Cell("Tổng cộng", span=2, align="center", bold=True),
            str(sum(row.tong for row in content.chi_doan)),
            str(content.so_xep),
            fraction_percent(good, content.so_xep),
            *([""] if level else []),
            "",
        ]
    )
    yield TableBlock(
        [
            Column("TT", 9, "center"),
            Column("Chi đoàn", 43 if level else None),
            Column("Tổng số đoàn viên", 15, "center"),
            Column("Được xếp loại", 15, "center"),
            Column("Tốt trở lên", 31 if level else 37, "center"),
            *level,
            Column("Ghi chú", 10),
        ],
        rows,
    )


def _dong_nguoi(rows: tuple) -> Iterator:
    branch = None
    for number, (chi_doan, ho_ten, nam_sinh, words, muc) in enumerate(rows, 1):
        if chi_doan != branch:
            branch = chi_doan
            yield GroupRow(chi_doan)
        level = words if muc else f"Không xếp loại: {lowfirst(words)}"
        yield [str(number), ho_ten, str(nam_sinh), level]


def _ten_danh_sach(ten: str, content: NoiDung, so: str) -> Iterator:
    """What a list is about, in bold, and the decision it belongs to, in italics."""
    yield Para(Bold(ten), align="center", indent=False, keep_with_next=True)
    yield Para(Italic(_kem_theo(content, so)), align="center", indent=False, keep_with_next=True)


def _kem_theo(content: NoiDung, so: str) -> str:
    return (
        f"(Kèm theo Quyết định số {so} {date_long(content.ngay)} của Ban Chấp hành "
        f"{content.don_vi})"
    )
