"""Phiếu thu đoàn phí: two copies on A5, and the list behind it (papers.md 4.12).

Once issued its bytes never change; what was wrong is taken back by a counter-entry, which is
a paper of its own.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import capfirst

from core.pdf import (
    Bold,
    Cell,
    Column,
    Fields,
    Italic,
    Paper,
    Print,
    Signatures,
    Signer,
    SlipHead,
    TableBlock,
    render_pdf,
)
from core.text import lowfirst
from core.text.numbers import date_long, money, money_words
from doanvien.models import PhieuThu
from tochuc.models import VanBan
from tochuc.quy_dinh import gia_tri
from tochuc.the_thuc import check_line, offices
from tochuc.van_ban import issue, tieu_de_don_vi

from .quy_tac import doc_khoang, quyen_so

LOAI = "PT"
PHONG_KY_MM = 16
CAC_LIEN = ("1: Lưu", "2: Giao người nộp")
LIEN_GHI_GIAM = ("1: Lưu", "2: Giao người nhận")


@dataclass(frozen=True, kw_only=True)
class NoiDungPhieu:
    """Everything a receipt says; the same values always give the same paper."""

    tieu_de: tuple[str, str]
    ngay: date
    so: str
    quyen: str
    nguoi_nop: str
    don_vi: str
    noi_dung: str
    so_tien: int
    kem_theo: str
    nguoi_thu: str
    bi_thu: str
    dong_dau: bool
    bang_ke: tuple[tuple[str, str, int], ...] = ()

    @property
    def is_ghi_giam(self) -> bool:
        """A counter-entry: the money goes back."""
        return self.so_tien < 0

    @property
    def ten(self) -> str:
        return "PHIẾU GHI GIẢM" if self.is_ghi_giam else "PHIẾU THU"


def bang_chu(so_tien: int) -> str:
    """The sum in words; a counter-entry says that it is taken off."""
    words = money_words(abs(so_tien))
    return words if so_tien >= 0 else f"Ghi giảm {lowfirst(words)}"


def issue_phieu_thu(*, phieu: PhieuThu, by) -> VanBan:
    """The receipt as an issued paper: check code, stored bytes; issued once."""
    stored = VanBan.objects.issued(phieu, LOAI)
    if stored:
        return stored
    content, title = read_phieu(phieu), _ten(phieu)
    return issue(
        target=phieu,
        don_vi=phieu.don_vi,
        loai=LOAI,
        ngay=phieu.ngay,
        tieu_de=title,
        noi_dung=content,
        render=lambda _so, ma: Print(papers(content, ma), title),
        by=by,
        co_so=False,
    )


def stored_or_preview(phieu: PhieuThu) -> bytes:
    """The issued bytes; before it was issued, the paper without a check code."""
    stored = VanBan.objects.issued(phieu, LOAI)
    if stored:
        return bytes(stored.tep)
    return render_pdf(papers(read_phieu(phieu)), title=_ten(phieu))


def read_phieu(phieu: PhieuThu) -> NoiDungPhieu:
    lines = phieu.dong_huy if phieu.is_but_toan_huy else phieu.dong
    bang_ke = _bang_ke(lines.in_name_order())
    don_vi = phieu.don_vi
    per_book = gia_tri("quyen_phieu_thu", ngay=phieu.ngay, don_vi=don_vi)
    holders = [row.ho_ten for row in offices(don_vi, phieu.ngay) if row.chuc_danh == "bi_thu"]
    return NoiDungPhieu(
        tieu_de=tieu_de_don_vi(don_vi, phieu.ngay),
        ngay=phieu.ngay,
        so=phieu.so_phieu,
        quyen=f"{quyen_so(phieu.so, max(per_book, 1)):02d}/{phieu.nam}",
        nguoi_nop=phieu.nguoi_nop,
        don_vi=str(_ben_nop(phieu)),
        noi_dung=f"{phieu.noi_dung}. Lý do: {phieu.ly_do}" if phieu.ly_do else phieu.noi_dung,
        so_tien=phieu.tong,
        kem_theo=_kem_theo(phieu, bang_ke),
        nguoi_thu=phieu.thu_boi.ho_ten if phieu.thu_boi else "",
        bi_thu=holders[0] if holders else "",
        dong_dau=not don_vi.is_chi_doan,
        bang_ke=bang_ke if len(bang_ke) > 1 else (),
    )


def papers(content: NoiDungPhieu, ma: str = "") -> list[Paper]:
    """Both copies and, for several people, the list of what each paid."""
    cac_lien = LIEN_GHI_GIAM if content.is_ghi_giam else CAC_LIEN
    slips = [_slip(content, lien, ma) for lien in cac_lien]
    return [*slips, _list(content, ma)] if content.bang_ke else slips


def _slip(content: NoiDungPhieu, lien: str, ma: str) -> Paper:
    nguoi = "người nhận lại tiền" if content.is_ghi_giam else "người nộp tiền"
    return Paper(
        page="A5-landscape",
        compact=True,
        check=check_line(ma),
        body=[
            SlipHead(
                *content.tieu_de,
                content.ten,
                _ngay(content.ngay),
                (f"Quyển số: {content.quyen}", ("Số: ", Bold(content.so)), f"Liên {lien}"),
            ),
            Fields(
                [
                    (f"Họ và tên {nguoi}", _nguoi_nop(content.nguoi_nop)),
                    ("Đơn vị", content.don_vi),
                    ("Nội dung", content.noi_dung),
                    ("Số tiền", Bold(f"{money(content.so_tien)} đồng")),
                    ("Viết bằng chữ", Italic(f"{bang_chu(content.so_tien)}.")),
                    ("Kèm theo", f"{content.kem_theo}."),
                ],
                indent=False,
            ),
        ],
        signatures=Signatures(
            [
                _signer(nguoi.upper(), _ten_rieng(content)),
                _signer("NGƯỜI THU TIỀN", content.nguoi_thu),
                _signer("BÍ THƯ", content.bi_thu, dong_dau=content.dong_dau),
            ]
        ),
    )


def _list(content: NoiDungPhieu, ma: str) -> Paper:
    slip = _slip(content, CAC_LIEN[0], ma)
    head = replace(
        slip.body[0], ten="BẢNG KÊ", ben_phai=(f"Kèm theo {content.ten.lower()}", Bold(content.so))
    )
    rows = [
        [str(number), name, months, money(amount)]
        for number, (name, months, amount) in enumerate(content.bang_ke, start=1)
    ]
    tong = money(abs(content.so_tien))  # its lines bear no minus either
    return Paper(
        page="A5-landscape",
        compact=True,
        check=slip.check,
        body=[
            head,
            TableBlock(
                columns=[
                    Column("TT", 12, "center"),
                    Column("Họ và tên"),
                    Column("Tháng", 50),
                    Column("Số tiền (đồng)", 32, "right"),
                ],
                rows=[*rows, ["", Cell("Cộng", 2, bold=True), Cell(tong, bold=True)]],
                size_pt=11,
            ),
        ],
    )


def _signer(line: str, name: str, *, dong_dau: bool = False) -> Signer:
    note = "(ký, họ tên, đóng dấu)" if dong_dau else "(ký, họ tên)"
    return Signer([line], name, note=note, room_mm=PHONG_KY_MM)


def _bang_ke(lines) -> tuple[tuple[str, str, int], ...]:
    people: dict[int, list] = {}
    for line in lines:
        people.setdefault(line.doan_vien_id, []).append(line)
    return tuple(
        (
            own[0].doan_vien.ho_ten,
            doc_khoang(line.thang for line in own).removeprefix("tháng "),
            sum(line.so_tien for line in own),
        )
        for own in people.values()
    )


def _kem_theo(phieu: PhieuThu, bang_ke: tuple) -> str:
    has_list = len(bang_ke) > 1 or (_is_nop(phieu) and not phieu.is_but_toan_huy)
    return "01 bảng kê thu đoàn phí" if has_list else "không"


def _ben_nop(phieu: PhieuThu):
    return (phieu.dao_cua or phieu).nhan_tu.don_vi if _is_nop(phieu) else phieu.don_vi


def _is_nop(phieu: PhieuThu) -> bool:
    return phieu.loai == PhieuThu.Loai.TRICH_NOP


def _ten(phieu: PhieuThu) -> str:
    return f"Phiếu thu {phieu.so_phieu} năm {phieu.nam}"


def _ngay(day: date) -> str:
    text = date_long(day)
    return capfirst(text)


def _nguoi_nop(text: str):
    """The name in bold, what follows the dash in plain letters."""
    name, dash, office = text.partition(" – ")
    return (Bold(name), f"{dash}{office}") if dash else Bold(name)


def _ten_rieng(content: NoiDungPhieu) -> str:
    """The payer's name under the slip; who stands for a group or a unit writes it by hand."""
    name = content.nguoi_nop.partition(" – ")[0]
    return "" if name[:1].isdigit() or name == content.don_vi else name
