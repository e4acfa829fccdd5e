"""Issuing the papers of a case: number, check code, stored bytes; titles name nobody.

`/kiem-tra/` shows an issued paper's title to anybody who holds the paper.
"""

from django.db import transaction

from core.errors import RuleError
from core.pdf import render_pdf
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.van_ban import issue
from tudưong.models import BuocHoSo, ChatVan, DanhGia, GiayTo, HoSo

from .bo_ho_so import Buoc, missing_for_print, noi_dung, read_buoc, render_bo_ho_so
from .cong_van import cong_van
from .nghi_quyet import nghi_quyet_bch, nghi_quyet_chi_doan
from .phieu_quy import phieu_nhan_xet
from .trich_ngang import trich_ngang

TIEU_DE_NQ_BCH = "Nghị quyết giới thiệu đoàn viên ưu tú vào Đảng"
TIEU_DE_NQ_CHI_DOAN = "Nghị quyết đề nghị giới thiệu đoàn viên ưu tú vào Đảng"
TIEU_DE_DS = "Danh sách trích ngang đoàn viên ưu tú giới thiệu để Đảng xem xét"
TIEU_DE_CV = "Công văn đề nghị cho biết kết quả xem xét, kết nạp đảng viên"
TIEU_DE_HS = "Hồ sơ giới thiệu đoàn viên ưu tú vào Đảng"
TIEU_DE_PHIEU = "Phiếu nhận xét kết quả rèn luyện của đoàn viên tham gia Tổ tu dưỡng"


@transaction.atomic
def issue_nghi_quyet_chi_doan(*, ho_so: HoSo, by) -> VanBan:
    """4_1-KNĐ, numbered in the branch's register. Refused before the branch has voted."""
    buoc = read_buoc(ho_so).de_nghi
    if buoc is None:
        raise RuleError("Chưa ghi biểu quyết của chi đoàn.")
    van_ban = _issue_resolution(
        ho_so, buoc, ho_so.chi_doan, nghi_quyet_chi_doan, TIEU_DE_NQ_CHI_DOAN, by
    )
    _link(ho_so, GiayTo.Loai.NQ_CHI_DOAN, van_ban)
    return van_ban


@transaction.atomic
def issue_nghi_quyet_bch(*, ho_so: HoSo, by) -> VanBan:
    """4-KNĐ, numbered in the ward's register; the branch's resolution it rests on comes first.

    Refused while a remark is empty, a vote is missing or the Party cell is not named.
    """
    buoc = read_buoc(ho_so)
    _check_complete(ho_so, buoc)
    if not buoc.de_nghi.so_van_ban:
        issue_nghi_quyet_chi_doan(ho_so=ho_so, by=by)
    van_ban = _issue_resolution(
        ho_so, buoc.nghi_quyet, ho_so.don_vi, nghi_quyet_bch, TIEU_DE_NQ_BCH, by
    )
    _link(ho_so, GiayTo.Loai.NQ_BCH, van_ban)
    return van_ban


@transaction.atomic
def issue_trich_ngang(*, ho_so: HoSo, by) -> VanBan:
    """The list with its sensitive column; for those who may see that."""
    if ho_so.ngay_gioi_thieu is None:
        raise RuleError("Chưa có nghị quyết của Ban Chấp hành.")
    van_ban = issue(
        target=ho_so,
        don_vi=ho_so.don_vi,
        loai="DS",
        ngay=ho_so.ngay_gioi_thieu,
        tieu_de=TIEU_DE_DS,
        noi_dung=trich_ngang(ho_so, nhay_cam=True),
        render=lambda so, ma: render_pdf(
            trich_ngang(ho_so, so, ma, nhay_cam=True), title=TIEU_DE_DS
        ),
        by=by,
    )
    _link(ho_so, GiayTo.Loai.TRICH_NGANG, van_ban)
    return van_ban


@transaction.atomic
def issue_cong_van(*, chat_van: ChatVan, by) -> VanBan:
    """The letter of a query, numbered in the ward's register of letters."""
    van_ban = issue(
        target=chat_van,
        don_vi=chat_van.ho_so.don_vi,
        loai="CV",
        ngay=chat_van.ngay,
        tieu_de=TIEU_DE_CV,
        noi_dung=cong_van(chat_van),
        render=lambda so, ma: render_pdf(cong_van(chat_van, so, ma), title=TIEU_DE_CV),
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
    return issue(
        target=danh_gia,
        don_vi=danh_gia.ky.to.don_vi,
        loai="PNX",
        ngay=danh_gia.ky.ngay,
        tieu_de=TIEU_DE_PHIEU,
        noi_dung=phieu_nhan_xet(danh_gia),
        render=lambda so, ma: render_pdf(phieu_nhan_xet(danh_gia, ma), title=TIEU_DE_PHIEU),
        by=by,
        co_so=False,
    )


@transaction.atomic
def issue_bo_ho_so(*, ho_so: HoSo, by) -> VanBan:
    """The whole dossier as one file; what in it has no number yet is issued first."""
    _check_complete(ho_so, read_buoc(ho_so))
    issue_nghi_quyet_bch(ho_so=ho_so, by=by)
    so_ds = issue_trich_ngang(ho_so=ho_so, by=by).so_ky_hieu
    ho_so = HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get(pk=ho_so.pk)
    buoc = read_buoc(ho_so)
    return issue(
        target=ho_so,
        don_vi=ho_so.don_vi,
        loai="HS",
        ngay=ho_so.ngay_gioi_thieu,
        tieu_de=TIEU_DE_HS,
        noi_dung=noi_dung(ho_so, buoc, so_ds),
        render=lambda so, ma: render_bo_ho_so(
            ho_so, buoc, so_ds=so_ds, ma=ma, nhay_cam=True, title=TIEU_DE_HS
        ),
        by=by,
        co_so=False,
    )


def issued(target, loai: str) -> VanBan | None:
    """The newest version of a paper, if it was issued."""
    return VanBan.objects.of(target).filter(loai=loai).order_by("phien_ban").last()


def record_print(*, ho_so: HoSo, giay: str, by) -> None:
    """One audit line for each print of a case's paper."""
    record(by=by, hanh_dong="ho_so.print", target=ho_so, giay=giay)


def _issue_resolution(ho_so, buoc: BuocHoSo, don_vi, paper, tieu_de: str, by) -> VanBan:
    van_ban = issue(
        target=buoc,
        don_vi=don_vi,
        loai="NQ",
        ngay=buoc.ngay_van_ban or buoc.ngay,
        tieu_de=tieu_de,
        noi_dung=paper(ho_so, buoc),
        render=lambda so, ma: render_pdf(paper(ho_so, buoc, so, ma), title=tieu_de),
        by=by,
    )
    if buoc.so_van_ban != van_ban.so_ky_hieu:
        buoc.so_van_ban = van_ban.so_ky_hieu
        buoc.save(update_fields=["so_van_ban"])
    return van_ban


def _check_complete(ho_so: HoSo, buoc: Buoc) -> None:
    thieu = missing_for_print(ho_so, buoc)
    if thieu:
        raise RuleError(" ".join(thieu))


def _link(ho_so: HoSo, loai: str, van_ban: VanBan) -> None:
    GiayTo.objects.filter(ho_so=ho_so, loai=loai).update(
        van_ban=van_ban, so=van_ban.so_ky_hieu, tinh_trang=GiayTo.TinhTrang.DA_KY, ngay=van_ban.ngay
    )
