"""What the review page of one member shows beside its form (picture 04)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from chidoan.models import DiemDanh
from core.periods import ROMAN
from core.text.display import NBSP
from tochuc.permissions import Quyen

from .dieu_kien import DieuKien, dieu_kien_cua
from .models import DanhGia, NhiemVu
from .quyen import GHI_TRONG_TO, may_one_of
from .services.danh_gia import merge_points
from .trang_to import history_of, review_entries, url_mo_ho_so


@dataclass(frozen=True)
class Trang:
    """Everything around one review; `truoc` and `sau` are its neighbours in the session."""

    danh_gia: DanhGia
    dieu_truoc: list[dict]
    nhiem_vu: list[NhiemVu]
    nhiem_vu_sau: list[NhiemVu]
    quy: list[dict]
    dieu_kien: list[DieuKien]
    so_sinh_hoat: str
    truoc: DanhGia | None
    sau: DanhGia | None
    so_da_xong: int
    so_nguoi: int
    so_du_hop: int
    may_edit: bool
    may_comment: bool
    may_issue: bool
    mo_ho_so: str
    """Where the case of a member who was found ready is opened, while there is none."""
    back: str

    @property
    def so_dat(self) -> int:
        return sum(row.dat for row in self.dieu_kien)

    @property
    def chua_khac_phuc(self) -> int:
        return sum(row["trang_thai"] != DanhGia.KhacPhuc.DA for row in self.dieu_truoc)


def read_trang(danh_gia: DanhGia, *, user, day: date) -> Trang:
    ky, thanh_vien = danh_gia.ky, danh_gia.thanh_vien
    peers = list(ky.danh_gia.select_related("thanh_vien__doan_vien"))
    place = [row.pk for row in peers].index(danh_gia.pk)
    sees_group = user.may(Quyen.XEM_TU_DUONG, ky.to.don_vi)
    leads = user.may(Quyen.QUAN_LY_TU_DUONG, ky.to.don_vi)
    history = history_of(thanh_vien.doan_vien_id, ky.ngay)
    own = NhiemVu.objects.filter(thanh_vien=thanh_vien)
    tasks = list((own.cua_ky(ky) | own.giao_o_ky(ky)).with_tien_do())
    given = [row for row in tasks if row.giao_ngay == ky.ngay and row.ky_danh_gia_id != ky.pk]
    return Trang(
        danh_gia=danh_gia,
        dieu_truoc=[_shown(row) for row in _points(danh_gia, history)],
        nhiem_vu=[row for row in tasks if row not in given],
        nhiem_vu_sau=given,
        quy=review_entries(history, danh_gia),
        dieu_kien=dieu_kien_cua(
            thanh_vien.doan_vien,
            day,
            so_quy=sum(not row.ky.is_mo for row in history),
            don_vi=ky.to.don_vi,
        ),
        so_sinh_hoat=_attendance(danh_gia),
        truoc=peers[place - 1] if place and sees_group else None,
        sau=peers[place + 1] if place + 1 < len(peers) and sees_group else None,
        so_da_xong=sum(bool(row.muc) for row in peers),
        so_nguoi=len(peers),
        so_du_hop=sum(row.du_hop for row in peers),
        may_edit=ky.is_mo and leads,
        may_comment=ky.is_mo and may_one_of(user, GHI_TRONG_TO, thanh_vien.chi_doan),
        may_issue=leads and not ky.is_mo,
        mo_ho_so=url_mo_ho_so(thanh_vien, user) if danh_gia.is_du_dieu_kien else "",
        back=ky.get_absolute_url() if sees_group else reverse("tuduong:thanh_vien_list"),
    )


def _points(danh_gia: DanhGia, history: list[DanhGia]) -> list[dict]:
    """In a closed session what was answered stands; in an open one it is worked out."""
    if not danh_gia.ky.is_mo:
        return danh_gia.khac_phuc_truoc
    to = danh_gia.thanh_vien.to_id
    earlier = [row for row in history if row != danh_gia and row.thanh_vien.to_id == to]
    return merge_points(danh_gia, earlier[0] if earlier else None)


def _shown(dieu: dict) -> dict:
    """A point with its day and, if it is older than last quarter, where it began."""
    nam, quy = dieu["tu"].split("Q")
    return {
        **dieu,
        "ngay_ghi": date.fromisoformat(dieu["ngay"]),
        "tu_quy": f"quý {ROMAN[int(quy)]}/{nam}",
        "lap_lai": dieu.get("lap_lai", False),
        "chu": dict(DanhGia.KhacPhuc.choices).get(dieu["trang_thai"], ""),
    }


def _attendance(danh_gia: DanhGia) -> str:
    """What the branch's book says of the member in the quarter."""
    rolls = DiemDanh.objects.da_hop().filter(
        doan_vien=danh_gia.thanh_vien.doan_vien_id,
        buoi__ngay__range=(danh_gia.ky.ky.start, danh_gia.ky.ky.end),
    )
    counted = rolls.aggregate(
        tong=Count("pk"), du=Count("pk", filter=Q(trang_thai__in=DiemDanh.DU_HOP))
    )
    if not counted["tong"]:
        return "Sổ sinh hoạt: quý này chưa có buổi nào."
    return f"Sổ sinh hoạt: quý này dự {counted['du']}/{counted['tong']}{NBSP}buổi của chi đoàn."
