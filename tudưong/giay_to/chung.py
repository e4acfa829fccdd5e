"""What the papers of a case share: head, number line, who signs, how a vote is told."""

from datetime import date

from django.conf import settings

from chidoan.models import ChucVu
from core.pdf import CheckLine, Dots, Heading, Signer, Text, dia_danh_ngay
from core.text.numbers import date_short
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.van_ban import dia_danh, ten_tai_ngay, tieu_de_don_vi
from tudưong.models import BuocHoSo

PHONG_KY_CHI_DOAN = 22  # mm; a branch has no seal
CHUC_VU = {
    ChucVu.ChucDanh.BI_THU: "BÍ THƯ",
    ChucVu.ChucDanh.PHO_BI_THU: "PHÓ BÍ THƯ",
}


def heading(
    don_vi: DonVi, ngay: date, *, loai: str, so: str, mau: str = "", trich_yeu: str = ""
) -> Heading:
    """The head of a numbered paper; without a number yet, dots in its place."""
    cap_tren, co_quan = tieu_de_don_vi(don_vi, ngay)
    ma_dv = "ky_hieu_chi_doan" if don_vi.is_chi_doan else "ky_hieu_co_so"
    values = gia_tri_nhieu(["mau_so_van_ban", ma_dv, "in_nhan_mau"], ngay=ngay, don_vi=don_vi)
    pattern = values["mau_so_van_ban"].replace("{loai}", loai).replace("{dv}", values[ma_dv])
    return Heading(
        cap_tren=cap_tren,
        co_quan=co_quan,
        so=f"Số: {so}" if so else _dotted(pattern),
        dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), ngay),
        mau=mau if str(values["in_nhan_mau"]) == "1" else "",
        trich_yeu_cong_van=trich_yeu,
    )


def check_line(ma: str) -> CheckLine | None:
    """The line by which a paper is checked; a draft has none."""
    return CheckLine(ma, settings.PUBLIC_HOST) if ma else None


def nguoi_ky(don_vi: DonVi, ngay: date, *, thuong_vu: bool = False) -> Signer:
    """Who signs for the unit on that day: its secretary, else a deputy, else an empty line.

    `thuong_vu`: for the standing committee, where the ward has one. A branch without a
    committee signs for the branch.
    """
    offices = list(ChucVu.objects.filter(don_vi=don_vi).tai_ngay(ngay))
    thay_mat = gia_tri_nhieu(["chu_thay_mat"], ngay=ngay, don_vi=don_vi)["chu_thay_mat"]
    holder = _holder(offices)
    role = CHUC_VU[holder.chuc_danh] if holder else "BÍ THƯ"
    return Signer(
        [f"{thay_mat} {_body(don_vi, offices, thuong_vu)}", role],
        holder.ho_ten if holder else "",
        room_mm=PHONG_KY_CHI_DOAN if don_vi.is_chi_doan else 30,
    )


def has_bch(don_vi: DonVi, ngay: date) -> bool:
    return ChucVu.objects.filter(don_vi=don_vi).uy_vien_bch().tai_ngay(ngay).exists()


def has_thuong_vu(don_vi: DonVi, ngay: date) -> bool:
    offices = ChucVu.objects.filter(don_vi=don_vi, chuc_danh=ChucVu.ChucDanh.UY_VIEN_BTV)
    return offices.tai_ngay(ngay).exists()


def ten_bch(don_vi: DonVi, ngay: date) -> str:
    return f"Ban Chấp hành {ten_tai_ngay(don_vi, ngay)}"


def dang_uy(don_vi: DonVi) -> str:
    return f"Đảng ủy {don_vi.ten_noi}"


def noi_nhan_chi_bo(ho_so) -> str:
    """The Party cell as a letter addresses it."""
    return f"Chi ủy {ho_so.ten_chi_bo}" if ho_so.co_chi_uy else ho_so.ten_chi_bo


def so_ngay(buoc: BuocHoSo | None) -> str:
    """Number and day of a step's paper in a table: two lines."""
    if buoc is None:
        return "–"
    return f"{buoc.so_van_ban}\n{date_short(buoc.ngay_van_ban or buoc.ngay)}".strip()


def cau(text: str) -> str:
    """A typed remark as a clause on one line: first letter small, no full stop at its end."""
    text = " ".join(text.split()).rstrip(".; ")
    return text[:1].lower() + text[1:] if not text[:2].isupper() else text


def _holder(offices: list[ChucVu]) -> ChucVu | None:
    for chuc_danh in CHUC_VU:
        found = next((row for row in offices if row.chuc_danh == chuc_danh), None)
        if found:
            return found
    return None


def _body(don_vi: DonVi, offices: list[ChucVu], thuong_vu: bool) -> str:
    if don_vi.is_chi_doan:
        has_committee = any(row.trong_bch for row in offices)
        return "BAN CHẤP HÀNH CHI ĐOÀN" if has_committee else "CHI ĐOÀN"
    btv = any(row.chuc_danh == ChucVu.ChucDanh.UY_VIEN_BTV for row in offices)
    return "BAN THƯỜNG VỤ" if thuong_vu and btv else "BAN CHẤP HÀNH"


def _dotted(pattern: str) -> Text:
    before, _, after = pattern.partition("{so}")
    return (f"Số: {before}", Dots(14), after)
