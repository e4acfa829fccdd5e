"""What the page of a report's sections shows: the words, their evidence, what the books say now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.text import lowfirst
from core.text.display import gio
from core.text.numbers import count
from tochuc.ban_do import BanDo
from tochuc.permissions import Quyen

from .bang_so_lieu import ban_do_khi_do, thoi_ky_cua
from .chi_tieu import MO_DUOC, ChiTieu, ThoiKy
from .dia_chi import rows_url
from .du_thao import Cau, Dan, Doan, NhapMuc, doc_lai, is_theo_so, lap_tren
from .mau import mau_da_mo
from .models import BaoCao, PhanLoi


@dataclass(frozen=True)
class DanTrang:
    """A citation: "10 dòng", and where exactly these rows open."""

    loi: str
    ten: str
    url: str


@dataclass(frozen=True)
class CauTrang:
    loi: str
    dan: tuple[DanTrang, ...]


@dataclass(frozen=True)
class DoanTrang:
    tieu_de: str
    cau: tuple[CauTrang, ...]


@dataclass(frozen=True, kw_only=True)
class MucTrang:
    """One section: what it says, the draft behind it, and what the books have added or dropped
    since somebody wrote it."""

    muc: str
    ten: str
    loi: str
    is_theo_so: bool
    version: int
    doan: tuple[DoanTrang, ...]
    goi_y: tuple[CauTrang, ...]
    them: tuple[str, ...]
    bot: tuple[str, ...]
    sua: str
    url: str
    url_theo_so: str

    @property
    def da_doi(self) -> bool:
        return bool(self.them or self.bot)


@dataclass(frozen=True)
class _DocDan:
    """Turns evidence into links, for one reader of one report."""

    bao_cao: BaoCao
    thoi_ky: ThoiKy
    ban_do: BanDo | None
    user: object

    def cau(self, item: Cau) -> CauTrang:
        many = len(item.dan) > 1
        return CauTrang(item.loi, tuple(self._dan(dan, many) for dan in item.dan))

    def _dan(self, dan: Dan, many: bool) -> DanTrang:
        item = MO_DUOC[dan.ma]
        if dan.is_go:
            return DanTrang(
                "phụ lục", item.ten, f"{self.bao_cao.get_absolute_url()}?xem=tat-ca#{dan.ma}"
            )
        url = self._url(item)
        rows = f"{count(dan.so).lstrip('0')} dòng"
        return DanTrang(f"{lowfirst(item.ten)}: {rows}" if many else rows, item.ten, url)

    def _url(self, item: ChiTieu) -> str:
        """The rows open to who sees the unit: not to a part of one that was split."""
        unit = self.bao_cao.don_vi
        if not self.user.may(Quyen.XEM_BAO_CAO, unit):
            return ""
        return rows_url(unit.pk, item, self.thoi_ky, user=self.user, ban_do=self.ban_do)

    def doan(self, found: Sequence[Doan]) -> tuple[DoanTrang, ...]:
        return tuple(
            DoanTrang(item.tieu_de, tuple(self.cau(cau) for cau in item.cau)) for item in found
        )


def load_phan_loi(bao_cao: BaoCao, user) -> list[MucTrang]:
    """All sections. Seven queries while the report is open, two afterwards."""
    thoi_ky = thoi_ky_cua(bao_cao)
    ban_do = ban_do_khi_do(bao_cao, thoi_ky)
    parts = {part.muc: part for part in bao_cao.phan_loi.select_related("sua_boi")}
    drafts = lap_tren(bao_cao, thoi_ky, ban_do) if bao_cao.is_dang_sua else {}
    reader = _DocDan(bao_cao, thoi_ky, ban_do, user)
    return [
        _muc(bao_cao, muc, parts.get(muc.value), drafts.get(muc.value), reader)
        for muc in mau_da_mo(bao_cao).muc
    ]


def load_muc(bao_cao: BaoCao, muc: str, user) -> MucTrang:
    """One section, for who writes it."""
    return next(item for item in load_phan_loi(bao_cao, user) if item.muc == muc)


def _muc(
    bao_cao: BaoCao, muc: PhanLoi.Muc, part: PhanLoi | None, draft: NhapMuc | None, reader: _DocDan
) -> MucTrang:
    kept = doc_lai(part.ban_nhap) if part else ()
    follows = is_theo_so(part)
    shown = kept if draft is None else draft.doan
    said = draft.loi if draft is not None and follows else part.noi_dung if part else ""
    added, dropped = _khac(kept, shown) if draft is not None and not follows else ((), ())
    return MucTrang(
        muc=muc.value,
        ten=muc.label,
        loi=said,
        is_theo_so=follows,
        version=part.version if part else 0,
        doan=reader.doan(shown),
        goi_y=tuple(reader.cau(item) for item in draft.goi_y) if draft else (),
        them=added,
        bot=dropped,
        sua="" if follows or part is None else f"{part.sua_boi} viết lúc {gio(part.sua_luc)}",
        url=reverse("baocao:phan_loi", args=[bao_cao.pk, muc.value]),
        url_theo_so=reverse("baocao:phan_loi_theo_so", args=[bao_cao.pk, muc.value]),
    )


def _khac(before: Sequence[Doan], after: Sequence[Doan]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sentences that the books say now and did not then, and the other way round."""
    old, new = _cac_cau(before), _cac_cau(after)
    return (
        tuple(loi for loi in new if loi not in old),
        tuple(loi for loi in old if loi not in new),
    )


def _cac_cau(cac_doan: Sequence[Doan]) -> list[str]:
    return [cau.loi for item in cac_doan for cau in item.cau]
