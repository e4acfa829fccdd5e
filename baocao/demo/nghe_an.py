"""Tỉnh đoàn Nghệ An in 2020: two districts after their hamlets were merged.

Quế Phong tells of 139 bản with 139 branches, none of them empty; Quỳ Châu of 84 in 12 communes,
with secretaries who come and go. Communes are the real ones; names of hamlets and of people are
made, and so are the numbers that the districts do not tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from random import Random

from chidoan.models import ChucVu, NhipSinhHoat
from chidoan.services import record_buoi_many
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many
from tochuc.models import DiaBan, DonVi
from tochuc.services import create_don_vi_many

from .khung import TU_NGAY, don_vi, don_vi_moi
from .sinh_hoat import LichHop, NguoiDemo, meetings
from .ten import May

NAM = 2020
CUOI_NAM = date(NAM, 12, 31)
THI_TRAN = ("Kim Sơn", "Tân Lạc")
QUE_PHONG = {
    "Kim Sơn": 5, "Cắm Muộn": 12, "Châu Kim": 8, "Châu Thôn": 10, "Đồng Văn": 11,
    "Hạnh Dịch": 11, "Mường Nọc": 14, "Nậm Giải": 6, "Nậm Nhoóng": 8, "Quang Phong": 11,
    "Thông Thụ": 11, "Tiền Phong": 14, "Tri Lễ": 18,
}  # fmt: skip
QUY_CHAU = {
    "Tân Lạc": 6, "Châu Bính": 8, "Châu Bình": 11, "Châu Hạnh": 9, "Châu Hoàn": 5,
    "Châu Hội": 8, "Châu Nga": 5, "Châu Phong": 8, "Châu Thắng": 5, "Châu Thuận": 6,
    "Châu Tiến": 8, "Diên Lãm": 5,
}  # fmt: skip
HO = (
    ["Lô"] * 5
    + ["Lương"] * 4
    + ["Vi"] * 4
    + ["Hà"] * 3
    + ["Lữ"] * 2
    + ["Ngân", "Quang", "Sầm", "Kha", "Lang", "Mạc", "Lộc", "Vang", "Cụt", "Nguyễn", "Trần"]
)
DAU = (
    "Na", "Pà", "Huồi", "Piếng", "Đon", "Tạng", "Xốp", "Hủa", "Phá", "Cọc", "Nậm", "Pốm", "Khe",
    "Tà",
)  # fmt: skip
CUOI = (
    "Lạnh", "Sành", "Tọ", "Khích", "Muồng", "Cằm", "Phày", "Lắm", "Chọt", "Bón", "Hiêng", "Xai",
    "Lòng", "Mừn", "Đửa", "Ngọi", "Cướm", "Dừa",
)  # fmt: skip
NOI_LAM_XA = ("Bắc Ninh", "Bình Dương", "Hà Nội", "Đồng Nai", "TP. Vinh")
NGAY_HOP = (date(NAM, 3, 14), date(NAM, 6, 13), date(NAM, 9, 12), date(NAM, 12, 12))
NHIEM_KY = date(NAM, 1, 11)
KHUYET_BI_THU = 3
"""Branches of Quỳ Châu whose secretary has gone to work elsewhere and nobody followed."""


@dataclass
class Huyen:
    """One district of the story: its branches by commune and who belongs to them."""

    don_vi: DonVi
    chi_doan: list[DonVi]
    nguoi: dict[int, list[DoanVien]] = field(default_factory=dict)


def build(*, by) -> None:
    """Both districts below their province, up to the end of the year."""
    tinh = don_vi("tinh", "tinh", "Nghệ An", "nghe-an", None, so_lieu_den=CUOI_NAM)
    ten = _names()
    may = May(NAM, tinh="040", que_quan="Nghệ An", dan_toc="Thái", ho=HO)
    for name, ma, xa in (("Quế Phong", "que-phong", QUE_PHONG), ("Quỳ Châu", "quy-chau", QUY_CHAU)):
        above = don_vi("huyen", "huyen", name, ma, tinh, so_lieu_den=CUOI_NAM)
        huyen = Huyen(above, _units(above, xa, ten, by=by))
        _people(huyen, may, by=by)
        _offices(huyen, khuyet=KHUYET_BI_THU if ma == "quy-chau" else 0)
        _meetings(huyen, by=by)


def _names() -> Iterator[str]:
    """Made-up names of hamlets, each once."""
    names = [f"{dau} {cuoi}" for dau, cuoi in product(DAU, CUOI)]
    Random(NAM).shuffle(names)  # noqa: S311 -- demo data
    return iter(names)


def _units(huyen: DonVi, xa: dict[str, int], ten: Iterator[str], *, by) -> list[DonVi]:
    """Communes, one branch for each hamlet, and the hamlets themselves."""
    fields = {"so_lieu_den": CUOI_NAM}
    wards = create_don_vi_many(
        rows=[
            don_vi_moi(
                "co_so",
                "thi_tran" if name in THI_TRAN else "xa",
                name,
                f"{huyen.ma}-{so:02d}",
                cum_thi_dua=f"Cụm {1 + so % 2}",
                **fields,
            )
            for so, name in enumerate(xa, 1)
        ],
        cap_tren=huyen,
        by=by,
    )
    branches = []
    for ward in wards:
        branches += create_don_vi_many(
            rows=[
                don_vi_moi(
                    "chi_doan",
                    "chi_doan",
                    next(ten),
                    f"{ward.ma}-{so:02d}",
                    khoi="dan_cu",
                    cum_thi_dua=ward.cum_thi_dua,
                    **fields,
                )
                for so in range(1, xa[ward.ten] + 1)
            ],
            cap_tren=ward,
            by=by,
        )
    _dia_ban(wards, branches)
    return branches


def _dia_ban(wards: list[DonVi], branches: list[DonVi]) -> None:
    by_path = {ward.path: ward for ward in wards}
    above = [(by_path[branch.path[: -DonVi.steplen]], branch) for branch in branches]
    DiaBan.objects.bulk_create(
        DiaBan(
            don_vi=ward,
            chi_doan=branch,
            loai=DiaBan.Loai.TO_DAN_PHO if ward.ten in THI_TRAN else DiaBan.Loai.BAN,
            ten=branch.ten,
            tu_ngay=TU_NGAY,
        )
        for ward, branch in above
    )
    NhipSinhHoat.objects.bulk_create(
        NhipSinhHoat(
            chi_doan=branch,
            kieu=NhipSinhHoat.Kieu.BA_THANG,
            tu_ngay=date(NAM, 1, 1),
            can_cu=f"Đoàn {ward.ten_noi} xác nhận: đoàn viên phân tán, nhiều đồng chí đi làm xa",
        )
        for ward, branch in above
    )


def _people(huyen: Huyen, may: May, *, by) -> None:
    """Three to nine members in every branch; a third of those after the first two are away."""
    rows = []
    for branch in huyen.chi_doan:
        people = [_nguoi(may, branch, so) for so in range(may.random.randint(3, 9))]
        huyen.nguoi[branch.pk] = people
        rows += [(nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in people]
    create_many(rows=rows, don_vi=huyen.don_vi, by=by, hanh_dong="doan_vien.create")


def _nguoi(may: May, branch: DonVi, so: int) -> DoanVien:
    """The fifth of a branch was admitted in the year."""
    moi = so == 4
    sinh = (date(2002, 1, 1), date(2004, 10, 30)) if moi else (date(1991, 1, 1), date(2000, 1, 1))
    vao_doan = (
        (date(NAM, 3, 1), date(NAM, 11, 20)) if moi else (date(2009, 3, 26), date(NAM - 2, 11, 20))
    )
    fields = {"chuc_vu": ("Bí thư", "Phó Bí thư")[so] if so < 2 else "Đoàn viên"}
    if so >= 2 and so % 3 == 2:
        fields["di_xa_tu"] = may.ngay(date(NAM - 2, 2, 10), date(NAM, 2, 20))
        fields["di_xa_noi"] = may.random.choice(NOI_LAM_XA)
    return may.nguoi(chi_doan=branch, sinh=sinh, vao_doan=vao_doan, **fields)


def _offices(huyen: Huyen, *, khuyet: int) -> None:
    """A secretary and a deputy for every branch; the last `khuyet` have lost theirs in autumn."""
    ngay_di = date(NAM, 10, 4)
    vacant = {branch.pk for branch in huyen.chi_doan[-7 * khuyet :: 7]} if khuyet else set()
    rows = []
    for branch in huyen.chi_doan:
        for chuc_danh, nguoi in zip(("bi_thu", "pho_bi_thu"), huyen.nguoi[branch.pk], strict=False):
            has_left = chuc_danh == "bi_thu" and branch.pk in vacant
            rows.append(
                ChucVu(
                    don_vi=branch,
                    doan_vien=nguoi,
                    ho_ten=nguoi.ho_ten,
                    chuc_danh=chuc_danh,
                    trong_bch=False,
                    tu_ngay=NHIEM_KY,
                    den_ngay=ngay_di if has_left else None,
                    ly_do_ket_thuc="Xin thôi nhiệm vụ để đi làm ăn xa" if has_left else "",
                )
            )
            if has_left:
                nguoi.chuc_vu, nguoi.di_xa_tu = "Đoàn viên", ngay_di + timedelta(days=1)
                nguoi.di_xa_noi = NOI_LAM_XA[0]
                nguoi.save(update_fields=["chuc_vu", "di_xa_tu", "di_xa_noi"])
    ChucVu.objects.bulk_create(rows, batch_size=500)


def _meetings(huyen: Huyen, *, by) -> None:
    """One meeting a quarter; here and there one was missed."""
    random = Random(NAM + 3)  # noqa: S311 -- demo data
    rows = []
    for thu_tu, branch in enumerate(huyen.chi_doan):
        days = [ngay + timedelta(days=thu_tu % 12) for ngay in NGAY_HOP]
        held = [ngay for ngay in days if random.random() < 0.95]
        people = [NguoiDemo(nguoi) for nguoi in huyen.nguoi[branch.pk]]
        lich = LichHop(don_vi=branch, nguoi=people, ngay=held, ty_le=random.uniform(0.7, 0.95))
        rows.extend(meetings(lich, random))
    record_buoi_many(rows=rows, don_vi=huyen.don_vi, by=by)
