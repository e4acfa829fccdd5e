"""Pictures 05 and 93: the summary list on a landscape page and a list over several pages."""

import unicodedata
from datetime import date

from core.pdf import Column, Paper, Signatures, Signer, TableBlock, Title
from core.text.numbers import date_short

from .common import check, ward_heading, ward_signature


def trich_ngang() -> Paper:
    return Paper(
        page="A4-landscape",
        heading=ward_heading(2, "DS", date(2026, 2, 5)),
        title=Title(
            "DANH SÁCH TRÍCH NGANG",
            "Đoàn viên ưu tú giới thiệu để Đảng xem xét, kết nạp (đợt 03/02/2026)",
        ),
        body=[
            TableBlock(
                _columns(),
                [row.split("|") for row in _TRICH_NGANG.split("@")],
                size_pt=10,
                numbered=True,
                note="Tổng số: 04 đồng chí (nam 02, nữ 02; dân tộc thiểu số 01; tôn giáo 02). "
                "HTXS: hoàn thành xuất sắc nhiệm vụ; HTT: hoàn thành tốt nhiệm vụ; LLCT: lý luận "
                "chính trị.",
            )
        ],
        signatures=Signatures(
            [
                Signer(["NGƯỜI LẬP BIỂU"], "Đỗ Khánh Vy", room_mm=20),
                Signer(["TM. BAN CHẤP HÀNH", "BÍ THƯ"], "Nguyễn Thị Quỳnh Hương", room_mm=20),
            ]
        ),
        check=check("MT26-DSTN-4F8R"),
    )


def _columns() -> list[Column]:
    return [
        Column("TT", 7.5, "center"),
        Column("Họ và tên", 23.5),
        Column("Nam", 18.5, "center", group="Ngày sinh"),
        Column("Nữ", 18.5, "center", group="Ngày sinh"),
        Column("Quê quán", 19),
        Column("Chỗ ở hiện nay", 17),
        Column("Dân tộc, tôn giáo", 14.5, "center"),
        Column("Văn hóa", 10.5, "center", group="Trình độ"),
        Column("Chuyên môn", 16, group="Trình độ"),
        Column("LLCT", 12.5, "center", group="Trình độ"),
        Column("Ngày vào Đoàn", 18.5, "center"),
        Column("Chức vụ", 16),
        Column("Xếp loại 2 năm", 20, "center"),
        Column("Thành tích nổi bật", 20),
        Column("Ngày công nhận cảm tình Đảng", 18.5, "center"),
        Column("Ghi chú", 11.5),
    ]


_TRICH_NGANG = (
    "1|Trần Minh Đức|09/3/2001||Xã Phú Hữu, TP. Cần Thơ|Tổ 4, Khu phố 3|Kinh\nKhông|12/12|"
    "Cử nhân CNTT|Sơ cấp|26/3/2016|UV BCH chi đoàn|2024: HTT\n2025: HTXS|"
    "Giấy khen Đoàn phường 2025|19/5/2024|@"
    "2|Sơn Minh Hiếu|02/01/2000||Xã An Thạnh, TP. Cần Thơ|Tổ 9, Khu phố 7|Khơ-me\nPhật giáo|"
    "12/12|Trung cấp quân sự|Sơ cấp|19/5/2015|Đoàn viên|2024: HTT\n2025: HTXS|"
    "Chiến sĩ tiên tiến 2025|03/02/2025|Dân quân@"
    "3|Nguyễn Phan Hoàng Anh Thư||15/6/2002|Phường Tân Lộc, TP. Cần Thơ|Tổ 2, Khu phố 1|"
    "Kinh\nKhông|12/12|Cao đẳng điều dưỡng|Chưa có|26/3/2018|Phó Bí thư chi đoàn|"
    "2024: HTXS\n2025: HTXS|Giấy khen Thành đoàn 2024|26/3/2025|Trạm y tế@"
    "4|Huỳnh Ngọc Bảo Trân||21/11/1999|Phường Minh Tân, TP. Cần Thơ|Tổ 1, Khu phố 5|"
    "Kinh\nPhật giáo|12/12|Cử nhân sư phạm|Sơ cấp|26/3/2016|Bí thư chi đoàn|"
    "2024: HTXS\n2025: HTXS|Bằng khen Thành đoàn 2025|07/11/2023|Giáo viên"
)

HO = ["Vũ Quốc", "Lê Thị Kim", "Đặng Minh", "Huỳnh Hoàng Gia", "Đỗ Văn", "Phan Thị Ngọc"]
TEN = ["An", "Ái", "Ân", "Bình", "Cường", "Châu", "Dũng", "Đức", "Giang", "Hà"]


def bang_dai(row_count: int = 60) -> Paper:
    """Picture 93: a list over several pages, half of its names in decomposed Unicode."""
    rows = []
    for number in range(1, row_count + 1):
        name = f"{HO[number % len(HO)]} {TEN[number % len(TEN)]}"
        form = "NFD" if number % 2 else "NFC"
        level = "Hoàn thành tốt" if number % 4 else "Hoàn thành xuất sắc"
        day = date_short(date(1996 + number % 10, number % 12 + 1, number % 28 + 1))
        branch = f"Chi đoàn Khu phố {number % 10 + 1}"
        rows.append([str(number), unicodedata.normalize(form, name), day, branch, level, None])
    return Paper(
        heading=ward_heading(9, "DS", date(2026, 12, 3)),
        title=Title("DANH SÁCH", "Đoàn viên được xếp loại năm 2026"),
        body=[
            TableBlock(
                [
                    Column("TT", 10, "center"),
                    Column("Họ và tên", 52),
                    Column("Ngày sinh", 25, "center"),
                    Column("Đơn vị", 36),
                    Column("Xếp loại", 27, "center"),
                    Column("Ghi chú", 10),
                ],
                rows,
                note=f"Danh sách gồm {row_count} đồng chí./.",
            )
        ],
        signatures=ward_signature(["Các chi đoàn", "Lưu: VP"]),
        check=check("MT26-H5-0060"),
    )
