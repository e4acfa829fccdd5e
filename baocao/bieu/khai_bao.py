"""The nine half-year tables of the national software (domain notes 6.3), column by column.

Their columns follow what the tables are named for; the software's own sheets were not at hand.
A column without an indicator stands in no book: it stays empty and is typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from baocao.chi_tieu import THEO_MA, ChiTieu
from baocao.chi_tieu import bieu_quoc_gia as bq


@dataclass(frozen=True)
class CotBieu:
    """A column: its words, and what is counted for it."""

    ten: str
    chi_tieu: ChiTieu | None = None


@dataclass(frozen=True)
class Bieu:
    """Biểu (one of the nine tables)."""

    so: int
    ten: str
    cot: tuple[CotBieu, ...]

    @property
    def ten_trang(self) -> str:
        """The name of its sheet."""
        return f"Biểu {self.so}"

    @property
    def chi_tieu(self) -> list[ChiTieu]:
        return [cot.chi_tieu for cot in self.cot if cot.chi_tieu]

    @property
    def go_tay(self) -> list[str]:
        return [cot.ten for cot in self.cot if not cot.chi_tieu]


def _dem(*ma: str) -> tuple[CotBieu, ...]:
    """Columns of indicators that reports have too."""
    return tuple(CotBieu(THEO_MA[code].ten, THEO_MA[code]) for code in ma)


def _cua(items: Iterable[ChiTieu]) -> tuple[CotBieu, ...]:
    return tuple(CotBieu(item.ten, item) for item in items)


def _go(*ten: str) -> tuple[CotBieu, ...]:
    return tuple(CotBieu(words) for words in ten)


_MUC = ("htxs", "htt", "ht", "kht")
CAC_BIEU: tuple[Bieu, ...] = (
    Bieu(
        1,
        "Công tác đoàn viên",
        _dem(
            "doan_vien",
            "doan_vien_nu",
            "dan_toc_thieu_so",
            "ton_giao",
            "dang_vien_trong_doan",
            "ket_nap_moi",
            "chuyen_den",
            "chuyen_di",
            "truong_thanh",
            "xoa_ten",
            "khai_tru",
            "di_lam_xa",
            "noi_cu_tru",
        ),
    ),
    Bieu(
        2,
        "Phát triển đảng",
        _dem(
            "dang_boi_duong",
            "hoc_nhan_thuc_dang",
            "gioi_thieu_uu_tu",
            "duoc_ket_nap_dang",
            "dang_vien_trong_doan",
        ),
    ),
    Bieu(
        3,
        "Kết quả phân loại đoàn viên, tổ chức cơ sở Đoàn",
        (
            *_cua(bq.XEP_LOAI_DOAN_VIEN),
            *_dem(*(f"chi_doan_{muc}" for muc in _MUC)),
            *_cua(bq.XEP_LOAI_CO_SO),
        ),
    ),
    Bieu(
        4,
        "Số lượng tổ chức Đoàn trực thuộc",
        _dem(
            "chi_doan",
            "chi_doan_dan_cu",
            "chi_doan_truong_hoc",
            "chi_doan_co_quan",
            "chi_doan_llvt",
            "chi_doan_doanh_nghiep",
            "chi_doan_duoi_3",
            "chi_doan_thanh_lap",
            "chi_doan_giai_the",
        )
        + _go("Liên chi đoàn, đoàn bộ phận"),
    ),
    Bieu(5, "Số liệu đội ngũ cán bộ Đoàn", _cua(bq.DOI_NGU)),
    Bieu(
        6,
        "Đào tạo cán bộ (trình độ của cán bộ đương nhiệm)",
        _cua(bq.DAO_TAO) + _go("Đang được cử đi đào tạo chuyên môn", "Đang học LLCT"),
    ),
    Bieu(
        7,
        "Bồi dưỡng cán bộ",
        _dem("lop_tap_huan", "luot_tap_huan")
        + _cua(bq.BOI_DUONG)
        + _go("Lượt bồi dưỡng do cấp trên, cơ sở đào tạo mở"),
    ),
    Bieu(
        8,
        "Cán bộ luân chuyển, chuyển công tác, bầu bổ sung, kiêm nhiệm",
        _cua(bq.CAN_BO_CHUYEN) + _go("Cán bộ luân chuyển theo quyết định", "Cán bộ kiêm nhiệm"),
    ),
    Bieu(
        9,
        "Đoàn, Hội tại doanh nghiệp ngoài nhà nước",
        (
            CotBieu("Chi đoàn khối doanh nghiệp", THEO_MA["chi_doan_doanh_nghiep"]),
            *_cua(bq.DOANH_NGHIEP),
            *_go(
                "Doanh nghiệp ngoài nhà nước trên địa bàn",
                "Doanh nghiệp có tổ chức Hội",
                "Hội viên trong doanh nghiệp",
            ),
        ),
    ),
)
