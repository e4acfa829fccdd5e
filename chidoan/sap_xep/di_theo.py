"""What goes along when a unit ends: for each table, which rows are still open on the day.

What is over stays with the unit that did it. Layers above add their own in `sap_xep.py`,
named by the setting SAP_XEP_DI_THEO.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module

from django.conf import settings
from django.db import models
from django.db.models import F, IntegerField, Q, Value

from chidoan.models import (
    BuoiSinhHoat,
    CuCanBo,
    CuocKiemTra,
    DeNghiKhen,
    DeNghiNhanRong,
    DeNghiNhanSu,
    HoatDong,
    HocVien,
    HoiThi,
    LopTapHuan,
    MoHinh,
    MoHinhKinhTe,
    NghiQuyet,
    QuyHoach,
    ThiSinh,
    ToTietKiem,
)
from chidoan.models.kiem_tra import TrangThaiKiemTra
from doanvien.models import (
    ChuyenSinhHoat,
    DeNghiXoaTen,
    DotTruongThanh,
    HoanSinhHoat,
    KetNap,
    MienDoanPhi,
    NguyenVong,
    NopDoanPhi,
    RenLuyen,
    XetTruongThanh,
)
from doanvien.models.chuyen import KET_THUC as CHUYEN_XONG
from doanvien.models.ket_nap import DANG_MO, TrangThaiKetNap
from tochuc.so_thay_doi import SoThayDoi


@dataclass
class PhamVi:
    """What ends, on which day, and where what belonged to it goes."""

    ngay: date
    ket_thuc: set[int] = field(default_factory=set)
    sang: dict[int, int] = field(default_factory=dict)
    nguoi: dict[int, dict[int, int]] = field(default_factory=dict)
    dia_ban: dict[int, int] = field(default_factory=dict)
    """Where areas of a split branch go."""
    phan: dict[int, set[int]] = field(default_factory=dict)
    """Where units below a ward or a district go, when it is split or some are moved."""
    cha: Callable[[int], int | None] = lambda _: None
    """What stands above a unit from the day on."""
    tren: set[int] = field(default_factory=set)
    """Units above those that change: their reports count them."""

    @property
    def nguon(self) -> set[int]:
        """Units out of which something goes."""
        return self.ket_thuc | set(self.nguoi) | set(self.phan)

    def den(self, don_vi: int, nguoi: int | None = None, chi_doan: int | None = None) -> int | None:
        """Where a row of that unit goes, by its person where a branch was split, by the branch or
        ward it is about where those below went different ways; None: it stays."""
        if don_vi in self.nguoi and nguoi in self.nguoi[don_vi]:
            return self.nguoi[don_vi][nguoi]
        if don_vi in self.phan and (part := self._phan_cua(don_vi, chi_doan)):
            return part
        return self.sang.get(don_vi)

    def _phan_cua(self, don_vi: int, duoi: int | None) -> int | None:
        """The part of `don_vi` below which `duoi` stands now."""
        while duoi and (duoi := self.cha(duoi)):
            if duoi in self.phan[don_vi]:
                return duoi
        return None


_KHONG = Value(None, output_field=IntegerField())


@dataclass(frozen=True)
class DiTheo:
    """Open rows of a table, found at the unit's end by the key `khoa`, that go along.

    `mo` says which are open on a day; `nguoi` names the person by whom the split of a branch is
    decided, `theo` the unit with which it leaves the one above: without it all go to the first
    part.
    Of rows that would say the same twice of `mot` at the new unit, only the first goes along.
    """

    nhan: str
    model: type[models.Model]
    khoa: str
    mo: Callable[[date], Q]
    nguoi: str = ""
    mot: tuple[str, ...] = ()
    theo: str = ""

    def ap_dung(self, pham_vi: PhamVi, so: SoThayDoi) -> int:
        """Let them go along; how many."""
        rows = self.model.objects.filter(
            self.mo(pham_vi.ngay), **{f"{self.khoa}__in": pham_vi.nguon}
        )
        person, branch = (F(name) if name else _KHONG for name in (self.nguoi, self.theo))
        found = rows.order_by("pk").values_list("pk", self.khoa, person, branch)
        moves = [(pk, old, pham_vi.den(old, nguoi, theo)) for pk, old, nguoi, theo in list(found)]
        moves = [(pk, old, new) for pk, old, new in moves if new not in (None, old)]
        name = self.model._meta.get_field(self.khoa).attname
        doubles = self._trung(moves, pham_vi.ngay)
        return so.sua_tung(
            self.model,
            [(pk, {name: old}, {name: new}) for pk, old, new in moves if pk not in doubles],
        )

    def _trung(self, moves: list[tuple[int, int, int]], ngay: date) -> set[int]:
        """Those of the rows that the new unit has already, by what `mot` names."""
        if not self.mot or not moves:
            return set()
        rows = self.model.objects.filter(self.mo(ngay)).order_by("pk")
        there = rows.filter(**{f"{self.khoa}__in": {new for *_, new in moves}})
        held = set(there.values_list(self.khoa, *self.mot))
        says = {
            pk: tuple(words)
            for pk, *words in rows.filter(pk__in=[pk for pk, *_ in moves]).values_list(
                "pk", *self.mot
            )
        }
        doubles = set()
        for pk, _, new in moves:
            key = (new, *says[pk])
            doubles |= {pk} if key in held else set()
            held.add(key)
        return doubles


def _hop_hen(ngay: date) -> Q:
    """Called or begun for the day or later; joint ones are called off instead."""
    draft = Q(trang_thai=BuoiSinhHoat.TrangThai.NHAP, ngay__gte=ngay)
    return draft & Q(chu_nha__isnull=True, cung_hop__isnull=True)


def _mien(ngay: date) -> Q:
    states = MienDoanPhi.TrangThai
    granted = Q(trang_thai=states.DA_DUYET, den_thang__gte=ngay.replace(day=1))
    return Q(trang_thai=states.DE_NGHI) | granted


_CHUYEN_MO = ~Q(trang_thai__in=CHUYEN_XONG)
_CHUA_QUYET = Q(dot__isnull=True) | Q(dot__so_quyet_dinh="")

CUA_CHI_DOAN: tuple[DiTheo, ...] = (
    DiTheo(
        "Lần chuyển đi đang làm", ChuyenSinhHoat, "chi_doan_di", lambda _: _CHUYEN_MO, "doan_vien"
    ),
    DiTheo("Lần chuyển đến đang làm", ChuyenSinhHoat, "chi_doan_den", lambda _: _CHUYEN_MO),
    DiTheo(
        "Lần chuyển đang ở Đoàn cơ sở đi",
        ChuyenSinhHoat,
        "phuong_di",
        lambda _: _CHUYEN_MO,
        theo="chi_doan_di",
    ),
    DiTheo(
        "Lần chuyển đang ở Đoàn cơ sở đến",
        ChuyenSinhHoat,
        "phuong_den",
        lambda _: _CHUYEN_MO,
        theo="chi_doan_den",
    ),
    DiTheo("Miễn đoàn phí còn hạn, chờ xét", MienDoanPhi, "chi_doan", _mien, "doan_vien"),
    DiTheo(
        "Hoãn sinh hoạt còn hạn",
        HoanSinhHoat,
        "chi_doan",
        lambda day: (
            Q(den_ngay__gte=day) & (Q(ket_thuc_som__isnull=True) | Q(ket_thuc_som__gte=day))
        ),
        "doan_vien",
    ),
    DiTheo(
        "Đề nghị xóa tên chờ quyết định",
        DeNghiXoaTen,
        "chi_doan",
        lambda _: Q(trang_thai=DeNghiXoaTen.TrangThai.CHO),
        "doan_vien",
    ),
    DiTheo(
        "Xét trưởng thành Đoàn chưa quyết định",
        XetTruongThanh,
        "chi_doan",
        lambda _: _CHUA_QUYET,
        "doan_vien",
    ),
    DiTheo(
        "Dự thảo quyết định trưởng thành Đoàn",
        DotTruongThanh,
        "don_vi",
        lambda _: Q(so_quyet_dinh=""),
    ),
    DiTheo(
        "Kết nạp đoàn viên đang làm",
        KetNap,
        "chi_doan",
        lambda _: Q(trang_thai__in=(*DANG_MO, TrangThaiKetNap.CHUAN_Y)),
        "nguoi_gioi_thieu",
    ),
    DiTheo(
        "Nguyện vọng chưa giải quyết xong",
        NguyenVong,
        "chi_doan",
        lambda _: Q(trang_thai__in=NguyenVong.CON_MO),
        "doan_vien",
    ),
    DiTheo(
        "Chương trình rèn luyện của năm",
        RenLuyen,
        "chi_doan",
        lambda day: Q(nam__gte=day.year, xac_nhan_ngay__isnull=True),
        "doan_vien",
    ),
    DiTheo(
        "Đoàn phí đã nộp, chờ nhận",
        NopDoanPhi,
        "don_vi_nhan",
        lambda _: Q(trang_thai=NopDoanPhi.TrangThai.DA_GHI),
        theo="don_vi",
    ),
    DiTheo(
        "Nghị quyết đang làm",
        NghiQuyet,
        "chi_doan",
        lambda _: Q(trang_thai=NghiQuyet.TrangThai.DANG_LAM),
        "phu_trach",
    ),
    DiTheo("Buổi sinh hoạt đã hẹn, đang soạn", BuoiSinhHoat, "chi_doan", _hop_hen),
    DiTheo(
        "Hoạt động đang làm",
        HoatDong,
        "don_vi",
        lambda _: Q(trang_thai=HoatDong.TrangThai.DANG_LAM),
    ),
    DiTheo(
        "Mô hình đang làm điểm",
        MoHinh,
        "diem",
        lambda day: Q(den_ngay__isnull=True) | Q(den_ngay__gte=day),
    ),
    DiTheo(
        "Mô hình do đơn vị tổ chức",
        MoHinh,
        "don_vi",
        lambda day: Q(den_ngay__isnull=True) | Q(den_ngay__gte=day),
        theo="diem",
    ),
)
"""Of members and of branches' own work."""


def _con_han(day: date) -> Q:
    return Q(den_ngay__isnull=True) | Q(den_ngay__gte=day)


_CHI_DOAN_CUA_NGUOI = "doan_vien__chi_doan"
_MO_KIEM_TRA = ~Q(trang_thai__in=[TrangThaiKiemTra.XONG, TrangThaiKiemTra.BO])
_MO_DE_NGHI_KHEN = Q(trang_thai__in=DeNghiKhen.CON_MO)
_LOP_MO = Q(trang_thai__in=LopTapHuan.CON_MO)
_HOI_THI_MO = Q(trang_thai=HoiThi.TrangThai.CHUAN_BI)

CUA_CAN_BO: tuple[DiTheo, ...] = (
    DiTheo(
        "Quy hoạch cán bộ",
        QuyHoach,
        "don_vi",
        lambda _: Q(ngay_dua_ra__isnull=True),
        "doan_vien",
        ("doan_vien_id", "chuc_danh"),
        _CHI_DOAN_CUA_NGUOI,
    ),
    DiTheo(
        "Đề nghị nhân sự chờ trả lời",
        DeNghiNhanSu,
        "don_vi",
        lambda _: Q(trang_thai=DeNghiNhanSu.TrangThai.CHO),
        "doan_vien",
        ("doan_vien_id", "chuc_danh"),
        _CHI_DOAN_CUA_NGUOI,
    ),
    DiTheo("Cán bộ được cử về", CuCanBo, "don_vi", _con_han),
    DiTheo("Tổ tiết kiệm và vay vốn", ToTietKiem, "don_vi", _con_han),
    DiTheo(
        "Mô hình kinh tế của đoàn viên",
        MoHinhKinhTe,
        "chi_doan",
        lambda _: ~Q(trang_thai=MoHinhKinhTe.TrangThai.THOI),
        "doan_vien",
    ),
    DiTheo(
        "Cuộc kiểm tra ở đơn vị, đang theo dõi", CuocKiemTra, "doi_tuong", lambda _: _MO_KIEM_TRA
    ),
    DiTheo(
        "Cuộc kiểm tra do đơn vị tiến hành",
        CuocKiemTra,
        "don_vi",
        lambda _: _MO_KIEM_TRA,
        theo="doi_tuong",
    ),
    DiTheo(
        "Đề nghị khen thưởng chờ quyết định",
        DeNghiKhen,
        "don_vi",
        lambda _: _MO_DE_NGHI_KHEN,
        "doan_vien",
        theo=_CHI_DOAN_CUA_NGUOI,
    ),
    DiTheo(
        "Đề nghị khen thưởng đang xem xét",
        DeNghiKhen,
        "noi_giu",
        lambda _: _MO_DE_NGHI_KHEN,
        theo="don_vi",
    ),
    DiTheo("Lớp tập huấn chưa kết thúc", LopTapHuan, "don_vi", lambda _: _LOP_MO),
    DiTheo(
        "Người dự lớp chưa kết thúc",
        HocVien,
        "don_vi",
        lambda _: Q(lop__trang_thai__in=LopTapHuan.CON_MO),
        "doan_vien",
        theo=_CHI_DOAN_CUA_NGUOI,
    ),
    DiTheo("Hội thi đang tổ chức", HoiThi, "don_vi", lambda _: _HOI_THI_MO),
    DiTheo(
        "Thí sinh của hội thi đang tổ chức",
        ThiSinh,
        "don_vi",
        lambda _: Q(hoi_thi__trang_thai=HoiThi.TrangThai.CHUAN_BI),
        "doan_vien",
        theo=_CHI_DOAN_CUA_NGUOI,
    ),
    DiTheo(
        "Đề nghị nhân rộng mô hình chờ trả lời",
        DeNghiNhanRong,
        "don_vi",
        lambda _: Q(trang_thai=DeNghiNhanRong.TrangThai.CHO),
    ),
)
"""Of cadres, training, inspection, livelihood and commendations."""


def cac_tang_tren() -> list:
    """The modules of the layers above that have something to say."""
    return [import_module(name) for name in settings.SAP_XEP_DI_THEO]


def tat_ca() -> list[DiTheo]:
    return [
        *CUA_CHI_DOAN,
        *CUA_CAN_BO,
        *(item for module in cac_tang_tren() for item in module.DI_THEO),
    ]
