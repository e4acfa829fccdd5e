"""Tỉnh đoàn Nghệ An in 2020: two districts after their hamlets were merged.

Quế Phong tells of 139 bản with 139 branches, none of them empty, after smaller ones were merged
on 01/01/2020; Quỳ Châu of 84 in 12 communes, with secretaries who come and go. Communes are the
real ones; names of hamlets and of people are made, and so are the numbers that the districts do
not tell.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random

from chidoan.models import ChucVu, NhipSinhHoat
from chidoan.sap_xep.ke_hoach import SAP_NHAP, Dich, ThayDoi
from chidoan.sap_xep.services import record_history
from chidoan.services import record_buoi_many
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import create_many
from tochuc.models import DiaBan, DonVi
from tochuc.services import create_don_vi_many

from . import tap_huan
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
NGAY_SAP_XEP = date(NAM, 1, 1)
NGAY_HOP_TRUOC = date(NAM - 1, 10, 12)
NGAY_HOP = (date(NAM, 3, 14), date(NAM, 6, 13), date(NAM, 9, 12), date(NAM, 12, 12))
NHIEM_KY_TRUOC, NHIEM_KY = date(NAM - 3, 3, 11), date(NAM, 1, 11)
NGAY_DI = date(NAM, 10, 4)
KHUYET_BI_THU = 3
"""Branches of Quỳ Châu whose secretary has gone to work elsewhere and nobody followed."""


@dataclass
class Huyen:
    """One district of 2020 with its communes and branches."""

    don_vi: DonVi
    xa: list[DonVi]
    chi_doan: list[DonVi]


def build(*, by) -> None:
    """Both districts below their province, up to the end of the year."""
    tinh = don_vi("tinh", "tinh", "Nghệ An", "nghe-an", None, so_lieu_den=CUOI_NAM)
    ten = _names()
    may = May(NAM, tinh="040", que_quan="Nghệ An", dan_toc="Thái", ho=HO)
    _que_phong(tinh, ten, may, by=by)
    above = don_vi("huyen", "huyen", "Quỳ Châu", "quy-chau", tinh, so_lieu_den=CUOI_NAM)
    wards = _wards(above, QUY_CHAU, by=by)
    branches = [
        branch
        for ward in wards
        for branch in _branches(ward, [next(ten) for _ in range(QUY_CHAU[ward.ten])], by=by)
    ]
    _dia_ban(wards, branches)
    _enter(above, [person for branch in branches for person in _old(may, branch)], by=by)
    _year(Huyen(above, wards, branches), may, khuyet=KHUYET_BI_THU, by=by)


def _que_phong(tinh: DonVi, ten: Iterator[str], may: May, *, by) -> None:
    """The district of 2019 with more hamlets, then the decision that merged them, then 2020."""
    huyen = don_vi("huyen", "huyen", "Quế Phong", "que-phong", tinh, so_lieu_den=CUOI_NAM)
    wards = _wards(huyen, QUE_PHONG, by=by)
    stay, merge = [], []
    for ward in wards:
        names = [next(ten) for _ in range(QUE_PHONG[ward.ten])]
        parts = [_parts(name, may.random) for name in names]
        rows = iter(_branches(ward, [name for group in parts for name in group], by=by))
        for name, group in zip(names, parts, strict=True):
            found = [next(rows) for _ in group]
            if len(found) == 1:
                stay += found
            else:
                merge.append((ward, name, found))
    before = stay + [branch for _, _, parts in merge for branch in parts]
    _dia_ban(wards, before, den={branch.pk for _, _, parts in merge for branch in parts})
    people = {branch.pk: _old(may, branch, at_least=2) for branch in before}
    _enter(huyen, [person for group in people.values() for person in group], by=by)
    ChucVu.objects.bulk_create(_terms(before, people, tu_ngay=NHIEM_KY_TRUOC), batch_size=500)
    ChucVu.objects.filter(don_vi__in=stay).update(
        den_ngay=NHIEM_KY - timedelta(days=1), ly_do_ket_thuc="Hết nhiệm kỳ"
    )
    days = {branch.pk: [NGAY_HOP_TRUOC + timedelta(days=n % 12)] for n, branch in enumerate(before)}
    _record_meetings(huyen, before, people, days, by=by)
    merged = _merge(merge, by=by)
    _dia_ban(wards, merged, tu_ngay=NGAY_SAP_XEP)
    _year(Huyen(huyen, wards, sorted(stay + merged, key=lambda row: row.path)), may, by=by)


def _parts(name: str, random: Random) -> list[str]:
    """What a hamlet of 2020 was in 2019: itself, or two or three smaller ones."""
    count = random.choices((1, 2, 3), (68, 26, 6))[0]
    return [name] if count == 1 else [f"{name} {so}" for so in range(1, count + 1)]


def _merge(groups, *, by) -> list[DonVi]:
    """Record the wave of mergers as one decision; returns the branches that came of it."""
    record_history(
        plan=[
            ThayDoi(
                loai=SAP_NHAP,
                don_vi=tuple(branch.pk for branch in parts),
                dich=(Dich(ten=name, loai="chi_doan", khoi="dan_cu", cap_tren=ward.pk),),
            )
            for ward, name, parts in groups
        ],
        ten="Sắp xếp chi đoàn theo thôn, bản mới",
        hieu_luc=NGAY_SAP_XEP,
        so_quyet_dinh="112-QĐ/HĐTN",
        ngay_quyet_dinh=date(NAM - 1, 12, 20),
        by=by,
    )
    wards = {ward.pk: ward for ward, _, _ in groups}
    found = []
    for ward in wards.values():
        rows = DonVi.objects.under(ward).chi_doan().dang_hoat_dong(NGAY_SAP_XEP)
        rows = rows.filter(thanh_lap=NGAY_SAP_XEP)
        rows.update(so_lieu_den=CUOI_NAM, cum_thi_dua=ward.cum_thi_dua)
        found += rows
    return found


def _names() -> Iterator[str]:
    """Made-up names of hamlets, each once."""
    names = [f"{dau} {cuoi}" for dau, cuoi in product(DAU, CUOI)]
    Random(NAM).shuffle(names)  # noqa: S311 -- demo data
    return iter(names)


def _wards(huyen: DonVi, xa: dict[str, int], *, by) -> list[DonVi]:
    rows = [
        don_vi_moi(
            "co_so",
            "thi_tran" if name in THI_TRAN else "xa",
            name,
            f"{huyen.ma}-{so:02d}",
            cum_thi_dua=f"Cụm {1 + so % 2}",
            so_lieu_den=CUOI_NAM,
        )
        for so, name in enumerate(xa, 1)
    ]
    return create_don_vi_many(rows=rows, cap_tren=huyen, by=by)


def _branches(ward: DonVi, names: list[str], *, by) -> list[DonVi]:
    rows = [
        don_vi_moi(
            "chi_doan",
            "chi_doan",
            name,
            f"{ward.ma}-{so:02d}",
            khoi="dan_cu",
            cum_thi_dua=ward.cum_thi_dua,
            so_lieu_den=CUOI_NAM,
        )
        for so, name in enumerate(names, 1)
    ]
    return create_don_vi_many(rows=rows, cap_tren=ward, by=by)


def _dia_ban(
    wards: list[DonVi], branches: list[DonVi], *, tu_ngay: date = TU_NGAY, den: Collection[int] = ()
) -> None:
    """The hamlet of each branch; those of the branches `den` ended with the merger."""
    by_path = {ward.path: ward for ward in wards}
    DiaBan.objects.bulk_create(
        DiaBan(
            don_vi=ward,
            chi_doan=branch,
            loai=DiaBan.Loai.TO_DAN_PHO if ward.ten in THI_TRAN else DiaBan.Loai.BAN,
            ten=branch.ten,
            tu_ngay=tu_ngay,
            den_ngay=NGAY_SAP_XEP - timedelta(days=1) if branch.pk in den else None,
        )
        for branch in branches
        for ward in [by_path[branch.path[: -DonVi.steplen]]]
    )


def _enter(huyen: DonVi, people: list[DoanVien], *, by) -> None:
    rows = [(nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in people]
    create_many(rows=rows, don_vi=huyen, by=by, hanh_dong="doan_vien.create")


def _old(may: May, branch: DonVi, *, at_least: int = 3) -> list[DoanVien]:
    """Members of long standing; of those after the first two a third works away."""
    return [_nguoi(may, branch, so) for so in range(may.random.randint(at_least, 8))]


def _nguoi(may: May, branch: DonVi, so: int) -> DoanVien:
    fields = {"chuc_vu": ("Bí thư", "Phó Bí thư")[so] if so < 2 else "Đoàn viên"}
    if so >= 2 and so % 3 == 2:
        fields["di_xa_tu"] = may.ngay(date(NAM - 2, 2, 10), date(NAM - 1, 8, 20))
        fields["di_xa_noi"] = may.random.choice(NOI_LAM_XA)
    return may.nguoi(
        chi_doan=branch,
        sinh=(date(1991, 1, 1), date(2000, 1, 1)),
        vao_doan=(date(2009, 3, 26), date(NAM - 2, 11, 20)),
        **fields,
    )


def _year(huyen: Huyen, may: May, *, khuyet: int = 0, by) -> None:
    """The year 2020: congresses, one new member in most branches, a meeting a quarter."""
    people: dict[int, list[DoanVien]] = defaultdict(list)
    for nguoi in DoanVien.objects.filter(chi_doan__in=huyen.chi_doan).order_by("di_xa_tu", "pk"):
        people[nguoi.chi_doan_id].append(nguoi)
    for branch in huyen.chi_doan:  # at home first: they are elected
        people[branch.pk].sort(key=lambda nguoi: (nguoi.di_xa_tu is not None, nguoi.pk))
    moi = [
        may.nguoi(
            chi_doan=branch,
            sinh=(date(2002, 1, 1), date(2004, 2, 1)),
            vao_doan=(date(NAM, 3, 1), date(NAM, 11, 20)),
        )
        for branch in huyen.chi_doan
        if may.random.random() < 0.7
    ]
    _enter(huyen.don_vi, moi, by=by)
    for nguoi in moi:
        people[nguoi.chi_doan_id].append(nguoi)
    rows = _terms(huyen.chi_doan, people, tu_ngay=NHIEM_KY)
    ChucVu.objects.bulk_create(rows, batch_size=500)
    tap_huan.nghe_an(huyen.don_vi, by=by)
    _leave(rows[:: 2 * (len(rows) // (2 * khuyet))][:khuyet] if khuyet else [])
    _cadences(huyen)
    random = Random(NAM + 3)  # noqa: S311 -- demo data
    days = {
        branch.pk: [ngay + timedelta(days=n % 12) for ngay in NGAY_HOP if random.random() < 0.95]
        for n, branch in enumerate(huyen.chi_doan)
    }
    _record_meetings(huyen.don_vi, huyen.chi_doan, people, days, by=by)


def _terms(branches: list[DonVi], people, *, tu_ngay: date) -> list[ChucVu]:
    """A secretary and a deputy for every branch."""
    return [
        ChucVu(
            don_vi=branch,
            doan_vien=nguoi,
            ho_ten=nguoi.ho_ten,
            chuc_danh=chuc_danh,
            trong_bch=False,
            tu_ngay=tu_ngay,
        )
        for branch in branches
        for chuc_danh, nguoi in zip(("bi_thu", "pho_bi_thu"), people[branch.pk], strict=False)
    ]


def _leave(terms: list[ChucVu]) -> None:
    """Secretaries who went to work elsewhere in autumn; nobody has followed them yet."""
    for term in terms:
        term.den_ngay, term.ly_do_ket_thuc = NGAY_DI, "Xin thôi nhiệm vụ để đi làm ăn xa"
        term.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
        nguoi = term.doan_vien
        nguoi.chuc_vu, nguoi.di_xa_tu = "Đoàn viên", NGAY_DI + timedelta(days=1)
        nguoi.di_xa_noi = NOI_LAM_XA[0]
        nguoi.save(update_fields=["chuc_vu", "di_xa_tu", "di_xa_noi"])


def _cadences(huyen: Huyen) -> None:
    """Members are scattered, so the level above confirmed a meeting every three months."""
    by_path = {ward.path: ward for ward in huyen.xa}
    NhipSinhHoat.objects.bulk_create(
        NhipSinhHoat(
            chi_doan=branch,
            kieu=NhipSinhHoat.Kieu.BA_THANG,
            tu_ngay=date(NAM, 1, 1),
            can_cu=f"Đoàn {ward.ten_noi} xác nhận: đoàn viên phân tán, nhiều đồng chí đi làm xa",
        )
        for branch in huyen.chi_doan
        for ward in [by_path[branch.path[: -DonVi.steplen]]]
    )


def _record_meetings(huyen: DonVi, branches, people, days, *, by) -> None:
    random = Random(NAM + 5)  # noqa: S311 -- demo data
    rows = []
    for branch in branches:
        lich = LichHop(
            don_vi=branch,
            nguoi=[NguoiDemo(nguoi) for nguoi in people[branch.pk]],
            ngay=days[branch.pk],
            ty_le=random.uniform(0.7, 0.95),
        )
        rows.extend(meetings(lich, random))
    record_buoi_many(rows=rows, don_vi=huyen, by=by)
