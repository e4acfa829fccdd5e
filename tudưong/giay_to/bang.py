"""Bảng giấy tờ: every paper of a case that prints from the register, one entry each.

An entry says what the paper is called in addresses, which line of the checklist it is, what it
says, in whose register it is numbered and who issues it. Pages, issuing, Word and the checklist
read this table and know nothing of single papers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from core.pdf import Paper
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tudưong.danh_muc import TU_HE_THONG
from tudưong.models import BuocHoSo, GiayTo, HoSo
from tudưong.queries import danh_gia_vao_ho_so, giay_to_cua
from tudưong.quyen import GHI_HO_SO, may_one_of
from tudưong.services.bien_ban import CUA_BCH as CUA_BCH_HOP
from tudưong.services.bien_ban import CUA_CHI_DOAN as CUA_CHI_DOAN_HOP
from tudưong.services.bien_ban import cac_phieu, find_bien_ban
from tudưong.services.van_ban import nhan_xet_du_bi_cua, tu_nhan_xet_cua

from .bien_ban import bien_ban
from .nghi_quyet import nghi_quyet_bch, nghi_quyet_chi_doan
from .nhan_xet_du_bi import nhan_xet_du_bi
from .phieu_chuyen import phieu_chuyen
from .phieu_quy import phieu_nhan_xet
from .trich_ngang import trich_ngang
from .tu_nhan_xet import tu_nhan_xet

Dong, Loai = GiayTo.Loai, BuocHoSo.Loai
CUA_CHI_DOAN = (Quyen.DE_NGHI_HO_SO, Quyen.KY_HO_SO)
CUA_CO_SO = (Quyen.KY_HO_SO,)


@dataclass(frozen=True)
class Giay:
    """A paper as it stands: what it tells of, who issues it, its day, and its declaration.

    `declare(so, ma)` gives the paper with a number and a check code; without them, the draft.
    """

    target: Model
    don_vi: DonVi
    ngay: date
    declare: Callable[..., Paper | Sequence[Paper]]
    ho_so: Sequence[HoSo] = ()  # whose checklist it belongs to, when it is of several cases
    phieu: Sequence[int] = ()  # of minutes: the votes that they tell of


@dataclass(frozen=True)
class LoaiGiay:
    """A kind of paper: `read` gives it of a case, None before there is anything to print.

    `so` is its register, `ky` who issues it; without them it prints and bears no number.
    `co` says the same as `read` from the checklist alone, for pages that show many lines.
    `day_du` is the right to what the paper tells beyond the case: without it, it is printed anew
    without that. `soan` is the page on which it is written.
    """

    ma: str
    dong: str
    so: str
    ten: str
    read: Callable[..., Giay | None]
    co: Callable[[HoSo, GiayTo], bool]
    ky: tuple[Quyen, ...] = ()
    day_du: Quyen | None = None
    soan: str = ""

    def don_vi(self, ho_so: HoSo) -> DonVi:
        """Whose paper it is: the branch's own, or the ward's."""
        return ho_so.chi_doan if self.ky == CUA_CHI_DOAN else ho_so.don_vi

    def sees_all(self, ho_so: HoSo, user) -> bool:
        return self.day_du is None or user.may(self.day_du, self.don_vi(ho_so))

    def may_write(self, ho_so: HoSo, user) -> bool:
        """The branch writes its own papers, the ward any."""
        quyen = GHI_HO_SO if self.ky != CUA_CO_SO else (Quyen.LAP_HO_SO,)
        return may_one_of(user, quyen, ho_so.chi_doan)

    def may_issue(self, ho_so: HoSo, user) -> bool:
        return may_one_of(user, self.ky, ho_so.chi_doan)


def last_vote(ho_so: HoSo, *loai: str) -> BuocHoSo | None:
    """The last vote of the kind with its tally, taken where the case is now; one query."""
    row = ho_so.buoc.phieu(*loai).first()
    return None if row is None or row.loai == Loai.CHUYEN else row


def _nghi_quyet_chi_doan(ho_so: HoSo) -> Giay | None:
    buoc = last_vote(ho_so, Loai.DE_NGHI)
    return buoc and _resolution(ho_so, buoc, ho_so.chi_doan, nghi_quyet_chi_doan)


def _nghi_quyet_bch(ho_so: HoSo) -> Giay | None:
    buoc = last_vote(ho_so, Loai.NGHI_QUYET)
    return buoc and _resolution(ho_so, buoc, ho_so.don_vi, nghi_quyet_bch)


def _resolution(ho_so: HoSo, buoc: BuocHoSo, don_vi: DonVi, paper) -> Giay:
    ngay = buoc.ngay_van_ban or buoc.ngay
    return Giay(buoc, don_vi, ngay, lambda so="", ma="": paper(ho_so, buoc, so, ma))


def _bien_ban(*loai: str):
    """The minutes of the last vote of that kind; in full they tell of every case of the day."""

    def read(ho_so: HoSo, *, day_du: bool = True) -> Giay | None:
        buoc = last_vote(ho_so, *loai)
        if buoc is None:
            return None
        row = find_bien_ban(buoc)
        phieu = cac_phieu(buoc, row)
        shown = phieu if day_du else [step for step in phieu if step.ho_so_id == ho_so.pk]
        return Giay(
            row,
            row.don_vi,
            row.ngay,
            lambda so="", ma="": bien_ban(row, shown, so, ma, la_trich=len(shown) < len(phieu)),
            [step.ho_so for step in phieu],
            [step.pk for step in phieu],
        )

    return read


def _trich_ngang(ho_so: HoSo, *, day_du: bool = True) -> Giay | None:
    if ho_so.ngay_gioi_thieu is None:
        return None
    return Giay(
        ho_so,
        ho_so.don_vi,
        ho_so.ngay_gioi_thieu,
        lambda so="", ma="": trich_ngang(ho_so, so, ma, nhay_cam=day_du),
    )


def _phieu_quy(ho_so: HoSo) -> Giay | None:
    """The slips of the last quarters, those that go into the dossier."""
    reviews = danh_gia_vao_ho_so(ho_so)
    if not reviews:
        return None
    return Giay(
        ho_so,
        ho_so.don_vi,
        reviews[-1].ky.ngay,
        lambda so="", ma="": [phieu_nhan_xet(row, ma) for row in reviews],
    )


def _tu_nhan_xet(ho_so: HoSo) -> Giay:
    """Also before anything is typed: a form to fill in by hand."""
    row = tu_nhan_xet_cua(ho_so)
    ngay = row.ngay or ho_so.ngay_buoc
    return Giay(row, ho_so.chi_doan, ngay, lambda so="", ma="": tu_nhan_xet(row))


def _phieu_chuyen(ho_so: HoSo) -> Giay | None:
    """The letter of the last time the case was sent."""
    buoc = ho_so.buoc.filter(loai__in=(Loai.GUI, Loai.GUI_LAI)).order_by("thu_tu").last()
    if buoc is None:
        return None

    def declare(so="", ma=""):
        giay_to = [row for row in giay_to_cua(ho_so) if row.is_co or is_printed_anyway(ho_so, row)]
        return phieu_chuyen(ho_so, buoc, giay_to, so, ma)

    return Giay(buoc, ho_so.don_vi, buoc.ngay, declare)


def is_printed_anyway(ho_so: HoSo, row: GiayTo) -> bool:
    """Made from the register: at hand as soon as there is something to print."""
    return row.loai in TU_HE_THONG and THEO_DONG[row.loai].co(ho_so, row)


def _nhan_xet_du_bi(ho_so: HoSo) -> Giay | None:
    if ho_so.ngay_ket_nap is None:
        return None
    row = nhan_xet_du_bi_cua(ho_so)
    return Giay(row, ho_so.don_vi, row.ngay, lambda so="", ma="": nhan_xet_du_bi(row, so, ma))


BANG: dict[str, LoaiGiay] = {
    loai.ma: loai
    for loai in (
        LoaiGiay(
            "4_1-knd",
            Dong.NQ_CHI_DOAN,
            "NQ",
            "Nghị quyết đề nghị giới thiệu đoàn viên ưu tú vào Đảng",
            _nghi_quyet_chi_doan,
            co=lambda _, dong: dong.is_co,
            ky=CUA_CHI_DOAN,
        ),
        LoaiGiay(
            "bien-ban-chi-doan",
            Dong.BB_CHI_DOAN,
            "BB",
            "Biên bản họp chi đoàn xét giới thiệu đoàn viên ưu tú vào Đảng",
            _bien_ban(*CUA_CHI_DOAN_HOP),
            co=lambda _, dong: dong.is_co,
            ky=CUA_CHI_DOAN,
            day_du=Quyen.XEM_HO_SO,
            soan="tuduong:bien_ban_chi_doan",
        ),
        LoaiGiay(
            "4-knd",
            Dong.NQ_BCH,
            "NQ",
            "Nghị quyết giới thiệu đoàn viên ưu tú vào Đảng",
            _nghi_quyet_bch,
            co=lambda ho_so, _: bool(ho_so.ngay_gioi_thieu),
            ky=CUA_CO_SO,
        ),
        LoaiGiay(
            "bien-ban-bch",
            Dong.BB_BCH,
            "BB",
            "Biên bản họp Ban Chấp hành xét giới thiệu đoàn viên ưu tú vào Đảng",
            _bien_ban(*CUA_BCH_HOP),
            co=lambda ho_so, _: bool(ho_so.ngay_gioi_thieu),
            ky=CUA_CO_SO,
            day_du=Quyen.XEM_HO_SO,
            soan="tuduong:bien_ban_bch",
        ),
        LoaiGiay(
            "trich-ngang",
            Dong.TRICH_NGANG,
            "DS",
            "Danh sách trích ngang đoàn viên ưu tú giới thiệu để Đảng xem xét",
            _trich_ngang,
            co=lambda ho_so, _: bool(ho_so.ngay_gioi_thieu),
            ky=CUA_CO_SO,
            day_du=Quyen.XEM_NHAY_CAM,
        ),
        LoaiGiay(
            "phieu-quy",
            Dong.PHIEU_QUY,
            "PNX",
            "Phiếu nhận xét kết quả rèn luyện của đoàn viên tham gia Tổ tu dưỡng",
            _phieu_quy,
            co=lambda _, dong: bool(dong.so_phieu),
        ),
        LoaiGiay(
            "tu-nhan-xet",
            Dong.TU_NHAN_XET,
            "TNX",
            "Bản tự nhận xét của đoàn viên ưu tú",
            _tu_nhan_xet,
            co=lambda *_: True,
            soan="tuduong:tu_nhan_xet",
        ),
        LoaiGiay(
            "chuyen-ho-so",
            "",
            "CV",
            "Công văn chuyển hồ sơ giới thiệu đoàn viên ưu tú",
            _phieu_chuyen,
            co=lambda ho_so, _: bool(ho_so.ngay_gui),
            ky=CUA_CO_SO,
        ),
        LoaiGiay(
            "nhan-xet-du-bi",
            "",
            "NX",
            "Ý kiến nhận xét đảng viên dự bị",
            _nhan_xet_du_bi,
            co=lambda ho_so, _: bool(ho_so.ngay_ket_nap),
            ky=CUA_CO_SO,
            soan="tuduong:nhan_xet_du_bi",
        ),
    )
}

THEO_DONG = {loai.dong: loai for loai in BANG.values() if loai.dong}
"""The paper that a line of the checklist prints as."""


def giay_cua(ho_so: HoSo, loai: LoaiGiay, *, day_du: bool = True) -> Giay | None:
    """The paper of a case; `day_du`: with what needs a right beyond that to the case."""
    return loai.read(ho_so, day_du=day_du) if loai.day_du else loai.read(ho_so)
