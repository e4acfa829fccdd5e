"""What the pages of an initiative show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chidoan.models import (
    ChiDoan,
    ChucVu,
    DanhGiaMoHinh,
    KetQuaCamKet,
    MoHinh,
    MucCamKet,
    NhatKyMoHinh,
    NhomCamKet,
)
from core.periods import KyBaoCao, today
from core.text import fold
from doanvien.ket_nap.queries import NguoiMoi, gioi_thieu_theo_chi_doan
from doanvien.models import DoanVien, QuaTrinh
from tochuc.models import DonVi
from tochuc.permissions import Quyen

MO_HINH = MoHinh.objects.select_related("don_vi", "diem", "goc__don_vi")


def may_ghi(user, mo_hinh: MoHinh) -> bool:
    """Whether the person ticks and logs: the ward's people, or the pilot branch's."""
    return user.may(Quyen.GHI_SINH_HOAT, mo_hinh.noi_lam)


def chi_doan_khac(mo_hinh: MoHinh, day: date):
    """The ward's branches where it is not tried by this very initiative."""
    rows = ChiDoan.objects.under(mo_hinh.don_vi).dang_hoat_dong(day)
    return rows.exclude(pk=mo_hinh.diem_id)


def don_vi_khac(mo_hinh: MoHinh, user, quyen: Quyen, day: date):
    """The other wards to which the person may offer it."""
    wards = DonVi.objects.permitted_to(user, quyen).co_so().dang_hoat_dong(day)
    return wards.exclude(pk=mo_hinh.don_vi_id).order_by("path")


# ---- commitments ---------------------------------------------------------------------------


@dataclass
class DongCamKet:
    """A check with what was said of it in the quarter, or nothing yet."""

    muc: MucCamKet
    ket_qua: KetQuaCamKet | None = None

    @property
    def muc_do(self) -> str:
        return self.ket_qua.muc_do if self.ket_qua else ""

    @property
    def ghi_chu(self) -> str:
        return self.ket_qua.ghi_chu if self.ket_qua else ""


@dataclass
class NhomTrang:
    """A group with its checks."""

    nhom: NhomCamKet
    dong: list[DongCamKet] = field(default_factory=list)


@dataclass(frozen=True)
class TienDo:
    """How many checks were kept, of how many there are, and how many nobody spoke of yet."""

    dat: int
    tong: int
    chua_ghi: int


def cam_ket(mo_hinh: MoHinh, ky: KyBaoCao) -> list[NhomTrang]:
    """The groups with their checks as they stood in the quarter. Three queries.

    A check that was given up is shown where something was said of it.
    """
    groups = {row.pk: NhomTrang(row) for row in mo_hinh.nhom_cam_ket.all()}
    said = {row.muc_id: row for row in KetQuaCamKet.objects.cua(mo_hinh, ky)}
    for muc in MucCamKet.objects.cua(mo_hinh):
        if not muc.thoi or muc.pk in said:
            groups[muc.nhom_id].dong.append(DongCamKet(muc, said.get(muc.pk)))
    return list(groups.values())


def tien_do(groups: Sequence[NhomTrang]) -> TienDo:
    rows = [row for group in groups for row in group.dong]
    return TienDo(
        sum(row.muc_do == KetQuaCamKet.MucDo.DAT for row in rows),
        len(rows),
        sum(not row.muc_do for row in rows),
    )


# ---- 1+1 -----------------------------------------------------------------------------------


@dataclass
class NguoiMotCongMot:
    """A member of the pilot branch and the people whom he introduced this year."""

    doan_vien: DoanVien
    duoc_ket_nap: list[NguoiMoi] = field(default_factory=list)


@dataclass
class MotCongMot:
    """ "1+1" of the pilot branch, or of the whole ward, in a year up to `den`."""

    ky: KyBaoCao
    den: date
    so_doan_vien: int
    so_nguoi: int
    so_ket_nap: int
    nguoi: list[NguoiMotCongMot] = field(default_factory=list)


def mot_cong_mot(mo_hinh: MoHinh, nam: int, *, ten: bool = False) -> MotCongMot:
    """Who introduced somebody who was admitted: the counts of "1+1" in the register. Four
    queries; with `ten` one more, for the names of all members of the pilot branch."""
    ky = KyBaoCao(nam)
    den = min(ky.end, mo_hinh.don_vi.ngay_so_lieu(today()))
    rows = gioi_thieu_theo_chi_doan(mo_hinh.noi_lam, ky)
    found = MotCongMot(
        ky,
        den,
        sum(row.so_doan_vien for row in rows),
        sum(row.so_nguoi_gioi_thieu for row in rows),
        sum(row.so_duoc_ket_nap for row in rows),
    )
    if ten and mo_hinh.diem_id:
        done = {one.doan_vien.pk: one.duoc_ket_nap for row in rows for one in row.nguoi}
        people = [NguoiMotCongMot(dv, done.get(dv.pk, [])) for dv in _doan_vien(mo_hinh.diem, den)]
        found.nguoi = sorted(people, key=lambda row: -len(row.duoc_ket_nap))
    return found


def _doan_vien(chi_doan: DonVi, day: date) -> list[DoanVien]:
    rows = QuaTrinh.objects.under(chi_doan).chinh_thuc().tai_ngay(day)
    rows = rows.select_related("doan_vien").order_by("doan_vien__khoa_sap_xep", "pk")
    return [row.doan_vien for row in rows]


# ---- the team ------------------------------------------------------------------------------


def goi_y_to(don_vi: DonVi, day: date) -> list[str]:
    """Names to choose from for a team: who holds an office in the ward or a branch. One query."""
    rows = ChucVu.objects.under(don_vi).tai_ngay(day).order_by("don_vi__path", "pk")
    return list(dict.fromkeys(rows.values_list("ho_ten", flat=True)))


def noi_voi_so(don_vi: DonVi, names: Sequence[str], day: date) -> dict[str, tuple[int | None, str]]:
    """For each name the member of the ward who bears it, when there is one alone, and the office
    he holds there. Two queries."""
    people: dict[str, list[int]] = {}
    wanted = {fold(name) for name in names}
    members = QuaTrinh.objects.under(don_vi).chinh_thuc().tai_ngay(day)
    for pk, ho_ten in members.filter(doan_vien__khoa_tim__in=wanted).values_list(
        "doan_vien", "doan_vien__ho_ten"
    ):
        people.setdefault(ho_ten, []).append(pk)
    held = ChucVu.objects.under(don_vi).tai_ngay(day).filter(ho_ten__in=names)
    offices: dict[str, str] = {}
    for row in held.select_related("don_vi").order_by("don_vi__path", "pk"):
        offices.setdefault(row.ho_ten, f"{row.get_chuc_danh_display()} {row.don_vi}")
    return {
        name: (
            people[name][0] if len(people.get(name, [])) == 1 else None,
            offices.get(name, ""),
        )
        for name in names
    }


# ---- log and reviews -----------------------------------------------------------------------


def nhat_ky(mo_hinh: MoHinh):
    """The log with `so_anh`, newest first. One query."""
    return NhatKyMoHinh.objects.cua(mo_hinh).with_so_anh().order_by("-ngay", "-pk")


def danh_gia_theo_ky(mo_hinh: MoHinh) -> dict[str, DanhGiaMoHinh]:
    """Every review by the code of its quarter. One query."""
    return {row.ky: row for row in DanhGiaMoHinh.objects.cua(mo_hinh)}


def danh_gia_quy(mo_hinh: MoHinh, ky: KyBaoCao) -> DanhGiaMoHinh | None:
    """The review of a quarter. One query."""
    return DanhGiaMoHinh.objects.cua(mo_hinh).filter(ky=ky.code).first()


def danh_gia_truoc(mo_hinh: MoHinh, ky: KyBaoCao) -> DanhGiaMoHinh | None:
    """The review before: what was promised in it opens the next one. One query."""
    return DanhGiaMoHinh.objects.cua(mo_hinh).truoc(ky).first()
