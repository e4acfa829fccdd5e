"""Picture 07: the quarterly report of a ward with its appendix of figures."""

from datetime import date

from core.pdf import Appendix, Column, GroupRow, Paper, TableBlock, Title

from .common import check, read, ward_heading, ward_signature


def bao_cao_quy() -> Paper:
    return Paper(
        heading=ward_heading(58, "BC", date(2026, 9, 22)),
        title=Title(
            "BÁO CÁO",
            "công tác Đoàn và phong trào thanh thiếu nhi quý III,\n"
            "phương hướng nhiệm vụ trọng tâm quý IV năm 2026",
        ),
        body=read(_BODY),
        signatures=ward_signature(
            [
                "Ban Thường vụ Thành đoàn (để báo cáo)",
                "Thường trực Đảng ủy phường (để báo cáo)",
                "Các chi đoàn trực thuộc",
                "Lưu: VP",
            ],
            role="PHÓ BÍ THƯ",
            name="Võ Thành Trung",
        ),
        appendix=[
            Appendix(
                "PHỤ LỤC",
                "Số liệu công tác Đoàn và phong trào thanh thiếu nhi quý III năm 2026",
                "(Kèm theo Báo cáo số 58-BC/ĐTN ngày 22 tháng 9 năm 2026 của Ban Chấp hành Đoàn "
                "phường Minh Tân)",
            ),
            _table(),
        ],
        check=check("MT26-BCQ3-1Z9M"),
    )


def _table() -> TableBlock:
    rows, number = [], 0
    for line in _FIGURES.strip().splitlines():
        cells = line.split("|")
        if len(cells) == 1:
            rows.append(GroupRow(line))
        else:
            number += 1
            rows.append([str(number), *cells, None])
    return TableBlock(
        [
            Column("TT", 9, "center"),
            Column("Nội dung chỉ tiêu", 43),
            Column("Đơn vị tính", 18, "center"),
            Column("Chỉ tiêu năm", 20.5, "right"),
            Column("Kết quả quý III", 20.5, "right"),
            Column("Lũy kế năm", 21, "right"),
            Column("Tỷ lệ %", 14, "right"),
            Column("Ghi chú", 14),
        ],
        rows,
        note="Ghi chú: tỷ lệ % = lũy kế năm / chỉ tiêu năm; ô trống: không giao chỉ tiêu. Đoàn "
        "viên tham gia nơi cư trú không cộng vào tổng số.",
    )


_BODY = """
Thực hiện Chương trình công tác Đoàn và phong trào thanh thiếu nhi năm 2026, Ban Chấp hành Đoàn
phường Minh Tân báo cáo kết quả quý III (số liệu tính từ ngày 01 tháng 7 đến ngày 20 tháng 9 năm
2026) như sau:

# A. Tình hình thanh niên, dư luận

Toàn phường có 17 chi đoàn (10 khu phố, 03 trường học, 01 cơ quan, 02 lực lượng vũ trang, 01 doanh
nghiệp) với 204 đoàn viên; 61 đoàn viên đang đi làm ăn xa. Thanh niên quan tâm đến việc làm sau sắp
xếp đơn vị hành chính, học phí đầu năm học và an toàn giao thông khu vực cổng trường.

# B. Kết quả thực hiện

## I. Công tác giáo dục

Tổ chức 06 buổi học tập nghị quyết cho 187 lượt đoàn viên; 02 hành trình về địa chỉ đỏ với 96 lượt
tham gia; thăm, tặng quà 34 gia đình chính sách nhân dịp 27/7.

Duy trì chuyên mục “Mỗi ngày một tin tốt” trên trang của Đoàn phường với 64 tin, bài; phát hiện,
phản ánh 03 thông tin sai sự thật.

## II. Các phong trào hành động cách mạng

1. Thanh niên tình nguyện: thực hiện 05 công trình, phần việc trị giá 86.500.000 đồng; 09 buổi Ngày
Chủ nhật xanh với 312 lượt đoàn viên, thanh niên; vận động hiến 41 đơn vị máu.

2. Tuổi trẻ sáng tạo, chuyển đổi số: Tổ công nghệ số cộng đồng hướng dẫn 418 lượt người dân sử dụng
VNeID và dịch vụ công trực tuyến; 02 ý tưởng được Đoàn phường công nhận.

3. Tuổi trẻ xung kích bảo vệ Tổ quốc: phối hợp tuần tra 24 buổi; vận động 12 thanh niên đăng ký sơ
tuyển nghĩa vụ quân sự.

## III. Các chương trình đồng hành với thanh niên

Tư vấn hướng nghiệp, giới thiệu việc làm cho 73 thanh niên, 21 người có việc làm; quản lý 03 tổ
tiết kiệm và vay vốn với dư nợ 4.120.000.000 đồng; trao 15 suất học bổng trị giá 22.500.000 đồng.

## IV. Bảo vệ, chăm sóc, giáo dục thiếu niên, nhi đồng; xây dựng Đội

Bàn giao 486 thiếu nhi về sinh hoạt hè tại khu phố; mở 02 lớp phổ cập bơi cho 58 em; tổ chức Tết
Trung thu cho 640 em.

## V. Xây dựng Đoàn; mở rộng mặt trận đoàn kết tập hợp thanh niên; tham gia xây dựng Đảng

1. Tổ chức: 15/17 chi đoàn sinh hoạt đủ 3 buổi trong quý (88,2%); 02 chi đoàn chưa đủ là Khu phố 8
(2/3 buổi) và Dân quân (2/3 buổi).

2. Đoàn viên: kết nạp 14, chuyển đến 06, chuyển đi 09, trưởng thành 03; tổng số cuối kỳ 204 đồng
chí.

3. Đoàn phí: phải thu 1.842.000 đồng, đã thu 1.764.000 đồng (95,8%); các chi đoàn giữ lại 1.176.000
đồng, trích nộp 588.000 đồng.

4. Tham gia xây dựng Đảng: Tổ tu dưỡng họp đánh giá quý III ngày 18/9/2026 đối với 10/10 đồng chí;
giới thiệu 02 đoàn viên ưu tú; 01 đồng chí được kết nạp Đảng.

## VI. Kiểm tra, giám sát; tham mưu, phối hợp

Kiểm tra sổ sách, đoàn phí tại 04 chi đoàn; tham mưu Đảng ủy phường ban hành kết luận về tạo nguồn
kết nạp đảng viên từ đoàn viên ưu tú.

# C. Đánh giá chung

1. Ưu điểm: các hoạt động hè bám sát nhu cầu thiếu nhi; nền nếp sinh hoạt chi đoàn có chuyển biến,
tỷ lệ đoàn viên dự sinh hoạt bình quân đạt 76,4% (quý II: 71,9%).

2. Hạn chế: 02 chi đoàn sinh hoạt chưa đủ; đoàn phí còn thiếu 78.000 đồng của 03 chi đoàn; hoạt
động doanh nghiệp ít.

3. Nguyên nhân: đoàn viên làm ca, đi làm ăn xa; bí thư chi đoàn Khu phố 8 mới thay.

4. Bài học kinh nghiệm: phân công ủy viên Ban Chấp hành dự sinh hoạt cùng chi đoàn khó khăn có hiệu
quả rõ.

# D. Phương hướng, nhiệm vụ trọng tâm quý IV

1. Hoàn thành đánh giá, xếp loại chi đoàn và đoàn viên trước ngày 30 tháng 11 năm 2026.

2. Tổ chức Ngày hội “Tôi yêu Tổ quốc tôi” và đợt thăm hỏi đoàn viên đi làm ăn xa về dịp cuối năm.

3. 100% chi đoàn sinh hoạt đủ 3 buổi; kết nạp ít nhất 10 đoàn viên mới.

# Đ. Kiến nghị, đề xuất

Đề nghị Ban Thường vụ Thành đoàn hỗ trợ tài liệu sinh hoạt dưới dạng tệp âm thanh cho đoàn viên đi
làm ăn xa.

Trên đây là báo cáo công tác Đoàn và phong trào thanh thiếu nhi quý III, phương hướng nhiệm vụ
trọng tâm quý IV năm 2026 của Ban Chấp hành Đoàn phường Minh Tân./.
"""
_FIGURES = """
I. Tổ chức
Số chi đoàn|chi đoàn|17|17|17|100,0
Chi đoàn có dưới 3 đoàn viên|chi đoàn||1|1|
Chi đoàn có dưới 9 đoàn viên|chi đoàn||6|6|
Chi đoàn sinh hoạt đủ 3 buổi trong quý|chi đoàn|17|15|15|88,2
II. Đoàn viên
Tổng số đoàn viên cuối kỳ|người||204|204|
Trong đó: nữ|người||97|97|
Dân tộc thiểu số|người||22|22|
Đảng viên trong độ tuổi Đoàn|người||19|19|
Kết nạp mới|người|40|14|33|82,5
Chuyển đến|người||6|21|
Chuyển đi|người||9|26|
Trưởng thành Đoàn|người||3|11|
Đi làm ăn xa|người||61|61|
Tham gia sinh hoạt nơi cư trú (không tính vào tổng số)|người||38|38|
III. Đoàn phí
Phải thu|đồng|7.368.000|1.842.000|5.526.000|75,0
Đã thu|đồng|7.368.000|1.764.000|5.388.000|73,1
Trích nộp cấp trên (1/3)|đồng||588.000|1.796.000|
IV. Xây dựng Đảng
Đoàn viên ưu tú đang bồi dưỡng|người|10|10|10|100,0
Giới thiệu cho cấp ủy|người|8|2|6|75,0
Học lớp bồi dưỡng nhận thức về Đảng|người|10|0|7|70,0
Được kết nạp Đảng|người|5|1|4|80,0
Buổi sinh hoạt Tổ tu dưỡng|buổi|12|3|9|75,0
V. Giáo dục
Buổi học tập nghị quyết|buổi|20|6|17|85,0
Lượt người tham gia|lượt||187|541|
Hoạt động về nguồn|hoạt động|6|2|5|83,3
Thăm gia đình chính sách|lượt|60|34|61|101,7
VI. Tình nguyện
Công trình, phần việc thanh niên|công trình|17|5|14|82,4
Trị giá công trình|triệu đồng||86,5|241,3|
Ngày Chủ nhật xanh|buổi|36|9|28|77,8
Hiến máu|đơn vị máu|120|41|97|80,8
Cây trồng mới|cây|500|120|460|92,0
VII. Chuyển đổi số, sáng tạo
Hướng dẫn VNeID, dịch vụ công trực tuyến|lượt|1.500|418|1.287|85,8
Ý tưởng, mô hình được công nhận|ý tưởng|8|2|5|62,5
VIII. Đồng hành, Đội – Hội
Tư vấn hướng nghiệp, việc làm|người|250|73|212|84,8
Dư nợ vay vốn qua tổ TK&VV|triệu đồng||4.120|4.120|
Học bổng|suất|40|15|32|80,0
Thiếu nhi sinh hoạt hè|em||486|486|
Hội viên LHTN mới|người|60|17|52|86,7
"""
