"""Transfers of Phường I: one waits for the ward, one came back refused, one member is a guest
nearby, and two members of units outside take part where they live."""

from datetime import date, timedelta

from doanvien.chuyen import khach, services
from doanvien.chuyen.doan_phi import read_doan_phi
from doanvien.chuyen.services import NoiDen
from doanvien.models import ChuyenSinhHoat, DoanVien
from tochuc.models import DonVi

from .phuong_1 import ChiDoanDemo
from .ten import May

CU_TRU = (
    ("phuong-1-khu-vuc-1", "Chi đoàn Trường THPT Vị Thanh"),
    ("phuong-1-khu-vuc-3", "Chi đoàn Kho bạc Nhà nước Vị Thanh"),
)
_KIND = ChuyenSinhHoat.Loai


def build(
    branches: list[ChiDoanDemo], units: dict[str, DonVi], accounts: dict, *, homnay: date
) -> None:
    khu_vuc_3, khu_vuc_7 = (_branch(branches, ten) for ten in ("Khu vực 3", "Khu vực 7"))
    first, second = _settled(khu_vuc_3, homnay)[:2]
    mau = units["phuong-mau"]
    _waiting(first, mau, accounts, ngay=homnay - timedelta(days=17))
    _refused(second, mau, accounts, ngay=homnay - timedelta(days=9))
    guest = _settled(khu_vuc_7, homnay)[0]
    _temporary(guest, units["phuong-1-khu-vuc-1"], accounts, ngay=homnay - timedelta(days=30))
    _participants(units, homnay=homnay, by=accounts["demo.phuong"])


def _waiting(person: DoanVien, mau: DonVi, accounts, *, ngay: date) -> None:
    _ask(person, NoiDen(phuong=mau, ten_chi_doan="Chi đoàn Khu vực 5"), accounts, ngay=ngay)


def _refused(person: DoanVien, mau: DonVi, accounts, *, ngay: date) -> None:
    noi_den = NoiDen(phuong=mau, ten_chi_doan="Chi đoàn Khu vực 2")
    row = _ask(person, noi_den, accounts, ngay=ngay, ly_do="Về ở với gia đình")
    row = services.sign(chuyen=row, ngay=ngay + timedelta(days=2), by=accounts["demo.phuong"])
    services.refuse(
        chuyen=row,
        ngay=ngay + timedelta(days=5),
        ly_do="Sổ đoàn viên chưa có nhận xét năm trước. Bổ sung rồi gửi lại.",
        by=accounts["demo.phuongmau"],
    )


def _temporary(person: DoanVien, branch: DonVi, accounts, *, ngay: date) -> None:
    by = accounts["demo.phuong"]
    row = services.request(
        doan_vien=person,
        loai=_KIND.TAM_THOI,
        noi_den=NoiDen(phuong=branch.cap_tren, chi_doan=branch),
        ngay=ngay,
        den_ngay=ngay + timedelta(days=120),
        ly_do="Làm việc theo mùa vụ",
        by=by,
    )
    row = services.sign(chuyen=row, ngay=ngay + timedelta(days=1), by=by)
    services.confirm(chuyen=row, ngay=ngay + timedelta(days=3), by=accounts["demo.chidoan2"])


def _participants(units: dict[str, DonVi], *, homnay: date, by) -> None:
    may = May(77, tinh="093", que_quan="Phường I, TP. Vị Thanh, Hậu Giang")
    nam = homnay.year
    for ma, don_vi_goc in CU_TRU:
        person = may.nguoi(
            chi_doan=units[ma],
            sinh=(date(nam - 26, 1, 1), date(nam - 22, 1, 1)),
            vao_doan=(date(nam - 9, 3, 26), date(nam - 6, 3, 26)),
            don_vi_goc=don_vi_goc,
        )
        tu_ngay = homnay - timedelta(days=200)
        khach.add_participant(doan_vien=person, tu_ngay=tu_ngay, den_ngay=None, by=by)


def _ask(
    person: DoanVien, noi_den: NoiDen, accounts, *, ngay: date, ly_do: str = "Đổi nơi ở"
) -> ChuyenSinhHoat:
    owed = read_doan_phi(person, ngay).con_no
    return services.request(
        doan_vien=person,
        loai=_KIND.CHINH_THUC,
        noi_den=noi_den,
        ngay=ngay,
        ly_do=ly_do,
        nhan_xet="Chấp hành tốt nội quy chi đoàn, tham gia đều các buổi sinh hoạt.",
        ly_do_no="Hẹn đóng đủ khi nhận giấy" if owed else "",
        by=accounts["demo.chidoan"],
    )


def _branch(branches: list[ChiDoanDemo], ten: str) -> ChiDoanDemo:
    return next(branch for branch in branches if branch.don_vi.ten == ten)


def _settled(branch: ChiDoanDemo, homnay: date) -> list[DoanVien]:
    """Who has been a member for a while, holds no office and is not away, the last first."""
    long_ago = homnay - timedelta(days=365)
    return [
        nguoi
        for nguoi in reversed(branch.nguoi[2:])
        if nguoi.ngay_vao_doan < long_ago and not nguoi.di_xa_tu
    ]
