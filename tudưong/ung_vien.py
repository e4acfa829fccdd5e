"""Who may be chosen: for a group, for the class about the Party, for the list of sympathisers."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from core.periods import today
from doanvien.models import DoanVien, XepLoai
from tochuc.permissions import Quyen

from .models import BoiDuongNhanThuc, DeXuatVaoTo, HoSo, NguonVaoTo, ThanhVienTo, ToTuDuong
from .services.to import XUAT_SAC, quy_mo_to

_CUA = {"doan_vien": OuterRef("pk")}


def chua_vao_dang(user, quyen: Quyen):
    """Members at work on whose branch `user` holds the right, and who are in no Party."""
    people = DoanVien.objects.permitted_to(user, quyen).dang_sinh_hoat().co_chi_doan()
    return people.filter(ngay_vao_dang__isnull=True)


def de_xuat_duoc(user, quyen: Quyen):
    """Who can be proposed: in no group, without a proposal that waits."""
    return chua_vao_dang(user, quyen).filter(
        ~Exists(ThanhVienTo.objects.chua_thoi().filter(**_CUA)),
        ~Exists(DeXuatVaoTo.objects.cho_xet().filter(**_CUA)),
    )


def nguon_vao_to(user):
    """Candidates of the wards that `user` leads: proposed and waiting, or rated the year before.

    Each with `de_xuat` (its number), `nguon` and the vote of its proposal, the level of the year
    before and the day until which a certificate counts.
    """
    waiting = DeXuatVaoTo.objects.cho_xet().filter(**_CUA)
    rated = XepLoai.objects.filter(nam=today().year - 1, muc__in=XUAT_SAC, **_CUA)
    certificate = BoiDuongNhanThuc.objects.duoc_cap().filter(**_CUA).order_by("-ngay_cap", "-pk")
    people = chua_vao_dang(user, Quyen.QUAN_LY_TU_DUONG).annotate(
        de_xuat=Subquery(waiting.values("pk")[:1]),
        nguon_de_xuat=Subquery(waiting.values("nguon")[:1]),
        tan_thanh=Subquery(waiting.values("tan_thanh")[:1]),
        co_quyen=Subquery(waiting.values("co_quyen")[:1]),
        xuat_sac=Exists(rated),
        chung_nhan_den=Subquery(certificate.values("hieu_luc_den")[:1]),
    )
    return people.filter(
        Q(de_xuat__isnull=False) | Q(xuat_sac=True),
        ~Exists(ThanhVienTo.objects.chua_thoi().filter(**_CUA)),
    ).order_by(F("de_xuat").asc(nulls_last=True), *DoanVien._meta.ordering)


def loc_nguon(people, nguon: str):
    """Of these candidates those from one source."""
    if nguon == NguonVaoTo.XEP_LOAI:
        return people.filter(xuat_sac=True)
    return people.filter(nguon_de_xuat=nguon)


def cam_tinh_dang(user):
    """The list of sympathisers in view: recognised, at work, in no Party."""
    return chua_vao_dang(user, Quyen.XEM_TU_DUONG).filter(ngay_cam_tinh__isnull=False)


def chua_cam_tinh(user):
    return chua_vao_dang(user, Quyen.QUAN_LY_TU_DUONG).filter(ngay_cam_tinh__isnull=True)


def cu_hoc_duoc(user):
    """Who is sent to the class: in a group, a sympathiser or with an open case, in no class."""
    in_group = ThanhVienTo.objects.dang_boi_duong(today()).filter(**_CUA)
    in_case = HoSo.objects.dang_mo().filter(**_CUA)
    return chua_vao_dang(user, Quyen.QUAN_LY_TU_DUONG).filter(
        Q(ngay_cam_tinh__isnull=False) | Exists(in_group) | Exists(in_case),
        ~Exists(BoiDuongNhanThuc.objects.dang_hoc().filter(**_CUA)),
    )


def co_chung_nhan_duoc(user):
    """Who may bring a certificate from a class that is not on record."""
    running = BoiDuongNhanThuc.objects.dang_hoc().filter(**_CUA)
    return chua_vao_dang(user, Quyen.QUAN_LY_TU_DUONG).filter(~Exists(running))


def cac_to(user) -> list[ToTuDuong]:
    """The groups at work that `user` leads, each with `so_nguoi` and, by its ward's setting,
    `quy_mo`: how many it may have. Two queries for a ward, whatever number of groups it has."""
    day = today()
    rows = ToTuDuong.objects.permitted_to(user, Quyen.QUAN_LY_TU_DUONG).tai_ngay(day)
    groups = list(rows.with_so_nguoi(day).select_related("don_vi"))
    sizes = {to.don_vi: quy_mo_to(to, day) for to in {one.don_vi: one for one in groups}.values()}
    for to in groups:
        to.quy_mo = sizes[to.don_vi]
    return groups
