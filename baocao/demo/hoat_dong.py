"""What the branches of Phường I and the ward itself did in fifteen months, and who was there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from chidoan.hoat_dong.services import record_hoat_dong_many
from chidoan.models import BuoiSinhHoat, DiemDanh, HoatDong
from core.periods import KyBaoCao
from doanvien.models import QuaTrinh
from tochuc.models import DonVi

from . import noi_dung

L, XONG, DANG_LAM = HoatDong.Loai, HoatDong.TrangThai.XONG, HoatDong.TrangThai.DANG_LAM
SO_THANG = 15
NHIP_XANH = {"tot": 1, "kha": 2, "yeu": 4, "ngung": 6}
"""A green Sunday every so many months, by how a branch is doing."""
DU = {"tot": 0.85, "kha": 0.65, "yeu": 0.4, "ngung": 0.4}
"""How many of those at home come along."""
CHI_LAM = {"tot": 1.0, "kha": 0.7, "yeu": 0.25, "ngung": 0.2}
"""How likely a branch takes up a work of the season."""
MOI, DAN_CU, TRUONG = ("dan_cu", "llvt", "truong_hoc", "co_quan"), ("dan_cu",), ("truong_hoc",)
RONG = (0, 0)

# month, day, kinds of branch, kind, name, quantity, value in thousands of đồng, people helped
MUA_VU = (
    (1, 18, DAN_CU, L.CHINH_SACH, "Thăm, tặng quà Tết gia đình chính sách",
     (2, 5), (1200, 3000), (8, 20)),
    (2, 14, MOI, L.TRONG_CAY, "Trồng cây đầu xuân", (20, 60), (600, 2500), RONG),
    (3, 15, MOI, L.VE_NGUON, "Về nguồn tại đền thờ Bác Hồ, huyện Long Mỹ", RONG, (900, 2000), RONG),
    (3, 22, DAN_CU, L.CONG_TRINH, "Công trình “Thắp sáng đường quê”",
     RONG, (9000, 25000), (120, 300)),
    (5, 17, MOI, L.HUONG_DAN_SO, "Giúp người dân cài VNeID, nộp hồ sơ trực tuyến",
     (25, 70), RONG, RONG),
    (6, 14, DAN_CU, L.SINH_HOAT_HE, "Sinh hoạt hè, dạy bơi cho thiếu nhi",
     RONG, (500, 1500), (15, 40)),
    (7, 12, DAN_CU, L.SINH_HOAT_HE, "Sinh hoạt hè, đọc sách cùng em", RONG, (400, 1200), (15, 40)),
    (7, 25, MOI, L.CHINH_SACH, "Thắp nến tri ân, thăm gia đình thương binh, liệt sĩ",
     (2, 6), (1500, 4000), (6, 18)),
    (8, 16, DAN_CU, L.DUONG, "Dặm vá đường bê tông vào xóm", (15, 60), (3000, 12000), (80, 250)),
    (8, 30, TRUONG, L.HOC_BONG, "Trao học bổng “Tiếp bước đến trường”",
     (4, 10), (4000, 10000), (4, 10)),
    (9, 20, DAN_CU, L.THIEU_NHI, "Vui Trung thu, tặng quà thiếu nhi khó khăn",
     (20, 50), (1500, 4000), (20, 50)),
    (10, 11, MOI, L.HUONG_DAN_SO, "Tổ công nghệ số hướng dẫn dịch vụ công", (20, 60), RONG, RONG),
    (11, 15, DAN_CU, L.TINH_NGUYEN, "Giúp hộ neo đơn sửa nhà trước mùa gió",
     RONG, (1000, 5000), (2, 6)),
    (12, 20, MOI, L.VE_NGUON, "Về nguồn nhân ngày thành lập Quân đội", RONG, (800, 1800), RONG),
)  # fmt: skip
CUA_PHUONG = (
    (1, 10, L.NHA_NHAN_AI, "Bàn giao nhà nhân ái tại Khu vực 6", (1, 1), (50000, 60000), (4, 4)),
    (3, 8, L.HUONG_NGHIEP, "Ngày hội tư vấn hướng nghiệp, việc làm", (80, 160), (5000, 9000), RONG),
    (4, 12, L.HIEN_MAU, "Ngày hội hiến máu tình nguyện", (45, 90), (3000, 6000), RONG),
    (5, 10, L.HOC_NGHI_QUYET, "Học tập nghị quyết Đại hội Đảng", RONG, RONG, RONG),
    (7, 5, L.CAU, "Sửa cầu ván kênh Ba Liên", (1, 1), (30000, 45000), (200, 350)),
    (9, 13, L.HOC_NGHI_QUYET, "Học tập chuyên đề học và làm theo Bác", RONG, RONG, RONG),
    (10, 26, L.SANG_TAO, "Tiếp nhận ý tưởng sáng tạo trẻ", (6, 12), (2000, 4000), RONG),
    (12, 6, L.HIEN_MAU, "Hiến máu “Giọt hồng cuối năm”", (40, 80), (3000, 6000), RONG),
)
XANH = ("Dọn rác bờ kè kênh xáng", "Phát quang, trồng hoa ven đường", "Vệ sinh nhà văn hóa khu vực")
THE_THAO = ("Bóng đá giao hữu sau buổi sinh hoạt", "Thi kéo co, nhảy bao bố sau buổi sinh hoạt")


@dataclass
class NguoiO:
    """A membership period: who was where, and whether at home."""

    pk: int
    tu: date
    den: date | None
    xa_tu: date | None

    def is_o_nha(self, ngay: date) -> bool:
        here = self.tu <= ngay and (self.den is None or self.den >= ngay)
        return here and not (self.xa_tu and self.xa_tu <= ngay)


def build(branches, phuong: DonVi, *, homnay: date, by) -> None:
    """All of it, in a handful of statements."""
    months = _months(homnay)
    people = _people(phuong)
    rows = [
        *(row for so, branch in enumerate(branches) for row in _branch(branch, so, months, people)),
        *_ward(phuong, months, people),
        *_sports(branches, months[0].start),
    ]
    rows = [row for row in rows if row[0].den_ngay <= homnay]
    record_hoat_dong_many(rows=[*rows, _going_on(branches, people, homnay)], don_vi=phuong, by=by)


def _months(homnay: date) -> list[KyBaoCao]:
    months = [KyBaoCao.month_of(homnay)]
    while len(months) <= SO_THANG:
        months.insert(0, months[0].previous)
    return months


def _people(phuong: DonVi) -> dict[str, list[NguoiO]]:
    """Periods by the path of their branch. One query."""
    found = defaultdict(list)
    periods = QuaTrinh.objects.chinh_thuc().under(phuong).order_by("pk")
    for path, *fields in periods.values_list(
        "chi_doan__path", "doan_vien_id", "tu_ngay", "den_ngay", "doan_vien__di_xa_tu"
    ):
        found[path].append(NguoiO(*fields))
    return found


def _branch(branch, so: int, months, people) -> Iterator[tuple[HoatDong, dict]]:
    """Green Sundays in the rhythm of the branch, and what the season asks for."""
    random = Random(f"hoat-dong-{so}")  # noqa: S311 -- demo data
    place = noi_dung.DIA_DIEM[branch.don_vi.khoi].format(branch.don_vi.ten)
    here = people[branch.don_vi.path]
    for thu_tu, month in enumerate(months):
        if (thu_tu + so) % NHIP_XANH[branch.suc] == 0:
            ngay = _sunday(month.start + timedelta(days=7 * (so % 3)))
            row = _row(branch.don_vi, L.CHU_NHAT_XANH, XANH[thu_tu % 3], ngay, place)
            row.nguoi_ngoai = random.randrange(0, 9)
            yield row, _tham_gia(here, ngay, DU[branch.suc], random)
        for thang, day, khoi, loai, ten, *amounts in MUA_VU:
            takes_up = random.random() < CHI_LAM[branch.suc]
            if thang == month.thang and branch.don_vi.khoi in khoi and takes_up:
                ngay = month.start + timedelta(days=day - 1)
                row = _row(branch.don_vi, loai, ten, ngay, place)
                yield _measured(row, amounts, random), _tham_gia(here, ngay, DU[branch.suc], random)


def _ward(phuong: DonVi, months, people) -> Iterator[tuple[HoatDong, dict]]:
    random = Random("hoat-dong-phuong")  # noqa: S311 -- demo data
    everybody = [person for row in people.values() for person in row]
    for month in months:
        for thang, day, loai, ten, *amounts in CUA_PHUONG:
            if thang == month.thang:
                ngay = month.start + timedelta(days=day - 1)
                row = _row(phuong, loai, ten, ngay, "Hội trường Ủy ban nhân dân phường I")
                row.nguoi_ngoai = random.randrange(10, 60)
                yield _measured(row, amounts, random), _tham_gia(everybody, ngay, 0.3, random)


def _sports(branches, tu: date) -> Iterator[tuple[HoatDong, dict]]:
    """After every third meeting of a branch that does well, with those who were there."""
    good = [branch.don_vi for branch in branches if branch.suc == "tot"]
    meetings = BuoiSinhHoat.objects.da_hop().filter(
        chi_doan__in=good, ngay__gte=tu, hoat_dong_kem=""
    )
    chosen = list(meetings.order_by("chi_doan__path", "ngay"))[::3]
    present = defaultdict(dict)
    roll = DiemDanh.objects.filter(buoi__in=chosen, trang_thai__in=DiemDanh.DU_HOP).order_by("pk")
    for buoi, doan_vien in roll.values_list("buoi_id", "doan_vien_id"):
        present[buoi][doan_vien] = Decimal("0.5")
    for so, buoi in enumerate(chosen):
        row = _row(buoi.chi_doan, L.THE_THAO, THE_THAO[so % 2], buoi.ngay, buoi.dia_diem)
        row.buoi = buoi
        yield row, present[buoi.pk]


def _going_on(branches, people, homnay: date) -> tuple[HoatDong, dict]:
    """A work of Khu vực 3 that is not finished yet."""
    branch = next(branch for branch in branches if branch.don_vi.ten == "Khu vực 3")
    tu = homnay - timedelta(days=16)
    row = _row(branch.don_vi, L.CONG_TRINH, "Vườn hoa thanh niên bờ kè", tu, "Bờ kè Khu vực 3")
    row.den_ngay, row.trang_thai, row.ket_qua = homnay + timedelta(days=25), DANG_LAM, ""
    row.gia_tri = 12_000_000
    here = [person for person in people[branch.don_vi.path] if person.is_o_nha(tu)]
    return row, {person.pk: Decimal(2) for person in here[:6]}


def _row(don_vi, loai, ten, ngay, dia_diem) -> HoatDong:
    ket_qua = "Đã nghiệm thu, đưa vào sử dụng." if loai == L.CONG_TRINH else ""
    return HoatDong(
        don_vi=don_vi,
        loai=loai,
        ten=ten,
        tu_ngay=ngay,
        den_ngay=ngay,
        dia_diem=dia_diem,
        trang_thai=XONG,
        ket_qua=ket_qua,
    )


def _measured(row: HoatDong, amounts, random: Random) -> HoatDong:
    so_luong, nghin_dong, nguoi = amounts
    count = random.randint(*so_luong)
    if count:
        row.so_luong = Decimal(count) / 100 if row.loai == L.DUONG else Decimal(count)
    row.gia_tri = random.randint(nghin_dong[0] // 100, nghin_dong[1] // 100) * 100_000 or None
    row.nguoi_huong_loi = random.randint(*nguoi) or None
    return row


def _tham_gia(people: list[NguoiO], ngay: date, share: float, random: Random) -> dict:
    """Some of those at home, a day each; at least one, who wrote it down."""
    home = [person.pk for person in people if person.is_o_nha(ngay)]
    came = [pk for pk in home if random.random() < share] or home[:1]
    return dict.fromkeys(came, Decimal(1))


def _sunday(day: date) -> date:
    return day + timedelta(days=(6 - day.weekday()) % 7)
