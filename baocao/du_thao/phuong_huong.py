"""Phương hướng kỳ tới; kiến nghị: what is planned already, and what others owe an answer to."""

from .cau import Cau, NhapMuc, doan, nhap
from .doc import SoDoc

SAP_LAM = (
    ("hoat_dong_sap_toi", "tiếp tục {n} hoạt động, công trình đã lên kế hoạch{ten}"),
    ("lop_sap_toi", "mở {n} lớp tập huấn cán bộ Đoàn{ten}"),
    ("kiem_tra_sap_toi", "tiến hành {n} cuộc kiểm tra, giám sát theo chương trình{ten}"),
    ("nghi_quyet_den_han", "làm xong {n} việc theo nghị quyết chi đoàn đến hạn trong kỳ tới"),
    ("nghi_quyet_qua_han", "xử lý dứt điểm {n} việc theo nghị quyết chi đoàn đã quá hạn"),
    ("khuyet_bi_thu", "kiện toàn bí thư của {n} chi đoàn{ten}"),
    ("chi_doan_chua_hop", "giúp {n} chi đoàn chưa sinh hoạt trong kỳ tổ chức lại sinh hoạt{ten}"),
)


def phuong_huong(doc: SoDoc) -> NhapMuc:
    skip = ("khuyet_bi_thu", "chi_doan_chua_hop") if doc.is_chi_doan else ()
    return nhap(
        *(doan("", doc.cau(ma, loi)) for ma, loi in SAP_LAM if ma not in skip),
        goi_y=[Cau("Viết thêm: chủ đề, ngày lễ, chỉ tiêu của kỳ tới theo chương trình năm")],
    )


def kien_nghi(doc: SoDoc) -> NhapMuc:
    return nhap(
        doan(
            "",
            doc.cau(
                "cong_van_chua_tra_loi",
                "đề nghị cấp ủy cho biết kết quả xem xét đoàn viên ưu tú theo {n} công văn đã gửi",
            ),
        ),
        doan(
            "",
            doc.cau(
                "tham_muu_cho",
                "đề nghị cấp ủy, chính quyền sớm có ý kiến về {n} nội dung đã tham mưu{ten}",
            ),
        ),
        doan(
            "",
            doc.cau(
                "nguyen_vong_cho_cap_tren",
                "đề nghị cấp ủy, chính quyền xem xét {n} nguyện vọng của đoàn viên, thanh niên "
                "đã chuyển lên",
            ),
        ),
        goi_y=[Cau("Viết thêm: đề nghị với cấp trên về kinh phí, tài liệu, tập huấn, cơ chế")],
    )
