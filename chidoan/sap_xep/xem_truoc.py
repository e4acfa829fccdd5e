"""What a plan would do: the same code, run and rolled back."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q, Sum

from chidoan.models import ChucVu, SapXep
from core.errors import RuleError
from core.periods import KyBaoCao
from core.text.display import tien
from doanvien.doan_phi.queries import con_no_thang_tai
from doanvien.models import DoanVien, DotXepLoai, PhieuThu
from tochuc.models import DonVi, NguoiDung

from . import ke_hoach as kh
from .ap_dung import KetQua, ap_dung
from .can_tro import CanTroError
from .di_theo import cac_tang_tren
from .nguoi import vai_tro_ket_thuc

NHIEU_NHAT = 60
"""So many lines of a kind are kept for the page."""


@dataclass
class XemTruoc:
    """All that a person wants to know before he says yes."""

    can_tro: list[str] = field(default_factory=list)
    bang: list[dict] = field(default_factory=list)
    dong: list[dict] = field(default_factory=list)
    tong_truoc: int = 0
    tong_sau: int = 0
    so_nguoi: int = 0
    theo: list[tuple[str, int]] = field(default_factory=list)
    ket_thuc: list[tuple[str, int]] = field(default_factory=list)
    trong: list[str] = field(default_factory=list)
    tai_khoan: list[str] = field(default_factory=list)
    chuc_vu: list[str] = field(default_factory=list)
    con_do: list[str] = field(default_factory=list)
    nguoi_moi: list[str] = field(default_factory=list)
    so_ket_thuc: int = 0
    so_doi_cho: int = 0
    doi_cho: list[str] = field(default_factory=list)
    chia: bool = False
    chung: list[str] = field(default_factory=list)


def xem_truoc(sap_xep: SapXep) -> XemTruoc:
    """Try the plan inside a transaction that is rolled back."""
    seen = XemTruoc()
    trial = SapXep.objects.get(pk=sap_xep.pk)
    try:
        with transaction.atomic():
            accounts = {}
            ket_qua = ap_dung(
                trial,
                truoc_khi_doi=lambda pham_vi: accounts.update(_truoc(pham_vi)),
                is_thu=True,
            )
            _doc(seen, ket_qua, accounts)
            transaction.set_rollback(True)
    except CanTroError as refusal:
        seen.can_tro = list(dict.fromkeys(refusal.cau))
    except RuleError as refusal:
        seen.can_tro = [str(refusal)]
    return seen


def _truoc(pham_vi) -> dict:
    """What is not there any more once it was done: roles, offices, what is left half done."""
    roles = vai_tro_ket_thuc(pham_vi).select_related("nguoi_dung", "don_vi")
    offices = ChucVu.objects.filter(don_vi__in=pham_vi.ket_thuc).tai_ngay(pham_vi.ngay)
    rounds = DotXepLoai.objects.filter(chi_doan__in=pham_vi.ket_thuc)
    rounds = rounds.exclude(trang_thai=DotXepLoai.TrangThai.CONG_NHAN).select_related("chi_doan")
    left = [line for module in cac_tang_tren() for line in module.con_do(pham_vi)]
    left += [
        f"{row} của {row.chi_doan} chưa xong; làm tiếp ở trang của chi đoàn cũ." for row in rounds
    ]
    left += _doan_phi(pham_vi)
    return {
        "vai_tro": [
            f"{role.nguoi_dung.username}: {role.get_vai_tro_display()}, {role.don_vi}"
            for role in roles.order_by("don_vi__path", "pk")[:NHIEU_NHAT]
        ],
        "chuc_vu": [
            f"{office.get_chuc_danh_display()} {office.don_vi}"
            for office in offices.select_related("don_vi").order_by("don_vi__path", "pk")[
                :NHIEU_NHAT
            ]
        ],
        "con_do": left[:NHIEU_NHAT],
    }


def _doan_phi(pham_vi):
    """Money that is left open: taken and not handed on, and months that nobody paid yet."""
    receipts = PhieuThu.objects.chua_nop().filter(don_vi__in=pham_vi.ket_thuc).order_by()
    sums = receipts.values("don_vi").annotate(so=Count("pk"), tong=Sum("tong"))
    sums = {row["don_vi"]: row for row in sums if row["tong"] > 0}
    units = DonVi.objects.in_bulk(sums)
    for pk, row in sorted(sums.items()):
        words = f"{units[pk]} còn {row['so']} phiếu thu, {tien(row['tong'])} chưa nộp lên cấp trên"
        then = "nộp tiếp ở sổ của chi đoàn cũ" if pk in pham_vi.nguoi else "đơn vị kế tục nộp tiếp"
        yield f"{words}; {then}."
    month = KyBaoCao.month_of(pham_vi.ngay).previous
    owing = con_no_thang_tai(Q(chi_doan__in=pham_vi.nguon), month).count()
    if owing:
        yield (
            f"{owing} đồng chí chưa đóng đoàn phí tháng {month.start:%m/%Y}. Khoản nợ còn ở sổ của "
            "chi đoàn cũ, người của đơn vị nhận thu tiếp ở đó."
        )


def _nguoi_moi(ket_qua: KetQua) -> list[str]:
    """Whom and which account the plan puts in charge of what takes over."""
    named = [(dich, pk) for dich, pk in ket_qua.cay.dich if dich.bi_thu or dich.tai_khoan]
    people = DoanVien.objects.in_bulk([dich.bi_thu for dich, _ in named if dich.bi_thu])
    accounts = NguoiDung.objects.in_bulk([dich.tai_khoan for dich, _ in named if dich.tai_khoan])
    lines = []
    for dich, pk in named:
        unit = ket_qua.cay.units[pk].ten_day_du
        if dich.bi_thu:
            lines.append(f"Đồng chí {people[dich.bi_thu]} làm bí thư lâm thời {unit}.")
        if dich.tai_khoan:
            account = accounts[dich.tai_khoan]
            lines.append(f"Tài khoản {account.username} ({account.ho_ten}) dùng cho {unit}.")
    return lines[:NHIEU_NHAT]


def _doc(seen: XemTruoc, ket_qua: KetQua, accounts: dict) -> None:
    ended = ket_qua.pham_vi.ket_thuc
    units = DonVi.objects.in_bulk({*ket_qua.truoc, *ket_qua.sau, *ended})
    seen.so_nguoi, seen.so_ket_thuc = ket_qua.so_nguoi, len(ended)
    seen.chia = any(line.loai == kh.CHIA_TACH for line in ket_qua.cay.dong)
    seen.chung = _chung(ket_qua)
    moved = ket_qua.cay.doi_cho - ended
    seen.so_doi_cho, seen.doi_cho = len(moved), _doi_cho(moved)
    seen.dong = [
        {
            "loai": line.get_loai_display(),
            "truoc": line.ten_truoc,
            "sau": line.ten_sau,
            "so_nguoi": line.so_nguoi,
        }
        for line in ket_qua.cay.dong[: 2 * NHIEU_NHAT]
    ]
    seen.bang = [
        {
            "ten": units[pk].ten_day_du,
            "truoc": ket_qua.truoc.get(pk, 0),
            "sau": ket_qua.sau.get(pk, 0),
            "ket_thuc": pk in ended,
            "moi": units[pk].thanh_lap == ket_qua.pham_vi.ngay and pk not in ket_qua.truoc,
        }
        for pk in sorted(units, key=lambda pk: (pk not in ended, units[pk].path))
    ][:NHIEU_NHAT]
    seen.tong_truoc = sum(ket_qua.truoc.values())
    seen.tong_sau = sum(ket_qua.sau.values())
    seen.theo = [(label, count) for label, count in ket_qua.theo if count]
    seen.ket_thuc = [(label, count) for label, count in ket_qua.ket_thuc if count]
    seen.tai_khoan, seen.con_do = accounts["vai_tro"], accounts["con_do"]
    seen.chuc_vu = accounts["chuc_vu"]
    seen.nguoi_moi = _nguoi_moi(ket_qua)
    seen.trong = _trong(ket_qua, units)


_RIENG = {True: "đồng chí đi theo đồng chí", False: "đơn vị trực thuộc đi theo đơn vị"}
"""Whose work goes its own way: when a branch is split, and when a ward is."""


def _chung(ket_qua: KetQua) -> list[str]:
    """Which unit takes over what is nobody's own, where people or branches go different ways."""
    pham_vi, units = ket_qua.pham_vi, ket_qua.cay.units
    split = sorted((set(pham_vi.nguoi) | set(pham_vi.phan)) & set(pham_vi.sang))
    return [
        f"Việc chung của {units[pk]} về {units[pham_vi.sang[pk]].ten_day_du}; việc của từng "
        f"{_RIENG[units[pk].is_chi_doan]} ấy."
        for pk in split
    ]


def _doi_cho(moved: set[int]) -> list[str]:
    """Units that hang elsewhere from the day on, and below which one. One query for all above."""
    units = DonVi.objects.filter(pk__in=moved).order_by("path")[:NHIEU_NHAT]
    above = DonVi.objects.filter(path__in={unit.path[: -DonVi.steplen] for unit in units})
    names = {unit.path: str(unit) for unit in above}
    return [f"{unit}: về {names[unit.path[: -DonVi.steplen]]}" for unit in units]


def _trong(ket_qua: KetQua, units: dict[int, DonVi]) -> list[str]:
    """Units that take over and would have no secretary."""
    targets = {pk for _, pk in ket_qua.cay.dich}
    held = ChucVu.objects.bi_thu().filter(don_vi__in=targets).tai_ngay(ket_qua.pham_vi.ngay)
    held = set(held.values_list("don_vi", flat=True))
    vacant = [ket_qua.cay.units[pk].ten_day_du for pk in sorted(targets - held)]
    return [f"{ten} chưa có bí thư." for ten in vacant]
