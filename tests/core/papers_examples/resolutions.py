"""Pictures 01 and 08: form 4-KNĐ and the query letter of a ward committee."""

from datetime import date

from core.pdf import Bold, Paper, Para, Title
from core.text.numbers import count, date_short, percent

from .common import check, read, ward_heading, ward_signature


def nghi_quyet_4_knd(name: str = "Trần Minh Đức") -> Paper:
    return Paper(
        heading=ward_heading(7, "NQ", date(2026, 2, 5), mau="Mẫu 4-KNĐ"),
        title=Title("NGHỊ QUYẾT", "giới thiệu đoàn viên ưu tú vào Đảng"),
        kinh_gui=["Chi ủy Chi bộ Khu phố 3", "Đảng ủy phường Minh Tân"],
        body=[*read(_CAN_CU), _member(name), *read(_NHAN_XET), *_decision(name)],
        signatures=ward_signature(["Như trên", "Chi đoàn Khu phố 3", "Lưu: VP, hồ sơ ĐVƯT"]),
        check=check("MT26-4KND-7Q3K"),
    )


_CAN_CU = """
Căn cứ điểm 1 Điều 4 Chương I Điều lệ Đảng Cộng sản Việt Nam;

Xét Nghị quyết số 03-NQ/CĐ ngày 25 tháng 01 năm 2026 của Chi đoàn Khu phố 3 về việc đề nghị giới
thiệu đoàn viên ưu tú vào Đảng;

Ban Chấp hành Đoàn phường Minh Tân họp ngày 04 tháng 02 năm 2026 nhận thấy:
"""


def _member(name: str) -> Para:
    facts = f""", sinh ngày {date_short(date(2001, 3, 9))}; quê quán: xã Phú Hữu, thành phố Cần Thơ;
        vào Đoàn ngày 26/3/2016 tại Trường THPT Minh Tân; sinh hoạt tại Chi đoàn Khu phố 3; được
        công nhận cảm tình Đảng ngày 19/5/2024; Giấy chứng nhận bồi dưỡng nhận thức về Đảng số
        214/GCN ngày 30/8/2024; có những ưu điểm, khuyết điểm chính như sau:"""
    return Para(["Đoàn viên ", Bold(name), " ".join(facts.split())])


_NHAN_XET = """
## 1. Ưu điểm

- Về phẩm chất chính trị: có lập trường tư tưởng vững vàng; chấp hành nghiêm chủ trương của Đảng,
chính sách, pháp luật của Nhà nước và Điều lệ Đoàn.

- Về đạo đức, lối sống: trung thực, giản dị, có ý thức tổ chức kỷ luật; gia đình chấp hành tốt quy
định nơi cư trú.

- Về năng lực công tác: bốn quý liên tiếp hoàn thành tốt nhiệm vụ Tổ tu dưỡng giao; phụ trách Tổ
công nghệ số cộng đồng khu phố, hướng dẫn 126 lượt người dân sử dụng dịch vụ công trực tuyến; năm
2025 được xếp loại hoàn thành xuất sắc nhiệm vụ.

- Về quan hệ quần chúng: gần gũi, được đoàn viên và nhân dân khu phố tín nhiệm.

## 2. Khuyết điểm

Đôi lúc còn nể nang trong tự phê bình và phê bình; cần chủ động hơn khi phát biểu tại các buổi sinh
hoạt.
"""


def _decision(name: str) -> list:
    return read(
        f"""
Đối chiếu với tiêu chuẩn và điều kiện kết nạp đảng viên, chúng tôi giới thiệu và đề nghị Chi bộ Khu
phố 3, Đảng ủy phường Minh Tân xem xét, kết nạp đoàn viên {name} vào Đảng Cộng sản Việt Nam.

Số ủy viên Ban Chấp hành tán thành giới thiệu: {count(13)} đồng chí (đạt {percent(13, 15)} so với
tổng số 15 ủy viên Ban Chấp hành). Số không tán thành: {count(1)} đồng chí (chiếm {percent(1, 15)}),
với lý do: cần thêm thời gian rèn luyện kỹ năng công tác quần chúng. Vắng mặt: 01 đồng chí, có lý
do.

Ban Chấp hành Đoàn phường Minh Tân chịu trách nhiệm trước Đảng về những nội dung giới thiệu trên đây
và tiếp tục bồi dưỡng, giúp đỡ để đoàn viên {name} phấn đấu trở thành đảng viên./.
"""
    )


def cong_van() -> Paper:
    return Paper(
        heading=ward_heading(
            41,
            "CV",
            date(2026, 9, 7),
            trich_yeu_cong_van="V/v đề nghị cho biết kết quả xem xét, kết nạp đảng viên đối với "
            "đoàn viên ưu tú",
        ),
        kinh_gui=["Đảng ủy phường Minh Tân", "Chi bộ Khu phố 3"],
        body=read(_CONG_VAN),
        signatures=ward_signature(
            ["Như trên", "Chi đoàn Khu phố 3 (để biết)", "Lưu: VP, hồ sơ ĐVƯT"],
            body="TM. BAN THƯỜNG VỤ",
        ),
        check=check("MT26-CVKQ-8L5X"),
    )


_CONG_VAN = """
Ngày 05 tháng 02 năm 2026, Ban Chấp hành Đoàn phường Minh Tân đã ban hành Nghị quyết số 07-NQ/ĐTN về
việc giới thiệu đoàn viên ưu tú Trần Minh Đức, sinh ngày 09/3/2001, sinh hoạt tại Chi đoàn Khu phố
3, để cấp ủy xem xét, kết nạp vào Đảng; hồ sơ đã bàn giao cho Chi bộ Khu phố 3 ngày 06 tháng 02 năm
2026.

Đến nay (sau 213 ngày), Ban Chấp hành Đoàn phường chưa nhận được thông tin về kết quả xem xét. Để
kịp thời động viên, tiếp tục phân công nhiệm vụ và bồi dưỡng đoàn viên ưu tú, Ban Thường vụ Đoàn
phường trân trọng đề nghị Đảng ủy phường, Chi bộ Khu phố 3 cho biết:

1. Kết quả xem xét đối với đoàn viên Trần Minh Đức; trường hợp đang thực hiện, xin cho biết bước
đang thực hiện và thời gian dự kiến.

2. Trường hợp chưa đủ điều kiện, xin cho biết những nội dung đoàn viên cần tiếp tục rèn luyện hoặc
hồ sơ cần bổ sung để Đoàn phường bồi dưỡng, hướng dẫn.

Ý kiến của cấp ủy xin gửi về Ban Thường vụ Đoàn phường (qua đồng chí Đỗ Khánh Vy, cán bộ Văn phòng
Đoàn phường) trước ngày 30 tháng 9 năm 2026.

Ban Thường vụ Đoàn phường Minh Tân trân trọng cảm ơn sự quan tâm của Đảng ủy, Chi bộ và mong tiếp
tục nhận được ý kiến chỉ đạo./.
"""
