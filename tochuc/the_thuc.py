"""What the numbered papers of every part share: head, check line, and who signs.

Source: 29-HD/TWĐTN-VP 2013 and the dated settings. Offices are kept in a layer above; the
setting OFFICES names the function that tells who held which on a day.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from core.pdf import CheckLine, Heading, Paper, Print, Signer, TheThuc, dia_danh_ngay, render_pdf

from .ghi_nho import remembered
from .models import DonVi, VanBan
from .quy_dinh import gia_tri_nhieu
from .van_ban import TAI_CHO, MayIn, dia_danh, dong_so_trong, issue, ten_tai_ngay, tieu_de_don_vi

PHONG_KY_CHI_DOAN = 22  # mm; a branch has no seal
PHONG_KY_CO_SO = 30
KHOA_THE_THUC = ("co_chu_van_ban", "dau_duoi_co_quan", "chuc_vu_in_dam", "vi_tri_tieu_de")
CHUC_VU = {"bi_thu": "BÍ THƯ", "pho_bi_thu": "PHÓ BÍ THƯ"}


@dataclass(frozen=True)
class Office:
    """Chức vụ (an office held on a day): `trong_bch` when it belongs to the committee,
    `tam_quyen` ("quyen", "lam_thoi") when it is held for a time only."""

    chuc_danh: str
    ho_ten: str
    trong_bch: bool
    tam_quyen: str = ""

    @property
    def ky_la(self) -> str:
        """As it stands above a signature: "BÍ THƯ", "QUYỀN BÍ THƯ"."""
        role = CHUC_VU[self.chuc_danh]
        if self.tam_quyen == "quyen":
            return f"QUYỀN {role}"
        return f"{role} LÂM THỜI" if self.tam_quyen else role


@remembered
def offices(don_vi: DonVi, ngay: date) -> list[Office]:
    """Who held which office of the unit on that day. One query."""
    return import_string(settings.OFFICES)(don_vi, ngay)


def heading(
    don_vi: DonVi, ngay: date, *, loai: str, so: str = "", mau: str = "", trich_yeu: str = ""
) -> Heading:
    """The head of a numbered paper; without a number yet, dots in its place."""
    cap_tren, co_quan = tieu_de_don_vi(don_vi, ngay)
    values = gia_tri_nhieu(["in_nhan_mau", *KHOA_THE_THUC], ngay=ngay, don_vi=don_vi)
    return Heading(
        cap_tren=cap_tren,
        co_quan=co_quan,
        so=f"Số: {so}" if so else dong_so_trong(don_vi=don_vi, loai=loai, ngay=ngay),
        dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), ngay),
        mau=mau if str(values["in_nhan_mau"]) == "1" else "",
        trich_yeu_cong_van=trich_yeu,
        the_thuc=_the_thuc(values),
    )


def _the_thuc(values: Mapping) -> TheThuc:
    """How the unit wants its papers on that day (papers.md 3)."""
    sao = values["dau_duoi_co_quan"]
    return TheThuc(
        co_chu=int(values["co_chu_van_ban"]),
        sao="" if sao == "khong" else sao,
        chuc_vu_dam=str(values["chuc_vu_in_dam"]) == "1",
        tieu_de_trai=values["vi_tri_tieu_de"] == "trai",
    )


def check_line(ma: str) -> CheckLine | None:
    """The line by which a paper is checked; a draft has none."""
    return CheckLine(ma, settings.PUBLIC_HOST) if ma else None


def nguoi_ky(don_vi: DonVi, ngay: date, *, thuong_vu: bool = False) -> Signer:
    """Who signs for the unit on that day: its secretary, else a deputy, else an empty line.

    `thuong_vu`: for the standing committee, where the ward has one. A branch without a
    committee signs for the branch. A deputy signs for the body, or, where the unit has set it,
    in the secretary's stead (KT.).
    """
    held = offices(don_vi, ngay)
    values = gia_tri_nhieu(["chu_thay_mat", "pho_ky_thay"], ngay=ngay, don_vi=don_vi)
    holder = _holder(held)
    role = holder.ky_la if holder else "BÍ THƯ"
    is_pho = bool(holder) and holder.chuc_danh == "pho_bi_thu"
    thay = ["KT. BÍ THƯ"] if is_pho and str(values["pho_ky_thay"]) == "1" else []
    return Signer(
        [f"{values['chu_thay_mat']} {_body(don_vi, held, thuong_vu)}", *thay, role],
        holder.ho_ten if holder else "",
        room_mm=PHONG_KY_CHI_DOAN if don_vi.is_chi_doan else PHONG_KY_CO_SO,
    )


def has_bch(don_vi: DonVi, ngay: date) -> bool:
    return any(office.trong_bch for office in offices(don_vi, ngay))


def has_thuong_vu(don_vi: DonVi, ngay: date) -> bool:
    return any(office.chuc_danh == "uy_vien_btv" for office in offices(don_vi, ngay))


def ten_bch(don_vi: DonVi, ngay: date) -> str:
    return f"Ban Chấp hành {ten_tai_ngay(don_vi, ngay)}"


def preview(paper: Callable[[str, str], Paper | Sequence[Paper]], *, title: str) -> bytes:
    """The paper as it stands: dots for its number, nothing to check. Changes nothing."""
    return render_pdf(paper("", ""), title=title)


def issue_paper(
    paper: Callable[[str, str], Paper | Sequence[Paper]],
    *,
    target,
    don_vi: DonVi,
    loai: str,
    ngay: date,
    title: str,
    by,
    co_so: bool = True,
    may_in: MayIn = TAI_CHO,
) -> VanBan:
    """Issue what `paper(so, ma)` declares; `title` names nobody, anybody with the paper sees it.

    The same content gives the stored bytes again, see `tochuc.van_ban.issue`.
    """
    return issue(
        target=target,
        don_vi=don_vi,
        loai=loai,
        ngay=ngay,
        tieu_de=title,
        noi_dung=paper("", ""),
        render=lambda so, ma: Print(paper(so, ma), title),
        by=by,
        co_so=co_so,
        may_in=may_in,
    )


def _holder(held: list[Office]) -> Office | None:
    for chuc_danh in CHUC_VU:
        found = next((office for office in held if office.chuc_danh == chuc_danh), None)
        if found:
            return found
    return None


def _body(don_vi: DonVi, held: list[Office], thuong_vu: bool) -> str:
    if don_vi.is_chi_doan:
        has_committee = any(office.trong_bch for office in held)
        return "BAN CHẤP HÀNH CHI ĐOÀN" if has_committee else "CHI ĐOÀN"
    btv = any(office.chuc_danh == "uy_vien_btv" for office in held)
    return "BAN THƯỜNG VỤ" if thuong_vu and btv else "BAN CHẤP HÀNH"
