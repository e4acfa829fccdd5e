"""Scoring rounds: last year's final one of Phường I and this year's at work; one published."""

from datetime import date, timedelta

from baocao.cham_diem.luat import BAC_CUA
from baocao.dot_cham import services
from baocao.dot_cham.quy_tac import cac_muc, is_hoi, luat_cua
from baocao.dot_cham.services.minh_chung import Gui
from baocao.dot_cham.services.mo import LichCham
from baocao.models import BoTieuChi, DiemTieuChi, DongCham, DotCham, XepLoaiDonVi
from chidoan.models import BuoiSinhHoat
from core.periods import KyBaoCao
from tochuc.models import DonVi

HD33 = "hd33-chi-doan"
Y_KIEN = "Chi đoàn có sổ ghi đủ cả năm, đề nghị xem lại mục này."
NHAN_XET = "Theo sổ chi đoàn."
LY_DO = "Đã đối chiếu sổ giấy của chi đoàn."
KHONG_HOAN_THANH = "kht"


def build(units: dict[str, DonVi], accounts, *, homnay: date) -> None:
    """Three rounds by the national criteria of 2019."""
    by, phuong = accounts["demo.phuong"], units["phuong-1"]
    _to_final(_open(phuong, homnay.year - 1, homnay, by), homnay, by)
    _at_work(_open(phuong, homnay.year, homnay + timedelta(days=7), by))
    mau = accounts["demo.phuongmau"]
    _published(_open(units["phuong-mau"], homnay.year, homnay, mau), mau)


def _open(don_vi: DonVi, nam: int, han: date, by) -> DotCham:
    bo = BoTieuChi.objects.get(ma=HD33, don_vi=None)
    lich = LichCham(han, han + timedelta(days=10))
    dot = services.open_dot(don_vi=don_vi, bo=bo, ky=KyBaoCao(nam), lich=lich, by=by)
    services.compute_dot(dot=dot, by=by)
    return dot


def _to_final(dot: DotCham, homnay: date, by) -> None:
    _to_published(dot, by)
    ago = [homnay - timedelta(days=days) for days in (40, 30, 1)]
    dates = dict(zip(("han_tu_cham", "han_tham_dinh", "han_y_kien"), ago, strict=True))
    DotCham.objects.filter(pk=dot.pk).update(**dates)
    services.final_dot(dot=dot, by=by)


def _to_published(dot: DotCham, by) -> None:
    for line in _lines(dot):
        _score(line)
        services.send_dong(dong=line, by=None)
    services.start_tham_dinh(dot=dot, by=by)
    for line in _lines(dot):
        services.agree_rest(dong=line, by=by)
        _correct(line, by)
        services.finish_tham_dinh(dong=line, by=by)
    services.trial_dot(dot=dot, by=by)
    services.publish_dot(dot=dot, by=by)


def _correct(line: DongCham, by) -> None:
    """Where the books of the system tell less than the branch's own, the ward says so."""
    luat, wanted = luat_cua(line.dot), _wanted(line)
    if wanted == KHONG_HOAN_THANH:
        return
    for row in line.tieu_chi.filter(muc_tham_dinh=KHONG_HOAN_THANH):
        row.dong = line
        services.save_tham_dinh(
            diem_tieu_chi=row, diem=None, muc=_gan(luat, row, wanted), ly_do=LY_DO, by=by
        )


def _gan(luat, row: DiemTieuChi, wanted: str) -> str:
    """The level of the criterion that is nearest to the wanted one, not below it."""
    levels = [muc for muc, _ in cac_muc(luat, luat.lay(row.ma))]
    fitting = [muc for muc in levels if BAC_CUA[muc] >= BAC_CUA[wanted]]
    return (fitting or levels)[-1]


def _at_work(dot: DotCham) -> None:
    """A third has sent, a third has begun, one of the first with a meeting as evidence."""
    for place, line in enumerate(_lines(dot)):
        if place % 3 == 2:
            continue
        rows = _score(line, but=1 if place % 3 else 0)
        if rows:
            _evidence(rows[0])
        if place % 3 == 0:
            services.send_dong(dong=line, by=None)


def _published(dot: DotCham, by) -> None:
    _to_published(dot, by)
    line = _lines(dot)[0]
    ma = line.tieu_chi.first().ma
    services.send_y_kien(dong=line, ma=ma, noi_dung=Y_KIEN, by=None)


def _lines(dot: DotCham) -> list[DongCham]:
    return list(dot.dong.select_related("dot__don_vi", "dot__bo", "don_vi").order_by("pk"))


def _score(line: DongCham, *, but: int = 0) -> list[DiemTieuChi]:
    """Give the line the level that was decided for the branch, where people are asked."""
    luat, wanted = luat_cua(line.dot), _wanted(line)
    asked = [row for row in line.tieu_chi.all() if is_hoi(luat.lay(row.ma), row)]
    for row in asked[: len(asked) - but]:
        row.dong = line
        muc = _gan(luat, row, wanted)
        services.save_tu_cham(diem_tieu_chi=row, diem=None, muc=muc, nhan_xet=NHAN_XET, by=None)
    return asked


def _wanted(line: DongCham) -> str:
    decided = XepLoaiDonVi.objects.filter(don_vi=line.don_vi, thang="hd33").order_by("-nam").first()
    return decided.muc if decided else "htt"


def _evidence(row: DiemTieuChi) -> None:
    ky = row.dong.dot.ky_bao_cao
    meetings = BuoiSinhHoat.objects.under(row.dong.don_vi).da_hop()
    held = meetings.filter(ngay__range=(ky.start, ky.end)).select_related("chi_doan").last()
    if held:
        services.add_minh_chung(cua=row, gui=Gui(buoi=held), by=None)
