"""Rows of every register for a random district, so that no indicator is always zero."""

import uuid
from datetime import UTC, date, datetime, timedelta

from baocao.models import XepLoaiDonVi
from chidoan.models import (
    CuCanBo,
    DongSapXep,
    HoatDong,
    KhenTapThe,
    LanXuong,
    QuyHoach,
    SapXep,
)
from chidoan.models.sinh_ke import HoTro
from doanvien.doan_phi.quy_tac import cac_thang
from doanvien.models import (
    DoanPhi,
    DoanVien,
    KhenThuong,
    MienDoanPhi,
    NopDoanPhi,
    PhieuThu,
    QuaTrinh,
    SoThuDoanPhi,
    XepLoai,
)
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_ho_so,
    make_hoat_dong,
    make_hoc_vien,
    make_khen_thuong,
    make_ky,
    make_ky_luat,
    make_lop,
    make_nguoi_dung,
    make_nguyen_vong,
    make_nhan_thuc,
    make_ren_luyen,
    make_tham_hoi,
    make_thanh_vien,
    make_to,
    make_xep_loai,
)
from tests.kiem_tra_data import (
    make_cuoc,
    make_ho_tro,
    make_kien_nghi,
    make_mo_hinh_kinh_te,
    make_so_du,
    make_tham_muu,
    make_to_tiet_kiem,
)
from tochuc.models import KhoiChiDoan, QuyDinh
from tudưong.models import ChatVan

FIRST, DAYS = date(2025, 1, 1), 700


class _Dice:
    """Draws of one district."""

    def __init__(self, dice, huyen, wards, branches):
        self.dice, self.huyen, self.wards, self.branches = dice, huyen, wards, branches
        people = DoanVien.objects.filter(chi_doan__in=branches).order_by("pk")
        self.people = list(people.select_related("chi_doan"))

    def __getattr__(self, name):
        return getattr(self.dice, name)

    def day(self, after: date = FIRST) -> date:
        left = (FIRST + timedelta(days=DAYS) - after).days
        return after + timedelta(days=self.randrange(max(left, 1)))

    def nam(self) -> int:
        return self.choice([2025, 2026])

    def person(self) -> DoanVien:
        return self.choice(self.people)

    def branch(self):
        return self.choice(self.branches)

    def ward(self):
        return self.choice(self.wards)

    def unit(self):
        return self.choice([self.huyen, *self.wards, *self.branches])

    def times(self, first: int, last: int) -> range:
        return range(self.randint(first, last))


def fill_registers(dice, huyen, wards, branches) -> None:
    drawn = _Dice(dice, huyen, wards, branches)
    for fill in (
        _to_chuc,
        _sinh_hoat,
        _danh_gia,
        _khen,
        _doan_phi,
        _can_bo,
        _dang,
        _kiem_tra,
        _sinh_ke,
    ):
        fill(drawn)


def _to_chuc(d: _Dice) -> None:
    """Branches that were merged or split up, guests at their place of living, expulsions."""
    at = datetime(2025, 1, 1, tzinfo=UTC)
    reorganised = SapXep.objects.create(
        don_vi=d.huyen, ten="Thử", hieu_luc=d.day(), trang_thai="da_ap_dung",
        so_quyet_dinh="1-QĐ", ngay_quyet_dinh=FIRST, ap_dung_luc=at,
    )  # fmt: skip
    kinds = ("sap_nhap", "chia_tach", "giai_the")
    for khoi in KhoiChiDoan.values:
        kind = d.choice(kinds)
        ended = make_chi_doan(phuong=d.ward(), khoi=khoi, ket_thuc=d.day(date(2026, 1, 1)))
        sau = None if kind == "giai_the" else d.branch()
        DongSapXep.objects.create(sap_xep=reorganised, loai=kind, truoc=ended, sau=sau)
    for _ in d.times(2, 4):
        QuaTrinh.objects.create(
            doan_vien=d.person(), chi_doan=d.branch(), loai="noi_cu_tru", tu_ngay=d.day(),
            ly_do_bat_dau="gioi_thieu",
        )  # fmt: skip
    for reason in ("khai_tru", "chuyen_di", "truong_thanh"):
        period = QuaTrinh.objects.chinh_thuc().filter(den_ngay__isnull=True).earliest("tu_ngay")
        period.den_ngay, period.ly_do_ket_thuc = d.day(period.tu_ngay), reason
        period.save()


def _sinh_hoat(d: _Dice) -> None:
    """A branch that holds its meeting each month, and activities of every kind."""
    branch = make_chi_doan(phuong=d.ward(), thanh_lap=FIRST)
    make_doan_vien(chi_doan=branch, tu_ngay=FIRST)
    for thang in cac_thang(FIRST, FIRST + timedelta(days=DAYS)):
        make_buoi(chi_doan=branch, ngay=thang + timedelta(days=d.randrange(28)), loai="dinh_ky")
    for loai in HoatDong.Loai.values:
        for day in (d.day(), d.day()):
            make_hoat_dong(
                don_vi=d.unit(), loai=loai, tu_ngay=day, den_ngay=day, so_luong=d.randint(1, 9),
                gia_tri=d.choice([None, 3_000_000_000]), nguoi_ngoai=d.randrange(5),
                trang_thai="xong", ket_qua="Có",
            )  # fmt: skip


def _danh_gia(d: _Dice) -> None:
    XepLoaiDonVi.objects.all().delete()
    levels = d.sample([*XepLoaiDonVi.MUC_CU, *XepLoaiDonVi.MUC_HD33], k=8)
    for nam in (2025, 2026):
        for person in d.sample(d.people, k=12):
            make_xep_loai(
                person, d.choice(XepLoai.Muc.values), nam=nam, ngay=d.day(date(nam, 1, 1))
            )
        for person in d.sample(d.people, k=8):
            make_ren_luyen(person, nam=nam)
        for so, branch in enumerate(d.branches, 5 * nam):
            muc = levels[so % len(levels)]
            thang = "cu" if muc in XepLoaiDonVi.MUC_CU else "hd33"
            XepLoaiDonVi.objects.create(
                don_vi=branch, nam=nam, thang=thang, muc=muc, ngay=date(nam, 2, 1)
            )


def _khen(d: _Dice) -> None:
    for cap in KhenThuong.Cap.values:
        for _ in d.times(1, 3):
            make_khen_thuong(d.person(), cap=cap, ngay=d.day(), noi_dung=str(uuid.uuid4()))
            KhenTapThe.objects.create(
                don_vi=d.unit(), cap=cap, hinh_thuc="giay_khen", noi_dung=str(uuid.uuid4()),
                ngay=d.day(),
            )  # fmt: skip
    for _ in d.times(2, 4):
        make_ky_luat(d.person(), ngay_quyet_dinh=FIRST, ngay_cong_bo=d.day())


def _doan_phi(d: _Dice) -> None:
    """Books that opened at some time, rates of one ward, months paid here and there, exemptions."""
    QuyDinh.objects.create(
        ma="doan_phi_khong_luong", don_vi=d.ward(), tu_ngay=d.day().replace(day=1), gia_tri=3000,
        can_cu="Thử",
    )  # fmt: skip
    for branch in d.branches:
        if d.random() < 0.8:
            SoThuDoanPhi.objects.create(don_vi=branch, tu_thang=d.day().replace(day=1))
    paid = {(d.person(), d.day().replace(day=1)) for _ in d.times(30, 50)}
    for so, (person, thang) in enumerate(sorted(paid, key=lambda pair: (pair[0].pk, pair[1])), 1):
        branch = d.choice([person.chi_doan, d.branch()])
        phieu = PhieuThu.objects.create(
            don_vi=branch, nam=2025, so=so, ngay=d.day(), nguoi_nop="Thử", noi_dung="Thử",
            tong=2000, ma_gui=uuid.uuid4(),
        )  # fmt: skip
        DoanPhi.objects.create(
            phieu=phieu, doan_vien=person, chi_doan=branch, thang=thang, so_tien=2000
        )
    for _ in d.times(2, 4):
        thang = d.day().replace(day=1)
        MienDoanPhi.objects.create(
            doan_vien=d.person(), chi_doan=d.branch(), tu_thang=thang, den_thang=thang,
            ly_do="kho_khan", ngay_quyet=FIRST, trang_thai="da_duyet",
        )  # fmt: skip
    for _ in d.times(3, 6):
        NopDoanPhi.objects.create(
            don_vi=d.branch(), don_vi_nhan=d.ward(), ky="2025-01", ngay=d.day(), co_so=3000,
            giu_lai=2000, trich_nop=1000, ma_gui=uuid.uuid4(),
        )  # fmt: skip


def _can_bo(d: _Dice) -> None:
    for _ in d.times(2, 4):
        day = d.day()
        lop = make_lop(
            don_vi=d.choice([d.huyen, *d.wards]), tu_ngay=day, trang_thai="xong", ngay_xong=day
        )
        for _ in d.times(1, 4):
            make_hoc_vien(lop=lop, don_vi=d.branch(), du=True)
    for branch in d.sample(d.branches, k=3):
        QuyHoach.objects.create(
            doan_vien=d.person(), don_vi=branch, san_sang="ngay", ngay=d.day(), nam_ra_soat=2025
        )
        guest = QuaTrinh.objects.create(
            doan_vien=d.person(), chi_doan=branch, loai="tam_thoi", tu_ngay=d.day(),
            ly_do_bat_dau="gioi_thieu",
        )  # fmt: skip
        CuCanBo.objects.create(
            doan_vien=guest.doan_vien, don_vi=branch, tu_ngay=guest.tu_ngay, can_cu="QĐ",
            qua_trinh=guest,
        )  # fmt: skip
        LanXuong.objects.create(
            chi_doan=branch, chuc_vu=branch.chuc_vu.first(), ho_ten="Thử", ngay=d.day(),
            noi_dung="Họp",
        )  # fmt: skip
    for _ in d.times(2, 4):
        make_tham_hoi(doan_vien=d.person(), don_vi=d.ward(), ngay=d.day(), gia_tri=300_000)


def _dang(d: _Dice) -> None:
    chosen = d.sample(d.people, k=6)
    for ward, members in zip(d.wards, (chosen[:3], chosen[3:]), strict=True):
        to = make_to(don_vi=ward, ngay_thanh_lap=d.day())
        for person in members:
            make_thanh_vien(to=to, doan_vien=person)
        for quy in d.sample(range(1, 5), k=2):
            make_ky(to=to, nam=d.nam(), quy=quy, ngay=d.day(), trang_thai="ket_thuc")
    for person in d.sample(d.people, k=5):
        make_nhan_thuc(doan_vien=person, ngay_cap=d.day(), tu_ngay=FIRST)
    by = make_nguoi_dung()
    for person in d.sample(d.people, k=8):
        day = d.day()
        state = d.choice(["da_gui", "ket_nap", "chat_van"])
        admitted = {"ngay_ket_nap": d.day(day)} if state == "ket_nap" else {}
        case = make_ho_so(
            doan_vien=person, trang_thai=state, ngay_mo=day, ngay_buoc=day, ngay_gioi_thieu=day,
            ngay_gui=day, **admitted,
        )  # fmt: skip
        asked = d.day(day)
        answered = {"tra_loi_ngay": d.day(asked), "tra_loi_loai": "chua_du", "tra_loi_boi": by}
        ChatVan.objects.create(
            ho_so=case, lan_thu=1, ngay=asked, so_ngay_cho=1, han_tra_loi=asked + timedelta(days=9),
            **(answered if d.random() < 0.5 else {}),
        )  # fmt: skip
    for _ in d.times(3, 6):
        day = d.day()
        done = {"trang_thai": "da", "ngay_xong": d.day(day)} if d.random() < 0.6 else {}
        make_nguyen_vong(chi_doan=d.branch(), ngay=day, **done)


def _kiem_tra(d: _Dice) -> None:
    for branch in d.sample(d.branches, k=4):
        day = d.day()
        cuoc = make_cuoc(
            doi_tuong=branch, don_vi=d.ward(), trang_thai="khac_phuc", ngay=day,
            ngay_ket_luan=day,
        )  # fmt: skip
        make_kien_nghi(cuoc, trang_thai="xong", ngay_xong=d.day(day))
    for ward in (*d.wards, d.ward()):
        day = d.day()
        make_tham_muu(
            don_vi=ward, ngay=day, ket_qua="chap_thuan", ngay_tra_loi=d.day(day),
            kinh_phi=5_000_000,
        )  # fmt: skip


def _sinh_ke(d: _Dice) -> None:
    for so, branch in enumerate(d.sample(d.branches, k=2)):
        to = make_to_tiet_kiem(don_vi=branch, ten=f"Tổ {so}", tu_ngay=d.day())
        make_so_du(to, f"{d.nam()}Q{d.randint(1, 4)}", du_no=d.randrange(10**9))
    for person in d.sample(d.people, k=2):
        make_mo_hinh_kinh_te(doan_vien=person, tu_ngay=d.day())
    for loai in HoTro.Loai.values:
        for _ in d.times(1, 3):
            money = 20_000_000 if loai == "vay_von" else None
            make_ho_tro(
                don_vi=d.choice([*d.wards, *d.branches]), loai=loai, ngay=d.day(), so_tien=money
            )
