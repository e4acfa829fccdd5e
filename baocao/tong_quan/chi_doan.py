"""Home of a branch's people: the next thing to do, the others by urgency, three figures."""

from datetime import date

from django.urls import reverse

from baocao.dot_cham import viec as viec_dot_cham
from baocao.han import KHOA_HAN, LichNop
from baocao.viec import dem_chi_doan as dem_bao_cao
from chidoan.lich_nam import url_nam
from chidoan.models import ChiDoan, ChuDiem
from chidoan.moi.viec import ViecHen, the_hen
from chidoan.viec import HAN_GHI, viec_can_lam
from chidoan.viec_so import KHOA_SO, viec_so
from core.periods import KyBaoCao, het_ngay
from core.text.display import con_lai, ngay, phan_tram, thu
from tochuc.models import DonVi
from tochuc.quy_dinh import nhieu_theo_ngay
from tochuc.viec import Viec, sort_viec
from tudưong import viec_nguon
from tudưong.viec import viec_can_lam as viec_tu_duong


def chi_doan_context(user, don_vi: DonVi, day: date, *, goc: str = "") -> dict:
    """`goc` is the address of the site, for the links of an invitation."""
    duties = _duties(user, don_vi, day)
    first = _first(duties)
    minutes = sum(duty.so_phut for duty in duties)
    return {
        "title": f"Việc tháng {day.month}",
        "subtitle": _summary(len(duties), minutes),
        "bar_title": str(don_vi),
        "bar_sub": thu(day),
        "the": _card(first, don_vi, day, goc) if first else None,
        "viec": [duty for duty in duties if duty is not first],
        "het_viec": not duties,
        "thang": day.month,
        "kpis": _kpis(don_vi, day),
        "den_ngay": ngay(day),
    }


def _duties(user, don_vi: DonVi, day: date) -> list[Viec]:
    """Meetings, the register and cultivation together. Seven queries."""
    keys = [HAN_GHI, *KHOA_SO, *KHOA_HAN]
    doc = nhieu_theo_ngay(keys, don_vi=don_vi)
    settings = {key: doc(key, day) for key in keys}
    them = [
        *viec_nguon.dem_chi_doan(user, don_vi, day),
        *dem_bao_cao(user, don_vi, day, LichNop(doc)),
        *viec_dot_cham.dem_chi_doan(user, don_vi, day),
    ]
    return sort_viec(
        [
            *viec_can_lam(user, day, han_ghi=settings[HAN_GHI]),
            *viec_so(user, don_vi, day, settings, them=them),
            *viec_tu_duong(user, day),
        ]
    )


def _first(duties: list[Viec]) -> Viec | None:
    """The meeting on the card: the one that is called, else one that has to be logged."""
    called = sorted((d for d in duties if isinstance(d, ViecHen)), key=lambda d: d.buoi.ngay)
    to_log = (duty for duty in duties if duty.icon == "calendar-check")
    return called[0] if called else next(to_log, None)


def _summary(count: int, minutes: int) -> str:
    if not count:
        return ""
    return f"Còn {count} việc, khoảng {minutes} phút" if minutes else f"Còn {count} việc"


def _card(duty: Viec, don_vi: DonVi, day: date, goc: str) -> dict:
    """The meeting to log: when it is due, and the theme that the ward set. One query at most."""
    if isinstance(duty, ViecHen):
        return the_hen(duty, goc)
    month = duty.han or day
    theme = ChuDiem.objects.filter(
        don_vi__path=don_vi.path[: -DonVi.steplen], nam=month.year, thang=month.month
    ).first()
    due = f"Hạn {ngay(duty.han)} · {con_lai(duty.han, day)}" if duty.han else ""
    lines = [due, duty.chi_tiet, f"Chủ điểm: {theme}" if theme else ""]
    return {
        "title": duty.tieu_de,
        "icon": duty.icon,
        "lines": [line for line in lines if line],
        "url": duty.url,
        "action": duty.nut,
        "action_icon": "square-pen",
        "second_url": f"{reverse('chidoan:buoi_list')}?don_vi={don_vi.pk}",
        "second_label": "Các buổi đã ghi",
        "second_icon": "calendar-days",
    }


def _kpis(don_vi: DonVi, day: date) -> list[dict]:
    """Members, attendance of the last finished month, meetings held of those due, open
    resolutions. One query."""
    month = KyBaoCao.month_of(day).previous
    branch = (
        ChiDoan.objects.with_so_doan_vien(day)
        .with_du_hop(month.start, month.end)
        .with_nghi_quyet(day)
        .with_nhip()
        .with_buoi_nam(day.year)
        .get(pk=don_vi.pk)
    )
    rhythm = branch.nhip_nam(het_ngay(day))
    overdue = f"{branch.so_qua_han} quá hạn" if branch.so_qua_han else "không có việc quá hạn"
    return [
        {
            "label": "Đoàn viên",
            "value": branch.so_doan_vien,
            "note": "đang sinh hoạt",
            "url": reverse("doanvien:list"),
        },
        {
            "label": f"Dự sinh hoạt tháng {month.thang}",
            "value": f"{branch.so_du_hop}/{branch.so_danh_sach}" if branch.so_danh_sach else "–",
            "note": phan_tram(branch.so_du_hop / branch.so_danh_sach)
            if branch.so_danh_sach
            else "không có buổi nào",
            "url": f"{reverse('chidoan:diem_danh_list')}?ky={month.code}",
        },
        {
            "label": f"Đã họp năm {day.year}",
            "value": rhythm.da_hop,
            "fraction": f"/ {rhythm.phai_hop}" if rhythm.phai_hop else "",
            "note": "buổi phải họp" if rhythm.phai_hop else "chưa có buổi nào phải họp",
            "url": url_nam(branch, day.year),
        },
        {
            "label": "Nghị quyết đang làm",
            "value": branch.so_nghi_quyet,
            "note": overdue,
            "url": f"{reverse('chidoan:nghi_quyet_list')}?tinh_trang=dang_lam",
            "bad": bool(branch.so_qua_han),
        },
    ]
