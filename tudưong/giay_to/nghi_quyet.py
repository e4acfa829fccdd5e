"""Forms 4_1-KNĐ (the branch proposes) and 4-KNĐ (the ward's committee introduces)."""

from datetime import date

from core.pdf import Bold, Bullets, Dots, Paper, Para, Section, Signatures, Title, paragraphs
from core.text.numbers import count, date_long, date_short, percent
from tochuc.the_thuc import check_line, has_bch, heading, nguoi_ky, ten_bch
from tochuc.van_ban import ten_tai_ngay
from tudưong.models import BuocHoSo, GiayTo, HoSo, ThanhVienTo

from .chung import cau, dang_uy, noi_nhan_chi_bo

CAN_CU = "Căn cứ điểm 1 Điều 4 Chương I Điều lệ Đảng Cộng sản Việt Nam;"
UU_DIEM = (
    ("pham_chat", "Về phẩm chất chính trị"),
    ("dao_duc", "Về đạo đức, lối sống"),
    ("nang_luc", "Về năng lực công tác"),
    ("quan_he", "Về quan hệ quần chúng"),
)


def nghi_quyet_bch(ho_so: HoSo, buoc: BuocHoSo, so: str = "", ma: str = "") -> Paper:
    """4-KNĐ. `buoc` is the committee's resolution; the percentages are of all its members."""
    ngay = buoc.ngay_van_ban or buoc.ngay
    ten, phuong = ho_so.doan_vien.ho_ten, ho_so.don_vi
    return Paper(
        heading=heading(phuong, ngay, loai="NQ", so=so, mau="Mẫu 4-KNĐ"),
        title=Title("NGHỊ QUYẾT", "giới thiệu đoàn viên ưu tú vào Đảng"),
        kinh_gui=[noi_nhan_chi_bo(ho_so), dang_uy(phuong)],
        body=[
            Para(CAN_CU),
            Para(_xet_nghi_quyet(ho_so)),
            Para(f"{ten_bch(phuong, ngay)} họp {date_long(buoc.ngay)} nhận thấy:"),
            Para(
                [
                    "Đoàn viên ",
                    Bold(ten),
                    *_ly_lich(ho_so),
                    "; có những ưu điểm, khuyết điểm chính như sau:",
                ]
            ),
            *_nhan_xet(ho_so),
            Para(
                "Đối chiếu với tiêu chuẩn và điều kiện kết nạp đảng viên, chúng tôi giới thiệu và "
                f"đề nghị {ho_so.ten_chi_bo}, {dang_uy(phuong)} xem xét, kết nạp đoàn viên {ten} "
                "vào Đảng Cộng sản Việt Nam."
            ),
            Para(_phieu_bch(buoc)),
            Para(
                f"{ten_bch(phuong, ngay)} chịu trách nhiệm trước Đảng về những nội dung giới thiệu "
                f"trên đây và tiếp tục bồi dưỡng, giúp đỡ để đoàn viên {ten} phấn đấu trở thành "
                "đảng viên./."
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(phuong, ngay)],
            noi_nhan=["Như trên", ten_tai_ngay(ho_so.chi_doan, ngay), "Lưu: VP, hồ sơ ĐVƯT"],
        ),
        check=check_line(ma),
    )


def nghi_quyet_chi_doan(ho_so: HoSo, buoc: BuocHoSo, so: str = "", ma: str = "") -> Paper:
    """4_1-KNĐ. The branch only asks the ward's committee; its vote is told against all members."""
    ngay = buoc.ngay_van_ban or buoc.ngay
    ten, chi_doan, phuong = ho_so.doan_vien.ho_ten, ho_so.chi_doan, ho_so.don_vi
    ten_chi_doan = ten_tai_ngay(chi_doan, ngay)
    chu_the = "Ban Chấp hành Chi đoàn" if has_bch(chi_doan, ngay) else "Chi đoàn"
    return Paper(
        heading=heading(chi_doan, ngay, loai="NQ", so=so, mau="Mẫu 4_1-KNĐ"),
        title=Title("NGHỊ QUYẾT", "đề nghị giới thiệu đoàn viên ưu tú vào Đảng"),
        kinh_gui=[ten_bch(phuong, ngay)],
        body=[
            Para(CAN_CU),
            Para(f"Căn cứ kết quả rèn luyện, phấn đấu của đoàn viên{_trong_to(ho_so, ngay)};"),
            Para(f"{ten_chi_doan} họp {date_long(buoc.ngay)} nhận thấy:"),
            Para(
                [
                    "Đoàn viên ",
                    Bold(ten),
                    (
                        f", sinh ngày {date_short(ho_so.doan_vien.ngay_sinh)}, vào Đoàn ngày "
                        f"{date_short(ho_so.doan_vien.ngay_vao_doan)}{_chuc_vu(ho_so)}, có những "
                        "ưu điểm, khuyết điểm chính như sau:"
                    ),
                ]
            ),
            *_nhan_xet(ho_so),
            Para(
                f"Đối chiếu với tiêu chuẩn và điều kiện kết nạp đảng viên, {chu_the} đề nghị "
                f"{ten_bch(phuong, ngay)} xem xét, giới thiệu đoàn viên {ten} để {_chi_bo(ho_so)} "
                "xem xét, kết nạp vào Đảng Cộng sản Việt Nam."
            ),
            Para(_phieu_chi_doan(buoc)),
            Para(
                f"{chu_the} chịu trách nhiệm về những nội dung đề nghị trên đây và tiếp tục giúp "
                f"đỡ đoàn viên {ten} phấn đấu, rèn luyện./."
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(chi_doan, ngay)],
            noi_nhan=["Như trên", *_bao_cao_chi_bo(ho_so), "Lưu: Chi đoàn"],
        ),
        check=check_line(ma),
    )


def _xet_nghi_quyet(ho_so: HoSo) -> str:
    buoc = ho_so.buoc.filter(loai=BuocHoSo.Loai.DE_NGHI).order_by("thu_tu").last()
    if buoc is None:
        return f"Xét đề nghị của {ho_so.chi_doan};"
    so = f"số {buoc.so_van_ban} " if buoc.so_van_ban else ""
    ngay = buoc.ngay_van_ban or buoc.ngay
    return (
        f"Xét Nghị quyết {so}{date_long(ngay)} của {ten_tai_ngay(ho_so.chi_doan, ngay)} về việc đề "
        "nghị giới thiệu đoàn viên ưu tú vào Đảng;"
    )


def _ly_lich(ho_so: HoSo) -> list:
    """Birth, home, admission, branch, sympathiser, certificate; what is unknown is dotted."""
    dv = ho_so.doan_vien
    parts = [
        f", sinh ngày {date_short(dv.ngay_sinh)}; quê quán: ",
        dv.que_quan or Dots(50),
        f"; vào Đoàn ngày {date_short(dv.ngay_vao_doan)} tại ",
        dv.noi_vao_doan or Dots(50),
        f"; sinh hoạt tại {ho_so.chi_doan}; được công nhận cảm tình Đảng ngày ",
        date_short(dv.ngay_cam_tinh) or Dots(22),
    ]
    chung_nhan = ho_so.giay_to.filter(loai=GiayTo.Loai.CHUNG_NHAN).first()
    if chung_nhan and chung_nhan.is_co and chung_nhan.so:
        ngay = f" ngày {date_short(chung_nhan.ngay)}" if chung_nhan.ngay else ""
        parts.append(f"; Giấy chứng nhận bồi dưỡng nhận thức về Đảng số {chung_nhan.so}{ngay}")
    return parts


def _nhan_xet(ho_so: HoSo) -> list:
    return [
        Section("1. Ưu điểm", level=2),
        Bullets([f"{nhan}: {cau(getattr(ho_so, field))}." for field, nhan in UU_DIEM]),
        Section("2. Khuyết điểm", level=2),
        *paragraphs(ho_so.khuyet_diem),
    ]


def _phieu_bch(buoc: BuocHoSo) -> str:
    tong = buoc.co_quyen
    text = (
        f"Số ủy viên Ban Chấp hành tán thành giới thiệu: {count(buoc.tan_thanh)} đồng chí (đạt "
        f"{percent(buoc.tan_thanh, tong)} so với tổng số {tong} ủy viên Ban Chấp hành). "
        f"Số không tán thành: {_khong_tan_thanh(buoc)}."
    )
    if buoc.khong_hop_le:
        text += f" Phiếu không hợp lệ: {count(buoc.khong_hop_le)}."
    if buoc.vang_mat:
        text += f" Vắng mặt: {count(buoc.vang_mat)} đồng chí."
    return text


def _khong_tan_thanh(buoc: BuocHoSo) -> str:
    if not buoc.khong_tan_thanh:
        return "không có"
    chiem = percent(buoc.khong_tan_thanh, buoc.co_quyen)
    ly_do = f", với lý do: {cau(buoc.ly_do)}" if buoc.ly_do else ""
    return f"{count(buoc.khong_tan_thanh)} đồng chí (chiếm {chiem}){ly_do}"


def _phieu_chi_doan(buoc: BuocHoSo) -> str:
    khong = "không có"
    if buoc.khong_tan_thanh:
        ly_do = f", với lý do: {cau(buoc.ly_do)}" if buoc.ly_do else ""
        khong = f"{count(buoc.khong_tan_thanh)} đồng chí{ly_do}"
    khong_hop_le = f"; phiếu không hợp lệ {count(buoc.khong_hop_le)}" if buoc.khong_hop_le else ""
    return (
        f"Kết quả biểu quyết bằng phiếu kín: tổng số đoàn viên chi đoàn {count(buoc.co_quyen)} "
        f"đồng chí; có mặt {count(buoc.co_mat)} đồng chí; tán thành {count(buoc.tan_thanh)} đồng "
        f"chí (đạt {percent(buoc.tan_thanh, buoc.co_quyen)} so với tổng số đoàn viên, "
        f"{percent(buoc.tan_thanh, buoc.co_mat)} so với số có mặt); không tán thành {khong}"
        f"{khong_hop_le}."
    )


def _trong_to(ho_so: HoSo, ngay: date) -> str:
    is_in = ThanhVienTo.objects.dang_boi_duong(ngay).filter(doan_vien=ho_so.doan_vien_id).exists()
    return f" tham gia Tổ tu dưỡng {ho_so.don_vi.ten_noi}" if is_in else ""


def _chuc_vu(ho_so: HoSo) -> str:
    chuc_vu = ho_so.doan_vien.chuc_vu
    return f", hiện giữ chức vụ {chuc_vu}" if chuc_vu not in ("", "Đoàn viên") else ""


def _chi_bo(ho_so: HoSo) -> str:
    return ho_so.ten_chi_bo or "cấp ủy"


def _bao_cao_chi_bo(ho_so: HoSo) -> list[str]:
    return [f"{noi_nhan_chi_bo(ho_so)} (để báo cáo)"] if ho_so.chi_bo else []
