"""Ratings, the ward's findings and quarterly reports of Phường I."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from baocao.models import BaoCao, PhanLoi, XepLoaiChiDoan
from baocao.services.bao_cao import accept_bao_cao, open_bao_cao, submit_bao_cao
from baocao.services.danh_gia import assess_chi_doan
from baocao.services.noi_dung import save_phan_loi
from baocao.services.quyet_dinh import record_xep_loai_chi_doan
from core.periods import KyBaoCao
from doanvien.models import XepLoai
from doanvien.services import record_xep_loai
from tochuc.models import DonVi

from .phuong_1 import ChiDoanDemo

MUC = XepLoai.Muc
NGUOI = {"tot": "AABA", "kha": "ABAB", "yeu": "BCBC", "ngung": "BBCB"}
MUC_NGUOI = {"A": MUC.XUAT_SAC, "B": MUC.TOT, "C": MUC.HOAN_THANH}
CHI_DOAN = {"tot": "htxs", "kha": "htt", "yeu": "ht", "ngung": "kht"}
PHAT_HIEN = {
    "tot": {
        "nhiem_vu": ("htxs", "Báo cáo năm: đủ các việc được giao, có một sáng kiến"),
        "so_chi_doan": ("htxs", "Kiểm tra sổ tháng 10: đủ 13 bảng"),
        "doan_phi": ("htxs", "Phiếu thu 12 tháng"),
        "ren_luyen": ("htxs", "Danh sách đăng ký, 100%"),
        "ky_luat": ("htxs", "Không có quyết định kỷ luật"),
    },
    "kha": {
        "nhiem_vu": ("htt", "Báo cáo năm: đủ các việc được giao"),
        "so_chi_doan": ("htxs", "Kiểm tra sổ tháng 10: đủ 13 bảng"),
        "doan_phi": ("htxs", "Phiếu thu 12 tháng"),
        "ren_luyen": ("htt", "Danh sách đăng ký, từ 80%"),
        "ky_luat": ("htxs", "Không có quyết định kỷ luật"),
    },
    "yeu": {
        "nhiem_vu": ("ht", "Báo cáo năm: còn hai việc chưa xong"),
        "so_chi_doan": ("ht", "Kiểm tra sổ tháng 10: thiếu bảng theo dõi sinh hoạt"),
        "doan_phi": ("ht", "Nộp chậm quý II, đã nhắc"),
    },
}
LOI = {
    PhanLoi.Muc.TINH_HINH: "Tình hình thanh niên trên địa bàn ổn định, an tâm học tập và lao động.",
    PhanLoi.Muc.GIAO_DUC: "Các chi đoàn tổ chức học tập chuyên đề theo chủ điểm từng tháng.",
    PhanLoi.Muc.PHONG_TRAO: "Duy trì ngày thứ Bảy tình nguyện và ngày Chủ nhật xanh.",
    PhanLoi.Muc.XAY_DUNG_DOAN: "Giữ nếp sinh hoạt chi đoàn; tổ tu dưỡng họp đánh giá đúng quý.",
    PhanLoi.Muc.PHUONG_HUONG: "Tập trung giúp các chi đoàn còn khó khăn, kiện toàn bí thư.",
}


def ratings(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """Two years of decisions on members and branches, and the ward's findings of each year."""
    for nam in (homnay.year - 2, homnay.year - 1):
        ngay = date(nam, 12, 10)
        record_xep_loai(
            rows=[row for branch in branches for row in _members(branch, nam, ngay)],
            don_vi=phuong,
            by=by,
        )
        record_xep_loai_chi_doan(
            rows=[
                XepLoaiChiDoan(
                    chi_doan=branch.don_vi,
                    nam=nam,
                    thang=XepLoaiChiDoan.Thang.HD33,
                    muc=CHI_DOAN[branch.suc],
                    so_quyet_dinh="28-QĐ/ĐTN",
                    ngay=ngay,
                )
                for branch in branches
            ],
            don_vi=phuong,
            by=by,
        )
        _assess(branches, nam, date(nam, 11, 25), by=by)
    _assess(branches, homnay.year, homnay - timedelta(days=10), by=by)


def _members(branch: ChiDoanDemo, nam: int, ngay: date):
    """Those rated: six months in the branch at least, and not members of the Party."""
    nua_nam = ngay - timedelta(days=183)
    for so, nguoi in enumerate(branch.nguoi):
        if nguoi.ngay_vao_doan > nua_nam or nguoi.ngay_vao_dang:
            continue
        muc = MUC_NGUOI[NGUOI[branch.suc][(so + nam) % 4]]
        yield XepLoai(
            doan_vien=nguoi,
            chi_doan=branch.don_vi,
            nam=nam,
            muc=muc,
            so_quyet_dinh="28-QĐ/ĐTN",
            ngay=ngay,
        )


def _assess(branches: list[ChiDoanDemo], nam: int, ngay: date, *, by) -> None:
    for branch in branches:
        findings = PHAT_HIEN.get(branch.suc)
        if findings:
            assess_chi_doan(chi_doan=branch.don_vi, nam=nam, danh_gia=findings, ngay=ngay, by=by)


def reports(phuong: DonVi, accounts, *, homnay: date) -> None:
    """Accepted reports of earlier quarters; the last whole quarter is being written."""
    by, tren = accounts["demo.phuong"], accounts["demo.huyen"]
    last = KyBaoCao.quarter_of(homnay).previous
    earlier = []
    ky = last
    for _ in range(5):
        ky = ky.previous
        earlier.insert(0, ky)
    for ky in earlier:
        bao_cao = _write(open_bao_cao(don_vi=phuong, ky=ky, by=by), by=by)
        bao_cao = submit_bao_cao(
            bao_cao=bao_cao, version=bao_cao.version, by=by, ly_do_trong="Không phát sinh"
        )
        accept_bao_cao(bao_cao=bao_cao, by=tren)
        _date_back(bao_cao, ky.end - timedelta(days=7))
    open_bao_cao(don_vi=phuong, ky=last, by=by)


def _write(bao_cao: BaoCao, *, by) -> BaoCao:
    for muc, noi_dung in LOI.items():
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung=noi_dung, version=0, by=by)
    return BaoCao.objects.get(pk=bao_cao.pk)


def _date_back(bao_cao: BaoCao, ngay: date) -> None:
    """Earlier reports were handed in then, not on the day the demo is made."""
    luc = timezone.make_aware(datetime.combine(ngay, time(16, 40)))
    BaoCao.objects.filter(pk=bao_cao.pk).update(nop_lan_dau=luc, nop_luc=luc)
    bao_cao.buoc.update(luc=luc)
