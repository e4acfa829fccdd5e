"""What the demo's branches talk about and resolve, month by month."""

from datetime import time

CHU_DIEM = (
    "Mừng Đảng, mừng Xuân",
    "Thanh niên với Đảng, Tết vì người nghèo",
    "Tháng Thanh niên",
    "Tuổi trẻ với truyền thống thống nhất đất nước",
    "Học tập và làm theo lời Bác",
    "Vì gia đình và trẻ em, ra quân mùa hè tình nguyện",
    "Đền ơn đáp nghĩa",
    "Tuổi trẻ với pháp luật và quốc phòng",
    "Tự hào Tổ quốc Việt Nam",
    "Thanh niên với chuyển đổi số",
    "Tôn sư trọng đạo",
    "Uống nước nhớ nguồn",
)
DIA_DIEM = {
    "dan_cu": "Nhà văn hóa {}",
    "truong_hoc": "Phòng hội đồng nhà trường",
    "llvt": "Hội trường đơn vị",
    "co_quan": "Phòng họp cơ quan",
}
NOI_DUNG = (
    "Rút kinh nghiệm việc tháng trước, triển khai việc tháng này và phân công từng đồng chí.",
    "Học chuyên đề của tháng, liên hệ việc làm cụ thể của chi đoàn; thảo luận cách tập hợp.",
    "Nghe báo cáo kết quả các việc đã giao; bàn việc giúp gia đình chính sách trên địa bàn.",
    "Thông tin thời sự, pháp luật; bàn kế hoạch ngày thứ Bảy tình nguyện, ngày Chủ nhật xanh.",
)
Y_KIEN = (
    "Các đồng chí góp ý chọn việc vừa sức, có người phụ trách và có hạn.",
    "Đề nghị báo lịch sớm để đồng chí đi làm ca sắp xếp.",
    "Nhất trí với nội dung, bổ sung việc thăm hỏi đoàn viên đi làm xa qua gia đình.",
)
BIEU_QUYET = "Thông qua các nội dung nêu trên"
KET_LUAN = "Chủ trì kết luận, giao từng việc có người phụ trách và thời hạn."
HOAT_DONG_KEM = ("", "", "Giao lưu bóng chuyền sau buổi họp", "Dọn vệ sinh tuyến đường tự quản")
VIEC = (
    ("Thu gom rác bờ kè vào chiều thứ Bảy", "Làm 04 buổi, gom khoảng 300 kg rác"),
    ("Lập danh sách thanh niên đến tuổi vào Đoàn", "Đã lập, có 06 thanh niên"),
    ("Thăm gia đình chính sách trên địa bàn", "Thăm 03 gia đình"),
    ("Hướng dẫn người dân dùng dịch vụ công trực tuyến", "Hướng dẫn 21 lượt người"),
    ("Vận động hiến máu tình nguyện", "Có 05 đồng chí tham gia"),
    ("Sơn lại bồn hoa trước nhà văn hóa", "Đã sơn xong 12 bồn"),
    ("Liên hệ gia đình đoàn viên đi làm xa", "Đã gọi và ghi lại nguyện vọng"),
    ("Tuyên truyền phòng chống ma túy tại khu vực", "Phát 80 tờ gấp"),
)
NHIEM_VU = (
    ("tu_tuong", "Viết bài thu hoạch chuyên đề học tập Bác", "Bài viết được tổ nhận xét đạt"),
    ("phong_trao", "Phụ trách một ngày Chủ nhật xanh của chi đoàn", "Từ 10 đoàn viên tham gia"),
    ("nghiep_vu", "Ghi biên bản ba buổi sinh hoạt chi đoàn", "Biên bản đủ mục, đúng hạn"),
    ("hoc_tap", "Hoàn thành lớp bồi dưỡng nhận thức về Đảng", "Có giấy chứng nhận"),
    ("doi_song", "Giúp một thanh niên chậm tiến trên địa bàn", "Thanh niên dự sinh hoạt trở lại"),
    ("phong_trao", "Giới thiệu một thanh niên vào Đoàn theo chủ trương 1+1", "Có đơn xin vào Đoàn"),
)
TIEN_DO = (
    "Đã đọc xong tài liệu, viết được một nửa bài thu hoạch.",
    "Đã họp chi đoàn phân công, hẹn bà con sáng Chủ nhật tuần sau.",
    "Đã ghi biên bản hai buổi, bí thư nhận xét đủ mục.",
    "Đã đăng ký lớp bồi dưỡng khai giảng cuối tháng.",
    "Đã gặp gia đình hai lần, em đồng ý dự buổi sinh hoạt tới.",
    "Đã mời một thanh niên cùng khu vực dự sinh hoạt.",
)
"""One for each of the tasks."""
KET_QUA = (
    "Hoàn thành các việc được giao đúng hạn, dự đủ sinh hoạt, gương mẫu trong phong trào.",
    "Làm tốt việc chuyên môn, nhiệt tình trong chi đoàn; hướng dẫn được đoàn viên mới.",
    "Chủ động nhận việc khó, có sáng kiến trong tuyên truyền trên mạng xã hội.",
)
THAO_LUAN = (
    "Nên giao việc gắn với nơi cư trú, có người cùng làm.",
    "Đề nghị họp tổ buổi tối để đủ người; gửi chương trình trước ba ngày.",
)
HAN_CHE = (
    "Phát biểu trong sinh hoạt còn ít.",
    "Sắp xếp thời gian giữa công việc và phong trào chưa hợp lý.",
    "Ghi chép sổ sách đôi khi còn chậm.",
)
CAN_KHAC_PHUC = (
    "Chuẩn bị trước một ý kiến cho mỗi buổi sinh hoạt.",
    "Lập lịch việc tháng, báo chi đoàn trước ba ngày khi bận.",
    "Ghi sổ trong vòng hai ngày sau buổi họp.",
)

BIEN_BAN = {
    "bat_dau": time(14, 0),
    "ket_thuc": time(15, 30),
    "dia_diem": "phòng họp Đoàn phường I",
    "thu_ky": "Đỗ Khánh Vy, Ủy viên Ban Chấp hành",
    "to_kiem_phieu": "Đỗ Khánh Vy (Tổ trưởng)\nHuỳnh Tấn Lộc\nMai Thị Cẩm Tú",
    "thao_luan": "Hội nghị thống nhất hồ sơ đủ điều kiện đưa ra biểu quyết; góp ý về khuyết điểm "
    "của đoàn viên như ghi trong nghị quyết.",
    "ket_luan": "Giao đồng chí Bí thư hoàn thiện hồ sơ, gửi lên cấp trên trong 05 ngày.",
}
TU_NHAN_XET = {
    "pham_chat": "Tin tưởng vào sự lãnh đạo của Đảng, chấp hành tốt chính sách, pháp luật; sống "
    "giản dị, trung thực.",
    "nhiem_vu": "Dự đủ các buổi sinh hoạt, hoàn thành các nhiệm vụ Tổ tu dưỡng giao đúng hạn.",
    "hoc_tap": "Hoàn thành tốt công việc chuyên môn, tự học thêm tin học.",
    "quan_he": "Hòa nhã với mọi người, tích cực giúp đỡ bà con trong khu vực.",
    "han_che": "Chưa mạnh dạn phát biểu ở nơi đông người.",
    "phuong_huong": "Tiếp tục rèn luyện kỹ năng nói trước đông người, phấn đấu vào Đảng.",
}
NHAN_XET_DU_BI = {
    "pham_chat": "Lập trường tư tưởng vững vàng, gương mẫu chấp hành Điều lệ Đảng.",
    "dao_duc": "Lối sống trong sáng, giản dị, được nhân dân nơi cư trú tin yêu.",
    "nang_luc": "Hoàn thành tốt nhiệm vụ của chi bộ và chi đoàn giao.",
    "quan_he": "Gần gũi, đoàn kết với đoàn viên, thanh niên.",
    "khuyet_diem": "Có việc còn nóng vội.",
}
