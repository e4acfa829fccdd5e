"""What a meeting of a kind opens with: agendas as text, without the database.

An agenda has items that are written down from the start and items that are offered. One item a
line; `{thang}` and `{thang_truoc}` stand for months; "nhãn | câu" gives the item a short name.
"""

from dataclasses import dataclass, field
from datetime import date

from chidoan.models import BuoiSinhHoat

_Loai = BuoiSinhHoat.Loai
DAI_NHAN = 28


@dataclass(frozen=True)
class MucSan:
    """One item: the short name on its button and the sentence it writes."""

    nhan: str
    cau: str


@dataclass(frozen=True)
class Mau:
    """The agenda of a kind: `san` is written from the start, `goi_y` is offered."""

    san: str = ""
    goi_y: str = ""


@dataclass(frozen=True)
class MauThang:
    """What applies to a branch in a month: the theme and the agenda of each kind."""

    chu_diem: str = ""
    mau: dict[str, Mau] = field(default_factory=dict)

    def cua(self, loai: str) -> Mau:
        return self.mau.get(loai) or MAC_DINH.get(loai, _CHUNG)


_VIEC = "Việc tháng {thang_truoc} | Kiểm điểm việc tháng {thang_truoc}.\n"
_VIEC += "Việc tháng {thang} | Triển khai việc tháng {thang}."
_GOI_Y = "Học nghị quyết | Học tập, quán triệt nghị quyết.\n"
_GOI_Y += "Đoàn phí | Thu, nộp đoàn phí tháng {thang}.\n"
_GOI_Y += "Thể thao | Giao lưu thể thao sau buổi sinh hoạt."
_CHUNG = Mau(_VIEC, _GOI_Y)

MAC_DINH: dict[str, Mau] = {
    _Loai.DINH_KY: _CHUNG,
    _Loai.CHUYEN_DE: Mau(
        "Chuyên đề | Giới thiệu chuyên đề.\nThảo luận | Thảo luận, liên hệ với chi đoàn.",
        "Học nghị quyết | Học tập, quán triệt nghị quyết.\nHỏi đáp | Hỏi đáp về chuyên đề.",
    ),
    _Loai.CHU_DIEM: Mau(
        "Chủ điểm | Sinh hoạt theo chủ điểm của tháng.\n" + _VIEC.splitlines()[1], _GOI_Y
    ),
    _Loai.LIEN_CHI_DOAN: Mau(
        "Việc chung | Bàn việc chung của các chi đoàn.",
        "Thể thao | Giao lưu thể thao giữa các chi đoàn.\n"
        "Tình nguyện | Phân công phần việc tình nguyện chung.",
    ),
    _Loai.VOI_CHI_BO: Mau(
        "Báo cáo | Báo cáo kết quả công tác Đoàn với chi bộ.\n"
        "Ý kiến chi bộ | Tiếp thu ý kiến của chi bộ.",
        "Đoàn viên ưu tú | Xin ý kiến chi bộ về đoàn viên ưu tú.",
    ),
    _Loai.DAI_HOI: Mau(
        "Báo cáo | Báo cáo kết quả nhiệm kỳ và phương hướng.\n"
        "Thảo luận | Thảo luận, thông qua nghị quyết.",
        "Bầu cử | Bầu Ban Chấp hành, bí thư, phó bí thư.\n"
        "Đại biểu | Bầu đại biểu dự đại hội cấp trên.",
    ),
    _Loai.KET_NAP: Mau(
        "Giới thiệu | Giới thiệu lý lịch người xin vào Đoàn.\n"
        "Ý kiến | Đoàn viên nêu ý kiến, biểu quyết.",
        "Trao quyết định | Trao quyết định, huy hiệu và lời hứa của đoàn viên mới.",
    ),
    _Loai.XEP_LOAI: Mau(
        "Tự nhận xét | Đoàn viên tự nhận xét kết quả rèn luyện.\n"
        "Xếp loại | Chi đoàn góp ý, bỏ phiếu xếp loại.",
        "Đề nghị | Đề nghị mức xếp loại của chi đoàn.",
    ),
    _Loai.XET_UU_TU: Mau(
        "Giới thiệu | Giới thiệu đoàn viên ưu tú.\nBỏ phiếu | Thảo luận, bỏ phiếu kín.",
        "Phân công | Phân công giúp đỡ đoàn viên được giới thiệu.",
    ),
    _Loai.BCH: Mau(
        _VIEC, "Nhân sự | Bàn công tác nhân sự.\nĐoàn phí | Kiểm tra thu, nộp đoàn phí."
    ),
}
"""Shipped agendas. Kinds: domain notes 3.2; a ward or a branch replaces them by its own."""


def items(text: str, ngay: date) -> list[MucSan]:
    """The items of an agenda for the month of `ngay`; words in braces it does not know stay."""
    month, before = str(ngay.month), str(ngay.month - 1 or 12)
    filled = text.replace("{thang_truoc}", before).replace("{thang}", month)
    lines = (line.strip() for line in filled.splitlines())
    return [_item(line) for line in lines if line]


def _item(line: str) -> MucSan:
    name, bar, sentence = (part.strip() for part in line.partition("|"))
    if bar and name and sentence:
        return MucSan(name[:DAI_NHAN], sentence)
    text = line.strip("| ")
    return MucSan(_short(text), text)


def _short(text: str) -> str:
    """The first words that fit on a button."""
    if len(text) <= DAI_NHAN:
        return text.rstrip(".")
    return text[:DAI_NHAN].rsplit(" ", 1)[0].rstrip(",;:") + "…"
