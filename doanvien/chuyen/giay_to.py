"""Giấy giới thiệu chuyển sinh hoạt (GGT): the slip that goes with a transfer (papers.md 4.11).

`read_giay` gathers what it says; `giay` declares the paper. What nobody has entered prints
as a dotted line. Its title names nobody: it is shown to whoever checks the paper.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from core.pdf import (
    Bold,
    CheckLine,
    CutLine,
    Dots,
    Fields,
    Heading,
    Paper,
    Para,
    Signatures,
    Signer,
    Text,
    Title,
    dia_danh_ngay,
    render_pdf,
)
from core.text.display import NBSP
from core.text.numbers import date_short
from doanvien.models import ChuyenSinhHoat, DoanVien
from tochuc.models import DonVi, PhanCong, VanBan
from tochuc.permissions import VaiTro
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.van_ban import dia_danh, dong_so_trong, issue, ten_tai_ngay, tieu_de_don_vi

LOAI = "GGT"
TIEU_DE = "Giấy giới thiệu chuyển sinh hoạt Đoàn"
_TRICH_YEU = {
    ChuyenSinhHoat.Loai.CHINH_THUC: "Chuyển sinh hoạt Đoàn",
    ChuyenSinhHoat.Loai.TAM_THOI: "Sinh hoạt Đoàn tạm thời",
    ChuyenSinhHoat.Loai.NOI_CU_TRU: "Tham gia sinh hoạt Đoàn nơi cư trú",
}
_DUOC = {
    ChuyenSinhHoat.Loai.CHINH_THUC: "Được chuyển sinh hoạt Đoàn đến",
    ChuyenSinhHoat.Loai.TAM_THOI: "Được giới thiệu sinh hoạt tạm thời tại",
    ChuyenSinhHoat.Loai.NOI_CU_TRU: "Được giới thiệu tham gia sinh hoạt tại",
}
_CHUC_VU = {VaiTro.BI_THU_PHUONG: "BÍ THƯ", VaiTro.PHO_BI_THU_PHUONG: "PHÓ BÍ THƯ"}


@dataclass(frozen=True, kw_only=True)
class GiayGioiThieu:
    """Everything the slip says; the same values always give the same paper."""

    tieu_de: tuple[str, str]
    dia_danh: str
    ngay: date | None
    loai: str
    kinh_gui: str
    ho_ten: str
    ngay_sinh: date
    gioi_tinh: str
    que_quan: str
    ngay_vao_doan: date
    so_the: str
    chuc_vu: str
    chi_doan: str
    noi_den: str
    den_ngay: date | None
    xep_loai: str
    dong_phi_den: date | None
    so_ngay: int
    thay_mat: str
    nguoi_ky: tuple[str, str]  # office, name


def issue_giay(*, chuyen: ChuyenSinhHoat, by) -> VanBan:
    """The slip with number, check code and stored bytes; once signed it changes no more."""
    content = read_giay(chuyen, by=by)
    return issue(
        target=chuyen,
        don_vi=chuyen.phuong_di,
        loai=LOAI,
        ngay=chuyen.ngay_gioi_thieu,
        tieu_de=TIEU_DE,
        noi_dung=content,
        render=lambda so, ma: render_pdf(giay(content, f"Số: {so}", ma), title=TIEU_DE),
        by=by,
    )


def preview_giay(chuyen: ChuyenSinhHoat, *, ngay: date, by) -> bytes:
    """The slip as it would be signed, with dots for the number and no check code."""
    content = read_giay(chuyen, by=by)
    dong_so = dong_so_trong(don_vi=chuyen.phuong_di, loai=LOAI, ngay=ngay)
    return render_pdf(giay(content, dong_so), title=TIEU_DE)


def read_giay(chuyen: ChuyenSinhHoat, *, by) -> GiayGioiThieu:
    ngay = chuyen.ngay_gioi_thieu or chuyen.ngay_buoc
    person, phuong = chuyen.doan_vien, chuyen.phuong_di
    values = gia_tri_nhieu(["hieu_luc_giay_gioi_thieu", "chu_thay_mat"], ngay=ngay, don_vi=phuong)
    rating = person.xep_loai.order_by("-nam").first()
    return GiayGioiThieu(
        tieu_de=tieu_de_don_vi(phuong, ngay),
        dia_danh=dia_danh(phuong),
        ngay=chuyen.ngay_gioi_thieu,
        loai=chuyen.loai,
        kinh_gui=_kinh_gui(chuyen, ngay),
        ho_ten=person.ho_ten,
        ngay_sinh=person.ngay_sinh,
        gioi_tinh=_gioi_tinh(person),
        que_quan=person.que_quan,
        ngay_vao_doan=person.ngay_vao_doan,
        so_the=person.so_the,
        chuc_vu=person.chuc_vu[:1].lower() + person.chuc_vu[1:],
        chi_doan=ten_tai_ngay(chuyen.chi_doan_di, ngay),
        noi_den=chuyen.ten_noi_den,
        den_ngay=chuyen.den_ngay,
        xep_loai=f"{_muc(rating)} (năm {rating.nam})" if rating else "",
        dong_phi_den=chuyen.dong_phi_den,
        so_ngay=int(values["hieu_luc_giay_gioi_thieu"]),
        thay_mat=values["chu_thay_mat"],
        nguoi_ky=nguoi_ky(phuong, ngay, by),
    )


def giay(content: GiayGioiThieu, dong_so: Text, ma: str = "") -> Paper:
    """The paper; without a check code it is a preview."""
    role, name = content.nguoi_ky
    return Paper(
        compact=True,
        heading=Heading(
            cap_tren=content.tieu_de[0],
            co_quan=content.tieu_de[1],
            so=dong_so,
            dia_danh_ngay=dia_danh_ngay(content.dia_danh, content.ngay),
        ),
        title=Title("GIẤY GIỚI THIỆU", _TRICH_YEU[content.loai]),
        kinh_gui=[f"{content.kinh_gui}."],
        body=[
            Fields(list(_fields(content))),
            Para(
                "Đề nghị Ban Chấp hành Đoàn nơi đến tiếp nhận và tạo điều kiện để đồng chí tham "
                f"gia sinh hoạt. Giấy có giá trị trong {content.so_ngay}{NBSP}ngày kể từ "
                "ngày ký./."
            ),
        ],
        signatures=Signatures(
            [Signer([f"{content.thay_mat} BAN CHẤP HÀNH", role], name, room_mm=20)],
            noi_nhan=["Như trên", "Đoàn viên", "Lưu: VP"],
        ),
        appendix=_confirmation(content),
        check=CheckLine(ma, settings.PUBLIC_HOST) if ma else None,
    )


def nguoi_ky(phuong: DonVi, ngay: date, by) -> tuple[str, str]:
    """Office and name: of who signs when he may sign for the ward, else of its secretary."""
    rows = PhanCong.objects.tai_don_vi(phuong).tai_ngay(ngay).select_related("nguoi_dung")
    held = [row for row in rows if row.vai_tro in _CHUC_VU]
    own = next((row for row in held if by is not None and row.nguoi_dung_id == by.pk), None)
    first = own or min(
        held, key=lambda row: (list(_CHUC_VU).index(row.vai_tro), row.pk), default=None
    )
    if first is None:
        return "BÍ THƯ", ""
    return _CHUC_VU[first.vai_tro], first.nguoi_dung.ho_ten


def _fields(content: GiayGioiThieu):
    yield "Giới thiệu đồng chí", Bold(content.ho_ten)
    yield "Sinh ngày", f"{date_short(content.ngay_sinh)}; giới tính: {content.gioi_tinh}"
    yield "Quê quán", content.que_quan or None
    so_the = content.so_the or None
    yield "Ngày vào Đoàn", [f"{date_short(content.ngay_vao_doan)}; số thẻ đoàn viên: ", so_the]
    yield "Chức vụ", f"{content.chuc_vu}; sinh hoạt tại: {content.chi_doan}"
    yield _DUOC[content.loai], content.noi_den or None
    if content.den_ngay:
        yield "Thời hạn", f"đến hết ngày {date_short(content.den_ngay)}"
    yield "Kết quả xếp loại năm gần nhất", content.xep_loai or None
    yield "Đã đóng đoàn phí hết", _thang(content.dong_phi_den)


def _confirmation(content: GiayGioiThieu) -> list:
    """The lower part, which the receiver cuts off and sends back."""
    return [
        CutLine("XÁC NHẬN TIẾP NHẬN"),
        Fields(
            [
                ("Ban Chấp hành Đoàn", None),
                ("đã tiếp nhận đồng chí", None),
                ("vào sinh hoạt tại Chi đoàn", None),
                ("từ ngày", None),
            ],
            indent=False,
        ),
        Signatures(
            [
                Signer(
                    [f"{content.thay_mat} BAN CHẤP HÀNH"],
                    note="(ký, đóng dấu, ghi rõ họ tên)",
                )
            ]
        ),
    ]


def _thang(month: date | None) -> Text:
    if month is None:
        return ["tháng ", Dots(10), " năm ", Dots(14)]
    return (
        f"tháng {month:%m} năm {month.year}"
        if month.month < 3
        else (f"tháng {month.month} năm {month.year}")
    )


def _kinh_gui(chuyen: ChuyenSinhHoat, ngay: date) -> str:
    """The receiving committee; inside the own ward, the branch."""
    if chuyen.is_noi_bo and chuyen.chi_doan_den_id:
        return f"Ban Chấp hành {ten_tai_ngay(chuyen.chi_doan_den, ngay)}"
    if chuyen.phuong_den_id:
        above = chuyen.phuong_den.cap_tren
        place = f", {above.ten_noi}" if above else ""
        return f"Ban Chấp hành {ten_tai_ngay(chuyen.phuong_den, ngay)}{place}"
    ten = chuyen.noi_den
    return f"Ban Chấp hành {ten}" if ten.startswith("Đoàn") else f"Ban Chấp hành Đoàn {ten}"


def _gioi_tinh(person: DoanVien) -> str:
    if person.gioi_tinh == DoanVien.GioiTinh.CHUA_RO:
        return "…………"
    return person.get_gioi_tinh_display().lower()


def _muc(rating) -> str:
    return rating.get_muc_display().removesuffix(" (thang trước 2019)")
