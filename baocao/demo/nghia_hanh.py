"""Huyện đoàn Nghĩa Hành in 2020: 12 communes, 74 branches, 2.982 members.

The district's account of its work gives the totals; here they are dealt out to branches,
and people, meetings and cases are made so that counting gives the totals back.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many, end_many
from tochuc.models import DonVi

from .khung import build_nghia_hanh
from .ten import May

NAM = 2020
CUOI_NAM = date(NAM, 12, 31)
DOAN_VIEN, KET_NAP_MOI, GIOI_THIEU, VAO_DANG = 2982, 1027, 117, 71
CHI_DOAN_MANH, CHI_DOAN_KHA = 43, 31
TRUONG_THANH = 84  # left during the year, so not among those counted at its end

XA = {
    "Chợ Chùa": ["Phú Bình", "Phú Vinh", "Phú Bình Trung", "Vinh Hòa", "Tân Lập", "Bình An"],
    "Hành Dũng": ["An Phước", "Trung Mỹ", "Kim Thành", "An Tân", "An Định", "An Sơn", "An Hòa"],
    "Hành Đức": ["Kỳ Thọ", "Phú Châu", "Xuân Vinh", "Phú Khương", "Tân Mỹ", "Đông Bình"],
    "Hành Minh": ["Long Bàn", "Tình Phú", "Phú Lâm", "Long Mỹ", "Đại An", "Bàn Thạnh"],
    "Hành Nhân": ["Đồng Vinh", "Nghĩa Lâm", "Tân Thành", "Bình Thành", "Kim Sơn", "Phước Lâm"],
    "Hành Phước": ["Đề An", "Hòa Mỹ", "An Chỉ", "Thuận Hòa", "Hòa Sơn", "Vĩnh Thọ"],
    "Hành Thiện": ["Ngọc Sơn", "Vạn Xuân", "Mễ Sơn", "Bàn Thới", "Phú Thọ", "Tân Sơn"],
    "Hành Thịnh": ["Xuân Đình", "An Ba", "Mỹ Hưng", "Châu Me", "Đồng Xuân", "Hòa Huân", "Ba Bình"],
    "Hành Thuận": ["Đại An Đông", "Phúc Minh", "Xuân An", "Phú Định", "Gò Mít", "Đại An Tây"],
    "Hành Tín Đông": ["Nhơn Lộc 1", "Nhơn Lộc 2", "Thiên Xuân", "Khánh Giang", "An Giữa", "Gò Dép"],
    "Hành Tín Tây": ["Tân Hòa", "Tân Phú", "Đồng Miếu", "Phú Khương Tây", "Long Bình", "Trũng Kè"],
    "Hành Trung": ["Hiệp Phổ Nam", "Hiệp Phổ Bắc", "Hiệp Phổ", "Tịnh Bình", "Gò Gai", "An Phú"],
}  # fmt: skip
TIEU_BIEU = {
    "Xuân Đình", "An Ba", "Nhơn Lộc 1", "Nhơn Lộc 2", "Ngọc Sơn", "An Phước", "Trung Mỹ",
}  # fmt: skip


@dataclass
class PhanChia:
    """What one branch has: how many members, how many of them new, left, referred, admitted."""

    chi_doan: DonVi
    doan_vien: int
    ket_nap: int
    truong_thanh: int
    gioi_thieu: int
    vao_dang: int
    manh: bool


def deal(branches: list[DonVi]) -> list[PhanChia]:
    """Split the district's totals over its branches, exactly; notable branches get more."""
    random = Random(NAM)  # noqa: S311 -- demo data
    weights = [
        random.uniform(0.6, 1.5) + (0.6 if branch.ten in TIEU_BIEU else 0) for branch in branches
    ]
    doan_vien = split(DOAN_VIEN, weights)
    ket_nap = split(KET_NAP_MOI, [float(so) for so in doan_vien])
    truong_thanh = split(TRUONG_THANH, weights)
    gioi_thieu = split(GIOI_THIEU, weights)
    vao_dang = split(VAO_DANG, [float(so) for so in gioi_thieu])
    strong = sorted(range(len(branches)), key=lambda i: -weights[i])[:CHI_DOAN_MANH]
    return [
        PhanChia(*values, manh=index in strong)
        for index, values in enumerate(
            zip(branches, doan_vien, ket_nap, truong_thanh, gioi_thieu, vao_dang, strict=True)
        )
    ]


def split(total: int, weights: list[float]) -> list[int]:
    """Whole shares of `total` in proportion to `weights`, by largest remainder."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])
    for index in by_rest[: total - sum(shares)]:
        shares[index] += 1
    return shares


def build_people(phan_chia: list[PhanChia], *, by) -> dict[int, list[DoanVien]]:
    """Members of every branch; the ones counted at the year's end, by branch id."""
    may = May(NAM, tinh="051", que_quan="Nghĩa Hành, Quảng Ngãi")
    rows, con_lai, thoi = [], {}, []
    for phan in phan_chia:
        cu = [_cu(may, phan) for _ in range(phan.doan_vien - phan.ket_nap)]
        moi = [_moi(may, phan) for _ in range(phan.ket_nap)]
        di = [
            _cu(may, phan, sinh=(date(1988, 1, 1), date(1990, 6, 1)))
            for _ in range(phan.truong_thanh)
        ]
        con_lai[phan.chi_doan.pk] = cu + moi
        thoi.extend(di)
        rows.extend(
            (nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in cu + moi + di
        )
    huyen = phan_chia[0].chi_doan.cap_tren.cap_tren
    create_many(rows=rows, don_vi=huyen, by=by, hanh_dong="doan_vien.create")
    end_many(
        rows=[(nguoi, may.ngay(date(NAM, 1, 10), date(NAM, 12, 10))) for nguoi in thoi],
        ly_do=QuaTrinh.LyDoKetThuc.TRUONG_THANH,
        don_vi=huyen,
        by=by,
        hanh_dong="doan_vien.truong_thanh",
    )
    return con_lai


def build(*, by) -> list[PhanChia]:
    """The whole district; returns what each branch was dealt."""
    phan_chia = deal(build_nghia_hanh(XA, den=CUOI_NAM))
    build_people(phan_chia, by=by)
    return phan_chia


def _cu(may: May, phan: PhanChia, sinh=(date(1991, 1, 1), date(2003, 6, 30))) -> DoanVien:
    vao_doan = (date(2008, 3, 26), date(NAM - 1, 12, 20))
    return may.nguoi(chi_doan=phan.chi_doan, sinh=sinh, vao_doan=vao_doan)


def _moi(may: May, phan: PhanChia) -> DoanVien:
    return may.nguoi(
        chi_doan=phan.chi_doan,
        sinh=(date(1998, 1, 1), date(2004, 11, 30)),
        vao_doan=(date(NAM, 1, 3), CUOI_NAM),
    )
