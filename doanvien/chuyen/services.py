"""One function for each signature of a transfer. Each is one transaction."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import capfirst

from core.errors import RuleError
from doanvien.models import BuocChuyen, ChuyenSinhHoat, DoanVien, QuaTrinh
from doanvien.services import check_chi_doan
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den

from . import quy_trinh
from .doan_phi import read_doan_phi, settle_doan_phi
from .giay_to import issue_giay
from .qua_trinh import (
    check_khoi,
    leave,
    lock_person,
    move_official,
    open_guest,
    open_official,
)

Loai = BuocChuyen.Loai
T = ChuyenSinhHoat.TrangThai
CHINH_THUC = ChuyenSinhHoat.Loai.CHINH_THUC


@dataclass(frozen=True, kw_only=True)
class NoiDen:
    """Nơi đến: a unit of the system as far as it is known, else its names in words."""

    phuong: DonVi | None = None
    chi_doan: DonVi | None = None
    ten_phuong: str = ""
    ten_chi_doan: str = ""

    @property
    def fields(self) -> dict:
        return {
            "phuong_den": self.phuong,
            "chi_doan_den": self.chi_doan,
            "noi_den": "" if self.phuong else ten_co_so(self.ten_phuong),
            "ten_chi_doan_den": "" if self.chi_doan else self.ten_chi_doan.strip(),
        }


def ten_co_so(text: str) -> str:
    """A Đoàn cơ sở named by hand: "phường Ninh Kiều" is "Đoàn phường Ninh Kiều" on paper."""
    name = re.sub(r"^(ban chấp hành|bch)\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
    if not name:
        return ""
    if name.lower().startswith(_DA_LA_DOAN):
        return capfirst(name)
    kind, _, rest = name.partition(" ")
    return f"Đoàn {kind.lower() if kind.lower() in _LOAI_HANH_CHINH else kind} {rest}".rstrip()


_LOAI_HANH_CHINH = {"phường", "xã", "đặc", "thị"}
_DA_LA_DOAN = (
    "đoàn ",
    "thành đoàn",
    "tỉnh đoàn",
    "huyện đoàn",
    "quận đoàn",
    "thị đoàn",
    "liên chi",
)


@transaction.atomic
def request(
    *,
    doan_vien: DoanVien,
    loai: str,
    noi_den: NoiDen,
    ngay: date,
    by,
    den_ngay: date | None = None,
    ly_do: str = "",
    nhan_xet: str = "",
    dong_phi_den: date | None = None,
    ly_do_no: str = "",
    dot: UUID | None = None,
) -> ChuyenSinhHoat:
    """The branch refers a member to its Đoàn cơ sở: first signature, with dues and a remark.

    Refused: without an official period, for a day before it began or in the future, while
    another transfer is open, to the own branch, to a branch that does not exist that day or
    may not receive that kind, with dues owed and no reason written.
    """
    person = lock_person(doan_vien)
    chi_doan = person.chi_doan
    _check_nguoi_di(person, ngay, by)
    _check_noi_den(noi_den, loai=loai, chi_doan_di=chi_doan, ngay=ngay)
    _check_den_ngay(loai, ngay, den_ngay)
    if loai == CHINH_THUC:
        dong_phi_den = settle_doan_phi(
            doan_vien=person, ngay=ngay, dong_phi_den=dong_phi_den, ly_do_no=ly_do_no
        )
    else:  # dues go on at home; the slip says how far they are paid
        dong_phi_den = read_doan_phi(person, ngay).dong_den
    chuyen = ChuyenSinhHoat.objects.create(
        doan_vien=person,
        loai=loai,
        chi_doan_di=chi_doan,
        phuong_di=chi_doan.cap_tren,
        ngay=ngay,
        ngay_buoc=ngay,
        den_ngay=None if loai == CHINH_THUC else den_ngay,
        ly_do=ly_do.strip(),
        nhan_xet=nhan_xet.strip(),
        dong_phi_den=dong_phi_den,
        ly_do_no=ly_do_no.strip(),
        dot=dot,
        tao_boi=by,
        **noi_den.fields,
    )
    buoc = quy_trinh.add_buoc(chuyen=chuyen, loai=Loai.DE_NGHI, don_vi=chi_doan, ngay=ngay, by=by)
    record(
        by=by,
        hanh_dong="chuyen.de_nghi",
        target=chuyen,
        loai=loai,
        ngay=ngay,
        nhap_thay=buoc.nhap_thay,
    )
    return chuyen


def _check_nguoi_di(person: DoanVien, ngay: date, by) -> None:
    """Who may be referred on that day, by whom."""
    if not by.may(Quyen.SUA_DOAN_VIEN, person.chi_doan):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
    period = open_official(person)
    check_da_den(ngay)
    if ngay < period.tu_ngay:
        raise RuleError(
            f"{person} về {period.chi_doan} từ {period.tu_ngay:%d/%m/%Y}. Chọn ngày sau đó.",
            field="ngay",
        )
    if ChuyenSinhHoat.objects.dang_mo().filter(doan_vien=person).exists():
        raise RuleError(f"{person} đang có một lần chuyển chưa xong. Xem lần chuyển đó trước.")


@transaction.atomic
def sign(
    *, chuyen: ChuyenSinhHoat, ngay: date, by, chi_doan_den: DonVi | None = None, version=None
) -> ChuyenSinhHoat:
    """The sender's Đoàn cơ sở refers: second signature; the slip gets its number.

    Inside the Đoàn cơ sở the receiving branch must be known by now, and comes next.
    """
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.PHUONG_DI, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    _check_con_o_chi_doan_di(current)
    changes = {"ngay_gioi_thieu": ngay}
    if current.is_noi_bo:
        changes["chi_doan_den"] = _chosen_branch(current, chi_doan_den, ngay)
    den = T.CHO_CHI_DOAN_DEN if current.is_noi_bo else T.CHO_PHUONG_DEN
    if current.is_ra_ngoai:
        den = T.CHO_NOI_KHAC
    buoc = quy_trinh.take(
        chuyen=current, loai=Loai.PHUONG_DI, den=den, ngay=ngay, by=by, changes=changes
    )
    giay = issue_giay(chuyen=current, by=by)
    current.so_giay, current.ngay_giay = giay.so_ky_hieu, giay.ngay
    current.save(update_fields=["so_giay", "ngay_giay"])
    buoc.so_van_ban = giay.so_ky_hieu
    buoc.save(update_fields=["so_van_ban"])
    return current


@transaction.atomic
def receive(
    *, chuyen: ChuyenSinhHoat, chi_doan_den: DonVi, ngay: date, by, version=None
) -> ChuyenSinhHoat:
    """The receiving Đoàn cơ sở refers the person to one of its branches: third signature."""
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.PHUONG_DEN, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    _check_con_o_chi_doan_di(current)
    branch = _chosen_branch(current, chi_doan_den, ngay)
    quy_trinh.take(
        chuyen=current,
        loai=Loai.PHUONG_DEN,
        den=T.CHO_CHI_DOAN_DEN,
        ngay=ngay,
        by=by,
        changes={"chi_doan_den": branch},
    )
    return current


@transaction.atomic
def confirm(*, chuyen: ChuyenSinhHoat, ngay: date, by, version=None) -> ChuyenSinhHoat:
    """The receiving branch takes the person in from `ngay` on: fourth signature.

    Only now the rolls change. Refused for a day in the future or before the request.
    """
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.XAC_NHAN, by=by, version=version)
    _check_ngay_nhan(current, ngay)
    _check_con_o_chi_doan_di(current)
    person = lock_person(current.doan_vien)
    if current.loai == CHINH_THUC:
        period = move_official(person=person, chi_doan=current.chi_doan_den, tu_ngay=ngay)
    else:
        period = open_guest(
            person=person,
            chi_doan=current.chi_doan_den,
            loai=current.loai,
            tu_ngay=ngay,
            den_ngay=current.den_ngay,
        )
    quy_trinh.take(
        chuyen=current,
        loai=Loai.XAC_NHAN,
        den=T.XONG,
        ngay=ngay,
        by=by,
        changes={"qua_trinh": period},
    )
    return current


@transaction.atomic
def confirm_elsewhere(*, chuyen: ChuyenSinhHoat, ngay: date, by, version=None) -> ChuyenSinhHoat:
    """The slip came back confirmed by a unit outside the system, which took the person in."""
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.NOI_KHAC, by=by, version=version)
    _check_ngay_nhan(current, ngay)
    _check_con_o_chi_doan_di(current)
    if current.loai == CHINH_THUC:
        leave(person=lock_person(current.doan_vien), tu_ngay=ngay)
    quy_trinh.take(chuyen=current, loai=Loai.NOI_KHAC, den=T.XONG, ngay=ngay, by=by)
    return current


@transaction.atomic
def refuse(*, chuyen: ChuyenSinhHoat, ngay: date, ly_do: str, by, version=None) -> ChuyenSinhHoat:
    """Whoever was to sign does not; the transfer goes back to the branch with the reason."""
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.TU_CHOI, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    _check_ly_do(ly_do, "Ghi lý do từ chối để chi đoàn đi biết cần làm gì.")
    quy_trinh.take(
        chuyen=current, loai=Loai.TU_CHOI, den=T.TU_CHOI, ngay=ngay, by=by, ly_do=ly_do.strip()
    )
    return current


@transaction.atomic
def resend(
    *,
    chuyen: ChuyenSinhHoat,
    noi_den: NoiDen,
    ngay: date,
    by,
    ly_do: str = "",
    dong_phi_den: date | None = None,
    ly_do_no: str = "",
    version=None,
) -> ChuyenSinhHoat:
    """The branch sends a refused transfer again, mended or to somewhere else."""
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.GUI_LAI, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    _check_con_o_chi_doan_di(current)
    _check_noi_den(noi_den, loai=current.loai, chi_doan_di=current.chi_doan_di, ngay=ngay)
    if current.loai == CHINH_THUC:
        dong_phi_den = settle_doan_phi(
            doan_vien=current.doan_vien, ngay=ngay, dong_phi_den=dong_phi_den, ly_do_no=ly_do_no
        )
    changes = {
        **noi_den.fields,
        "ngay_gioi_thieu": None,
        "dong_phi_den": dong_phi_den,
        "ly_do_no": ly_do_no.strip(),
    }
    quy_trinh.take(
        chuyen=current,
        loai=Loai.GUI_LAI,
        den=T.CHO_PHUONG_DI,
        ngay=ngay,
        by=by,
        changes=changes,
        ly_do=ly_do.strip(),
    )
    return current


@transaction.atomic
def withdraw(*, chuyen: ChuyenSinhHoat, ngay: date, ly_do: str, by, version=None) -> ChuyenSinhHoat:
    """The branch takes its request back before the end; the person stays where he is."""
    current = quy_trinh.begin(chuyen=chuyen, loai=Loai.RUT, by=by, version=version)
    quy_trinh.check_ngay(current, ngay)
    _check_ly_do(ly_do, "Ghi lý do rút.")
    quy_trinh.take(chuyen=current, loai=Loai.RUT, den=T.RUT, ngay=ngay, by=by, ly_do=ly_do.strip())
    return current


def _check_con_o_chi_doan_di(chuyen: ChuyenSinhHoat) -> None:
    """Who has left meanwhile (grown out, struck from the roll …) is referred nowhere."""
    periods = QuaTrinh.objects.chinh_thuc().filter(den_ngay__isnull=True)
    if not periods.filter(doan_vien=chuyen.doan_vien_id, chi_doan=chuyen.chi_doan_di_id).exists():
        raise RuleError(
            f"{chuyen.doan_vien} không còn sinh hoạt tại {chuyen.chi_doan_di}. Từ chối kèm lý do "
            "để chi đoàn đi rút việc chuyển này."
        )


def _check_ngay_nhan(chuyen: ChuyenSinhHoat, ngay: date) -> None:
    check_da_den(ngay)
    if ngay < chuyen.ngay:
        raise RuleError(
            f"Ngày {ngay:%d/%m/%Y} trước ngày chi đoàn đi đề nghị ({chuyen.ngay:%d/%m/%Y}).",
            field="ngay",
        )


def _check_ly_do(ly_do: str, message: str) -> None:
    if not ly_do.strip():
        raise RuleError(message, field="ly_do")


def _check_den_ngay(loai: str, ngay: date, den_ngay: date | None) -> None:
    if loai == ChuyenSinhHoat.Loai.TAM_THOI and den_ngay is None:
        raise RuleError("Ghi sinh hoạt tạm thời đến hết ngày nào.", field="den_ngay")
    if loai != CHINH_THUC and den_ngay and den_ngay < ngay:
        raise RuleError("Ngày hết hạn phải từ ngày đề nghị trở đi.", field="den_ngay")


def _check_noi_den(noi_den: NoiDen, *, loai: str, chi_doan_di: DonVi, ngay: date) -> None:
    if noi_den.phuong is None and not noi_den.ten_phuong.strip():
        raise RuleError("Ghi nơi đến.", field="noi_den")
    if noi_den.chi_doan is None:
        return
    _check_branch(noi_den.chi_doan, phuong=noi_den.phuong, loai=loai, ngay=ngay)
    if noi_den.chi_doan.pk == chi_doan_di.pk:
        raise RuleError("Chi đoàn đến phải khác chi đoàn đi.", field="chi_doan_den")


def _chosen_branch(chuyen: ChuyenSinhHoat, chosen: DonVi | None, ngay: date) -> DonVi:
    branch = chosen or chuyen.chi_doan_den
    if branch is None:
        raise RuleError("Chọn chi đoàn tiếp nhận.", field="chi_doan_den")
    _check_branch(branch, phuong=chuyen.phuong_den, loai=chuyen.loai, ngay=ngay)
    if branch.pk == chuyen.chi_doan_di_id:
        raise RuleError("Chi đoàn đến phải khác chi đoàn đi.", field="chi_doan_den")
    return branch


def _check_branch(branch: DonVi, *, phuong: DonVi, loai: str, ngay: date) -> None:
    try:
        check_chi_doan(branch, ngay)
    except RuleError as refusal:
        raise RuleError(str(refusal), field="chi_doan_den") from refusal
    if not branch.path.startswith(phuong.path):
        raise RuleError(f"{branch} không thuộc {phuong}.", field="chi_doan_den")
    check_khoi(branch, QuaTrinh.Loai(loai))
