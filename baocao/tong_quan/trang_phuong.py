"""Figures of a ward on a page of their own: heat map, trends, who the members are, what comes."""

from urllib.parse import urlencode

from django.urls import reverse

from baocao.chi_tieu.chi_xem import DI_XA, THAP_TUOI
from core.text.display import thu
from tochuc.models import DonVi

from .bieu_do import BieuDo, MoSo
from .dan_so import di_xa_bao_lau, di_xa_noi, thap_tuoi
from .nen_phuong import Phuong, bang_chi_doan, doc_phuong, pheu
from .ngay_xem import NgayXem, url_giay
from .su_kien import su_kien
from .xu_huong import chi_tieu_xu_huong, xu_huong

HAN = "han_bao_cao_quy"


def trang_phuong(user, don_vi: DonVi, xem: NgayXem, params) -> dict:
    """Everything the page and its paper show. Seven queries, eight of a past day."""
    more = [*THAP_TUOI, *DI_XA, *chi_tieu_xu_huong(xem.ngay)]
    phuong = doc_phuong(user, don_vi, xem, params, khoa=(HAN,), chi_tieu=more)
    return {
        "phuong": phuong,
        "title": f"Bảng tổng hợp {don_vi.ten_noi}",
        "subtitle": f"Tính đến {thu(xem.ngay).lower()}",
        "unit": don_vi,
        "ban_do": phuong.chosen,
        "ky": xem.ky,
        "kem": "",
        **bang_chi_doan(phuong, du_thang=params.get("thang") == "12"),
        "bieu_do": _bieu_do(phuong),
        "url_giay": url_giay(don_vi, xem, phuong.chosen, params),
        "su_kien": _su_kien(user, phuong) if xem.is_moi_nhat else None,
    }


def _bieu_do(phuong: Phuong) -> list[BieuDo]:
    mo = MoSo(phuong.don_vi, phuong.table)
    return [
        *xu_huong(phuong.don_vi, phuong.table, phuong.ngay),
        thap_tuoi(mo),
        di_xa_bao_lau(mo),
        _noi(phuong),
        pheu(mo, phuong.thoi_ky.ky.nam),
    ]


def _noi(phuong: Phuong) -> BieuDo:
    base = reverse("baocao:tong_quan_di_xa", args=[phuong.don_vi.pk])
    kept = {"ngay": f"{phuong.ngay:%d/%m/%Y}", **phuong.chosen.tham_so}

    def url(noi: str) -> str:
        return f"{base}?{urlencode({'noi': noi, **kept})}"

    return di_xa_noi(phuong.don_vi, phuong.thoi_ky, phuong.chosen.ban_do, url)


def _su_kien(user, phuong: Phuong) -> list:
    end = phuong.xem.quy.end
    due = end.replace(day=min(phuong.quy_dinh[HAN], end.day))
    return su_kien(user, phuong.don_vi, phuong.ngay, due)
