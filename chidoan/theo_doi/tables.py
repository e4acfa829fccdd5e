"""Branches with what was found in them, and hamlets without a branch: columns."""

from collections.abc import Callable, Mapping

from django.urls import reverse

from core.tables import Column, Table
from core.text import lowfirst
from core.text.display import ngay as show_ngay
from tochuc.models import DonVi

from .queries import DongTheoDoi
from .quy_tac import (
    DUOI_BCH,
    DUOI_TOI_THIEU,
    KHONG_HOP,
    KHUYET_BI_THU,
    KHUYET_PHO,
    NANG,
    TRANG,
    TRUONG_THANH,
    Nguong,
    nhan,
)

Doc = Callable[[DonVi], DongTheoDoi]


def thay_gi(row: DongTheoDoi, nguong: Nguong) -> str:
    """What was found, in one line: "Khuyết bí thư từ 05/10/2020; 3 tháng không họp"."""
    found = sorted(_cau(ma, row, nguong) for ma in row.thay if not _nam_trong(ma, row.thay))
    words = [words for _, words in found]
    return "; ".join([*words[:1], *(lowfirst(more) for more in words[1:])])


def _cau(ma: str, row: DongTheoDoi, nguong: Nguong) -> tuple[int, str]:
    order = [*NANG, KHUYET_PHO, TRUONG_THANH, DUOI_BCH].index(ma)
    state = row.tinh_trang
    if ma == KHUYET_BI_THU and state.khuyet_tu:
        return order, f"Khuyết bí thư từ {show_ngay(state.khuyet_tu)}"
    if ma == KHONG_HOP:
        return order, f"{state.thang_khong_hop} tháng không họp"
    if ma == TRUONG_THANH:
        words = f"{state.so_qua_tuoi}/{state.so_doan_vien} đồng chí quá {nguong.tuoi} tuổi"
        return order, f"{words} trong {nguong.thang_truong_thanh} tháng tới"
    return order, nhan(ma, nguong)


def _nam_trong(ma: str, thay: frozenset[str]) -> bool:
    """An empty branch is also small: the gravest says it."""
    return (ma == DUOI_TOI_THIEU and TRANG in thay) or (ma == DUOI_BCH and DUOI_TOI_THIEU in thay)


def muc_do(row: DongTheoDoi, nguong: Nguong) -> tuple[str, str, str]:
    if row.thay & set(NANG):
        return "bad", "circle-alert", "Cần củng cố"
    if row.thay - {DUOI_BCH}:
        return "warn", "triangle-alert", "Cần xem"
    return "", "", "Ổn định"


def bang_chi_doan(
    rows: Mapping[int, DongTheoDoi], nguong: Nguong, co_so: Callable[[DonVi], str] | None
) -> Table:
    """The table of branches; `co_so` adds their wards."""

    def of(branch) -> DongTheoDoi:
        return rows[branch.pk]

    ward = (Column(label="Xã, phường", source=co_so, meta=True),) if co_so else ()
    return Table(
        name="theo-doi-chi-doan",
        columns=(
            Column(label="Chi đoàn", source="ten", link=True, sort="khoa_sap_xep", primary=True),
            *ward,
            Column(
                label="Tình trạng",
                source=lambda row: muc_do(of(row), nguong)[2],
                pill=lambda row: muc_do(of(row), nguong),
            ),
            Column(label="Thấy gì", source=lambda row: thay_gi(of(row), nguong), meta=True),
            Column(
                label="Đoàn viên",
                source=lambda row: of(row).tinh_trang.so_doan_vien,
                numeric=True,
                meta="đoàn viên",
            ),
            Column(label="Khối", source="get_khoi_display"),
        ),
        empty_text="Không có chi đoàn nào như vậy",
        empty_hint="Mọi chi đoàn đều ngoài diện này vào ngày đang xem.",
        empty_icon="circle-check",
    )


def bang_dia_ban(*, may_assign: bool) -> Table:
    """Areas without a branch; who may gives them to one."""

    def url(row) -> str:
        return reverse("chidoan:theo_doi_dia_ban_giao", args=[row.pk]) if may_assign else ""

    return Table(
        name="dia-ban-chua-co-chi-doan",
        columns=(
            Column(label="Địa bàn", source=str, primary=True, link=url),
            Column(label="Xã, phường", source="don_vi.ten_noi", sort="don_vi__path", meta=True),
            Column(
                label="Chi đoàn trước đây",
                source=lambda row: row.chi_doan and row.chi_doan.ten,
                meta="trước đây thuộc",
            ),
            Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay"),
        ),
        empty_text="Địa bàn nào cũng có chi đoàn",
        empty_hint="Thôn, bản, tổ dân phố nào cũng có một chi đoàn phụ trách vào ngày đang xem.",
        empty_icon="circle-check",
    )
