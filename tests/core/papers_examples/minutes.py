"""Pictures 03, 04 and 06: minutes of a branch, of the ward committee, and quarterly remarks."""

from datetime import date

from core.pdf import (
    Bold,
    Column,
    Heading,
    Paper,
    Para,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_ngay,
    so_hieu,
)
from core.text.numbers import count, fraction_percent

from .common import check, read, ward_heading


def bien_ban_chi_doan() -> Paper:
    tasks = TableBlock(
        [
            Column("TT", 10, "center"),
            Column("Nhiệm vụ"),
            Column("Người phụ trách", 38),
            Column("Hạn", 27, "center"),
        ],
        [row.split("|") for row in _TASKS.strip().splitlines()],
    )
    return Paper(
        heading=Heading(
            cap_tren="ĐOÀN PHƯỜNG MINH TÂN",
            co_quan="CHI ĐOÀN KHU PHỐ 3",
            so=so_hieu(10, "BB", "CĐ"),
            dia_danh_ngay=dia_danh_ngay("Minh Tân", date(2026, 10, 15)),
        ),
        title=Title("BIÊN BẢN", "Sinh hoạt Chi đoàn tháng 10 năm 2026"),
        body=[*read(_CHI_DOAN), tasks, *read(_CHI_DOAN_END)],
        signatures=Signatures(
            [
                Signer(["THƯ KÝ"], "Lê Ngọc Trâm", room_mm=22),
                Signer(["CHỦ TRÌ"], "Phạm Hoàng Long", room_mm=22),
            ]
        ),
        check=check("MT26-BBCD-9H2N"),
    )


_TASKS = """
1|Hoàn thành bích họa tuyến hẻm 12|Trần Minh Đức|30/10/2026
2|Ngày Chủ nhật xanh, thu gom rác kênh Cái Sâu|Phạm Hoàng Long|08/11/2026
3|Thăm, tặng quà thầy giáo, cô giáo nghỉ hưu nhân ngày 20/11|Lê Ngọc Trâm|18/11/2026
4|Hướng dẫn cài đặt VNeID cho người cao tuổi|Nguyễn Hữu Phúc|25/11/2026
"""
_CHI_DOAN = """
# I. Thời gian, địa điểm

Bắt đầu lúc 19 giờ 00 phút, ngày 15 tháng 10 năm 2026, tại Nhà văn hóa Khu phố 3, phường Minh Tân.

# II. Thành phần

1. Chủ trì: đồng chí Phạm Hoàng Long, Bí thư Chi đoàn.

2. Thư ký: đồng chí Lê Ngọc Trâm, Ủy viên Ban Chấp hành Chi đoàn.

3. Đại biểu: đồng chí Võ Thành Trung, Phó Bí thư Đoàn phường, phụ trách chi đoàn.

4. Đoàn viên: tổng số 24 đồng chí; có mặt 19 đồng chí, đạt 79,2% (trong đó đến muộn 01); vắng có lý
do 04 đồng chí (Trương Gia Huy, Đặng Thị Mỹ Duyên, Bùi Quốc Khánh, Ngô Thanh Tùng); vắng không có lý
do 01 đồng chí (Hồ Nhật Nam).

# III. Nội dung

### 1. Đánh giá việc thực hiện nghị quyết tháng 9

Đồng chí Phạm Hoàng Long báo cáo: 3/4 nhiệm vụ hoàn thành; nhiệm vụ vẽ bích họa tuyến hẻm 12 chưa
xong do mưa kéo dài, chuyển sang tháng 10, giao đồng chí Trần Minh Đức phụ trách, hạn 30/10/2026.

### 2. Sinh hoạt chủ điểm “Phụ nữ Việt Nam – Tự hào và khát vọng”

Đồng chí Lê Ngọc Trâm giới thiệu chuyên đề; 05 đồng chí phát biểu về gương phụ nữ tiêu biểu tại khu
phố.

### 3. Triển khai nhiệm vụ tháng 11
"""
_CHI_DOAN_END = """
### 4. Ý kiến thảo luận

- Đồng chí Nguyễn Hữu Phúc: đề nghị chuyển giờ sinh hoạt sang 19 giờ 30 phút để đoàn viên làm ca kịp
tham gia.

- Đồng chí Võ Thành Trung: ghi nhận kết quả của chi đoàn; đề nghị liên hệ, động viên đoàn viên đi
làm ăn xa, gửi tài liệu sinh hoạt qua nhóm trực tuyến.

### 5. Biểu quyết

Thông qua nhiệm vụ tháng 11 và giờ sinh hoạt mới: tán thành 19/19 đồng chí có mặt (100%); không tán
thành: 0; ý kiến khác: 0.

# IV. Kết luận

Đồng chí chủ trì kết luận: thống nhất 04 nhiệm vụ tháng 11 nêu trên; từ tháng 11 sinh hoạt lúc 19
giờ 30 phút ngày 15 hằng tháng; giao đồng chí Lê Ngọc Trâm liên hệ đoàn viên vắng.

Buổi sinh hoạt kết thúc lúc 20 giờ 15 phút cùng ngày. Biên bản đã được đọc lại và thông qua tại buổi
sinh hoạt./.
"""


def bien_ban_bch() -> Paper:
    return Paper(
        heading=ward_heading(4, "BB", date(2026, 2, 4)),
        title=Title(
            "BIÊN BẢN", "Họp Ban Chấp hành Đoàn phường xét giới thiệu đoàn viên ưu tú vào Đảng"
        ),
        body=[*read(_BCH), _votes(), *read(_BCH_END)],
        signatures=Signatures(
            [
                Signer(["THƯ KÝ"], "Đỗ Khánh Vy"),
                Signer(["CHỦ TRÌ", "BÍ THƯ"], "Nguyễn Thị Quỳnh Hương"),
            ]
        ),
        check=check("MT26-BBBCH-3T6V"),
    )


def _votes() -> TableBlock:
    votes = [
        ("Trần Minh Đức", "Khu phố 3", 13, 1, 0),
        ("Sơn Minh Hiếu", "Dân quân", 14, 0, 0),
        ("Nguyễn Phan Hoàng Anh Thư", "Trạm Y tế phường", 14, 0, 0),
        ("Huỳnh Ngọc Bảo Trân", "Trường THCS Minh Tân", 13, 0, 1),
    ]
    return TableBlock(
        [
            Column("TT", 9, "center"),
            Column("Họ và tên", 40),
            Column("Chi đoàn", 31),
            Column("Tán thành", 16, "center", group="Số phiếu"),
            Column("Không tán thành", 17, "center", group="Số phiếu"),
            Column("Không hợp lệ", 16, "center", group="Số phiếu"),
            Column("Tỷ lệ so với tổng số ủy viên", 31, "right"),
        ],
        [
            [str(n), ten, don_vi, count(a), count(b), count(c), fraction_percent(a, 15)]
            for n, (ten, don_vi, a, b, c) in enumerate(votes, start=1)
        ],
    )


_BCH = """
# I. Thời gian, địa điểm

Bắt đầu lúc 14 giờ 00 phút, ngày 04 tháng 02 năm 2026, tại phòng họp Đoàn phường Minh Tân.

# II. Thành phần

1. Chủ trì: đồng chí Nguyễn Thị Quỳnh Hương, Bí thư Đoàn phường.

2. Thư ký: đồng chí Đỗ Khánh Vy, Ủy viên Ban Chấp hành Đoàn phường.

3. Ủy viên Ban Chấp hành: tổng số 15 đồng chí; có mặt 14 đồng chí; vắng 01 đồng chí, có lý do (Lâm
Chí Bảo).

# III. Nội dung

1. Đồng chí Võ Thành Trung, Phó Bí thư Đoàn phường, trình bày hồ sơ 04 đoàn viên ưu tú do chi đoàn
đề nghị: đơn vị, sơ lược quá trình phấn đấu, kết quả bốn quý tại Tổ tu dưỡng, nghị quyết và biên bản
của chi đoàn.

2. Hội nghị thảo luận, thống nhất hồ sơ đủ điều kiện đưa ra biểu quyết; góp ý về khuyết điểm của
từng đoàn viên như ghi trong nghị quyết.

3. Hội nghị bầu Tổ kiểm phiếu gồm 03 đồng chí: Đỗ Khánh Vy (Tổ trưởng), Huỳnh Tấn Lộc, Mai Thị Cẩm
Tú và bỏ phiếu kín. Số phiếu phát ra: 14; thu vào: 14; số phiếu hợp lệ, không hợp lệ đối với từng
đoàn viên như bảng dưới đây.
"""
_BCH_END = """
Lý do không tán thành ghi trên phiếu đối với đoàn viên Trần Minh Đức: cần thêm thời gian rèn luyện
kỹ năng công tác quần chúng.

# IV. Kết luận

Ban Chấp hành Đoàn phường nhất trí ra nghị quyết giới thiệu 04 đoàn viên ưu tú nêu trên để cấp ủy
xem xét, kết nạp vào Đảng; giao Văn phòng Đoàn phường hoàn thiện hồ sơ, gửi các chi bộ có liên quan
và Đảng ủy phường trước ngày 10 tháng 02 năm 2026.

Cuộc họp kết thúc lúc 15 giờ 30 phút cùng ngày. Biên bản được đọc lại trước hội nghị, 14/14 đồng chí
có mặt nhất trí thông qua./.
"""


def phieu_nhan_xet() -> Paper:
    return Paper(
        compact=True,
        heading=Heading(
            cap_tren="BCH ĐOÀN PHƯỜNG MINH TÂN",
            co_quan="TỔ TU DƯỠNG",
            dia_danh_ngay=dia_danh_ngay("Minh Tân", date(2026, 9, 18)),
        ),
        title=Title(
            "PHIẾU NHẬN XÉT",
            "kết quả rèn luyện của đoàn viên tham gia Tổ tu dưỡng\nQuý III năm 2026",
        ),
        body=_nhan_xet_body(),
        signatures=Signatures(
            [
                Signer(["ĐOÀN VIÊN"], "Thạch Sô Phi", note="(đã đọc, ký tên)", room_mm=16),
                Signer(["TM. BCH CHI ĐOÀN", "BÍ THƯ"], "Danh Hoàng Vũ", room_mm=16),
                Signer(["TỔ TRƯỞNG"], "Nguyễn Thị Quỳnh Hương", room_mm=16),
            ]
        ),
        check=check("MT26-PNXQ-2W7C"),
    )


def _nhan_xet_body() -> list:
    first, second, third = _NHAN_XET.split("@")
    facts = "; sinh ngày 02/01/2000; Chi đoàn Dân quân; chức vụ: đoàn viên; tham gia Tổ tu dưỡng "
    return [
        *read(first),
        Para(["Họ và tên: ", Bold("Thạch Sô Phi"), facts + "từ ngày 15/01/2026."]),
        *read(second),
        TableBlock(
            [
                Column("TT", 10, "center"),
                Column("Nhiệm vụ được giao", 58),
                Column("Thời hạn", 23, "center"),
                Column("Kết quả, minh chứng", 43),
                Column("Mức độ", 26, "center"),
            ],
            [row.split("|") for row in _NHIEM_VU.strip().splitlines()],
        ),
        *read(third),
    ]


_NHIEM_VU = """
1|Vận động 03 thanh niên vào Đoàn|30/8/2026|Đã vận động 03; 02 người được kết nạp|Hoàn thành
2|Tham gia đủ các buổi sinh hoạt chi đoàn, Tổ tu dưỡng|15/9/2026|3/3 buổi chi đoàn; 3/3 buổi Tổ|Hoàn thành tốt
3|Phụ trách đội hình tuần tra an toàn giao thông cổng trường|15/9/2026|12/12 ca trực; có xác nhận của Công an phường|Hoàn thành tốt
4|Viết bài thu hoạch học tập và làm theo Bác|05/9/2026|Nộp chậm 04 ngày|Chưa đúng hạn
"""  # noqa: E501 -- a table, one row a line
_NHAN_XET = """
# I. Thông tin đoàn viên
@
Đảng viên giúp đỡ: đồng chí Lương Văn Tài, Chi bộ Quân sự phường.

# II. Kết quả thực hiện nhiệm vụ được giao
@
# III. Nhận xét của Tổ tu dưỡng

1. Kết quả đạt được: chấp hành tốt kỷ luật; tích cực trong công tác dân quân, được nhân dân tin
tưởng.

2. Hạn chế, tồn tại: còn chậm trong viết bài thu hoạch; ít phát biểu.

3. Việc cần khắc phục trong quý IV: nộp bài đúng hạn; chủ trì 01 chuyên đề tại chi đoàn trước ngày
30/11/2026.

4. Tổ xếp mức: Hoàn thành tốt (tán thành 10/10 đồng chí trong Tổ).

# IV. Ý kiến của Ban Chấp hành chi đoàn

Nhất trí với nhận xét của Tổ; đề nghị tiếp tục bồi dưỡng, đưa vào nguồn giới thiệu đợt 03/02/2027.
"""
