"""What the pages of the training programme show."""

from core.tables import Column, Table
from core.text.display import ty_le
from doanvien.models import DoanVien, RenLuyen

from .thang_diem import PHAN

TEN_NGAN = {
    RenLuyen.Muc.XUAT_SAC: "Xuất sắc",
    RenLuyen.Muc.TOT: "Tốt",
    RenLuyen.Muc.HOAN_THANH: "Hoàn thành",
    RenLuyen.Muc.KHONG_HOAN_THANH: "Không HT",
}


def bang_chi_doan(dang_ky: dict[int, tuple[int, int]], ket_qua: dict, url, *, phuong=None) -> Table:
    """The ward's table: `url` makes the address of a branch's page, `phuong` names its ward."""

    def registered(row):
        return dang_ky.get(row.pk, (0, 0))

    def so(key):
        return lambda row: ket_qua.get(row.pk, {}).get(key, 0) or ""

    return Table(
        name="ren-luyen",
        columns=(
            Column(
                label="Chi đoàn",
                source="ten",
                link=url,
                sort=("khoa_sap_xep",),
                second=phuong,
                primary=True,
            ),
            *([Column(label="Đoàn cơ sở", source=phuong, in_page=False)] if phuong else []),
            Column(
                label="Đăng ký",
                source=lambda row: ty_le(*registered(row)),
                numeric=True,
                meta="đăng ký",
            ),
            Column(label="Có kết quả", source=so("co_ket_qua"), numeric=True, meta="có kết quả"),
            *(
                Column(label=TEN_NGAN[muc], source=so(f"so_{muc.value}"), numeric=True)
                for muc in RenLuyen.Muc
            ),
            Column(label="Phường xác nhận", source=so("xac_nhan"), numeric=True, meta="xác nhận"),
        ),
        empty_text="Chưa có chi đoàn nào",
    )


def hang_cham(people: list[tuple[DoanVien, RenLuyen]], data, *, nam_phan: bool) -> list[dict]:
    """Rows of the scoring page: what was typed, else what is stored."""
    rows = []
    for person, row in people:
        stored = list(row.diem_phan) if nam_phan else [row.diem]
        names = [f"p{so}-{person.pk}" for so in range(len(PHAN))] if nam_phan else []
        names = names or [f"diem-{person.pk}"]
        stored += [None] * (len(names) - len(stored))
        boxes = [
            (name, PHAN[so] if nam_phan else "Điểm", _value(data, name, stored[so]))
            for so, name in enumerate(names)
        ]
        muc = (
            data.get(f"muc-{person.pk}", "") if data else ("" if row.diem is not None else row.muc)
        )
        rows.append({"nguoi": person, "row": row, "o": boxes, "muc": muc})
    return rows


def _value(data, name: str, stored) -> str:
    if data:
        return data.get(name, "")
    return "" if stored is None else str(stored)
