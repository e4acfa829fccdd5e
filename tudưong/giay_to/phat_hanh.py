"""Issuing the papers of a case: number, check code, stored bytes; titles name nobody.

`/kiem-tra/` shows an issued paper's title to anybody who holds the paper.
"""

from collections.abc import Iterable

from django.db import transaction

from core.errors import RuleError
from tochuc.audit import record
from tochuc.ghi_nho import remembering
from tochuc.models import DonVi, VanBan
from tochuc.the_thuc import issue_paper
from tochuc.van_ban import TAI_CHO, MayIn, issue
from tudưong.models import BienBanHop, BuocHoSo, ChatVan, DanhGia, GiayTo, HoSo

from .bang import BANG, THEO_DONG, LoaiGiay, giay_cua
from .bo_ho_so import TIEU_DE_HS, Buoc, bo_ho_so, missing_for_print, read_buoc, with_code
from .chung import cau
from .cong_van import cong_van
from .phieu_quy import phieu_nhan_xet

TIEU_DE_CV = "Công văn đề nghị cho biết kết quả xem xét, kết nạp đảng viên"
TIEU_DE_PHIEU = BANG["phieu-quy"].ten


@transaction.atomic
def issue_giay(*, ho_so: HoSo, loai: LoaiGiay, by, may_in: MayIn = TAI_CHO) -> VanBan:
    """Issue a paper of the case's table, and note its number where the case tells of it.

    Refused while there is nothing to print. The committee's resolution rests on the branch's:
    that one is numbered before it, and nothing of the case may be missing.
    """
    if loai.dong == GiayTo.Loai.NQ_BCH:
        _prepare_nghi_quyet_bch(ho_so, by, may_in)
    giay = giay_cua(ho_so, loai)
    if giay is None:
        raise RuleError(f"Chưa lập được: {cau(loai.ten)}. Ghi bước trước của hồ sơ.")
    if giay.target.pk is None:
        raise RuleError(f"{loai.ten}: chưa soạn. Ghi nội dung rồi mới ban hành.")
    van_ban = issue_paper(
        giay.declare,
        target=giay.target,
        don_vi=giay.don_vi,
        loai=loai.so,
        ngay=giay.ngay,
        title=loai.ten,
        by=by,
        may_in=may_in,
    )
    _write_number(giay.target, van_ban)
    if isinstance(giay.target, BienBanHop):
        BuocHoSo.objects.filter(pk__in=giay.phieu).update(bien_ban=giay.target)
    if loai.dong:
        for one in giay.ho_so or [ho_so]:
            _link(one, loai.dong, van_ban)
    return van_ban


def issue_nghi_quyet_chi_doan(*, ho_so: HoSo, by, may_in: MayIn = TAI_CHO) -> VanBan:
    """4_1-KNĐ, numbered in the branch's register. Refused before the branch has voted."""
    return issue_giay(ho_so=ho_so, loai=BANG["4_1-knd"], by=by, may_in=may_in)


@transaction.atomic
def issue_cong_van(*, chat_van: ChatVan, by) -> VanBan:
    """The letter of a query, numbered in the ward's register of letters."""
    van_ban = issue_paper(
        lambda so, ma: cong_van(chat_van, so, ma),
        target=chat_van,
        don_vi=chat_van.ho_so.don_vi,
        loai="CV",
        ngay=chat_van.ngay,
        title=TIEU_DE_CV,
        by=by,
    )
    chat_van.van_ban = van_ban
    chat_van.save(update_fields=["van_ban"])
    buoc = chat_van.ho_so.buoc.filter(loai=BuocHoSo.Loai.CONG_VAN).order_by("thu_tu").last()
    BuocHoSo.objects.filter(pk=buoc.pk).update(so_van_ban=van_ban.so_ky_hieu)
    return van_ban


@transaction.atomic
def issue_phieu(*, danh_gia: DanhGia, by) -> VanBan:
    """The quarterly slip; it has a check code but no number. Refused before the session closed."""
    if danh_gia.ky.is_mo:
        raise RuleError("Kỳ đánh giá chưa kết thúc.")
    return issue_paper(
        lambda _so, ma: phieu_nhan_xet(danh_gia, ma),
        target=danh_gia,
        don_vi=danh_gia.ky.to.don_vi,
        loai="PNX",
        ngay=danh_gia.ky.ngay,
        title=TIEU_DE_PHIEU,
        by=by,
        co_so=False,
    )


@remembering
@transaction.atomic
def issue_bo_ho_so(*, ho_so: HoSo, by, may_in: MayIn = TAI_CHO) -> VanBan:
    """The whole dossier as one file; what in it has no number yet is issued first."""
    lock_registers([ho_so])
    _check_complete(ho_so, read_buoc(ho_so))
    for dong in ho_so.giay_to.values_list("loai", flat=True):
        loai = THEO_DONG.get(dong)
        giay = loai and loai.ky and giay_cua(ho_so, loai)
        if giay and giay.target.pk:
            issue_giay(ho_so=ho_so, loai=loai, by=by, may_in=may_in)
    ho_so = HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get(pk=ho_so.pk)
    booklet = bo_ho_so(ho_so, nhay_cam=True)
    return issue(
        target=ho_so,
        don_vi=ho_so.don_vi,
        loai="HS",
        ngay=ho_so.ngay_gioi_thieu,
        tieu_de=TIEU_DE_HS,
        noi_dung=booklet,
        render=lambda so, ma: with_code(booklet, ma),
        by=by,
        co_so=False,
        may_in=may_in,
    )


def lock_registers(cases: Iterable[HoSo]) -> None:
    """Take the locks of all units in whose registers the dossiers are numbered, in one order.

    Who took them one by one, with audit lines between, could wait for somebody who waits for him.
    """
    units = {unit for ho_so in cases for unit in (ho_so.don_vi_id, ho_so.chi_doan_id)}
    list(DonVi.objects.select_for_update(of=("self",)).filter(pk__in=units).order_by("pk"))


def issued(target, loai: str) -> VanBan | None:
    """The version of a paper that stands, if it was issued."""
    return VanBan.objects.issued(target, loai)


def issued_nghi_quyet_chi_doan(ho_so: HoSo) -> VanBan | None:
    """The issued resolution of the branch's last vote; two queries."""
    step = read_buoc(ho_so).de_nghi
    return issued(step, "NQ") if step else None


def record_print(*, ho_so: HoSo, giay: str, by) -> None:
    """One audit line for each print of a case's paper."""
    record(by=by, hanh_dong="ho_so.print", target=ho_so, giay=giay)


def _prepare_nghi_quyet_bch(ho_so: HoSo, by, may_in: MayIn) -> None:
    buoc = read_buoc(ho_so)
    _check_complete(ho_so, buoc)
    if not buoc.de_nghi.so_van_ban:
        issue_nghi_quyet_chi_doan(ho_so=ho_so, by=by, may_in=may_in)


def _write_number(target, van_ban: VanBan) -> None:
    """A step keeps the number of the paper that it brought forth, a row of its own the paper."""
    if hasattr(target, "van_ban_id"):
        target.van_ban = van_ban
        target.save(update_fields=["van_ban"])
    if isinstance(target, BuocHoSo) and target.so_van_ban != van_ban.so_ky_hieu:
        target.so_van_ban = van_ban.so_ky_hieu
        target.save(update_fields=["so_van_ban"])


def _check_complete(ho_so: HoSo, buoc: Buoc) -> None:
    thieu = missing_for_print(ho_so, buoc)
    if thieu:
        raise RuleError(" ".join(thieu))


def _link(ho_so: HoSo, loai: str, van_ban: VanBan) -> None:
    GiayTo.objects.filter(ho_so=ho_so, loai=loai).update(
        van_ban=van_ban, so=van_ban.so_ky_hieu, tinh_trang=GiayTo.TinhTrang.DA_KY, ngay=van_ban.ngay
    )
