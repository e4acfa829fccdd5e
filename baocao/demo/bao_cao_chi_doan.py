"""Branches of Phường I report a quarter: most in time, some late, one waived, one returned, one not
at all. Their figures are counted in one pass, for the demo is made often; the sections are their
drafts."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from baocao.chi_tieu import BangSo, ThoiKy, compute
from baocao.han import lich_nop
from baocao.mau import MauBaoCao, mau_cua
from baocao.models import BaoCao, BuocBaoCao, SoLieu
from baocao.services.ban_nhap import keep_ban_nhap
from baocao.services.bao_cao import accept_bao_cao, return_bao_cao
from baocao.services.gop_y import add_gop_y
from baocao.services.ngoai_le import grant_ngoai_le
from core.periods import KyBaoCao
from tochuc.models import CapDonVi, DonVi
from tochuc.services import set_quy_dinh

from .phuong_1 import ChiDoanDemo

MUON = {"Khu vực 4": 3, "Khu vực 8": 9}
MIEN, THIEU, TRA_LAI, CHO = "Khu vực 5", "Khu vực 10", "Khu vực 1", "Trường THCS"
NGAY = 19


def reports_of_branches(
    branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by, tren
) -> None:
    """The quarter before the running one; the ward asks for reports since then."""
    ky = KyBaoCao.quarter_of(homnay).previous
    set_quy_dinh(
        ma="bao_cao_chi_doan",
        tu_ngay=ky.start,
        gia_tri="1",
        can_cu="Quy chế làm việc của Đoàn phường",
        don_vi=phuong,
        by=tren,
    )
    units = [branch.don_vi for branch in branches]
    mau = mau_cua(CapDonVi.CHI_DOAN, ky)
    handing_in = [unit for unit in units if unit.ten not in (MIEN, THIEU)]
    table = compute(phuong, ThoiKy(ky, ky.end), mau.chi_tieu_cua(units[0], ky))
    for unit in handing_in:
        _hand_in(unit, ky, mau, table, by=by)
    waived = next((unit for unit in units if unit.ten == MIEN), None)
    if waived:
        words = "Chi đoàn ngừng sinh hoạt, chờ sắp xếp lại"
        grant_ngoai_le(don_vi=waived, ky=ky, loai="mien", ly_do=words, by=by)


def _hand_in(unit: DonVi, ky: KyBaoCao, mau: MauBaoCao, table: BangSo, *, by) -> None:
    day = ky.end.replace(day=NGAY) + timedelta(days=MUON.get(unit.ten, -1) + 1)
    lich = lich_nop(unit)
    han = lich.han(mau, ky)
    report = BaoCao.objects.create(
        don_vi=unit,
        mau=mau.ma,
        ky=ky.code,
        tu_ngay=ky.start,
        den_ngay=ky.end,
        han=han,
        nhan_den=lich.muon(ky, han),
        trang_thai=BaoCao.TrangThai.DA_NOP,
        tinh_den=day,
        pham_vi={"chi_doan": [unit.pk], "im_lang": []},
        nop_lan_dau=_luc(day),
        nop_luc=_luc(day),
        nop_boi=by,
        tao_boi=by,
    )
    rows = [_row(report, unit, item, table) for item in mau.chi_tieu_cua(unit, ky)]
    SoLieu.objects.bulk_create(rows)
    kept = {
        row.ma: [str(row.gia_tri), str(row.gia_tri), ""] for row in rows if row.gia_tri is not None
    }
    keep_ban_nhap(bao_cao=report, thoi_ky=ThoiKy(ky, day), ban_do=None, by=by)
    texts = dict(report.phan_loi.values_list("muc", "noi_dung"))
    step = BuocBaoCao.HanhDong
    BuocBaoCao.objects.create(bao_cao=report, hanh_dong=step.MO, by=by)
    BuocBaoCao.objects.create(
        bao_cao=report, hanh_dong=step.NOP, by=by, so_lieu=kept, phan_loi=texts
    )
    _judge(report, by=by)
    for rows in (report.buoc, report.gop_y):
        rows.update(luc=_luc(day))
    report.phan_loi.update(sua_luc=_luc(day))


def _row(report: BaoCao, unit: DonVi, item, table: BangSo) -> SoLieu:
    now, year = table.so(unit, item.ma), table.so(unit, item.ma, luy_ke=True)
    return SoLieu(
        bao_cao=report,
        ma=item.ma,
        tu_so=now.tu,
        mau_so=now.mau,
        gia_tri=now.gia_tri,
        luy_ke=year.gia_tri,
    )


def _judge(report: BaoCao, *, by) -> None:
    if report.don_vi.ten == TRA_LAI:
        words = "Đồng chí đối chiếu với sổ: tháng cuối quý có hai đồng chí mới kết nạp."
        add_gop_y(bao_cao=report, phan="so_lieu", o="ket_nap_moi", noi_dung=words, by=by)
        return_bao_cao(bao_cao=report, ly_do="", by=by)
    elif report.don_vi.ten != CHO:
        accept_bao_cao(bao_cao=report, by=by)


def _luc(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(19, 30)))
