"""Admissions of Phường I: the year's new members with who introduced them, and what is open."""

from datetime import date, timedelta

from doanvien.ket_nap.quyet_dinh import CHUYEN_SANG, record_many
from doanvien.models import BuocKetNap, DoanVien, KetNap
from tochuc.models import DonVi
from tochuc.van_ban import so_ky_hieu, take_number

from .phuong_1 import ChiDoanDemo
from .ten import May

Loai, T = BuocKetNap.Loai, KetNap.TrangThai
GAN_DAY = timedelta(days=301)
CHO_LE = 2  # of the newest, the ceremony is still to come
DON, HOP = timedelta(days=35), timedelta(days=12)  # before the resolution
CUNG_CONG_TAC = timedelta(days=120)
SAU_CHUAN_Y = timedelta(days=6)


def admissions(branches: list[ChiDoanDemo], phuong: DonVi, *, homnay: date, by) -> None:
    """A case for each member admitted of late but one, and four that are open."""
    new = [
        (nguoi.ngay_vao_doan, branch, nguoi)
        for branch in branches
        for nguoi in branch.nguoi
        if nguoi.ngay_vao_doan >= homnay - GAN_DAY
    ]
    new.sort(key=lambda row: (row[0], row[2].pk))
    rows = []
    for so, (ngay, branch, nguoi) in enumerate(new[1:], start=1):
        le = ngay + SAU_CHUAN_Y if so <= len(new) - 1 - CHO_LE else None
        rows.append(_decided(branch, nguoi, phuong, so=so, le=le, by=by))
    fields = ["nguoi_gioi_thieu", "so_nghi_quyet"]
    DoanVien.objects.bulk_update([nguoi for *_, nguoi in new], fields, batch_size=500)
    rows += _open(branches, homnay)
    record_many(rows=rows, don_vi=phuong, by=by)


def _decided(branch: ChiDoanDemo, nguoi: DoanVien, phuong: DonVi, *, so: int, le, by):
    ngay = nguoi.ngay_vao_doan
    nguoi.nguoi_gioi_thieu = _introducer(branch, ngay - HOP, so)
    number = take_number(don_vi=phuong, loai="NQ", nam=ngay.year)
    nguoi.so_nghi_quyet = so_ky_hieu(don_vi=phuong, loai="NQ", so=number, ngay=ngay)
    case = _case(branch, nguoi, ngay - DON, nguoi.nguoi_gioi_thieu)
    case.doan_vien, case.ngay_chuan_y = nguoi, ngay
    case.so_nghi_quyet = nguoi.so_nghi_quyet
    case.trang_thai, case.ngay_buoc = T.CHUAN_Y, ngay
    steps = [
        *_proposed(branch, case, ngay - HOP),
        _step(Loai.CHUAN_Y, T.CHUAN_Y, ngay, boi=by, so_van_ban=case.so_nghi_quyet),
    ]
    if le:
        case.trang_thai, case.ngay_buoc, case.ngay_le = T.DA_KET_NAP, le, le
        case.noi_le = "Nhà văn hóa phường I"
        steps.append(_step(Loai.LE, T.DA_KET_NAP, le, boi=by, noi_dung=case.noi_le))
    return case, steps


def _open(branches: list[ChiDoanDemo], homnay: date) -> list:
    """One to vote on, two that wait for the ward (one lacks something), one sent back."""
    may = May(77, tinh="093", que_quan="Phường I, TP. Vị Thanh, Hậu Giang")
    by_name = {branch.don_vi.ten: branch for branch in branches}
    others = [
        branch
        for branch in branches
        if branch.suc == "tot" and branch.don_vi.ten not in ("Khu vực 1", "Khu vực 3")
    ]
    plan = [
        (by_name["Khu vực 3"], T.DON),
        (by_name["Khu vực 1"], T.CHO_CHUAN_Y),
        (others[0], T.CHO_CHUAN_Y),
        (others[1], T.TRA_LAI),
    ]
    rows = []
    for so, (branch, state) in enumerate(plan):
        case = _applicant(may, branch, homnay)
        case.trang_thai = state
        steps = [_step(Loai.LAP, T.DON, case.ngay_don)]
        if state != T.DON:
            case.ngay_buoc = homnay - timedelta(days=9)
            steps = _proposed(branch, case, case.ngay_buoc)
        if so >= 2:
            case.ngay_hoc_dieu_le = None
        if state == T.TRA_LAI:
            case.ngay_buoc = homnay - timedelta(days=4)
            ly_do = "Chưa có ngày học Điều lệ Đoàn. Chi đoàn cho học rồi gửi lại."
            steps.append(_step(Loai.TRA_LAI, T.TRA_LAI, case.ngay_buoc, ly_do=ly_do))
        rows.append((case, steps))
    return rows


def _applicant(may: May, branch: ChiDoanDemo, homnay: date) -> KetNap:
    nam = homnay.year
    nguoi = may.nguoi(
        chi_doan=branch.don_vi,
        sinh=(date(nam - 19, 1, 1), date(nam - 17, 1, 1)),
        vao_doan=(homnay, homnay),
        noi_o=f"{branch.don_vi.ten}, phường I",
    )
    don = homnay - timedelta(days=20)
    return _case(branch, nguoi, don, _introducer(branch, homnay - timedelta(days=9), 0))


def _case(branch: ChiDoanDemo, nguoi: DoanVien, don: date, introducer: DoanVien | None) -> KetNap:
    case = KetNap(
        chi_doan=branch.don_vi,
        ngay_don=don,
        ngay_buoc=don,
        ngay_hoc_dieu_le=don + timedelta(days=8),
        nguoi_gioi_thieu=introducer,
        to_chuc_gioi_thieu="" if introducer else "Chi hội Liên hiệp thanh niên",
        **{name: getattr(nguoi, name) for name in CHUYEN_SANG},
    )
    case.set_ho_ten(nguoi.ho_ten)
    case.set_cccd(nguoi.cccd)
    return case


def _introducer(branch: ChiDoanDemo, ngay: date, so: int) -> DoanVien | None:
    """Somebody of the branch who had been there long enough; not always the same."""
    able = [row for row in branch.nguoi if row.ngay_vao_doan <= ngay - CUNG_CONG_TAC]
    return able[so % min(len(able), 5)] if able else None


def _proposed(branch: ChiDoanDemo, case: KetNap, hop: date) -> list[BuocKetNap]:
    """Application and vote; one in four members was away."""
    tong = max(sum(row.ngay_vao_doan <= hop for row in branch.nguoi), 1)
    co_mat = max(tong - tong // 4, 1)
    khong = 1 if co_mat > 8 else 0
    tally = {
        "co_quyen": tong,
        "co_mat": co_mat,
        "tan_thanh": co_mat - khong,
        "khong_tan_thanh": khong,
        "khong_hop_le": 0,
    }
    return [
        _step(Loai.LAP, T.DON, case.ngay_don),
        _step(Loai.THONG_QUA, T.CHO_CHUAN_Y, hop, **tally),
    ]


def _step(loai: str, den: str, ngay: date, **fields) -> BuocKetNap:
    return BuocKetNap(loai=loai, den_trang_thai=den, ngay=ngay, **fields)
