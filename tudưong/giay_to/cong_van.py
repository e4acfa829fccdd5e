"""Công văn đề nghị cho biết kết quả: the courteous letter to the Party cell.

The words of dispute never stand in it; it asks in order to go on helping the member.
"""

from django.utils.text import capfirst

from core.pdf import Paper, Para, Signatures
from core.text.numbers import date_long, date_short
from tochuc.the_thuc import check_line, has_thuong_vu, heading, nguoi_ky
from tochuc.van_ban import ten_tai_ngay
from tudưong.models import BuocHoSo, ChatVan

from .chung import dang_uy

TRICH_YEU = "V/v đề nghị cho biết kết quả xem xét, kết nạp đảng viên đối với đoàn viên ưu tú"
Loai = BuocHoSo.Loai


def cong_van(chat_van: ChatVan, so: str = "", ma: str = "") -> Paper:
    """The letter of one query: what was handed over, how long ago, two questions, by when."""
    ho_so, ngay = chat_van.ho_so, chat_van.ngay
    phuong = ho_so.don_vi
    doan = ten_tai_ngay(phuong, ngay)
    co_quan = f"{'Ban Thường vụ' if has_thuong_vu(phuong, ngay) else 'Ban Chấp hành'} {doan}"
    return Paper(
        heading=heading(phuong, ngay, loai="CV", so=so, trich_yeu=TRICH_YEU),
        kinh_gui=[dang_uy(phuong), ho_so.ten_chi_bo],
        body=[
            Para(_da_gui(chat_van)),
            Para(_den_nay(chat_van, co_quan)),
            *_cau_hoi(chat_van),
            Para(
                f"Ý kiến của cấp ủy xin gửi về {co_quan}{_qua(chat_van)} trước "
                f"{date_long(chat_van.han_tra_loi)}."
            ),
            Para(
                f"{co_quan} trân trọng cảm ơn sự quan tâm của Đảng ủy, Chi bộ và mong tiếp tục "
                "nhận được ý kiến chỉ đạo./."
            ),
        ],
        signatures=Signatures(
            [nguoi_ky(phuong, ngay, thuong_vu=True)],
            noi_nhan=[
                "Như trên",
                f"{ten_tai_ngay(ho_so.chi_doan, ngay)} (để biết)",
                "Lưu: VP, hồ sơ ĐVƯT",
            ],
        ),
        check=check_line(ma),
    )


def _da_gui(chat_van: ChatVan) -> str:
    ho_so = chat_van.ho_so
    nghi_quyet = ho_so.buoc.filter(loai=Loai.NGHI_QUYET).order_by("thu_tu").last()
    gui = (
        ho_so.buoc.filter(loai__in=(Loai.GUI, Loai.GUI_LAI), ngay__lte=chat_van.ngay)
        .order_by("thu_tu")
        .last()
    )
    ngay = nghi_quyet.ngay_van_ban or nghi_quyet.ngay
    so = f" số {nghi_quyet.so_van_ban}" if nghi_quyet.so_van_ban else ""
    dv = ho_so.doan_vien
    return (
        f"{capfirst(date_long(ngay))}, Ban Chấp hành {ten_tai_ngay(ho_so.don_vi, ngay)} đã ban "
        f"hành Nghị quyết{so} về việc giới thiệu đoàn viên ưu tú {dv.ho_ten}, sinh ngày "
        f"{date_short(dv.ngay_sinh)}, sinh hoạt tại {ho_so.chi_doan}, để cấp ủy xem xét, kết nạp "
        f"vào Đảng; hồ sơ đã bàn giao cho {ho_so.ten_chi_bo} {date_long(gui.ngay)}."
    )


def _den_nay(chat_van: ChatVan, co_quan: str) -> str:
    tu_choi = _tu_choi(chat_van)
    truoc = chat_van.ho_so.chat_van.filter(lan_thu=chat_van.lan_thu - 1).first()
    tiep_theo = ""
    if truoc:
        so = f" số {truoc.van_ban.so_ky_hieu}" if truoc.van_ban else ""
        tiep_theo = f", tiếp theo Công văn{so} {date_long(truoc.ngay)}"
    if tu_choi:
        den_nay = (
            f"{capfirst(date_long(tu_choi.ngay))}, {co_quan} được biết đoàn viên "
            f"{chat_van.ho_so.doan_vien.ho_ten} chưa được kết nạp."
        )
    else:
        den_nay = (
            f"Đến nay (sau {chat_van.so_ngay_cho} ngày), {co_quan} chưa nhận được thông tin về "
            "kết quả xem xét."
        )
    return (
        f"{den_nay} Để kịp thời động viên, tiếp tục phân công nhiệm vụ và bồi dưỡng đoàn viên ưu "
        f"tú{tiep_theo}, {co_quan} trân trọng đề nghị {dang_uy(chat_van.ho_so.don_vi)}, "
        f"{chat_van.ho_so.ten_chi_bo} cho biết:"
    )


def _cau_hoi(chat_van: ChatVan) -> list[Para]:
    ten = chat_van.ho_so.doan_vien.ho_ten
    if _tu_choi(chat_van):
        first = (
            f"1. Những nội dung đoàn viên {ten} chưa đáp ứng và thời gian dự kiến xem xét lại, nếu "
            "có."
        )
    else:
        first = (
            f"1. Kết quả xem xét đối với đoàn viên {ten}; trường hợp đang thực hiện, xin cho biết "
            "bước đang thực hiện và thời gian dự kiến."
        )
    return [
        Para(first),
        Para(
            "2. Trường hợp chưa đủ điều kiện, xin cho biết những nội dung đoàn viên cần tiếp tục "
            "rèn luyện hoặc hồ sơ cần bổ sung để Đoàn bồi dưỡng, hướng dẫn."
        ),
    ]


def _tu_choi(chat_van: ChatVan) -> BuocHoSo | None:
    """The refusal that the letter follows, if the case was not silent but refused."""
    truoc = (
        chat_van.ho_so.buoc.exclude(loai=Loai.CONG_VAN)
        .filter(luc__lte=chat_van.ghi_luc)
        .order_by("thu_tu")
        .last()
    )
    return truoc if truoc and truoc.loai == Loai.KHONG_KET_NAP else None


def _qua(chat_van: ChatVan) -> str:
    return f" (qua đồng chí {chat_van.ghi_boi.ho_ten})" if chat_van.ghi_boi else ""
