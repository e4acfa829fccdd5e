"""A decision's lines: by branch for the page, one by one for the workbook."""

from core.xlsx import Sheet
from doanvien.models import QuyetDinhXepLoai
from doanvien.models.dot_xep_loai import MUC, TEN_MUC_NGAN
from tochuc.models import DonVi

from .dieu_kien import TEN


def hang_chi_doan(quyet_dinh: QuyetDinhXepLoai) -> list[dict]:
    """Counts of each branch with its name, `tot_tro_len` and `so_khong_xep`. Two queries."""
    rows = quyet_dinh.dong.dem_theo_chi_doan()
    names = {
        unit.pk: unit for unit in DonVi.objects.filter(pk__in=[row["chi_doan_id"] for row in rows])
    }
    return [
        row
        | {
            "ten": names[row["chi_doan_id"]].ten,
            "muc": _cac_muc(row),
            "tot_tro_len": row["so_htxs"] + row["so_htt"],
            "so_khong_xep": row["so_nguoi"] - row["so_xep"],
        }
        for row in rows
    ]


def tong(rows: list[dict]) -> dict:
    """The last row of the table."""
    summed = {
        key: sum(row[key] for row in rows)
        for key in ("so_nguoi", "so_xep", "tot_tro_len", "so_khong_xep")
    }
    levels = {f"so_{muc.value}": sum(row[f"so_{muc.value}"] for row in rows) for muc in MUC}
    return summed | {"muc": _cac_muc(levels)}


def _cac_muc(row: dict) -> list[tuple[str, int]]:
    """(level, members), best first."""
    return [(TEN[muc], row[f"so_{muc.value}"]) for muc in MUC]


def sheets(quyet_dinh: QuyetDinhXepLoai) -> list[Sheet]:
    """The workbook: branches, then members by branch."""
    branches = [
        [row["ten"], row["so_nguoi"], row["so_xep"], *dict(row["muc"]).values(), row["tot_tro_len"]]
        for row in hang_chi_doan(quyet_dinh)
    ]
    people = [
        [str(row.chi_doan), row.doan_vien.ho_ten, row.doan_vien.ngay_sinh, str(row)]
        for row in quyet_dinh.dong.theo_danh_sach()
    ]
    levels = [TEN_MUC_NGAN[muc] for muc in MUC]
    return [
        Sheet(
            "Chi đoàn",
            ["Chi đoàn", "Đoàn viên", "Được xếp loại", *levels, "Tốt trở lên"],
            branches,
        ),
        Sheet("Đoàn viên", ["Chi đoàn", "Họ và tên", "Ngày sinh", "Xếp loại"], people),
    ]
