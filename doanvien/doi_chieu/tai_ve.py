"""The workbook that goes out to be edited: the rows in scope, each with its hidden mark."""

from collections.abc import Iterable, Iterator

from core.xlsx import Sheet
from doanvien.ly_lich import NHAY_CAM
from doanvien.models import DoanVien
from tochuc.permissions import Quyen

from .dau import seal
from .muc_sua import CHI_DOAN, DAU, STT, Muc, columns_for, stored, typed

SHEET = "Đoàn viên"
HUONG_DAN = (
    "Sửa thẳng trong trang tính «Đoàn viên», lưu lại, rồi chọn tệp ở trang Đối chiếu.",
    "Dòng xóa trong tệp không bị xóa trong sổ. Người mới: thêm dòng ở cuối.",
    "Chi đoàn chỉ ghi cho người mới; đổi chi đoàn thì làm thủ tục chuyển sinh hoạt.",
    "Số CCCD đang che; chỉ gõ khi cần đổi, đủ 12 chữ số.",
    "Sắp xếp được, nhưng chọn cả bảng (kể cả cột ẩn). Đừng sửa cột ẩn.",
    "Tệp có thông tin cá nhân: không gửi qua nhóm chung, xong việc thì xóa.",
)


def sheets(rows: Iterable[DoanVien], user, *, nhay_cam: bool = False) -> list[Sheet]:
    """The list to edit and how to use it; sensitive columns only when they were asked for."""
    columns = columns_for(is_readable=nhay_cam)
    labels = [STT, CHI_DOAN, *(muc.nhan for muc in columns), DAU]
    text = tuple(muc.nhan for muc in columns if not muc.is_ngay)
    list_sheet = Sheet(
        SHEET, labels, _rows(rows, columns, user, nhay_cam=nhay_cam), hidden=(DAU,), text=text
    )
    return [list_sheet, Sheet("Hướng dẫn", ["Cách dùng"], [[line] for line in HUONG_DAN])]


def readable(columns: list[Muc], user, chi_doan) -> list[Muc]:
    """The columns whose cells `user` reads in that branch's records."""
    if user.may(Quyen.XEM_NHAY_CAM, chi_doan):
        return columns
    return [muc for muc in columns if muc.ten not in NHAY_CAM]


def _rows(rows: Iterable[DoanVien], columns: list[Muc], user, *, nhay_cam: bool) -> Iterator[list]:
    plain = [muc for muc in columns if muc.ten not in NHAY_CAM]
    for number, doan_vien in enumerate(rows, start=1):
        own = readable(columns, user, doan_vien.chi_doan) if nhay_cam else plain
        cells = [typed(muc, stored(doan_vien, muc.ten)) if muc in own else None for muc in columns]
        yield [number, doan_vien.chi_doan.ten_day_du, *cells, seal(doan_vien, own)]
