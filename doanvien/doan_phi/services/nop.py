"""Remittances: a share of what a unit took goes to the level above, which confirms it."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.errors import RuleError
from core.periods import KyBaoCao, today
from core.text.numbers import money
from doanvien.doan_phi.muc_thu import TRICH_NOP
from doanvien.doan_phi.quy_tac import Chia, chia
from doanvien.models import DoanPhi, NopDoanPhi, PhieuThu
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record
from tochuc.ban_do import ca_da_nhap
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri, ty_le
from tochuc.the_thuc import offices
from tochuc.van_ban import cap_tren_tai_ngay

from .thu import _lock, _numbered


def chia_phan(don_vi: DonVi, co_so: int, ngay: date) -> Chia:
    """The split of a sum by the fraction in force for the unit on that day."""
    return chia(co_so, *ty_le(gia_tri(TRICH_NOP, ngay=ngay, don_vi=don_vi)))


def noi_nhan(don_vi: DonVi, ngay: date) -> DonVi | None:
    """Who takes what the unit hands over on that day: the level above; once that has ended, who
    answers for it today."""
    above = cap_tren_tai_ngay(don_vi, ngay)
    return above and DonVi.objects.tiep_quan(above, today())


def chua_nop(don_vi: DonVi, ky: KyBaoCao, ngay: date):
    """The receipts a remittance of `ky` covers: all not yet remitted, up to the period's end;
    also those of units that have gone into this one, whose money it has taken over."""
    rows = PhieuThu.objects.filter(ca_da_nhap("don_vi__path", don_vi)).chua_nop()
    return rows.filter(ngay__lte=min(ky.end, ngay))


@transaction.atomic
def submit_nop(
    *, don_vi: DonVi, ky: KyBaoCao, ngay: date, chung_tu: str, ma_gui: uuid.UUID, by
) -> NopDoanPhi:
    """Hand over the share of everything taken up to the end of `ky` and not remitted yet.

    Sent twice with the same `ma_gui` it is made once. Refused when nothing is to remit, for a
    day to come, and for a unit with none above it.
    """
    _lock(don_vi)
    known = NopDoanPhi.objects.filter(ma_gui=ma_gui, don_vi=don_vi).first()
    if known:
        return known
    if ngay > today():
        raise RuleError("Ngày nộp là hôm nay hoặc ngày đã qua.", field="ngay")
    above = noi_nhan(don_vi, ngay)
    if above is None:
        raise RuleError(f"{don_vi} không có cấp trên để nộp.")
    receipts = _locked_receipts(don_vi, ky, ngay)
    co_so = receipts.tong_tien()
    share = chia_phan(don_vi, max(co_so, 0), ngay)
    if share.trich_nop == 0:
        raise RuleError(f"{don_vi} chưa có khoản nào phải nộp đến hết {ky}.")
    nop = NopDoanPhi.objects.create(
        don_vi=don_vi,
        don_vi_nhan=above,
        ky=ky.code,
        ngay=ngay,
        co_so=share.co_so,
        giu_lai=share.giu_lai,
        trich_nop=share.trich_nop,
        chung_tu=chung_tu.strip(),
        ma_gui=ma_gui,
        ghi_boi=by,
    )
    receipts.update(nop=nop)
    record(
        by=by,
        hanh_dong="nop_doan_phi.submit",
        target=nop,
        ky=ky.code,
        so_tien=nop.trich_nop,
        **nhap_thay(by, don_vi.pk),
    )
    return nop


def _locked_receipts(don_vi: DonVi, ky: KyBaoCao, ngay: date):
    """The receipts it covers, under a lock: those of a unit that has gone into this one can be
    handed on at that one's own page as well."""
    rows = chua_nop(don_vi, ky, ngay).select_for_update(of=("self",)).order_by("pk")
    return PhieuThu.objects.filter(pk__in=[pk for (pk,) in rows.values_list("pk")])


@transaction.atomic
def accept_nop(*, nop: NopDoanPhi, ngay: date, by) -> NopDoanPhi:
    """The level above confirms that it has the money; it writes a receipt of its own."""
    current = _waiting(nop)
    _lock(current.don_vi_nhan)
    if not current.ngay <= ngay <= today():
        raise RuleError(f"Ngày nhận từ ngày nộp {current.ngay:%d/%m/%Y} đến hôm nay.", field="ngay")
    ky = KyBaoCao.parse(current.ky)
    phieu = _numbered(
        current.don_vi_nhan,
        ngay,
        loai=PhieuThu.Loai.TRICH_NOP,
        nguoi_nop=_nguoi_nop(current),
        noi_dung=f"Trích nộp đoàn phí {ky} ({_phan(current)})",
        tong=current.trich_nop,
        ma_gui=uuid.uuid4(),
        thu_boi=by,
    )
    current.phieu_nhan = phieu
    return _settle(current, NopDoanPhi.TrangThai.DA_NHAN, "accept", by)


@transaction.atomic
def return_nop(*, nop: NopDoanPhi, ly_do: str, by) -> NopDoanPhi:
    """Give it back with a reason: its receipts wait for another remittance.

    Confirmed by mistake it can be given back as well: the receipt of the level above is taken
    back by a counter-entry of today. Refused without a reason, and once it was given back.
    """
    current = _locked(nop)
    if current.trang_thai == NopDoanPhi.TrangThai.TRA_LAI:
        raise RuleError("Lần nộp này đã trả lại.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do trả lại.", field="ly_do")
    current.ly_do_tra = ly_do.strip()
    if current.phieu_nhan:
        _cancel_receipt(current, by)
    current.phieu_thu.update(nop=None)
    return _settle(current, NopDoanPhi.TrangThai.TRA_LAI, "return", by)


def _nguoi_nop(nop: NopDoanPhi) -> str:
    """The secretary of the unit on that day with the office; the unit when it has none."""
    held = [row.ho_ten for row in offices(nop.don_vi, nop.ngay) if row.chuc_danh == "bi_thu"]
    cap = "Chi đoàn" if nop.don_vi.is_chi_doan else str(nop.don_vi)
    return f"{held[0]} – Bí thư {cap}" if held else str(nop.don_vi)


def _phan(nop: NopDoanPhi) -> str:
    """ "1/3 của 234.000 đồng đã thu; 24 đoàn viên"."""
    phan = gia_tri(TRICH_NOP, ngay=nop.ngay, don_vi=nop.don_vi)
    lines = DoanPhi.objects.con_hieu_luc().filter(phieu__nop=nop)
    people = lines.order_by().values("doan_vien").distinct().count()
    who = f"; {people} đoàn viên" if people else ""
    return f"{phan} của {money(nop.co_so)} đồng đã thu{who}"


def _cancel_receipt(nop: NopDoanPhi, by) -> None:
    phieu = nop.phieu_nhan
    _lock(nop.don_vi_nhan)
    _numbered(
        nop.don_vi_nhan,
        today(),
        loai=phieu.loai,
        dao_cua=phieu,
        nguoi_nop=phieu.nguoi_nop,
        noi_dung=f"Hủy phiếu thu {phieu} ngày {phieu.ngay:%d/%m/%Y}: trả lại đoàn phí đã nhận",
        tong=-phieu.tong,
        ly_do=nop.ly_do_tra,
        ma_gui=uuid.uuid4(),
        thu_boi=by,
    )


def _locked(nop: NopDoanPhi) -> NopDoanPhi:
    rows = NopDoanPhi.objects.select_for_update(of=("self",))
    return rows.select_related("don_vi", "don_vi_nhan", "phieu_nhan").get(pk=nop.pk)


def _waiting(nop: NopDoanPhi) -> NopDoanPhi:
    current = _locked(nop)
    if not current.is_cho_nhan:
        raise RuleError(f"Lần nộp này đã xử lý: {current.get_trang_thai_display().lower()}.")
    return current


def _settle(current: NopDoanPhi, trang_thai: str, verb: str, by) -> NopDoanPhi:
    current.trang_thai = trang_thai
    current.xu_ly_luc, current.xu_ly_boi = timezone.now(), by
    current.save()
    record(
        by=by, hanh_dong=f"nop_doan_phi.{verb}", target=current, don_vi=current.don_vi_nhan,
        so_tien=current.trich_nop,
    )  # fmt: skip
    return current
