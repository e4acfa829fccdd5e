"""Picture 09: cover, table of contents and checklist of a dossier."""

from datetime import date

from core.pdf import (
    Bold,
    CheckBox,
    CheckLine,
    Column,
    Cover,
    Paper,
    Para,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_thang,
)

from .common import check


def ho_so() -> list:
    code = "MT26-HS014-8C4W"
    return [
        Cover(
            cap_tren="THÀNH ĐOÀN CẦN THƠ",
            co_quan="BCH ĐOÀN PHƯỜNG MINH TÂN",
            ten="HỒ SƠ",
            ten_phu="GIỚI THIỆU ĐOÀN VIÊN ƯU TÚ VÀO ĐẢNG",
            fields=[
                ("Họ và tên", Bold("TRẦN MINH ĐỨC")),
                ("Ngày sinh", "09/3/2001"),
                ("Chi đoàn", "Chi đoàn Khu phố 3"),
                ("Gửi", "Chi bộ Khu phố 3, Đảng ủy phường Minh Tân"),
                ("Mã hồ sơ", "HS-2026-014"),
                ("Số tờ", "18"),
            ],
            dia_danh_ngay=dia_danh_thang("Minh Tân", date(2026, 2, 5)),
            check=check(code),
        ),
        Paper(
            page="A4-ho-so",
            continues=True,
            title=Title("MỤC LỤC HỒ SƠ"),
            body=[
                TableBlock(
                    [
                        Column("TT", 10, "center"),
                        Column("Tên tài liệu", 68),
                        Column("Số, ngày", 32, "center"),
                        Column("Nơi ban hành", 34),
                        Column("Tờ số", 18, "center"),
                    ],
                    [
                        [
                            "1",
                            "Nghị quyết đề nghị giới thiệu ĐVƯT (4_1-KNĐ)",
                            "03-NQ/CĐ\n25/01/2026",
                            "Chi đoàn Khu phố 3",
                            "1",
                        ],
                        [
                            "2",
                            "Biên bản họp chi đoàn xét ĐVƯT",
                            "02-BB/CĐ\n24/01/2026",
                            "Chi đoàn Khu phố 3",
                            "2–3",
                        ],
                        [
                            "3",
                            "Nghị quyết giới thiệu ĐVƯT (4-KNĐ)",
                            "07-NQ/ĐTN\n05/02/2026",
                            "BCH Đoàn phường",
                            "4–5",
                        ],
                        [
                            "4",
                            "Biên bản họp Ban Chấp hành",
                            "04-BB/ĐTN\n04/02/2026",
                            "BCH Đoàn phường",
                            "6–7",
                        ],
                        [
                            "5",
                            "Danh sách trích ngang",
                            "02-DS/ĐTN\n05/02/2026",
                            "BCH Đoàn phường",
                            "8",
                        ],
                        [
                            "6",
                            "Phiếu nhận xét quý I, II, III, IV năm 2025",
                            "–",
                            "Tổ tu dưỡng",
                            "9–12",
                        ],
                        [
                            "7",
                            "Bản tự nhận xét của đoàn viên",
                            "20/01/2026",
                            "Trần Minh Đức",
                            "13–14",
                        ],
                        ["8", "Sổ đoàn viên (bản sao)", "–", "Đoàn phường", "15–17"],
                        [
                            "9",
                            "Giấy chứng nhận bồi dưỡng nhận thức về Đảng (bản sao)",
                            "214/GCN\n30/8/2024",
                            "Trung tâm chính trị",
                            "18",
                        ],
                    ],
                )
            ],
            check=CheckLine(code),
        ),
        Paper(
            page="A4-ho-so",
            continues=True,
            title=Title("PHIẾU KIỂM HỒ SƠ", "Đoàn viên Trần Minh Đức – Chi đoàn Khu phố 3"),
            body=[
                TableBlock(
                    [
                        Column("TT", 10, "center"),
                        Column("Giấy tờ", 62),
                        Column("Người ký", 34),
                        Column("Có", 14, "center"),
                        Column("Thiếu", 14, "center"),
                        Column("Giá trị đến", 28, "center"),
                    ],
                    _checklist(),
                ),
                Para(
                    "Kết luận: hồ sơ còn thiếu 02 giấy tờ do Chi bộ hướng dẫn đoàn viên lập (số 9, "
                    "10). Phần của Đoàn đã đủ 8/8.",
                    indent=False,
                ),
            ],
            signatures=Signatures(
                [
                    Signer(["NGƯỜI GIAO"], "Đỗ Khánh Vy", note="(ký, họ tên)", room_mm=20),
                    Signer(["NGƯỜI NHẬN"], note="(ký, họ tên, ngày nhận)", room_mm=20),
                ]
            ),
            check=CheckLine(code),
        ),
    ]


def _checklist() -> list:
    papers = [
        ("Nghị quyết chi đoàn (4_1-KNĐ)", "Bí thư chi đoàn", True, "–"),
        ("Biên bản họp chi đoàn", "Chủ trì, thư ký", True, "–"),
        ("Nghị quyết BCH Đoàn phường (4-KNĐ)", "Bí thư Đoàn phường", True, "05/02/2027"),
        ("Biên bản họp BCH", "Chủ trì, thư ký", True, "–"),
        ("Danh sách trích ngang", "Bí thư Đoàn phường", True, "–"),
        ("04 phiếu nhận xét quý", "Tổ trưởng, BCH chi đoàn", True, "–"),
        ("Bản tự nhận xét", "Đoàn viên", True, "–"),
        ("Giấy chứng nhận nhận thức về Đảng", "Trung tâm chính trị", True, "30/8/2029"),
        ("Đơn xin vào Đảng (1-KNĐ)", "Đoàn viên", False, "–"),
        ("Lý lịch (2-KNĐ)", "Đoàn viên, cấp ủy", False, "–"),
    ]
    return [
        [str(n), ten, nguoi_ky, CheckBox(has), CheckBox(not has), den]
        for n, (ten, nguoi_ky, has, den) in enumerate(papers, start=1)
    ]
