"""Kế hoạch hoạt động năm của Tổ tu dưỡng, laid out as a plan of the ward's committee."""

from core.pdf import Cell, Column, Paper, Para, Section, Signatures, TableBlock, Title, paragraphs
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, ten_bch
from tudưong.models import KeHoachTo

from .chung import dang_uy

LOAI = "KH"
THUC_HIEN = (
    (
        "Tổ trưởng {} phân công, theo dõi việc thực hiện kế hoạch; mỗi quý họp tổ, nhận xét kết "
        "quả của từng đồng chí và báo cáo Ban Chấp hành."
    ),
    (
        "Các chi đoàn có đoàn viên tham gia tổ tạo điều kiện để đoàn viên hoàn thành nhiệm vụ "
        "được giao và cho ý kiến nhận xét hằng quý."
    ),
    (
        "Đề nghị các đồng chí đảng viên được phân công giúp đỡ thường xuyên theo dõi, góp ý cho "
        "đoàn viên./."
    ),
)
TIEU_DE = "Kế hoạch hoạt động của Tổ tu dưỡng"


def issue_giay(ke_hoach: KeHoachTo, *, by) -> VanBan:
    return issue_paper(
        lambda so, ma: giay_ke_hoach(ke_hoach, so, ma),
        target=ke_hoach,
        don_vi=ke_hoach.to.don_vi,
        loai=LOAI,
        ngay=ke_hoach.ngay,
        title=f"{TIEU_DE} năm {ke_hoach.nam}",
        by=by,
    )


def giay_ke_hoach(ke_hoach: KeHoachTo, so: str = "", ma: str = "") -> Paper:
    """Purpose, the quarters in a table, who carries it out."""
    to, ngay = ke_hoach.to, ke_hoach.ngay
    don_vi, nam = to.don_vi, ke_hoach.nam
    return Paper(
        compact="auto",
        heading=heading(don_vi, ngay, loai=LOAI, so=so),
        title=Title("KẾ HOẠCH", f"Hoạt động của {to.ten} năm {nam}"),
        body=[
            Para(
                f"{ten_bch(don_vi, ngay)} ban hành kế hoạch hoạt động của {to.ten} năm {nam} như "
                "sau:"
            ),
            Section("I. Mục đích, yêu cầu"),
            *paragraphs(ke_hoach.muc_dich),
            Section("II. Nội dung, thời gian, phân công"),
            TableBlock(
                [
                    Column("Thời gian", 25, "center"),
                    Column("Nội dung"),
                    Column("Phụ trách", 42),
                ],
                [
                    [ten, Cell("\n".join(f"- {item}" for item in items)), phu_trach or "Tổ trưởng"]
                    for ten, items, phu_trach in ke_hoach.cac_quy
                ],
            ),
            Section("III. Tổ chức thực hiện"),
            *(Para(f"{so}. {viec.format(to.ten)}") for so, viec in enumerate(THUC_HIEN, start=1)),
        ],
        signatures=Signatures(
            [nguoi_ky(don_vi, ngay)],
            noi_nhan=[
                f"{dang_uy(don_vi)} (để báo cáo)",
                "Các chi đoàn có đoàn viên trong tổ",
                f"Thành viên {to.ten}",
                "Lưu: VP",
            ],
        ),
        check=check_line(ma),
    )
