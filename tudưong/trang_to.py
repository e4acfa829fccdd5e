"""What the page of a group shows: each member's path over the quarters, and what is due."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.urls import reverse

from core.periods import KyBaoCao
from core.text.display import NBSP, ngay, so
from tochuc.permissions import Quyen

from .duong_di import hinh_nho
from .models import (
    DanhGia,
    HoSo,
    KeHoachTo,
    KyDanhGia,
    NhiemVu,
    QuyetDinhTo,
    ThanhVienTo,
    ToTuDuong,
)
from .quyen import GHI_HO_SO, may_one_of

SO_QUY = 4
SO_QUY_HINH = 8


@dataclass
class HangThanhVien:
    """One line of the group: a member, the levels of the last quarters, tasks, case."""

    thanh_vien: ThanhVienTo
    quy: list[DanhGia | None] = field(default_factory=list)
    hinh: str = ""
    so_viec: int = 0
    so_qua_han: int = 0
    ho_so: HoSo | None = None

    @property
    def ket_luan(self) -> str:
        """The group's latest verdict, where it says more than to go on."""
        latest = next((row for row in reversed(self.quy) if row and row.ket_luan), None)
        if latest is None or latest.ket_luan == DanhGia.KetLuan.TIEP_TUC:
            return ""
        return latest.get_ket_luan_display()


def with_quyet_dinh(groups):
    """Annotate the decision in force (`qd_so`, `qd_ngay`), and when the last one came or went."""
    valid = QuyetDinhTo.objects.con_hieu_luc().filter(to=OuterRef("pk"))
    return groups.annotate(
        qd_so=Subquery(valid.values("so_van_ban")[:1]),
        qd_ngay=Subquery(valid.values("ngay")[:1]),
        vao_cuoi=Max("thanh_vien__tu_ngay"),
        thoi_cuoi=Max("thanh_vien__den_ngay"),
    )


def quyet_dinh_line(to: ToTuDuong, hang: list[HangThanhVien], user) -> dict:
    """What the page says of the group's decisions: a sentence, and what is to be done about it."""
    line = {"text": "", "viec": "", "may_issue": user.may(Quyen.KY_HO_SO, to.don_vi)}
    if to.qd_so:
        line["text"] = f"Số {to.qd_so}, {ngay(to.qd_ngay)}"
        if to.vao_cuoi > to.qd_ngay or (to.thoi_cuoi and to.thoi_cuoi >= to.qd_ngay):
            line["viec"] = "Tổ đã thay người từ quyết định này: ban hành quyết định kiện toàn."
    elif to.so_quyet_dinh:
        line["text"] = f"Thành lập theo quyết định số {to.so_quyet_dinh}"
    elif hang:
        line["viec"] = "Chưa có quyết định thành lập: xem bản thảo rồi ban hành."
    else:
        line["text"] = "Thêm các đồng chí vào tổ rồi ban hành quyết định thành lập."
    return line


def ke_hoach_cua(to: ToTuDuong, nam: int) -> KeHoachTo | None:
    """The plan of that year."""
    return to.ke_hoach.filter(nam=nam).first()


def last_sessions(to: ToTuDuong) -> list[KyDanhGia]:
    """The last eight sessions, newest first, with how far each is; lists show four of them."""
    return list(to.ky_danh_gia.with_tien_do().order_by("-nam", "-quy")[:SO_QUY_HINH])


def rows_of(to: ToTuDuong, sessions: list[KyDanhGia], day: date) -> list[HangThanhVien]:
    """The members of today, the leader first; four queries for any number of them."""
    members = list(to.thanh_vien.chua_thoi().select_related("doan_vien", "chi_doan"))
    reviews = {
        (row.thanh_vien_id, row.ky_id): row
        for row in DanhGia.objects.filter(ky__in=sessions, thanh_vien__in=members).select_related(
            "ky"
        )
    }
    tasks = {
        row["thanh_vien"]: row
        for row in NhiemVu.objects.dang_lam()
        .filter(thanh_vien__in=members)
        .order_by()
        .values("thanh_vien")
        .annotate(so=Count("pk"), qua_han=Count("pk", filter=Q(han__lt=day)))
    }
    cases = {
        row.doan_vien_id: row
        for row in HoSo.objects.dang_mo().filter(doan_vien__in=[m.doan_vien_id for m in members])
    }
    oldest_first = sessions[::-1]
    return [
        HangThanhVien(
            thanh_vien=member,
            quy=[reviews.get((member.pk, ky.pk)) for ky in oldest_first[-SO_QUY:]],
            hinh=hinh_nho(member, [reviews.get((member.pk, ky.pk)) for ky in oldest_first]),
            so_viec=tasks.get(member.pk, {}).get("so", 0),
            so_qua_han=tasks.get(member.pk, {}).get("qua_han", 0),
            ho_so=cases.get(member.doan_vien_id),
        )
        for member in members
    ]


def tasks_due(to: ToTuDuong, limit: int = 6) -> list[NhiemVu]:
    """The open tasks of the group that are due first."""
    rows = NhiemVu.objects.dang_lam().filter(thanh_vien__to=to, thanh_vien__den_ngay__isnull=True)
    return list(rows.select_related("thanh_vien__doan_vien").order_by("han", "pk")[:limit])


def session_entries(sessions: list[KyDanhGia]) -> list[dict]:
    """The sessions as a timeline, newest first."""
    return [
        {
            "title": f"Quý {ky.quy_la_ma}/{ky.nam}",
            "when": ngay(ky.ngay),
            "lines": [_session_line(ky)],
            "state": "now" if ky.is_mo else "done",
            "icon": "pencil-line" if ky.is_mo else "",
            "url": ky.get_absolute_url(),
            "url_label": "Đánh giá tiếp" if ky.is_mo else "Xem kỳ này",
        }
        for ky in sessions
    ]


def history_of(doan_vien, den: date) -> list[DanhGia]:
    """All reviews of a member in sessions up to that day, newest first."""
    rows = DanhGia.objects.filter(thanh_vien__doan_vien=doan_vien, ky__ngay__lte=den)
    return list(rows.select_related("ky", "thanh_vien").order_by("-ky__nam", "-ky__quy"))


def review_entries(history: list[DanhGia], current: DanhGia | None = None) -> list[dict]:
    """The last four quarters of a history as a timeline, newest first (picture 04)."""
    return [_review_entry(row, current) for row in history[:SO_QUY]]


def url_mo_ho_so(thanh_vien: ThanhVienTo, user) -> str:
    """Where the case of a member whom the group found ready is opened, by who may; "" while
    there is a case, or no closed session said so. One query."""
    if not may_one_of(user, GHI_HO_SO, thanh_vien.chi_doan):
        return ""
    waits = ThanhVienTo.objects.filter(pk=thanh_vien.pk).with_cho_gioi_thieu()
    if not waits.filter(la_cho_gioi_thieu=True).exists():
        return ""
    return f"{reverse('tuduong:ho_so_open')}?doan_vien={thanh_vien.doan_vien_id}"


def next_quarter(sessions: list[KyDanhGia], day: date) -> KyBaoCao | None:
    """The quarter whose session is due: this one, unless it has been opened or one is open."""
    now = KyBaoCao.quarter_of(day)
    if any(ky.is_mo or (ky.nam, ky.quy) == (now.nam, now.quy) for ky in sessions):
        return None
    return now


def _session_line(ky: KyDanhGia) -> str:
    if ky.is_mo:
        return f"Đã đánh giá {ky.so_da_xong}/{ky.so_nguoi}"
    return f"{ky.so_du_hop}/{ky.so_nguoi}{NBSP}đồng chí dự"


def _review_entry(row: DanhGia, current: DanhGia | None) -> dict:
    quy = f"Quý {row.ky.quy_la_ma}/{row.ky.nam}"
    here = row == current
    level = row.muc_ngan
    entry = {
        "title": f"{quy}: {level}" if level else quy,
        "lines": [f"cần khắc phục {so(len(row.cac_dieu))}" if level else "Chưa nhận xét"],
        "state": "now" if here and row.ky.is_mo else "done" if level else "todo",
        "icon": "pencil-line" if here and row.ky.is_mo else "",
    }
    if not here:
        entry |= {"url": reverse("tuduong:danh_gia", args=[row.pk]), "url_label": "Xem"}
    return entry
