"""Bộ hồ sơ: cover, contents, checklist, then every paper the Union makes, as one file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.pdf import (
    Bold,
    Booklet,
    CheckBox,
    CheckLine,
    Column,
    Cover,
    Leaves,
    Paper,
    Para,
    Part,
    Picture,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_thang,
)
from core.text import lowfirst
from core.text.numbers import count, date_short, roman
from tochuc.permissions import Quyen
from tochuc.the_thuc import check_line
from tochuc.van_ban import dia_danh, ten_tai_ngay, tieu_de_don_vi
from tudưong.danh_muc import CUA_DOAN
from tudưong.models import AnhMinhChung, BuocHoSo, DanhGia, GiayTo, HoSo
from tudưong.queries import danh_gia_vao_ho_so
from tudưong.services.ho_so import missing_nhan_xet

from .bang import THEO_DONG, Giay, giay_cua
from .chung import cau, dang_uy, so_ngay

Loai = GiayTo.Loai
TIEU_DE_HS = "Hồ sơ giới thiệu đoàn viên ưu tú vào Đảng"
TEN_TREN_MUC_LUC = {
    Loai.NQ_CHI_DOAN: "Nghị quyết đề nghị giới thiệu ĐVƯT (4_1-KNĐ)",
    Loai.BB_CHI_DOAN: "Biên bản họp chi đoàn xét ĐVƯT",
    Loai.NQ_BCH: "Nghị quyết giới thiệu ĐVƯT (4-KNĐ)",
    Loai.BB_BCH: "Biên bản họp Ban Chấp hành",
    Loai.TRICH_NGANG: "Danh sách trích ngang",
    Loai.TU_NHAN_XET: "Bản tự nhận xét của đoàn viên",
    Loai.SO_DOAN_VIEN: "Sổ đoàn viên",
    Loai.CHUNG_NHAN: "Giấy chứng nhận bồi dưỡng nhận thức về Đảng",
}


@dataclass(frozen=True)
class Buoc:
    """The two votes of a case, as the papers need them."""

    de_nghi: BuocHoSo | None
    nghi_quyet: BuocHoSo | None


def read_buoc(ho_so: HoSo) -> Buoc:
    """The last vote of each kind, one query."""
    return last_votes(ho_so.buoc.filter(co_quyen__isnull=False).order_by("thu_tu"))


def last_votes(phieu: Iterable[BuocHoSo]) -> Buoc:
    """The last of each kind among votes in their order."""
    last = {buoc.loai: buoc for buoc in phieu}
    return Buoc(last.get(BuocHoSo.Loai.DE_NGHI), last.get(BuocHoSo.Loai.NGHI_QUYET))


def missing_for_print(ho_so: HoSo, buoc: Buoc) -> list[str]:
    """What the dossier still lacks before it may be printed, as sentences; empty when ready."""
    trong = missing_nhan_xet(ho_so)
    thieu = [f"Nhận xét còn trống: {'; '.join(trong)}."] if trong else []
    if buoc.de_nghi is None:
        thieu.append("Chưa ghi biểu quyết của chi đoàn.")
    if buoc.nghi_quyet is None:
        thieu.append("Chưa có nghị quyết của Ban Chấp hành.")
    if not ho_so.chi_bo:
        thieu.append("Chưa ghi chi bộ nhận hồ sơ.")
    return thieu


def bo_ho_so(ho_so: HoSo, *, nhay_cam: bool) -> Booklet:
    """The dossier without a check code: what has a number bears it, every part carries on the
    numbers of the file."""
    danh_gia, giay_to = danh_gia_vao_ho_so(ho_so), _danh_muc(ho_so)
    parts = [part for row in giay_to if (part := _phan(ho_so, row, nhay_cam))]
    front = [
        _bia(ho_so),
        _muc_luc(ho_so, giay_to, {part.key for part in parts}, danh_gia),
        _phieu_kiem(ho_so, giay_to, danh_gia),
    ]
    return Booklet(front, parts, TIEU_DE_HS)


def with_code(booklet: Booklet, ma: str) -> Booklet:
    """With the code by which it is checked on every sheet, and where to check it on the cover."""
    bia, *front = booklet.front
    check = CheckLine(ma)
    return replace(
        booklet,
        front=[replace(bia, check=check_line(ma)), *_checked(front, check)],
        parts=[replace(part, papers=_checked(part.papers, check)) for part in booklet.parts],
    )


def _checked(papers: Sequence[Paper], check: CheckLine) -> list[Paper]:
    return [replace(paper, check=check) for paper in papers]


def _danh_muc(ho_so: HoSo) -> list[GiayTo]:
    return list(ho_so.giay_to.select_related("van_ban").defer("van_ban__tep"))


def _phan(ho_so: HoSo, row: GiayTo, nhay_cam: bool) -> Part | None:
    """What the dossier holds for a line of the checklist: the paper that prints from here, else
    the scans of one of the Union's own that is at hand. Of minutes it holds this case alone."""
    loai = THEO_DONG.get(row.loai)
    giay = loai and giay_cua(ho_so, loai, day_du=nhay_cam and loai.day_du == Quyen.XEM_NHAY_CAM)
    if giay and giay.target.pk:
        papers = giay.declare(_so(row, giay))
    else:
        papers = _anh_chup(row) if row.is_co and row.loai in CUA_DOAN else []
    papers = [papers] if isinstance(papers, Paper) else papers
    parts = [replace(paper, continues=True, check=None) for paper in papers]
    return Part(row.loai, parts) if parts else None


def _so(row: GiayTo, giay: Giay) -> str:
    """The number that was given: a step tells that of its resolution."""
    if isinstance(giay.target, BuocHoSo):
        return giay.target.so_van_ban
    return row.van_ban.so_ky_hieu if row.van_ban else ""


def _anh_chup(row: GiayTo) -> list[Paper]:
    """Each scan as a page of its own."""
    anh = AnhMinhChung.objects.filter(giay_to=row)
    return [
        Paper(page="A4-ho-so", body=[Picture(bytes(tep), f"{row.ten}, ảnh {number}")])
        for number, tep in enumerate(anh.values_list("tep", flat=True), start=1)
    ]


def _bia(ho_so: HoSo) -> Cover:
    ngay = ho_so.ngay_gui or ho_so.ngay_gioi_thieu
    cap_tren, co_quan = tieu_de_don_vi(ho_so.don_vi, ngay)
    dv = ho_so.doan_vien
    return Cover(
        cap_tren=cap_tren,
        co_quan=co_quan,
        ten="HỒ SƠ",
        ten_phu="GIỚI THIỆU ĐOÀN VIÊN ƯU TÚ VÀO ĐẢNG",
        fields=[
            ("Họ và tên", Bold(dv.ho_ten.upper())),
            ("Ngày sinh", date_short(dv.ngay_sinh)),
            ("Chi đoàn", ten_tai_ngay(ho_so.chi_doan, ngay)),
            ("Gửi", f"{ho_so.ten_chi_bo}, {dang_uy(ho_so.don_vi)}"),
            ("Mã hồ sơ", ho_so.ma),
            ("Số tờ", Leaves()),
        ],
        dia_danh_ngay=dia_danh_thang(dia_danh(ho_so.don_vi), ngay),
    )


def _muc_luc(
    ho_so: HoSo, giay_to: list[GiayTo], trong_ho_so: set[str], danh_gia: list[DanhGia]
) -> Paper:
    """Contents: numbered leaves for what this file prints, room for what is added by hand."""
    buoc = read_buoc(ho_so)
    rows = [
        [
            _ten(row, danh_gia),
            _so_cua(row, ho_so, buoc),
            _noi_ban_hanh(row, ho_so),
            Leaves(row.loai) if row.loai in trong_ho_so else "",
        ]
        for row in giay_to
        if row.loai in trong_ho_so or (row.is_co and row.loai in CUA_DOAN)
    ]
    con_trong = any(not row[-1] for row in rows)
    return Paper(
        page="A4-ho-so",
        continues=True,
        title=Title("MỤC LỤC HỒ SƠ"),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Tên tài liệu", 68),
                    Column("Số, ngày", 32, "center"),
                    Column("Nơi ban hành", 34),
                    Column("Tờ số", 18, "center"),
                ],
                [[str(number), *row] for number, row in enumerate(rows, start=1)],
                note="Ô tờ số còn trống là giấy tờ kèm theo, đánh số khi đóng hồ sơ."
                if con_trong
                else "",
            )
        ],
    )


def _phieu_kiem(ho_so: HoSo, giay_to: list[GiayTo], danh_gia: list[DanhGia]) -> Paper:
    rows = [
        [
            str(number),
            f"{_ten_kiem(row, danh_gia)}{f' ({row.mau})' if row.mau.endswith('KNĐ') else ''}",
            row.nguoi_ky,
            CheckBox(_co(row, danh_gia)),
            CheckBox(not _co(row, danh_gia)),
            date_short(row.hieu_luc_den) or "–",
        ]
        for number, row in enumerate(giay_to, start=1)
    ]
    return Paper(
        page="A4-ho-so",
        continues=True,
        title=Title("PHIẾU KIỂM HỒ SƠ", f"Đoàn viên {ho_so.doan_vien} – {ho_so.chi_doan}"),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Giấy tờ", 62),
                    Column("Người ký", 34),
                    Column("Có", 14, "center"),
                    Column("Thiếu", 14, "center"),
                    Column("Giá trị đến", 28, "center"),
                ],
                rows,
            ),
            Para(_ket_luan(giay_to, danh_gia), indent=False),
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI GIAO"], note="(ký, họ tên)", room_mm=20),
                Signer(["NGƯỜI NHẬN"], note="(ký, họ tên, ngày nhận)", room_mm=20),
            ]
        ),
    )


def _ket_luan(giay_to: list[GiayTo], danh_gia: list[DanhGia]) -> str:
    """What is missing and whose duty it is."""
    cua_doan = [row for row in giay_to if row.loai in CUA_DOAN]
    thieu_doan = [row for row in cua_doan if not _co(row, danh_gia)]
    thieu_chi_bo = [row for row in giay_to if row.loai not in CUA_DOAN and not _co(row, danh_gia)]
    phan_doan = f"Phần của Đoàn đã đủ {len(cua_doan) - len(thieu_doan)}/{len(cua_doan)}"
    if thieu_doan:
        phan_doan += f", còn thiếu: {', '.join(cau(row.ten) for row in thieu_doan)}"
    if not thieu_chi_bo:
        return f"Kết luận: {lowfirst(phan_doan)}."
    so = ", ".join(str(giay_to.index(row) + 1) for row in thieu_chi_bo)
    return (
        f"Kết luận: hồ sơ còn thiếu {count(len(thieu_chi_bo))} giấy tờ do Chi bộ hướng dẫn đoàn "
        f"viên lập (số {so}). {phan_doan}."
    )


def _co(row: GiayTo, danh_gia: list[DanhGia]) -> bool:
    """A paper printed here is there; the slips as soon as there is one."""
    if row.loai == Loai.TRICH_NGANG:
        return True
    return bool(danh_gia) if row.loai == Loai.PHIEU_QUY else row.is_co


def _ten_kiem(row: GiayTo, danh_gia: list[DanhGia]) -> str:
    if row.loai == Loai.PHIEU_QUY and danh_gia:
        return f"{count(len(danh_gia))} phiếu nhận xét quý"
    return row.ten


def _ten(row: GiayTo, danh_gia: list[DanhGia]) -> str:
    if row.loai == Loai.PHIEU_QUY:
        return f"Phiếu nhận xét {_cac_quy(danh_gia)}"
    ban_sao = " (bản sao)" if row.tinh_trang == GiayTo.TinhTrang.BAN_SAO else ""
    return f"{TEN_TREN_MUC_LUC[row.loai]}{ban_sao}"


def _cac_quy(danh_gia: list[DanhGia]) -> str:
    """ "quý III, IV năm 2025; quý I, II năm 2026"."""
    years: dict[int, list[str]] = {}
    for row in danh_gia:
        years.setdefault(row.ky.nam, []).append(roman(row.ky.quy))
    return "; ".join(f"quý {', '.join(quy)} năm {nam}" for nam, quy in years.items())


def _so_cua(row: GiayTo, ho_so: HoSo, buoc: Buoc) -> str:
    if row.loai == Loai.NQ_CHI_DOAN:
        return so_ngay(buoc.de_nghi)
    if row.loai == Loai.NQ_BCH:
        return so_ngay(buoc.nghi_quyet)
    if row.loai == Loai.TRICH_NGANG:
        so = row.van_ban.so_ky_hieu if row.van_ban else ""
        return f"{so}\n{date_short(_ngay_ds(ho_so))}".strip()
    return f"{row.so}\n{date_short(row.ngay)}".strip() or "–"


def _ngay_ds(ho_so: HoSo) -> date:
    return ho_so.ngay_gioi_thieu or ho_so.ngay_buoc


def _noi_ban_hanh(row: GiayTo, ho_so: HoSo) -> str:
    loai = row.loai
    if loai in (Loai.NQ_CHI_DOAN, Loai.BB_CHI_DOAN):
        return str(ho_so.chi_doan)
    if loai in (Loai.NQ_BCH, Loai.BB_BCH, Loai.TRICH_NGANG):
        return f"BCH {ho_so.don_vi}"
    if loai == Loai.PHIEU_QUY:
        return "Tổ tu dưỡng"
    if loai == Loai.TU_NHAN_XET:
        return str(ho_so.doan_vien)
    return row.nguoi_ky
