"""Audit lines in words: what was done, to what, with which particulars."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Value
from django.urls import NoReverseMatch, resolve
from django.utils.text import capfirst

from core.periods import KyBaoCao
from core.text.display import ngay

from .permissions import VaiTro
from .quy_dinh import KHOA

VIEC_VE = {
    "anh": "ảnh",
    "anh_minh_chung": "ảnh minh chứng",
    "anh_xa_cot": "cách nhận cột của tệp",
    "ban_giao": "bàn giao bí thư",
    "bao_cao": "báo cáo",
    "bao_cao_thang": "báo cáo tháng",
    "bien_ban_hop": "biên bản họp xét giới thiệu",
    "bien_dong": "biến động đoàn viên",
    "bieu_quoc_gia": "biểu của phần mềm quốc gia",
    "boi_duong_nhan_thuc": "lớp bồi dưỡng nhận thức về Đảng",
    "bo_tieu_chi": "bộ tiêu chí",
    "buoi": "buổi sinh hoạt",
    "buoi_tap_huan": "buổi tập huấn",
    "chat_van": "công văn hỏi kết quả",
    "chi_doan": "chi đoàn",
    "chi_tieu": "chỉ tiêu",
    "chi_tieu_nam": "chỉ tiêu năm",
    "chu_diem": "chủ điểm",
    "chuc_vu": "chức vụ",
    "cam_ket": "cam kết của mô hình",
    "cam_tinh": "danh sách cảm tình Đảng",
    "chuyen": "việc chuyển sinh hoạt",
    "danh_gia": "đánh giá quý",
    "de_nghi_khen": "đề nghị khen thưởng",
    "de_xuat_to": "đề xuất vào tổ tu dưỡng",
    "danh_gia_chi_doan": "đánh giá chi đoàn",
    "danh_gia_mo_hinh": "đánh giá quý của mô hình",
    "dia_ban": "địa bàn",
    "doan_vien": "đoàn viên",
    "doi_chieu": "tệp đối chiếu",
    "don_vi": "đơn vị",
    "dot_cham": "đợt chấm",
    "dong_cham": "bản chấm của đơn vị",
    "dot_in": "đợt in hồ sơ",
    "dot_nhap": "danh sách nhập",
    "dot_xep_loai": "đợt xếp loại",
    "hoan_sinh_hoat": "lần hoãn sinh hoạt",
    "hoat_dong": "hoạt động",
    "hoc_vien": "học viên lớp tập huấn",
    "hoi_thi": "hội thi",
    "ket_qua": "quyết định công nhận kết quả",
    "khen_tap_the": "khen tập thể",
    "khen_thuong": "khen thưởng",
    "ky_luat": "kỷ luật đoàn viên",
    "truong_thanh": "xét trưởng thành Đoàn",
    "xoa_ten": "đề nghị xóa tên",
    "giay_to": "giấy tờ của hồ sơ",
    "le_trao": "lễ trao danh sách",
    "nhan_xet_du_bi": "nhận xét đảng viên dự bị",
    "tu_nhan_xet": "bản tự nhận xét",
    "ho_so": "hồ sơ giới thiệu",
    "ket_nap": "đơn xin vào Đoàn",
    "chuong_trinh_kiem_tra": "chương trình kiểm tra, giám sát",
    "kiem_tra": "cuộc kiểm tra, giám sát",
    "ket_qua_kiem_tra": "kết quả kiểm tra",
    "kien_nghi": "kiến nghị kiểm tra",
    "to_tiet_kiem": "tổ tiết kiệm và vay vốn",
    "so_du_to": "số dư tổ tiết kiệm và vay vốn",
    "minh_chung": "minh chứng chấm điểm",
    "mo_hinh_kinh_te": "mô hình kinh tế",
    "ho_tro": "hỗ trợ sinh kế",
    "tham_muu": "tham mưu",
    "lich_phuong": "lịch sinh hoạt của phường",
    "ke_hoach_to": "kế hoạch năm của tổ tu dưỡng",
    "khach": "đoàn viên tạm thời, nơi cư trú",
    "ky_danh_gia": "kỳ đánh giá",
    "lop_tap_huan": "lớp tập huấn",
    "mau_sinh_hoat": "mẫu sinh hoạt",
    "mien_doan_phi": "miễn đoàn phí",
    "mo_hinh": "mô hình",
    "nghi_quyet": "nghị quyết",
    "nguyen_vong": "nguyện vọng",
    "nhan_rong": "đề nghị nhân rộng mô hình",
    "nhat_ky": "nhật ký",
    "nhat_ky_mo_hinh": "nhật ký mô hình",
    "nhip": "nhịp sinh hoạt",
    "nhiem_vu": "nhiệm vụ",
    "nop_doan_phi": "đoàn phí nộp lên",
    "phan_cong": "vai trò",
    "phieu_giay": "phiếu điểm danh giấy",
    "phieu_thu": "phiếu thu",
    "phu_trach": "phân công phụ trách",
    "quy_dinh": "quy định",
    "can_bo": "danh sách bí thư, phó bí thư",
    "cu_can_bo": "việc cử cán bộ về địa bàn",
    "de_nghi_nhan_su": "đề nghị nhân sự",
    "lan_xuong": "lần xuống chi đoàn",
    "loi_hua": "việc đã hứa",
    "phu_cap": "phụ cấp",
    "quy_hoach": "quy hoạch cán bộ",
    "tham_hoi": "thăm hỏi, tặng quà",
    "xep_loai_can_bo": "xếp loại cán bộ",
    "quyet_dinh_khen": "quyết định khen thưởng",
    "quyet_dinh_to": "quyết định về tổ tu dưỡng",
    "quyet_dinh_xep_loai": "quyết định xếp loại",
    "ren_luyen": "chương trình rèn luyện",
    "sao_luu": "bản sao lưu",
    "sap_xep": "đợt sắp xếp",
    "so_thu": "sổ thu đoàn phí",
    "so_van_ban": "sổ văn bản",
    "tai_khoan": "tài khoản",
    "thanh_vien_to": "thành viên tổ tu dưỡng",
    "so_sach": "sổ sách",
    "theo_doi": "danh sách theo dõi chi đoàn",
    "thu_chi": "khoản thu – chi",
    "to_tu_duong": "tổ tu dưỡng",
    "tu_duong": "tu dưỡng",
    "van_ban": "văn bản",
    "xep_hang": "bảng xếp hạng",
    "xep_loai": "xếp loại",
    "xep_loai_chi_doan": "xếp loại chi đoàn",
    "y_kien_cham": "ý kiến về kết quả chấm",
    "yeu_cau": "yêu cầu về dữ liệu",
}
"""What an action is about: the noun of its code, in words."""

DONG_TU = {
    "accept": "Chấp nhận",
    "unaccept": "Rút lại chấp nhận",
    "gia_han": "Gia hạn",
    "mo_lai": "Mở lại",
    "mien": "Miễn nộp",
    "bo_mien": "Bỏ miễn nộp",
    "gop_y": "Góp ý vào ô của",
    "tra_loi_gop_y": "Trả lời góp ý vào ô của",
    "add": "Thêm",
    "appeal": "Ghi khiếu nại về",
    "admit": "Ghi kết nạp",
    "again": "So lại",
    "amend": "Sửa đổi",
    "answer": "Trả lời",
    "approve": "Duyệt",
    "assess": "Đánh giá",
    "assign": "Giao",
    "begin": "Bắt đầu",
    "cancel": "Hủy",
    "choose": "Chọn dòng của",
    "close": "Đóng",
    "comment": "Ghi ý kiến cho",
    "conclude": "Kết luận",
    "confirm": "Xác nhận",
    "copy": "Nhân rộng",
    "create": "Thêm",
    "create_many": "Thêm nhiều",
    "decide": "Ra",
    "delete": "Xóa",
    "delete_draft": "Xóa bản nháp",
    "discard": "Bỏ",
    "download": "Tải",
    "change": "Đổi",
    "tien_do": "Ghi tiến độ",
    "draft": "Ghi nháp",
    "invite": "Mời họp chung",
    "drop": "Bỏ",
    "end": "Kết thúc",
    "export": "Tải",
    "figure": "Sửa tay số liệu của",
    "figures": "Ghi số liệu của",
    "finish": "Hoàn thành",
    "generate": "Tạo dữ liệu thử cho",
    "history": "Bổ sung lịch sử",
    "import": "Nhập danh sách",
    "label": "In nhãn thẻ",
    "issue": "Ban hành",
    "judge": "Đánh giá",
    "lock": "Khóa",
    "offer": "Gửi",
    "open": "Mở",
    "override": "Sửa tay",
    "preview": "Xem trước",
    "print": "In",
    "propose": "Đề nghị",
    "publish": "Công bố",
    "query": "Hỏi kết quả",
    "record": "Ghi",
    "record_many": "Ghi nhiều",
    "register": "Đăng ký",
    "reject": "Không nhận",
    "remove": "Đưa ra khỏi",
    "reopen": "Mở lại",
    "return": "Trả lại",
    "review": "Rà soát",
    "revoke": "Thu hồi quyết định",
    "save": "Ghi",
    "score": "Chấm",
    "send": "Gửi",
    "set": "Đặt",
    "sign": "Ký",
    "start": "Bắt đầu",
    "submit": "Nộp",
    "undo": "Hoàn tác",
    "update": "Sửa",
    "view": "Xem",
    "vote": "Ghi biểu quyết",
    "withdraw": "Rút",
    "write": "Viết",
}
"""What was done: the verb of its code, in words."""

CAU_RIENG = {
    "bao_cao.theo_so": "Bỏ lời đã viết, lấy lại bản nháp của một mục báo cáo",
    "ban_giao.giay": "Ghi bàn giao bí thư đã ký trên giấy",
    "ban_giao.reopen": "Thu lại chữ ký của bàn giao bí thư",
    "ban_giao.sign": "Xác nhận bàn giao bí thư",
    "chuc_vu.gap": "Ghi đoàn viên bí thư mới đã gặp",
    "chuc_vu.di_xa": "Ghi lý do giữ chức khi đi làm xa",
    "chi_doan.nhac": "Nhắc việc chi đoàn",
    "lich_phuong.export": "Tải bảng sinh hoạt năm của các chi đoàn",
    "chuyen.de_nghi": "Chuyển sinh hoạt: chi đoàn đi đề nghị",
    "chuyen.gui_lai": "Chuyển sinh hoạt: chi đoàn đi gửi lại",
    "chuyen.noi_khac": "Chuyển sinh hoạt: nơi đến gửi lại xác nhận",
    "chuyen.phuong_den": "Chuyển sinh hoạt: Đoàn cơ sở đến giới thiệu về chi đoàn",
    "chuyen.phuong_di": "Chuyển sinh hoạt: Đoàn cơ sở đi giới thiệu",
    "chuyen.rut": "Chuyển sinh hoạt: rút",
    "buoi.hen": "Hẹn buổi sinh hoạt",
    "buoi.doi_hen": "Đổi lịch hẹn buổi sinh hoạt",
    "buoi.huy_hen": "Hủy buổi sinh hoạt đã hẹn",
    "buoi.mo_diem_danh": "Mở tự điểm danh bằng mã QR",
    "buoi.dong_diem_danh": "Đóng tự điểm danh bằng mã QR",
    "buoi.bo_diem_danh": "Bỏ một lượt tự điểm danh",
    "khoa_lich.create": "Tạo địa chỉ lịch của chi đoàn",
    "khoa_lich.renew": "Đổi địa chỉ lịch của chi đoàn",
    "chuyen.tu_choi": "Chuyển sinh hoạt: từ chối",
    "chuyen.tu_ngoai": "Chuyển sinh hoạt: tiếp nhận từ nơi khác",
    "chuyen.xac_nhan": "Chuyển sinh hoạt: chi đoàn đến xác nhận",
    "doan_vien.begin": "Tiếp nhận đoàn viên",
    "dot_xep_loai.bieu_quyet": "Ghi biểu quyết xếp loại của chi đoàn",
    "dot_xep_loai.gui": "Gửi phường kết quả xếp loại",
    "dot_xep_loai.mo": "Mở đợt xếp loại",
    "dot_xep_loai.rut": "Rút lại kết quả xếp loại đã gửi",
    "doan_vien.end": "Kết thúc sinh hoạt của đoàn viên",
    "doan_vien.erase": "Xóa dữ liệu của đoàn viên theo yêu cầu",
    "doan_vien.erase_again": "Xóa lại dữ liệu sau khi khôi phục bản sao lưu",
    "doan_vien.reveal": "Xem mục riêng tư của đoàn viên",
    "doan_vien.reveal_list": "Xem, tải danh sách có mục riêng tư",
    "doan_vien.gop": "Gộp hai bản ghi của đoàn viên",
    "doan_vien.hoan_gop": "Tách lại hai bản ghi đã gộp của đoàn viên",
    "doan_vien.khac_nguoi": "Ghi hai bản ghi không phải một đoàn viên",
    "doan_vien.reopen": "Sửa việc ghi nhầm đoàn viên rời chi đoàn",
    "doan_vien.truong_thanh": "Trưởng thành Đoàn",
    "truong_thanh.draft": "Lập dự thảo quyết định trưởng thành Đoàn",
    "truong_thanh.discard": "Bỏ dự thảo quyết định trưởng thành Đoàn",
    "truong_thanh.drop": "Đưa một đồng chí ra khỏi dự thảo trưởng thành Đoàn",
    "truong_thanh.issue": "Ban hành quyết định trưởng thành Đoàn",
    "truong_thanh.print": "In giấy tờ trưởng thành Đoàn",
    "truong_thanh.propose": "Đề nghị xét trưởng thành Đoàn",
    "truong_thanh.revoke": "Thu hồi quyết định trưởng thành Đoàn",
    "truong_thanh.update": "Sửa buổi lễ trưởng thành Đoàn",
    "van_ban.word": "Tải bản Word của văn bản",
    "dia_ban.assign": "Giao địa bàn cho chi đoàn",
    "sap_xep.apply": "Áp dụng đợt sắp xếp đơn vị",
    "sap_xep.create": "Lập kế hoạch sắp xếp đơn vị",
    "sap_xep.discard": "Bỏ kế hoạch sắp xếp đơn vị",
    "sap_xep.revert": "Hoàn tác đợt sắp xếp đơn vị",
    "sap_xep.submit": "Trình duyệt kế hoạch sắp xếp",
    "xoa_ten.decide": "Quyết định đề nghị xóa tên",
    "xoa_ten.propose": "Đề nghị xóa tên",
    "dong_cham.dong_y": "Đồng ý các mục không khác khi thẩm định",
    "dong_cham.duyet": "Xem lại kết quả thẩm định",
    "dong_cham.gui": "Gửi bản tự chấm",
    "dong_cham.kiem_phieu": "Ghi kiểm phiếu xếp loại đơn vị",
    "dong_cham.tham_dinh": "Ghi điểm thẩm định",
    "dong_cham.tra_lai": "Trả lại bản tự chấm",
    "dong_cham.tu_cham": "Ghi điểm tự chấm",
    "dong_cham.xem_lai": "Ghi điểm của cấp trên",
    "dong_cham.xet_lai": "Trả về thẩm định lại",
    "dong_cham.xong": "Thẩm định xong một đơn vị",
    "dot_cham.chung_cuoc": "Chốt chung cuộc đợt chấm",
    "dot_cham.cong_bo": "Công bố kết quả đợt chấm",
    "dot_cham.dinh_chinh": "Mở đợt chấm đính chính",
    "dot_cham.han": "Đổi hạn của đợt chấm",
    "dot_cham.huy": "Hủy đợt chấm",
    "dot_cham.lui": "Đưa đợt chấm lại bước thẩm định",
    "dot_cham.mo": "Mở đợt chấm",
    "dot_cham.tham_dinh": "Bắt đầu thẩm định đợt chấm",
    "dot_cham.thu": "Tính kết quả thử của đợt chấm",
    "dot_cham.tinh": "Tính phần tự động của đợt chấm",
    "dot_in.cancel": "Dừng đợt in hồ sơ",
    "dot_in.continue": "In tiếp phần còn lại của đợt in hồ sơ",
    "dot_in.create": "In nhiều bộ hồ sơ",
    "ho_so.boi_duong": "Hồ sơ: tiếp tục bồi dưỡng",
    "ho_so.bo_sung": "Hồ sơ: chi đoàn bổ sung",
    "ho_so.cap_uy_bo_sung": "Hồ sơ: cấp ủy đề nghị bổ sung",
    "ho_so.chinh_thuc": "Hồ sơ: công nhận đảng viên chính thức",
    "ho_so.cho_tiep": "Hồ sơ: chờ cấp ủy xem xét tiếp",
    "ho_so.cong_van": "Hồ sơ: gửi công văn hỏi kết quả",
    "ho_so.chuyen": "Hồ sơ: chuyển theo đoàn viên",
    "ho_so.chuyen_di": "Hồ sơ: chuyển đi theo đoàn viên",
    "ho_so.de_nghi": "Hồ sơ: chi đoàn biểu quyết đề nghị",
    "ho_so.dong": "Hồ sơ: đóng",
    "ho_so.gui": "Hồ sơ: gửi cấp ủy",
    "ho_so.gui_lai": "Hồ sơ: gửi lại cấp ủy",
    "ho_so.ket_nap": "Hồ sơ: cấp ủy kết nạp",
    "ho_so.khong_de_nghi": "Hồ sơ: chi đoàn biểu quyết, chưa đạt",
    "ho_so.khong_ket_nap": "Hồ sơ: cấp ủy chưa kết nạp",
    "ho_so.khong_thong_qua": "Hồ sơ: Ban Chấp hành biểu quyết, chưa đạt",
    "ho_so.nghi_quyet": "Hồ sơ: Ban Chấp hành ra nghị quyết",
    "ho_so.tham_tra": "Hồ sơ: phường thẩm tra, đồng ý",
    "ho_so.tra_lai": "Hồ sơ: phường trả lại",
    "ho_so.tra_loi": "Hồ sơ: cấp ủy trả lời công văn",
    "nop_doan_phi.accept": "Nhận đoàn phí cấp dưới nộp",
    "nop_doan_phi.return": "Trả lại lần nộp đoàn phí",
    "nop_doan_phi.submit": "Nộp đoàn phí lên cấp trên",
    "le_trao.pick": "Chọn hồ sơ trao cho cấp ủy",
    "le_trao.send": "Ghi đã trao danh sách cho cấp ủy",
    "nguyen_vong.send": "Chuyển nguyện vọng lên Đoàn phường, xã",
    "nguyen_vong.step": "Ghi việc đã làm cho nguyện vọng",
    "ket_nap.chuan_y": "Kết nạp: phường chuẩn y",
    "ket_nap.create": "Kết nạp: nhận đơn xin vào Đoàn",
    "ket_nap.erase": "Kết nạp: xóa dữ liệu của người xin vào Đoàn theo yêu cầu",
    "ket_nap.erase_again": "Kết nạp: xóa lại dữ liệu sau khi khôi phục bản sao lưu",
    "ket_nap.erase_old": "Kết nạp: xóa thông tin trong đơn hết hạn giữ",
    "ket_nap.export": "Kết nạp: tải danh sách",
    "ket_nap.gui_lai": "Kết nạp: chi đoàn bổ sung, gửi lại",
    "ket_nap.khong_thong_qua": "Kết nạp: chi đoàn biểu quyết, chưa thông qua",
    "ket_nap.lay_lai": "Kết nạp: chi đoàn lấy lại đề nghị",
    "ket_nap.le": "Kết nạp: ghi lễ kết nạp",
    "ket_nap.mo_lai": "Kết nạp: mở lại đơn",
    "ket_nap.record_many": "Kết nạp: ghi các hồ sơ đã có",
    "ket_nap.rut": "Kết nạp: rút đơn",
    "ket_nap.thong_qua": "Kết nạp: chi đoàn biểu quyết, thông qua",
    "ket_nap.tra_lai": "Kết nạp: phường chưa chuẩn y",
    "phan_cong.create": "Giao vai trò",
    "yeu_cau.answer": "Trả lời bước đầu yêu cầu về dữ liệu",
    "yeu_cau.export": "Tải bản dữ liệu của một đoàn viên",
    "yeu_cau.export_list": "Tải sổ yêu cầu về dữ liệu",
    "yeu_cau.extend": "Gia hạn yêu cầu về dữ liệu",
    "tai_khoan.close": "Khóa tài khoản",
    "tai_khoan.create": "Cấp tài khoản",
    "tai_khoan.login": "Đăng nhập",
    "tai_khoan.login_failed": "Đăng nhập sai mật khẩu",
    "tai_khoan.logout": "Đăng xuất",
    "tai_khoan.open": "Mở lại tài khoản",
    "tai_khoan.password": "Đặt mật khẩu mới",
    "thanh_vien_to.add": "Thêm thành viên tổ tu dưỡng",
    "buoi_tap_huan.record": "Điểm danh buổi tập huấn",
    "hoc_vien.register": "Đăng ký dự lớp tập huấn",
    "hoc_vien.withdraw": "Rút tên khỏi lớp tập huấn",
    "lop_tap_huan.finish": "Kết thúc lớp tập huấn",
    "lop_tap_huan.issue": "Cấp giấy chứng nhận tập huấn",
    "lop_tap_huan.judge": "Ghi kết quả lớp tập huấn",
    "lop_tap_huan.print": "In giấy tờ lớp tập huấn",
    "lop_tap_huan.publish": "Thông báo lớp tập huấn",
    "hoi_thi.finish": "Công bố kết quả hội thi",
    "hoi_thi.judge": "Ghi điểm, giải hội thi",
    "hoi_thi.print": "In danh sách đạt giải hội thi",
    "de_nghi_khen.lap": "Đề nghị khen thưởng",
    "de_nghi_khen.dong_y": "Đồng ý đề nghị khen thưởng",
    "de_nghi_khen.chuyen_len": "Chuyển đề nghị khen thưởng lên cấp trên",
    "de_nghi_khen.khong_dong_y": "Chưa đồng ý đề nghị khen thưởng",
    "de_nghi_khen.rut": "Rút đề nghị khen thưởng",
    "de_nghi_khen.gui_lai": "Bổ sung, gửi lại đề nghị khen thưởng",
    "de_nghi_khen.khen": "Khen thưởng theo đề nghị",
    "de_nghi_khen.huy": "Hủy khen thưởng theo đề nghị",
    "de_nghi_khen.print": "In tờ trình đề nghị khen thưởng",
    "boi_duong_nhan_thuc.record": "Ghi giấy chứng nhận nhận thức về Đảng",
    "boi_duong_nhan_thuc.send": "Cử đi học lớp nhận thức về Đảng",
    "boi_duong_nhan_thuc.update": "Ghi kết quả lớp nhận thức về Đảng",
    "cam_tinh.remove": "Đưa ra khỏi danh sách cảm tình Đảng",
    "de_xuat_to.seen": "Xem trả lời đề xuất vào tổ tu dưỡng",
    "thanh_vien_to.helper": "Phân công đảng viên giúp đỡ trong tổ tu dưỡng",
    "kiem_tra.tien_hanh": "Ghi tiến hành kiểm tra, giám sát",
    "kiem_tra.ket_luan": "Kết luận kiểm tra, giám sát",
    "kiem_tra.khac_phuc": "Kiểm tra: đơn vị bắt đầu khắc phục",
    "kiem_tra.xong": "Kiểm tra: khắc phục xong",
    "kiem_tra.yeu_cau_lai": "Kiểm tra: yêu cầu khắc phục tiếp",
    "kiem_tra.bo": "Ghi không tiến hành kiểm tra",
    "kiem_tra.mo_lai": "Đưa cuộc kiểm tra lại vào kế hoạch",
    "kien_nghi.answer": "Báo cáo khắc phục kiến nghị kiểm tra",
    "kien_nghi.accept": "Xác nhận đã khắc phục kiến nghị",
    "kien_nghi.return": "Yêu cầu khắc phục tiếp kiến nghị",
    "kien_nghi.withdraw": "Lấy lại báo cáo khắc phục",
    "tham_muu.answer": "Ghi kết quả tham mưu",
    "hoat_dong.drop": "Ghi thôi làm hoạt động",
    "hoat_dong.finish": "Báo xong hoạt động",
    "sao_luu.create": "Sao lưu toàn bộ dữ liệu",
    "sao_luu.restore": "Khôi phục dữ liệu từ bản sao lưu",
}
"""Actions that have their own words."""

CHI_TIET = {
    "bo_loc": "bộ lọc",
    "ket_qua": "kết quả",
    "so_muc": "số mục",
    "so_diem": "số điểm đổi",
    "dot": "đợt số",
    "ben": "ai bỏ phiếu",
    "ban_bam": "mã băm",
    "buoi": "buổi sinh hoạt số",
    "but_toan": "bút toán",
    "can_cu": "căn cứ",
    "cap_nhat": "số dòng cập nhật",
    "chi_doan": "chi đoàn",
    "chi_tieu": "chỉ tiêu",
    "chuc_danh": "chức danh",
    "den_ngay": "đến ngày",
    "diem_danh": "điểm danh",
    "dong": "dòng",
    "du_hop": "dự họp",
    "gia_tri": "giá trị",
    "giay": "giấy",
    "han": "hạn",
    "ket_thuc": "thôi vì",
    "hieu_luc": "có hiệu lực từ ngày",
    "kieu": "nhịp",
    "ket_luan": "kết luận",
    "ky": "kỳ",
    "linh_vuc": "lĩnh vực",
    "loai": "loại",
    "loi_hua": "việc đã hứa số",
    "loc": "bộ lọc",
    "ly_do": "lý do",
    "ma": "mã",
    "muc": "mục",
    "nam": "năm",
    "ngay": "ngày",
    "ghi_muon": "ghi muộn",
    "nguon": "lấy từ",
    "nhap_thay": "nhập thay",
    "phien_ban": "phiên bản",
    "sau": "sau đó",
    "sha256": "dấu của tệp",
    "so": "số",
    "san_sang": "mức sẵn sàng",
    "so_bao_cao": "số báo cáo",
    "so_buoi": "số buổi",
    "so_don_vi": "số đơn vị",
    "so_chi_doan": "số chi đoàn",
    "so_cu": "số của bản ghi kia",
    "so_dong": "số dòng",
    "so_ho_so": "số hồ sơ",
    "so_nghi_quyet": "số nghị quyết",
    "so_loi_hua": "số việc đã hứa",
    "so_nguoi": "số người",
    "so_rut": "số người rút",
    "so_tap_the": "số tập thể",
    "so_tien": "số tiền (đồng)",
    "so_o": "số ô",
    "so_van_ban": "số văn bản",
    "so_trung": "số dòng trùng",
    "tai_khoan": "tài khoản",
    "ten": "tên",
    "thang": "tháng",
    "thanh_vien": "số thành viên",
    "them_moi": "số dòng thêm mới",
    "tieu_chi": "tiêu chí",
    "tinh_trang": "tình trạng",
    "trang_thai": "trạng thái",
    "truoc": "trước đó",
    "truong": "mục",
    "tu_ngay": "từ ngày",
    "vai_tro": "vai trò",
    "version": "lần ghi",
}
"""Names of particulars; another one is shown by its own name with spaces."""


def hanh_dong_bang_chu(code: str) -> str:
    """ "doan_vien.update" → "Sửa đoàn viên"."""
    noun, _, verb = code.partition(".")
    if code in CAU_RIENG:
        return CAU_RIENG[code]
    return f"{DONG_TU.get(verb, verb)} {VIEC_VE.get(noun, noun)}"


def noi_dung_bang_chu(noi_dung: dict, loai: str = "") -> str:
    """The particulars in one line: "vai trò: Cấp ủy; từ ngày: 01/01/2026".

    `loai` is the kind of object: codes are read as its fields and choices first.
    """
    words = _words_about(loai)
    parts = []
    for key, value in noi_dung.items():
        values = value if isinstance(value, list) else [value]
        if shown := ", ".join(filter(None, (_shown(item, words) for item in values))):
            parts.append(f"{CHI_TIET.get(key, key.replace('_', ' '))}: {shown}")
    return "; ".join(parts)


def _shown(value, words: dict[str, str]) -> str:
    """A particular's value as people write it: dates, periods, roles, fields, states."""
    if isinstance(value, bool):
        return "có" if value else ""
    text = "" if value is None else str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ngay(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}Q[1-4]", text):
        return str(KyBaoCao.parse(text))
    return words.get(text) or text.replace("_", " ")


@cache
def _words_about(loai: str) -> dict[str, str]:
    """The words of codes: those of the object's own model come before those of others."""
    words = dict(VaiTro.choices) | {khoa.ma: khoa.nhan for khoa in KHOA.values()}
    models = sorted(apps.get_models(), key=lambda model: _nearness(model, loai))
    for field in (field for model in models for field in model._meta.fields):
        words |= {str(key): str(label) for key, label in field.flatchoices if not _is_number(key)}
    if loai:
        words |= {field.name: str(field.verbose_name) for field in models[-1]._meta.fields}
    return words


def _nearness(model, loai: str) -> int:
    if model._meta.label_lower == loai:
        return 2
    return int(model._meta.app_label == loai.partition(".")[0])


def _is_number(key) -> bool:
    return not isinstance(key, str) or key.isdigit()


def ten_doi_tuong(line) -> str:
    """The kind of object and its number: "Đoàn viên 12"."""
    if not line.doi_tuong_loai:
        return ""
    return f"{capfirst(_model_of(line)._meta.verbose_name)} {line.doi_tuong_id}"


def link_objects(lines: Iterable, user) -> None:
    """Give each line the page of its object as `url`, where it opens for `user`: he holds the
    right that the page asks for, and the row is still there for him. One statement."""
    asked = defaultdict(set)
    for line in lines:
        if user.has_quyen(_quyen_mo(line.doi_tuong_loai)):
            asked[line.doi_tuong_loai].add(line.doi_tuong_id)
    rows = [_thay_duoc(loai, numbers, user) for loai, numbers in asked.items()]
    seen = set(rows[0].union(*rows[1:], all=True)) if rows else set()
    for line in lines:
        about = (line.doi_tuong_loai, line.doi_tuong_id)
        line.url = _address(*about) if about in seen else ""


def _thay_duoc(loai: str, numbers: set[int], user):
    rows = apps.get_model(loai).objects.visible_to(user).filter(pk__in=numbers)
    return rows.order_by().values_list(Value(loai), "pk")


@cache
def _quyen_mo(loai: str) -> str:
    """The right that the page of such an object asks for; "" for one without a page."""
    url = urlsplit(_address(loai, 1)).path
    return resolve(url).func.required_quyen if url else ""


def _address(loai: str, number: int) -> str:
    """The object's page, when it has one that its number is enough for."""
    model = apps.get_model(loai) if loai else None
    if not hasattr(model, "get_absolute_url"):
        return ""
    try:
        return model(pk=number).get_absolute_url()
    except (NoReverseMatch, ObjectDoesNotExist):
        return ""


def doi_tuong_choices() -> list[tuple[str, str]]:
    """Every kind of object that a line may speak of."""
    kinds = [
        (model._meta.label_lower, capfirst(model._meta.verbose_name))
        for model in apps.get_models()
        if hasattr(model.objects, "visible_to")
    ]
    return sorted(kinds, key=lambda kind: kind[1])


def _model_of(line):
    return apps.get_model(line.doi_tuong_loai)
