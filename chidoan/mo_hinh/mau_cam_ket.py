"""Ready-made commitments that a ward may choose for an initiative, and then change.

Sources: HD33 and the provinces' guidance on "3 chủ động", 22-HD/TĐTN-TCKT of 20/8/2018 on "1+1",
20-HD/TĐTN-TCKT of 17/9/2018 on "Chi đoàn mạnh".
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MauNhom:
    """A group of checks; without checks it is counted from the register of admissions."""

    ten: str
    muc: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChuongTrinh:
    """A programme: its code, its name, what it asks in a line, its groups.

    `chu_truong`: a movement of the Union that an initiative is said to be bound to.
    """

    ma: str
    ten: str
    mo_ta: str
    nhom: tuple[MauNhom, ...]
    chu_truong: bool = True


BA_CHU_DONG = ChuongTrinh(
    "ba_chu_dong",
    "3 chủ động",
    "Ba nhóm đầu mục, đánh dấu hằng quý.",
    (
        MauNhom(
            "Chủ động quản lý đoàn viên, chăm lo, nắm tình hình thanh niên",
            (
                "Danh sách đoàn viên đúng với thực tế, biết ai đi làm xa",
                "Gặp từng đoàn viên hoặc gia đình ít nhất một lần trong quý",
                "Ghi và phản ánh tâm tư, nguyện vọng của đoàn viên, thanh niên",
                "Thăm hỏi, giúp đỡ đoàn viên, thanh niên có hoàn cảnh khó khăn",
            ),
        ),
        MauNhom(
            "Chủ động xây dựng và thực hiện kế hoạch, chương trình công tác",
            (
                "Có kế hoạch quý và lịch sinh hoạt hằng tháng",
                "Sinh hoạt chi đoàn đủ số buổi, có biên bản",
                "Thực hiện xong nghị quyết các buổi sinh hoạt đúng hạn",
                "Có ít nhất một công trình, phần việc hoặc hoạt động trong quý",
            ),
        ),
        MauNhom(
            "Chủ động tham mưu cấp ủy, phối hợp với chính quyền và các tổ chức",
            (
                "Báo cáo chi bộ khu vực tình hình chi đoàn trong quý",
                "Tham mưu, đề xuất được ít nhất một việc với cấp ủy, chính quyền",
                "Phối hợp một việc với Ban công tác Mặt trận, hội, đoàn thể",
            ),
        ),
    ),
)
MOT_CONG_MOT = ChuongTrinh(
    "mot_cong_mot",
    "1+1",
    "Mỗi đoàn viên giới thiệu ít nhất một thanh niên được kết nạp trong năm; máy đếm từ sổ.",
    (MauNhom("Chủ trương 1+1: mỗi đoàn viên giới thiệu một thanh niên được kết nạp trong năm"),),
)
CHI_DOAN_MANH = ChuongTrinh(
    "chi_doan_manh",
    "Chi đoàn mạnh",
    "Mạnh về chính trị tư tưởng, về hoạt động, về tổ chức.",
    (
        MauNhom(
            "Mạnh về chính trị tư tưởng",
            (
                "Đoàn viên được học tập nghị quyết, chuyên đề theo kế hoạch",
                "Không có đoàn viên vi phạm pháp luật, tệ nạn xã hội",
            ),
        ),
        MauNhom(
            "Mạnh về tổ chức hoạt động",
            (
                "Sinh hoạt đều, nội dung đổi mới, trên hai phần ba đoàn viên dự",
                "Tham gia đủ các đợt hoạt động do Đoàn cấp trên phát động",
            ),
        ),
        MauNhom(
            "Mạnh về xây dựng tổ chức",
            (
                "Có Bí thư, Phó Bí thư hoạt động đều",
                "Đoàn phí thu đủ, nộp đúng hạn",
                "Có đoàn viên mới và có đoàn viên ưu tú được giới thiệu",
            ),
        ),
    ),
)
UU_TU = ChuongTrinh(
    "uu_tu",
    "Bồi dưỡng đoàn viên ưu tú",
    "Giao việc cụ thể, hằng quý tổ tu dưỡng đánh giá.",
    (
        MauNhom(
            "Rèn luyện, bồi dưỡng đoàn viên ưu tú",
            (
                "Mỗi đồng chí trong tổ tu dưỡng được giao việc cụ thể trong quý",
                "Tổ tu dưỡng họp đánh giá từng đồng chí trong quý",
                "Ban Chấp hành chi đoàn nhận xét, chọn đồng chí đủ tiêu chuẩn giới thiệu",
                "Hỏi lại cấp ủy khi hồ sơ giới thiệu quá hạn trả lời",
            ),
        ),
    ),
    chu_truong=False,
)
CHUONG_TRINH = {ct.ma: ct for ct in (BA_CHU_DONG, MOT_CONG_MOT, CHI_DOAN_MANH, UU_TU)}


def gan_voi(nhom) -> list[str]:
    """The names of the movements that groups came from, each once, in their order."""
    found = (CHUONG_TRINH.get(row.chuong_trinh) for row in nhom)
    return list(dict.fromkeys(ct.ten for ct in found if ct and ct.chu_truong))
