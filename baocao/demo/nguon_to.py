"""What is around the group of Phường I: its decision and plan, proposals, the class about the
Party and the sympathisers."""

from datetime import date, timedelta

from core.periods import KyBaoCao
from tochuc.bieu_quyet import Phieu
from tochuc.permissions import Quyen
from tudưong.models import ThanhVienTo, ToTuDuong
from tudưong.services import (
    create_ke_hoach,
    decline,
    issue_ke_hoach,
    issue_quyet_dinh,
    propose_by_bch,
    propose_by_vote,
    record_cam_tinh,
    record_chung_nhan,
    send_to_class,
)
from tudưong.services.ho_so import so_doan_vien
from tudưong.thang import add_months
from tudưong.ung_vien import de_xuat_duoc

TRUNG_TAM = "Trung tâm Chính trị thành phố Vị Thanh"
MUC_DICH = (
    "Bồi dưỡng, rèn luyện đoàn viên ưu tú; giao việc cụ thể, có thời hạn và thước đo cho từng đồng "
    "chí.\nMỗi quý họp tổ, nhận xét kết quả, hạn chế, việc cần khắc phục; giới thiệu đoàn viên đủ "
    "điều kiện để cấp ủy xem xét, kết nạp."
)
CAC_QUY = {
    "quy_1": "Phân công đảng viên giúp đỡ, giao nhiệm vụ năm cho từng đồng chí\n"
    "Tìm hiểu lịch sử Đảng nhân kỷ niệm ngày thành lập Đảng 3/2\nHọp tổ, nhận xét quý I",
    "quy_2": "Mỗi đồng chí giúp một thanh niên chậm tiến\n"
    "Cử đồng chí đủ điều kiện học lớp nhận thức về Đảng\nHọp tổ, nhận xét quý II",
    "phu_trach_2": "Đồng chí Phó Bí thư Đoàn phường",
    "quy_3": "Tham gia chiến dịch Thanh niên tình nguyện hè, mỗi đồng chí một công trình\n"
    "Họp tổ, nhận xét quý III",
    "quy_4": "Giúp chi đoàn xếp loại đoàn viên cuối năm\n"
    "Họp tổ, nhận xét quý IV, tổng kết hoạt động của tổ",
}


def papers(to: ToTuDuong, *, bat_dau: date, homnay: date, by) -> None:
    """The decision on today's members, and the plans of last year and this."""
    issue_quyet_dinh(to=to, ngay=bat_dau, by=by)
    for nam in (homnay.year - 1, homnay.year):
        ngay = min(date(nam, 1, 10), homnay)
        ke_hoach = create_ke_hoach(to=to, nam=nam, ngay=ngay, muc_dich=MUC_DICH, by=by, **CAC_QUY)
        if nam < homnay.year:
            issue_ke_hoach(ke_hoach=ke_hoach, by=by)


def build(places: list[ThanhVienTo], accounts, *, homnay: date) -> None:
    """Sympathisers and certificates of the group, one of which runs out; three proposals."""
    phuong, can_bo = accounts["demo.phuong"], accounts["demo.canbo"]
    for place in places[2:8]:
        place.doan_vien = record_cam_tinh(
            doan_vien=place.doan_vien,
            ngay=place.tu_ngay + timedelta(days=60),
            noi=f"Chi bộ {place.chi_doan.ten}",
            by=phuong,
        )
    for so, (place, thang) in enumerate(zip(places[2:6], (40, 58, 20, 30), strict=False)):
        record_chung_nhan(
            doan_vien=place.doan_vien,
            so_chung_nhan=f"{211 + so}/GCN",
            ngay_cap=add_months(homnay, -thang),
            noi_hoc=TRUNG_TAM,
            by=can_bo,
        )
    send_to_class(
        doan_vien=[place.doan_vien for place in places[6:8]],
        lop=f"Lớp bồi dưỡng nhận thức về Đảng, khóa {KyBaoCao.quarter_of(homnay).quy}",
        noi_hoc=TRUNG_TAM,
        tu_ngay=homnay - timedelta(days=4),
        den_ngay=homnay + timedelta(days=3),
        by=can_bo,
    )
    _proposals(accounts, homnay=homnay)


def _proposals(accounts, *, homnay: date) -> None:
    """Two of a branch, of which one was declined, and one of the ward's committee."""
    phuong, bi_thu = accounts["demo.phuong"], accounts["demo.chidoan"]
    ngay = homnay - timedelta(days=12)
    own = list(de_xuat_duoc(bi_thu, Quyen.DE_NGHI_HO_SO).order_by("pk")[:2])
    tong = so_doan_vien(bi_thu.don_vi, ngay)
    rows = [
        propose_by_vote(
            doan_vien=nguoi,
            ngay=ngay,
            phieu=Phieu(tong - 1, tong - 2, 1),
            ly_do="Nhận việc nào xong việc ấy, được đoàn viên tin yêu.",
            by=bi_thu,
        )
        for nguoi in own
    ]
    decline(
        de_xuat=rows[-1],
        ly_do="Đồng chí mới vào Đoàn, chi đoàn giao thêm việc rồi đề xuất lại sau 6 tháng.",
        by=phuong,
    )
    others = de_xuat_duoc(phuong, Quyen.QUAN_LY_TU_DUONG).exclude(chi_doan=bi_thu.don_vi)
    propose_by_bch(
        doan_vien=others.order_by("-pk").first(),
        ngay=homnay - timedelta(days=20),
        ly_do="Nòng cốt của phong trào tình nguyện hè.",
        by=phuong,
    )
