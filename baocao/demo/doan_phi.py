"""Dues of this year in Phường I: good branches collect all, weak ones are behind.

Written in bulk with the numbers and splits that the services give; the ward has received what
the branches handed over on the second of each month. Khu vực 3, whose secretary signs in, has
this month yet to collect.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from core.periods import KyBaoCao
from core.text.numbers import money
from doanvien.doan_phi import queries
from doanvien.doan_phi.quy_tac import cac_thang, chia, doc_khoang, thang_cua, thang_sau
from doanvien.doan_phi.services import approve_mien, propose_mien
from doanvien.models import DoanPhi, DoanVien, MienDoanPhi, NopDoanPhi, PhieuThu, SoThuDoanPhi
from tochuc.audit import record
from tochuc.models import DonVi, SoVanBan
from tochuc.scoping import subtree

from .phuong_1 import ChiDoanDemo

BO_QUA = {"tot": 0.0, "kha": 0.0, "yeu": 0.3, "ngung": 0.45}
"""How often somebody of a branch leaves a month unpaid, by how the branch is doing."""
NGAY_THU, NGAY_NOP = 20, 2
CHAM_NOP = {"yeu": 2, "ngung": 3}
"""For how many of the last months a branch has not handed its share over."""
CHUA_THU = "Khu vực 3"


@dataclass
class _So:
    """The rows to come, and the numbers given so far."""

    phieu: list[PhieuThu]
    dong: list[DoanPhi]
    nop: list[NopDoanPhi]
    so: dict[tuple[int, int], int]

    def phieu_thu(self, don_vi: DonVi, ngay: date, **fields) -> PhieuThu:
        key = don_vi.pk, ngay.year
        self.so[key] = self.so.get(key, 0) + 1
        phieu = PhieuThu(
            don_vi=don_vi, nam=ngay.year, so=self.so[key], ngay=ngay, ma_gui=_ma(), **fields
        )
        self.phieu.append(phieu)
        return phieu


def dues(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """From January on, or from last month when the year has just begun."""
    tu_thang = min(date(homnay.year, 1, 1), thang_sau(thang_cua(homnay), -1))
    _exemption(branches[1].don_vi, homnay, by=by)
    SoThuDoanPhi.objects.bulk_create(
        [SoThuDoanPhi(don_vi=row.don_vi, tu_thang=tu_thang, ghi_boi=by) for row in branches]
    )
    owed = _owed(phuong, tu_thang, homnay)
    so, random = _So([], [], [], {}), Random(7)  # noqa: S311 -- demo data
    for thang in cac_thang(tu_thang, homnay):
        for branch in branches:
            _month(so, branch, thang, owed, random, homnay=homnay, by=by)
        _remit(so, branches, phuong, thang, homnay=homnay, by=by)
        if thang.month % 3 == 0:
            _remit_quarter(so, phuong, thang, homnay=homnay, by=by)
    _write(so, phuong, by=by)


def _owed(phuong: DonVi, tu_thang: date, homnay: date) -> dict[tuple[int, date], list]:
    """Per branch and month what is owed, in the order in which people were entered."""
    scope = subtree("chi_doan__path", phuong.path)
    found: dict[tuple[int, date], list] = {}
    for item in queries.doc_thang(scope, tu_thang, homnay, homnay):
        if item.is_no:
            found.setdefault((item.chi_doan, item.thang), []).append(item)
    return {key: sorted(rows, key=lambda item: item.doan_vien) for key, rows in found.items()}


def _month(so: _So, branch: ChiDoanDemo, thang: date, owed, random: Random, *, homnay, by) -> None:
    """One receipt of the branch for a month, once the day it collects on has come."""
    ngay = thang.replace(day=NGAY_THU)
    is_open = branch.don_vi.ten == CHUA_THU and thang == thang_cua(homnay)
    if ngay >= homnay or is_open:
        return
    lines = [
        DoanPhi(
            doan_vien_id=item.doan_vien,
            chi_doan=branch.don_vi,
            thang=thang,
            so_tien=item.so_tien,
        )
        for item in owed.get((branch.don_vi.pk, thang), ())
        if random.random() >= BO_QUA[branch.suc]
    ]
    if not lines:
        return
    phieu = so.phieu_thu(
        branch.don_vi,
        ngay,
        nguoi_nop=f"{len(lines)} đồng chí, theo bảng kê",
        noi_dung=f"Đoàn phí {doc_khoang([thang])}, {len(lines)} đồng chí",
        tong=sum(line.so_tien for line in lines),
        thu_boi=by,
    )
    for line in lines:
        line.phieu = phieu
    so.dong += lines


def _remit(so: _So, branches, phuong: DonVi, thang: date, *, homnay: date, by) -> None:
    """The share of a month, handed over early in the next; weak branches are late."""
    ngay = thang_sau(thang).replace(day=NGAY_NOP)
    if ngay >= homnay:
        return
    for branch in branches:
        late = CHAM_NOP.get(branch.suc, 0)
        open_rows = [
            row for row in so.phieu if row.don_vi_id == branch.don_vi.pk and row.nop is None
        ]
        if not open_rows or (late and thang_sau(thang, late) > thang_cua(homnay)):
            continue
        ky = KyBaoCao.month_of(thang)
        nop = _nop(so, branch.don_vi, phuong, ky, open_rows, ngay, by=by)
        if not _waits(branch, thang, homnay):
            _receive(so, nop, phuong, _nguoi_nop(branch), ngay, by=by)


def _nguoi_nop(branch: ChiDoanDemo) -> str:
    """The secretary brings the money; of the branch without one the deputy does."""
    if branch.khuyet_bi_thu:
        return f"{branch.nguoi[1].ho_ten} – Phó Bí thư Chi đoàn"
    return f"{branch.nguoi[0].ho_ten} – Bí thư Chi đoàn"


def _remit_quarter(so: _So, phuong: DonVi, thang: date, *, homnay: date, by) -> None:
    """The shares of a quarter, handed up and received: of what the office above had by its end
    already, and of all that the ward took.
    """
    ngay, ky = thang_sau(thang).replace(day=NGAY_NOP + 2), KyBaoCao.quarter_of(thang)
    huyen = phuong.cap_tren
    for unit, until in ((huyen, ky.end), (phuong, ngay)):
        open_rows = [
            row
            for row in so.phieu
            if row.don_vi_id == unit.pk and row.nop is None and row.ngay <= until
        ]
        if ngay < homnay and open_rows:
            nop = _nop(so, unit, unit.cap_tren, ky, open_rows, ngay, by=by)
            _receive(so, nop, unit.cap_tren, str(unit), ngay, by=by)


def _nop(so: _So, don_vi: DonVi, nhan: DonVi, ky: KyBaoCao, rows, ngay: date, *, by) -> NopDoanPhi:
    share = chia(sum(row.tong for row in rows), 1, 3)
    nop = NopDoanPhi(
        don_vi=don_vi,
        don_vi_nhan=nhan,
        ky=ky.code,
        ngay=ngay,
        co_so=share.co_so,
        giu_lai=share.giu_lai,
        trich_nop=share.trich_nop,
        trang_thai=NopDoanPhi.TrangThai.DA_GHI,
        ma_gui=_ma(),
        ghi_boi=by,
    )
    for row in rows:
        row.nop = nop
    so.nop.append(nop)
    return nop


def _waits(branch: ChiDoanDemo, thang: date, homnay: date) -> bool:
    """The newest remittance of two branches is still on the ward's desk."""
    newest = thang_sau(thang_cua(homnay), -1)
    return thang >= newest and branch.don_vi.ten in ("Khu vực 1", "Trạm Y tế")


def _receive(so: _So, nop: NopDoanPhi, nhan: DonVi, nguoi_nop: str, ngay: date, *, by) -> None:
    ky = KyBaoCao.parse(nop.ky)
    nop.trang_thai = NopDoanPhi.TrangThai.DA_NHAN
    nop.xu_ly_luc, nop.xu_ly_boi = _luc(ngay), by
    nop.phieu_nhan = so.phieu_thu(
        nhan,
        ngay,
        loai=PhieuThu.Loai.TRICH_NOP,
        nguoi_nop=nguoi_nop,
        noi_dung=f"Trích nộp đoàn phí {ky} (1/3 của {money(nop.co_so)} đồng đã thu)",
        tong=nop.trich_nop,
        thu_boi=by,
    )


def _write(so: _So, phuong: DonVi, *, by) -> None:
    """Receipts first, then the remittances that name them and are named by them."""
    covered = [(row, row.nop) for row in so.phieu if row.nop is not None]
    for row, _ in covered:
        row.nop = None
    PhieuThu.objects.bulk_create(so.phieu)
    NopDoanPhi.objects.bulk_create(so.nop)
    for row, nop in covered:
        row.nop = nop
    for row in so.phieu:
        row.thu_luc = _luc(row.ngay)
    PhieuThu.objects.bulk_update(so.phieu, ["nop", "thu_luc"], batch_size=200)
    DoanPhi.objects.bulk_create(so.dong, batch_size=500)
    SoVanBan.objects.bulk_create(
        SoVanBan(don_vi_id=don_vi, loai="PT", nam=nam, so_cuoi=so_cuoi)
        for (don_vi, nam), so_cuoi in so.so.items()
    )
    record(by=by, hanh_dong="phieu_thu.record_many", target=phuong, so_dong=len(so.phieu))


def _exemption(chi_doan: DonVi, homnay: date, *, by) -> None:
    """One member without work, exempt for three months up to this one."""
    members = DoanVien.objects.dang_sinh_hoat().filter(chi_doan=chi_doan).order_by("pk")
    doan_vien = members[2]
    mien = propose_mien(
        doan_vien=doan_vien,
        chi_doan=chi_doan,
        tu_thang=thang_sau(thang_cua(homnay), -2),
        den_thang=thang_cua(homnay),
        ly_do=MienDoanPhi.LyDo.MAT_VIEC,
        by=by,
    )
    ngay = homnay - timedelta(days=40)
    approve_mien(mien=mien, ngay=ngay, van_ban="21-QĐ/ĐTN", by=by)


def _luc(ngay: date) -> datetime:
    return timezone.make_aware(datetime.combine(ngay, time(19, 30)))


def _ma() -> uuid.UUID:
    return uuid.uuid4()
