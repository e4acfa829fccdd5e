"""What the page of one report shows: its road, its lines, what stands against submitting."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse

from core.periods import today
from core.text.display import NBSP, gio, so
from tochuc.ban_do import HOM_NAY, BanDo, so_sanh
from tochuc.chon_ban_do import THAM_SO, ChonBanDo
from tochuc.permissions import Quyen

from .bang_so_lieu import BangBaoCao, Dong, load_bang_tren, thoi_ky_cua
from .chang_duong import chang_duong
from .chi_tieu import So, ThoiKy
from .dia_chi import fraction, rows_url
from .du_thao import is_theo_so
from .kiem_tra import DAT, VanDe, cac_quy_truoc, find_van_de, is_lech
from .mau import mau_da_mo
from .models import BaoCao, BuocBaoCao, GopY, PhanLoi
from .o_bao_cao import can_sua, noi_dung_o, ten_o
from .services.chung import con_ai_sua, ngay_khoa

HANH_DONG = BuocBaoCao.HanhDong
CAP_PHEP = (HANH_DONG.GIA_HAN, HANH_DONG.MO_LAI, HANH_DONG.MIEN, HANH_DONG.BO_MIEN)


@dataclass(frozen=True)
class DongTrang:
    """One line as it stands on the page."""

    dong: Dong
    don_vi_id: int
    thoi_ky: ThoiKy
    bao_cao_id: int
    user: object  # who reads: some rows take a right of their own
    go: str | None = None  # what was typed and could not be saved
    ban_do: BanDo | None = None
    is_hom_nay: bool = False  # the books are counted on today's map, to compare
    is_mo_dong: bool = True  # the reader sees the unit, and so the rows behind a figure
    gop_y: tuple[GopY, ...] = ()
    is_can_sua: bool = False  # a comment asks for a change or an answer

    @property
    def ma(self) -> str:
        return self.dong.ma

    @property
    def ten(self) -> str:
        return f"{self.dong.so} {self.dong.chi_tieu.ten}"

    @property
    def don_vi_tinh(self) -> str:
        return self.dong.chi_tieu.don_vi_tinh

    @property
    def url(self) -> str:
        if self.is_nhap_tay or not self.is_mo_dong:
            return ""
        item = self.dong.chi_tieu
        return rows_url(self.don_vi_id, item, self.thoi_ky, user=self.user, ban_do=self.ban_do)

    @property
    def phan(self) -> str:
        return fraction(self.dong.he_thong) if self.dong.he_thong else ""

    @property
    def edit_url(self) -> str:
        return reverse("baocao:so_lieu", args=[self.bao_cao_id, self.ma])

    @property
    def gop_y_url(self) -> str:
        return reverse("baocao:gop_y", args=[self.bao_cao_id, GopY.Phan.SO_LIEU, self.ma])

    @property
    def saved_text(self) -> str:
        return "" if self.dong.nhap is None else so(self.dong.nhap)

    @property
    def typed_text(self) -> str:
        return self.saved_text if self.go is None else self.go

    @property
    def is_nhap_tay(self) -> bool:
        return self.dong.is_nhap_tay

    @property
    def state(self) -> tuple[str, str, str]:
        """Family, icon and words of the note; the gravest first, and nothing when all is well."""
        line = self.dong
        if self.is_can_sua:
            return "bad", "message-square-text", "Cần sửa hoặc trả lời"
        if line.da_doi and self.is_hom_nay:
            return "info", "history", f"Theo bản đồ hôm nay: {_text(line.hien_tai)}"
        if line.da_doi:
            return "warn", "history", f"Đã đổi từ khi nộp: nay {_text(line.hien_tai)}"
        if line.is_sua_tay:
            return "info", "pencil-line", "Sửa tay"
        if line.is_trong:
            return "warn", "circle-dashed", "Chưa ghi"
        if is_lech(line):
            return "warn", "triangle-alert", cac_quy_truoc(line)
        return "", "", ""

    @property
    def is_can_xem(self) -> bool:
        return bool(self.state[0])


@dataclass(frozen=True)
class OCanSua:
    """One comment that asks for a change or an answer, with the cell it is about."""

    gop_y: GopY
    ten: str
    noi_dung: str
    edit_url: str

    @property
    def answer_url(self) -> str:
        return reverse("baocao:gop_y_answer", args=[self.gop_y.pk])


@dataclass(frozen=True)
class MucPhanLoi:
    """One section as the page lists it; one that nobody has written follows the books."""

    muc: str
    ten: str
    noi_dung: str
    url: str
    sua: str = ""
    is_theo_so: bool = False
    gop_y: tuple[GopY, ...] = ()
    gop_y_url: str = ""


@dataclass(frozen=True, kw_only=True)
class TrangBaoCao:
    """The whole page of a report for one reader."""

    bao_cao: BaoCao
    bang: BangBaoCao
    van_de: list[VanDe]
    phan_loi: list[MucPhanLoi]
    buoc: list[BuocBaoCao]
    is_sua: bool
    is_duyet: bool
    may_return: bool
    is_truoc_khi_chia: bool = False  # of a unit that was split, read by one of its parts
    chi_can_xem: bool = False
    ban_do: ChonBanDo | None = None
    lines: list[DongTrang] = field(default_factory=list)
    gop_y: list[GopY] = field(default_factory=list)
    o_can_sua: list[OCanSua] = field(default_factory=list)
    khoa: date | None = None  # after this day it is no longer accepted
    is_cap_tren: bool = False  # the reader judges the unit's reports

    @property
    def co_nhap_tay(self) -> bool:
        return any(line.is_nhap_tay for line in self.lines)

    @property
    def duoc_mien(self) -> list[str]:
        """Units below that it went ahead without, with the reason."""
        return [] if self.bao_cao.is_dang_sua else self.bao_cao.pham_vi.get("mien", [])

    @property
    def thoi_nhan(self) -> bool:
        """Whether it could not be handed in today."""
        return self.khoa is not None and self.bao_cao.don_vi.ngay_so_lieu(today()) > self.khoa

    @property
    def cap_phep(self) -> list[BuocBaoCao]:
        """What was granted, oldest first."""
        return [step for step in self.buoc if step.hanh_dong in CAP_PHEP]

    @property
    def so_lan_nop(self) -> int:
        return sum(step.hanh_dong == HANH_DONG.NOP for step in self.buoc)

    @property
    def nhom(self) -> list[tuple[str, list[DongTrang]]]:
        by_ma = {line.ma: line for line in self.lines}
        groups = [(ten, [by_ma[line.ma] for line in lines]) for ten, lines in self.bang.nhom]
        if self.chi_can_xem:
            groups = [(ten, [line for line in lines if line.is_can_xem]) for ten, lines in groups]
        return [(ten, lines) for ten, lines in groups if lines]

    @property
    def so_can_xem(self) -> int:
        return sum(1 for line in self.lines if line.is_can_xem)

    @property
    def so_he_thong(self) -> int:
        return sum(1 for line in self.lines if not line.is_nhap_tay)

    @property
    def so_trong(self) -> int:
        """Typed figures without a number or a reason."""
        return sum(1 for line in self.lines if line.dong.is_trong)

    @property
    def so_muc_da_viet(self) -> int:
        """Written by somebody, not left to the books."""
        return sum(1 for part in self.phan_loi if part.noi_dung and not part.is_theo_so)

    @property
    def truoc_khi_nop(self) -> list[VanDe]:
        """What is said once more before submitting, leading back to its line."""
        page = f"{self.bao_cao.get_absolute_url()}?xem=tat-ca"
        found = (item for item in self.van_de if item.family != DAT)
        return [replace(item, url=f"{page}{item.url}" if item.url else "") for item in found]

    @property
    def tra_lai(self) -> BuocBaoCao | None:
        """The step that sent the report back, while it is being mended."""
        if self.bao_cao.trang_thai != BaoCao.TrangThai.TRA_LAI:
            return None
        return next(
            (step for step in reversed(self.buoc) if step.hanh_dong == HANH_DONG.TRA_LAI), None
        )

    @property
    def trao_doi(self) -> list[BuocBaoCao]:
        """Words that were said about the report, newest first."""
        return [step for step in reversed(self.buoc) if step.y_kien]

    @property
    def stages(self) -> list[dict]:
        return chang_duong(self.bao_cao, self.buoc, self.tra_lai)

    @property
    def views(self) -> list[dict]:
        """The two ways of looking at the figures."""
        shown = (
            ("Cần xem", self.so_can_xem, "can-xem", self.chi_can_xem),
            ("Tất cả", len(self.lines), "tat-ca", not self.chi_can_xem),
        )
        kept = f"&{THAM_SO}={HOM_NAY}" if self.ban_do and self.ban_do.is_hom_nay else ""
        return [
            {
                "label": f"{label} · {count}",
                "url": f"{self.bao_cao.get_absolute_url()}?xem={xem}{kept}#so-lieu",
                "active": active,
            }
            for label, count, xem, active in shown
        ]


def load_trang(
    bao_cao: BaoCao, user, params, *, xem: str | None = "", go: Mapping[str, str] | None = None
) -> TrangBaoCao:
    """The page of a report, with what was typed into its figures by code.

    Ten queries at most.
    """
    thoi_ky = thoi_ky_cua(bao_cao)
    chosen = _ban_do(bao_cao, user, thoi_ky, params)
    bang = load_bang_tren(bao_cao, thoi_ky, chosen.ban_do)
    parts = {part.muc: part for part in bao_cao.phan_loi.select_related("sua_boi")}
    is_sua, is_duyet = may_write(user, bao_cao), may_judge(user, bao_cao)
    is_mo_dong = user.may(Quyen.XEM_BAO_CAO, bao_cao.don_vi)
    comments = list(bao_cao.gop_y.select_related("by", "tra_loi_boi"))
    o_can_sua = _can_sua(bao_cao, bang, parts, comments) if bao_cao.is_duoc_ghi else []
    open_cells = {(item.gop_y.phan, item.gop_y.o) for item in o_can_sua}
    lines = [
        DongTrang(
            line,
            bao_cao.don_vi_id,
            bang.thoi_ky,
            bao_cao.pk,
            user,
            (go or {}).get(line.ma),
            bang.ban_do,
            chosen.is_hom_nay,
            is_mo_dong,
            _gop_y_cua(comments, GopY.Phan.SO_LIEU, line.ma),
            (GopY.Phan.SO_LIEU, line.ma) in open_cells,
        )
        for line in bang
    ]
    only_open = xem == "can-xem" or (not xem and bao_cao.is_duoc_ghi)
    return TrangBaoCao(
        bao_cao=bao_cao,
        bang=bang,
        van_de=find_van_de(bang, parts, comments) if bao_cao.is_duoc_ghi else [],
        phan_loi=[
            _muc(bao_cao, muc, parts.get(muc.value), comments) for muc in mau_da_mo(bao_cao).muc
        ],
        buoc=list(bao_cao.buoc.select_related("by")),
        is_sua=is_sua,
        is_duyet=is_duyet,
        may_return=is_duyet and con_ai_sua(bao_cao.don_vi),
        is_truoc_khi_chia=not is_mo_dong,
        chi_can_xem=only_open and any(line.is_can_xem for line in lines),
        ban_do=chosen,
        lines=lines,
        gop_y=comments,
        o_can_sua=o_can_sua,
        khoa=ngay_khoa(bao_cao) if bao_cao.is_duoc_ghi else None,
        is_cap_tren=BaoCao.objects.duoc_duyet(user, bao_cao.don_vi),
    )


def _can_sua(bao_cao: BaoCao, bang: BangBaoCao, parts: dict, comments) -> list[OCanSua]:
    cells = noi_dung_o(bang, parts.values())
    return [
        OCanSua(
            row,
            ten_o(bang, row.phan, row.o),
            cells.get((row.phan, row.o), ""),
            reverse(
                "baocao:so_lieu" if row.phan == GopY.Phan.SO_LIEU else "baocao:phan_loi",
                args=[bao_cao.pk, row.o],
            ),
        )
        for row in can_sua(comments, cells)
    ]


def _gop_y_cua(comments: list[GopY], phan: str, o: str) -> tuple[GopY, ...]:
    return tuple(row for row in comments if row.phan == phan and row.o == o)


def _ban_do(bao_cao: BaoCao, user, thoi_ky: ThoiKy, params) -> ChonBanDo:
    """A report is read as it was made; one that was handed in may be compared with today's map by
    who sees the unit."""
    paths = tuple(user.paths_with(Quyen.XEM_BAO_CAO))
    khac = so_sanh(bao_cao.don_vi, thoi_ky.den, paths)
    may_compare = not bao_cao.is_dang_sua and user.may(Quyen.XEM_BAO_CAO, bao_cao.don_vi)
    asks_today = may_compare and params.get(THAM_SO) == HOM_NAY
    ban_do = BanDo(thoi_ky.den) if khac.khac and not asks_today else None
    return ChonBanDo(thoi_ky.den, khac, ban_do, params, ca_da_roi=True)


def may_write(user, bao_cao: BaoCao) -> bool:
    """Whether this reader's office makes the report, and it is open."""
    return bao_cao.is_duoc_ghi and BaoCao.objects.duoc_lap(user, bao_cao.don_vi)


def may_judge(user, bao_cao: BaoCao) -> bool:
    """Whether this reader sits above, and the report waits for a word."""
    return bao_cao.is_cho_duyet and BaoCao.objects.duoc_duyet(user, bao_cao.don_vi)


def _muc(
    bao_cao: BaoCao, muc: PhanLoi.Muc, part: PhanLoi | None, comments: list[GopY]
) -> MucPhanLoi:
    return MucPhanLoi(
        muc.value,
        muc.label,
        part.noi_dung if part else "",
        f"{reverse('baocao:phan_loi_list', args=[bao_cao.pk])}#{muc.value}",
        f"{part.sua_boi} viết lúc {gio(part.sua_luc)}"
        if part and part.noi_dung and not is_theo_so(part)
        else "",
        bao_cao.is_dang_sua and is_theo_so(part),
        _gop_y_cua(comments, GopY.Phan.PHAN_LOI, muc.value),
        reverse("baocao:gop_y", args=[bao_cao.pk, GopY.Phan.PHAN_LOI, muc.value]),
    )


def _text(figure: So | None) -> str:
    if figure is None or figure.gia_tri is None:
        return "–"
    unit = "%" if figure.mau is not None else ""
    return f"{so(Decimal(figure.gia_tri))}{unit}".replace(" ", NBSP)
