"""Pictures 11b, 90 and 92: missing data, long names, a signature that must not stand alone."""

from datetime import date

from core.pdf import (
    Bold,
    CutLine,
    Dots,
    Fields,
    Heading,
    Paper,
    Para,
    Signatures,
    Signer,
    Title,
    dia_danh_ngay,
    proper,
    so_hieu,
)

from .common import check, ward_heading, ward_signature

COMPANY = "Công ty Cổ phần Dịch vụ Công ích và Phát triển đô thị"


def ten_dai() -> Paper:
    """Picture 90: long names in the heading and in the text."""
    name = "H’Nguyễn Thị Ngọc Phương Khánh Quỳnh Trang Byă"
    body = [
        "Ban Chấp hành Đoàn đã ban hành nghị quyết giới thiệu đoàn viên ưu tú ",
        Bold(name),
        ", sinh ngày 29/02/2004, để cấp ủy xem xét, kết nạp vào Đảng.",
    ]
    return Paper(
        heading=Heading(
            cap_tren="THÀNH ĐOÀN THÀNH PHỐ HỒ CHÍ MINH",
            co_quan=f"Ban Chấp hành Đoàn {COMPANY} {proper('Tân Thuận Đông')}",
            so=so_hieu(118, "CV", "ĐTN"),
            dia_danh_ngay=dia_danh_ngay("Thành phố Hồ Chí Minh", date(2026, 1, 7)),
            trich_yeu_cong_van="V/v đề nghị cho biết kết quả xem xét, kết nạp đảng viên đối với "
            "đoàn viên ưu tú",
        ),
        kinh_gui=[
            f"Ban Thường vụ Đảng ủy {COMPANY} Tân Thuận Đông",
            "Chi bộ Khối Văn phòng",
        ],
        body=[Para(body), Para(body), Para("Trân trọng đề nghị cấp ủy cho biết kết quả./.")],
        signatures=ward_signature(
            ["Như trên", "Lưu: VP"],
            body="TM. BAN THƯỜNG VỤ",
            role="PHÓ BÍ THƯ THƯỜNG TRỰC",
            name="Công Tằng Tôn Nữ Hoàng Nguyễn Thị Ngọc Phương Khánh Quỳnh",
        ),
        check=check("MT26-H1-0001"),
    )


FILLER = (
    "Đoạn văn mẫu số {} dùng để làm đầy trang, viết đủ dài để chiếm đúng hai dòng chữ trên khổ "
    "giấy A4 và không hơn."
)
LAST = (
    "Đoạn cuối cùng gồm nhiều dòng để kiểm tra việc tách đoạn: khi khối chữ ký không còn chỗ ở "
    "trang này thì ít nhất hai dòng cuối của đoạn phải sang trang sau cùng với khối chữ ký, không "
    "để chữ ký đứng một mình trên trang mới, và trang trước vẫn còn ít nhất hai dòng của đoạn này "
    "để người đọc theo dõi liền mạch./."
)


def chu_ky_le(last: str = LAST, filler: int = 10) -> Paper:
    """Picture 92: the signature does not fit on page 1 and must not go to page 2 alone."""
    return Paper(
        compact=False,
        heading=ward_heading(12, "TB", date(2026, 1, 3)),
        title=Title("THÔNG BÁO", "Kiểm tra khối chữ ký cuối trang"),
        body=[
            *(Para(FILLER.format(number)) for number in range(1, filler + 1)),
            Para(last),
        ],
        signatures=ward_signature(["Như trên", "Lưu: VP"]),
        check=check("MT26-H2-0001"),
    )


def giay_gioi_thieu() -> Paper:
    """Picture 11b: a transfer slip with data missing, to be filled in by hand."""
    return Paper(
        compact=True,
        heading=ward_heading(None, "GGT", None),
        title=Title("GIẤY GIỚI THIỆU", "Chuyển sinh hoạt Đoàn"),
        kinh_gui=[["Ban Chấp hành Đoàn ", Dots(80)]],
        body=[
            Fields(
                [
                    ("Giới thiệu đồng chí", Bold("Đặng Thị Mỹ Duyên")),
                    ("Sinh ngày", "14/02/2003; giới tính: nữ"),
                    ("Quê quán", None),
                    ("Ngày vào Đoàn", [Dots(35), "; số thẻ đoàn viên: ", None]),
                    ("Chức vụ", "đoàn viên; sinh hoạt tại: Chi đoàn Khu phố 3"),
                    ("Được chuyển sinh hoạt Đoàn đến", None),
                    ("Đã đóng đoàn phí hết", ["tháng ", Dots(10), " năm ", Dots(14)]),
                ]
            ),
            Para(
                "Đề nghị Ban Chấp hành Đoàn nơi đến tiếp nhận và tạo điều kiện để đồng chí tham "
                "gia sinh hoạt. Giấy có giá trị trong 30 ngày kể từ ngày ký./."
            ),
        ],
        signatures=ward_signature(
            ["Như trên", "Đoàn viên", "Lưu: VP"], role="PHÓ BÍ THƯ", name="", room_mm=20
        ),
        appendix=[
            CutLine("XÁC NHẬN TIẾP NHẬN"),
            Fields(
                [
                    ("Ban Chấp hành Đoàn", None),
                    ("đã tiếp nhận đồng chí", None),
                    ("vào sinh hoạt tại Chi đoàn", None),
                    ("từ ngày", None),
                ],
                indent=False,
            ),
            Signatures([Signer(["TM. BAN CHẤP HÀNH"], note="(ký, đóng dấu, ghi rõ họ tên)")]),
        ],
        check=check("MT26-GTSH-6J1P"),
    )
