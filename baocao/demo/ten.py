"""Generated people: names, birth dates, citizen ids and phones that belong to nobody."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from doanvien.models import DoanVien

HO = (
    ["Nguyễn"] * 12
    + ["Trần"] * 6
    + ["Lê"] * 5
    + ["Phạm"] * 4
    + ["Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Phan", "Trương", "Đinh"]
    + ["Lâm", "Mai", "Trịnh", "Cao", "Tạ", "Thạch", "Kiều", "Lương", "Tô", "Châu"]
)
DEM_NAM = ["Văn", "Minh", "Quốc", "Hoài", "Gia", "Thành", "Đức", "Hữu", "Nhật", "Tấn", "Công"]
TEN_NAM = [
    "An", "Bảo", "Cường", "Duy", "Dũng", "Đạt", "Đức", "Hải", "Hiếu", "Hòa", "Huy", "Hùng",
    "Khang", "Khoa", "Kiên", "Lâm", "Long", "Lộc", "Minh", "Nam", "Nghĩa", "Nhân", "Phát",
    "Phong", "Phúc", "Quang", "Quân", "Sơn", "Tài", "Tâm", "Thắng", "Thịnh", "Tiến", "Toàn",
    "Trung", "Tuấn", "Tùng", "Việt", "Vinh", "Vũ",
]  # fmt: skip
DEM_NU = ["Thị", "Ngọc", "Thanh", "Kim", "Mỹ", "Thu", "Phương", "Hồng", "Khánh", "Như", "Thùy"]
TEN_NU = [
    "An", "Anh", "Ân", "Bình", "Châu", "Chi", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hằng",
    "Hân", "Hiền", "Hoa", "Hương", "Lan", "Linh", "Loan", "Ly", "Mai", "My", "Ngân", "Ngọc",
    "Nhi", "Nhung", "Oanh", "Phượng", "Quyên", "Tâm", "Thảo", "Thư", "Trang", "Trâm", "Trinh",
    "Trúc", "Uyên", "Vân", "Vy", "Xuân", "Yến", "Ý",
]  # fmt: skip
CHUYEN_MON = ["Chưa có", "Sơ cấp", "Trung cấp chuyên nghiệp", "Cao đẳng", "Cử nhân"]
NGHE = ["Sinh viên", "Cán bộ/Công chức/Viên chức", "Chưa có việc làm", "Khác", "Khác"]
TON_GIAO = ["Không"] * 12 + ["Phật giáo"] * 3 + ["Công giáo"]
MOT_NGAY = timedelta(days=1)


class May:
    """A seeded maker of people; `tinh` is the province code that citizen ids begin with.

    About one in twelve belongs to the ethnic group `dan_toc`; with `ho` they are called so,
    and most belong to it.
    """

    def __init__(
        self, seed: int, *, tinh: str, que_quan: str, dan_toc: str = "", ho: Sequence[str] = ()
    ):
        self.random = Random(seed)  # noqa: S311 -- demo names, no secrets
        self.tinh = tinh
        self.que_quan = que_quan
        self.ho = ho or HO
        self.dan_toc = ["Kinh"] * (3 if ho else 11) + [dan_toc or "Kinh"] * (9 if ho else 1)
        self._so = 0

    def ngay(self, tu: date, den: date) -> date:
        """A day between two days, both included."""
        return tu + MOT_NGAY * self.random.randint(0, (den - tu).days)

    def nguoi(self, *, chi_doan, sinh: tuple[date, date], vao_doan: tuple[date, date], **fields):
        """An unsaved member born and admitted within the two spans, 16 at the admission."""
        chon = self.random.choice
        gioi_tinh = fields.pop("gioi_tinh", None) or chon(["nam", "nu"])
        nam = gioi_tinh == "nam"
        ho_ten = fields.pop("ho_ten", None) or " ".join(
            [chon(self.ho), chon(DEM_NAM if nam else DEM_NU), chon(TEN_NAM if nam else TEN_NU)]
        )
        ngay_sinh = self.ngay(*sinh)
        du_tuoi = date(ngay_sinh.year + 16, ngay_sinh.month, min(ngay_sinh.day, 28))
        tu, den = max(vao_doan[0], du_tuoi), vao_doan[1]
        self._so += 1
        doan_vien = DoanVien(
            chi_doan=chi_doan,
            gioi_tinh=gioi_tinh,
            ngay_sinh=ngay_sinh,
            ngay_vao_doan=self.ngay(tu, den) if tu <= den else den,
            que_quan=self.que_quan,
            dien_thoai=f"09{self._so:02d}{self.random.randint(0, 999999):06d}"[:10],
            so_the=f"{self.random.randint(10**9, 10**10 - 1)}",
            van_hoa="Trung học phổ thông hệ 12/12",
            ly_luan=chon(["Chưa có", "Chưa có", "Sơ cấp", "Trung cấp"]),
            cccd_noi_cap="Cục CSQLHC về TTXH",
            **{
                "dan_toc": chon(self.dan_toc),
                "ton_giao": chon(TON_GIAO),
                "chuyen_mon": chon(CHUYEN_MON),
                "nghe_nghiep": chon(NGHE),
                **fields,
            },
        )
        doan_vien.set_ho_ten(ho_ten)
        doan_vien.set_cccd(self._cccd(ngay_sinh, nam=nam))
        return doan_vien

    def _cccd(self, ngay_sinh: date, *, nam: bool) -> str:
        """Twelve digits as the law builds them: province, century and gender, year, number."""
        the_ky = (0 if nam else 1) + (2 if ngay_sinh.year >= 2000 else 0)
        return f"{self.tinh}{the_ky}{ngay_sinh.year % 100:02d}{self._so:06d}"
