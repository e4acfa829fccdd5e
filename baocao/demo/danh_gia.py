"""Ratings, the ward's findings and quarterly reports of Phường I."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from baocao.giay_to import submit_and_issue
from baocao.models import BaoCao, BuocBaoCao, PhanLoi, XepLoaiDonVi
from baocao.services.bao_cao import accept_bao_cao, open_bao_cao
from baocao.services.danh_gia import assess_chi_doan
from baocao.services.noi_dung import save_phan_loi
from baocao.services.quyet_dinh import record_xep_loai_chi_doan
from baocao.xep_hang import load_xep_hang
from core.periods import KyBaoCao
from doanvien.models import XepLoai
from doanvien.services import record_xep_loai
from tochuc.models import DonVi

from .phuong_1 import ChiDoanDemo
from .xep_loai import muc_hoi_nghi

XEP_LOAI_NGUOI, DANH_GIA, QUYET_DINH = (11, 15), (11, 25), (12, 10)
"""When, in each year, members are rated, criteria are assessed and branches are decided on."""
KIEM_TRA_GIUA_NAM = (7, 5)
GIUA_NAM = {
    "tot": {
        "so_chi_doan": ("htxs", "Kiểm tra sổ 6 tháng đầu năm: đủ 13 bảng"),
        "doan_phi": ("htxs", "Phiếu thu 6 tháng đầu năm"),
        "ren_luyen": ("htxs", "Danh sách đăng ký đầu năm, 100%"),
    },
    "kha": {
        "so_chi_doan": ("htxs", "Kiểm tra sổ 6 tháng đầu năm: đủ 13 bảng"),
        "doan_phi": ("htxs", "Phiếu thu 6 tháng đầu năm"),
        "ren_luyen": ("htt", "Danh sách đăng ký đầu năm, từ 80%"),
    },
    "yeu": {
        "so_chi_doan": ("ht", "Kiểm tra sổ 6 tháng đầu năm: thiếu bảng theo dõi sinh hoạt"),
        "doan_phi": ("ht", "Nộp chậm quý II, đã nhắc"),
    },
}
_CHUNG = {
    "ket_nap": ("htxs", "Danh sách thanh niên trên địa bàn: không còn nguồn kết nạp"),
    "ky_luat": ("htxs", "Không có quyết định kỷ luật"),
}
PHAT_HIEN = {
    "tot": {
        "nhiem_vu": ("htxs", "Báo cáo năm: đủ các việc được giao, có một sáng kiến"),
        "so_chi_doan": ("htxs", "Kiểm tra sổ tháng 10: đủ 13 bảng"),
        "doan_phi": ("htxs", "Phiếu thu các tháng, nộp đúng hạn"),
        "ren_luyen": ("htxs", "Danh sách đăng ký, 100%"),
        **_CHUNG,
    },
    "kha": {
        "nhiem_vu": ("htt", "Báo cáo năm: đủ các việc được giao"),
        "so_chi_doan": ("htxs", "Kiểm tra sổ tháng 10: đủ 13 bảng"),
        "doan_phi": ("htxs", "Phiếu thu các tháng, nộp đúng hạn"),
        "ren_luyen": ("htt", "Danh sách đăng ký, từ 80%"),
        **_CHUNG,
    },
    "yeu": {
        "nhiem_vu": ("ht", "Báo cáo năm: còn hai việc chưa xong"),
        "so_chi_doan": ("ht", "Kiểm tra sổ tháng 10: thiếu bảng theo dõi sinh hoạt"),
        "doan_phi": ("ht", "Nộp chậm quý II, đã nhắc"),
        "ren_luyen": ("ht", "Danh sách đăng ký, trên 50%"),
        **_CHUNG,
    },
}
PHAT_HIEN["ngung"] = PHAT_HIEN["yeu"]
LOI = {
    PhanLoi.Muc.TINH_HINH: "Tình hình thanh niên trên địa bàn ổn định, an tâm học tập và lao động.",
    PhanLoi.Muc.GIAO_DUC: "Các chi đoàn tổ chức học tập chuyên đề theo chủ điểm từng tháng.",
    PhanLoi.Muc.PHONG_TRAO: "Duy trì ngày thứ Bảy tình nguyện và ngày Chủ nhật xanh.",
    PhanLoi.Muc.XAY_DUNG_DOAN: "Giữ nếp sinh hoạt chi đoàn; tổ tu dưỡng họp đánh giá đúng quý.",
    PhanLoi.Muc.PHUONG_HUONG: "Tập trung giúp các chi đoàn còn khó khăn, kiện toàn bí thư.",
}


def ratings(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """Each year's ratings of members and branches, as far as the year has come by today.

    In its first half a year has no finding yet, so its ranking is provisional; it is complete
    once members are rated and criteria assessed, by the end of November.
    """
    for nam in range(homnay.year - 2, homnay.year + 1):
        for (thang, ngay), step in (
            (KIEM_TRA_GIUA_NAM, _check),
            (XEP_LOAI_NGUOI, _rate_members),
            (DANH_GIA, _assess),
            (QUYET_DINH, _decide),
        ):
            if date(nam, thang, ngay) < homnay:
                step(branches, phuong, date(nam, thang, ngay), by=by)


def _rate_members(branches: list[ChiDoanDemo], phuong: DonVi, ngay: date, *, by) -> None:
    rows = [
        XepLoai(
            doan_vien=nguoi,
            chi_doan=branch.don_vi,
            nam=ngay.year,
            muc=muc,
            so_quyet_dinh="26-QĐ/ĐTN",
            ngay=ngay,
        )
        for branch in branches
        for nguoi, muc in muc_hoi_nghi(branch, ngay.year)
    ]
    record_xep_loai(rows=rows, don_vi=phuong, by=by)


def _check(branches: list[ChiDoanDemo], phuong: DonVi, ngay: date, *, by) -> None:
    _record(branches, GIUA_NAM, ngay, by=by)


def _assess(branches: list[ChiDoanDemo], phuong: DonVi, ngay: date, *, by) -> None:
    _record(branches, PHAT_HIEN, ngay, by=by)


def _record(branches: list[ChiDoanDemo], findings: dict, ngay: date, *, by) -> None:
    for branch in branches:
        if branch.suc in findings:
            found = findings[branch.suc]
            assess_chi_doan(chi_doan=branch.don_vi, nam=ngay.year, danh_gia=found, ngay=ngay, by=by)


def _decide(branches: list[ChiDoanDemo], phuong: DonVi, ngay: date, *, by) -> None:
    """The ward decides as the criteria come out."""
    rows = [
        XepLoaiDonVi(
            don_vi=row.chi_doan,
            nam=ngay.year,
            thang=XepLoaiDonVi.Thang.HD33,
            muc=row.muc,
            so_quyet_dinh="28-QĐ/ĐTN",
            ngay=ngay,
        )
        for row in load_xep_hang(phuong, ngay.year).dong
        if row.muc
    ]
    record_xep_loai_chi_doan(rows=rows, don_vi=phuong, by=by)


def reports(phuong: DonVi, accounts, *, homnay: date) -> None:
    """Accepted reports of earlier quarters; the one that is looked for now is being written."""
    by, tren = accounts["demo.phuong"], accounts["demo.huyen"]
    last = KyBaoCao.quarter_due(homnay)
    earlier = []
    ky = last
    for _ in range(5):
        ky = ky.previous
        earlier.insert(0, ky)
    for ky in earlier:
        ngay = ky.end - timedelta(days=7)
        bao_cao = _write(open_bao_cao(don_vi=phuong, ky=ky, by=by), by=by)
        bao_cao = submit_and_issue(
            bao_cao=bao_cao,
            version=bao_cao.version,
            by=by,
            ly_do_trong="Không phát sinh",
            luc=_luc(ngay, 16),
        )
        accept_bao_cao(bao_cao=bao_cao, by=tren)
        _date_back(bao_cao, ngay)
    open_bao_cao(don_vi=phuong, ky=last, by=by)


def _write(bao_cao: BaoCao, *, by) -> BaoCao:
    for muc, noi_dung in LOI.items():
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung=noi_dung, version=0, by=by)
    return BaoCao.objects.get(pk=bao_cao.pk)


def _date_back(bao_cao: BaoCao, ngay: date) -> None:
    """The steps of earlier reports were taken then, not on the day the demo is made."""
    steps = BuocBaoCao.HanhDong
    for step, luc in (
        (steps.MO, _luc(ngay - timedelta(days=3), 9)),
        (steps.NOP, _luc(ngay, 16)),
        (steps.CHAP_NHAN, _luc(ngay + timedelta(days=2), 10)),
    ):
        bao_cao.buoc.filter(hanh_dong=step).update(luc=luc)
    bao_cao.phan_loi.update(sua_luc=_luc(ngay - timedelta(days=1), 15))


def _luc(ngay: date, gio: int) -> datetime:
    return timezone.make_aware(datetime.combine(ngay, time(gio, 40)))
