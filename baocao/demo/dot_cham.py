"""Rounds of Phường I: last year's up to its certificates, a quarter's published, this year's."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from baocao.cham_diem.luat import BAC_CUA
from baocao.dot_cham import services
from baocao.dot_cham.quy_tac import cac_muc, is_hoi, luat_cua
from baocao.dot_cham.services.minh_chung import Gui
from baocao.dot_cham.services.mo import LichCham
from baocao.ket_qua.chung_nhan import issue_chung_nhan, xuat_sac
from baocao.ket_qua.quyet_dinh import decide_ket_qua
from baocao.models import (
    BoTieuChi,
    BuocDotCham,
    DiemTieuChi,
    DongCham,
    DotCham,
    QuyetDinhKetQua,
    XepLoaiDonVi,
)
from chidoan.models import BuoiSinhHoat
from chidoan.xep_loai.quyet_dinh import so_uy_vien
from core.periods import KyBaoCao
from tochuc.bieu_quyet import Phieu
from tochuc.models import DonVi, SoVanBan

HD33 = "hd33-chi-doan"
Y_KIEN = "Chi đoàn có sổ ghi đủ cả năm, đề nghị xem lại mục này."
NHAN_XET = "Theo sổ chi đoàn."
LY_DO = "Đã đối chiếu sổ giấy của chi đoàn."
KHONG_HOAN_THANH = "kht"
SO_TRUOC, BIEN_BAN = 27, "24-BB/ĐTN"
"""The last number of the year before the decision, and the minutes that it stands upon."""


def build(units: dict[str, DonVi], accounts, *, homnay: date) -> None:
    """Three rounds by the national criteria of 2019."""
    by, phuong = accounts["demo.phuong"], units["phuong-1"]
    last, this = KyBaoCao(homnay.year - 1), KyBaoCao(homnay.year)
    _to_decision(_open(phuong, last, homnay, by), by)
    quarter = KyBaoCao.quarter_of(homnay).previous
    _published(_open(phuong, quarter, homnay, by), units["phuong-1-khu-vuc-3"], by)
    _at_work(_open(phuong, this, homnay + timedelta(days=7), by))


def _open(don_vi: DonVi, ky: KyBaoCao, han: date, by) -> DotCham:
    bo = BoTieuChi.objects.get(ma=HD33, don_vi=None)
    lich = LichCham(han, han + timedelta(days=10))
    dot = services.open_dot(don_vi=don_vi, bo=bo, ky=ky, lich=lich, by=by)
    services.compute_dot(dot=dot, by=by)
    return dot


def _to_decision(dot: DotCham, by) -> None:
    """Closed and decided on the last day of its year, one certificate for each of the best."""
    _to_published(dot, by)
    end = dot.ky_bao_cao.end
    days = {"han_tu_cham": 21, "han_tham_dinh": 14, "han_y_kien": 3}
    dates = {name: end - timedelta(days=before) for name, before in days.items()}
    DotCham.objects.filter(pk=dot.pk).update(**dates)
    services.final_dot(dot=dot, by=by)
    DotCham.objects.filter(pk=dot.pk).update(ngay_buoc=end)
    _date_back(dot)
    decision = _decide(dot, by)
    for line in xuat_sac(decision):
        line.quyet_dinh = decision
        issue_chung_nhan(dong=line, by=by)


def _date_back(dot: DotCham) -> None:
    """The steps of a past round were taken in its last month, not on the day the demo is made."""
    noon = timezone.make_aware(datetime.combine(dot.ky_bao_cao.end, time(9)))
    loai = BuocDotCham.Loai
    road = {
        loai.MO: 30, loai.TINH: 30, loai.GUI: 22, loai.THAM_DINH: 20, loai.XONG: 15,
        loai.THU: 12, loai.CONG_BO: 10, loai.CHUNG_CUOC: 0,
    }  # fmt: skip
    for step, before in road.items():
        dot.buoc.filter(loai=step).update(luc=noon - timedelta(days=before))


def _decide(dot: DotCham, by) -> QuyetDinhKetQua:
    """The levels that stand in the books so far are from here on those of the decision."""
    phuong, nam, ngay = dot.don_vi, dot.ky_bao_cao.nam, dot.ky_bao_cao.end
    XepLoaiDonVi.objects.under(phuong).filter(nam=nam).delete()
    SoVanBan.objects.update_or_create(
        don_vi=phuong, loai="QĐ", nam=nam, defaults={"so_cuoi": SO_TRUOC}
    )
    present = so_uy_vien(phuong, ngay)
    return decide_ket_qua(
        dot=dot,
        ngay=ngay,
        ngay_hop=ngay,
        phieu=Phieu(co_mat=present, tan_thanh=present),
        bien_ban_so=BIEN_BAN,
        by=by,
    )


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


def _published(dot: DotCham, chi_doan: DonVi, by) -> None:
    """One branch objects and waits for its answer."""
    _to_published(dot, by)
    line = next(line for line in _lines(dot) if line.don_vi_id == chi_doan.pk)
    ma = line.tieu_chi.order_by("pk").first().ma
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
