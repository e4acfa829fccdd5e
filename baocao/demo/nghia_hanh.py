"""Huyện đoàn Nghĩa Hành in 2020: 12 communes, 74 branches, 2.982 members.

The district's account of its work gives the totals; here they are dealt out to branches,
and people, meetings and cases are made so that counting gives the totals back.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from baocao.models import XepLoaiDonVi
from baocao.services.quyet_dinh import record_xep_loai_chi_doan
from chidoan.services import add_chuc_vu, record_buoi_many
from core.periods import KyBaoCao
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many, end_many
from tochuc.models import DonVi
from tudưong.services.lich_su import HoSoCu, record_ho_so_history

from .khung import build_nghia_hanh
from .sinh_hoat import LichHop, NguoiDemo, meetings, monthly
from .ten import May

NAM = 2020
CUOI_NAM = date(NAM, 12, 31)
DOAN_VIEN, KET_NAP_MOI, GIOI_THIEU, VAO_DANG = 2982, 1027, 117, 71
CHI_DOAN_MANH, CHI_DOAN_KHA = 43, 31
TRUONG_THANH = 84  # left during the year, so not among those counted at its end
LON_TUOI = (date(1988, 1, 1), date(1990, 6, 1))

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


def build(*, by) -> list[PhanChia]:
    """The whole district through the year; returns what each branch was dealt."""
    phan_chia = deal(build_nghia_hanh(XA, den=CUOI_NAM))
    huyen = DonVi.objects.get(ma="nghia-hanh")
    people = _people(phan_chia, huyen, by=by)
    _offices(phan_chia, people, by=by)
    _meetings(phan_chia, people, huyen, by=by)
    _cases(phan_chia, people, by=by)
    _decisions(phan_chia, huyen, by=by)
    return phan_chia


def _people(phan_chia: list[PhanChia], huyen: DonVi, *, by) -> dict[int, list[NguoiDemo]]:
    """Members of every branch by its id: the old ones first, the new, those who left."""
    may = May(NAM, tinh="051", que_quan="Nghĩa Hành, Quảng Ngãi", dan_toc="Hrê")
    people = {}
    for phan in phan_chia:
        cu = [_cu(may, phan) for _ in range(phan.doan_vien - phan.ket_nap)]
        moi = [_moi(may, phan) for _ in range(phan.ket_nap)]
        di = [_cu(may, phan, sinh=LON_TUOI) for _ in range(phan.truong_thanh)]
        people[phan.chi_doan.pk] = [NguoiDemo(nguoi) for nguoi in cu + moi] + [
            NguoiDemo(nguoi, may.ngay(date(NAM, 1, 10), date(NAM, 12, 10))) for nguoi in di
        ]
    everybody = [demo for branch in people.values() for demo in branch]
    create_many(
        rows=[
            (demo.nguoi, demo.nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP)
            for demo in everybody
        ],
        don_vi=huyen,
        by=by,
        hanh_dong="doan_vien.create",
    )
    end_many(
        rows=[(demo.nguoi, demo.den_ngay) for demo in everybody if demo.den_ngay],
        ly_do=QuaTrinh.LyDoKetThuc.TRUONG_THANH,
        don_vi=huyen,
        by=by,
        hanh_dong="doan_vien.truong_thanh",
    )
    return people


def _offices(phan_chia, people, *, by) -> None:
    """A secretary and a deputy for every branch, elected before the year."""
    for phan in phan_chia:
        for chuc_danh, demo in zip(
            ("bi_thu", "pho_bi_thu"), people[phan.chi_doan.pk], strict=False
        ):
            add_chuc_vu(
                don_vi=phan.chi_doan,
                chuc_danh=chuc_danh,
                doan_vien=demo.nguoi,
                tu_ngay=date(NAM - 1, 12, 21),
                by=by,
            )


def _meetings(phan_chia, people, huyen: DonVi, *, by) -> None:
    random = Random(NAM + 1)  # noqa: S311 -- demo data
    months = KyBaoCao(NAM).months
    rows = []
    for thu_tu, phan in enumerate(phan_chia):
        held = months if phan.manh else [m for m in months if random.random() < 0.9]
        lich = LichHop(
            don_vi=phan.chi_doan,
            nguoi=people[phan.chi_doan.pk],
            ngay=monthly(held, day=8 + thu_tu % 15),
            ty_le=random.uniform(0.8, 0.95) if phan.manh else random.uniform(0.6, 0.8),
        )
        rows.extend(meetings(lich, random))
    record_buoi_many(rows=rows, don_vi=huyen, by=by)


def _cases(phan_chia, people, *, by) -> None:
    """Members referred to the Party in the year, and those of them it admitted."""
    may = May(NAM + 2, tinh="051", que_quan="")
    rows = []
    for phan in phan_chia:
        for thu_tu, demo in enumerate(people[phan.chi_doan.pk][2 : 2 + phan.gioi_thieu]):
            admitted = thu_tu < phan.vao_dang
            ngay = may.ngay(date(NAM, 1, 8), date(NAM, 6, 30))
            rows.append(
                HoSoCu(
                    doan_vien=demo.nguoi,
                    ngay_gioi_thieu=ngay,
                    ket_qua="ket_nap" if admitted else "",
                    ngay_ket_qua=may.ngay(ngay, date(NAM, 12, 20)) if admitted else None,
                    chi_bo=f"thôn {phan.chi_doan.ten}",
                )
            )
    record_ho_so_history(rows=rows, by=by)


def _decisions(phan_chia: list[PhanChia], huyen: DonVi, *, by) -> None:
    """What each branch was rated for the year, on the older scale the district still used."""
    record_xep_loai_chi_doan(
        rows=[
            XepLoaiDonVi(
                don_vi=phan.chi_doan,
                nam=NAM,
                thang=XepLoaiDonVi.Thang.CU,
                muc=XepLoaiDonVi.Muc.MANH if phan.manh else XepLoaiDonVi.Muc.KHA,
                so_quyet_dinh="61-QĐ/ĐTN",
                ngay=date(NAM, 12, 18),
            )
            for phan in phan_chia
        ],
        don_vi=huyen,
        by=by,
    )


def _cu(may: May, phan: PhanChia, sinh=(date(1991, 1, 1), date(2001, 6, 30))) -> DoanVien:
    vao_doan = (date(2008, 3, 26), date(NAM - 1, 12, 20))
    return may.nguoi(chi_doan=phan.chi_doan, sinh=sinh, vao_doan=vao_doan)


def _moi(may: May, phan: PhanChia) -> DoanVien:
    return may.nguoi(
        chi_doan=phan.chi_doan,
        sinh=(date(1998, 1, 1), date(2004, 11, 30)),
        vao_doan=(date(NAM, 1, 3), CUOI_NAM),
    )
