"""Ý kiến nhận xét đảng viên dự bị: the committee's word on a member who was admitted, before the
Party cell makes him official."""

from core.pdf import Bold, Paper, Para, Section, Signatures, Title, paragraphs
from core.text.numbers import date_short
from tochuc.the_thuc import check_line, heading, nguoi_ky, ten_bch
from tochuc.van_ban import ten_tai_ngay
from tudưong.models import NhanXetDuBi

from .chung import dang_uy, noi_nhan_chi_bo

MUC = (
    ("pham_chat", "Về phẩm chất chính trị"),
    ("dao_duc", "Về đạo đức, lối sống"),
    ("nang_luc", "Về năng lực công tác"),
    ("quan_he", "Về quan hệ quần chúng"),
    ("khuyet_diem", "Hạn chế, khuyết điểm"),
)


def missing_nhan_xet_du_bi(row: NhanXetDuBi) -> list[str]:
    return [
        ten.removeprefix("Về ").lower() for field, ten in MUC if not getattr(row, field).strip()
    ]


def nhan_xet_du_bi(row: NhanXetDuBi, so: str = "", ma: str = "") -> Paper:
    """Five headings, what is not written as dotted lines; numbered among the ward's remarks."""
    ho_so, ngay = row.ho_so, row.ngay
    phuong, dv = ho_so.don_vi, ho_so.doan_vien
    return Paper(
        heading=heading(phuong, ngay, loai="NX", so=so),
        title=Title(
            "Ý KIẾN NHẬN XÉT",
            f"của Ban Chấp hành Đoàn {phuong.get_loai_display().lower()}\nđối với đảng viên dự bị",
        ),
        kinh_gui=[noi_nhan_chi_bo(ho_so), dang_uy(phuong)] if ho_so.chi_bo else [dang_uy(phuong)],
        body=[
            Para(
                [
                    f"{ten_bch(phuong, ngay)} nhận xét đảng viên dự bị ",
                    Bold(dv.ho_ten),
                    (
                        f", sinh ngày {date_short(dv.ngay_sinh)}, đoàn viên "
                        f"{ten_tai_ngay(ho_so.chi_doan, ngay)}, kết nạp vào Đảng ngày "
                        f"{date_short(ho_so.ngay_ket_nap)}{_quyet_dinh(row)}, như sau:"
                    ),
                ]
            ),
            *(block for number, muc in enumerate(MUC, 1) for block in _muc(row, number, *muc)),
            Para(
                f"{ten_bch(phuong, ngay)} đề nghị {ho_so.ten_chi_bo or 'chi bộ'}, "
                f"{dang_uy(phuong)} xem xét, công nhận đồng chí {dv.ho_ten} là đảng viên chính "
                "thức khi hết thời gian dự bị./."
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(phuong, ngay)], noi_nhan=["Như trên", "Lưu: VP, hồ sơ ĐVƯT"]
        ),
        check=check_line(ma),
    )


def _muc(row: NhanXetDuBi, number: int, field: str, ten: str) -> list:
    return [Section(f"{number}. {ten}", level=2), *paragraphs(getattr(row, field))]


def _quyet_dinh(row: NhanXetDuBi) -> str:
    buoc = row.ho_so.buoc.filter(loai="ket_nap").order_by("thu_tu").last()
    return f" theo Quyết định số {buoc.so_van_ban}" if buoc and buoc.so_van_ban else ""
