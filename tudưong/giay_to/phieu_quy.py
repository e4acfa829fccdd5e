"""Phiếu nhận xét quý of the Tổ tu dưỡng: no number, three signers, compact by design."""

from core.pdf import (
    Bold,
    Column,
    Heading,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_ngay,
)
from core.text.numbers import date_short, roman
from tochuc.ghi_nho import remembered
from tochuc.the_thuc import check_line, has_bch, offices
from tochuc.van_ban import dia_danh, ten_tai_ngay, tieu_de_don_vi
from tudưong.models import DanhGia, KyDanhGia, NhiemVu, ThanhVienTo

from .chung import cau

PHONG_KY = 16  # mm


def phieu_nhan_xet(danh_gia: DanhGia, ma: str = "", *, continues: bool = False) -> Paper:
    """The slip of one member for one quarter; dated on the day of the session."""
    ky = danh_gia.ky
    return Paper(
        compact=True,
        continues=continues,
        heading=dau_to(ky),
        title=Title(
            "PHIẾU NHẬN XÉT",
            "kết quả rèn luyện của đoàn viên tham gia Tổ tu dưỡng\n"
            f"Quý {roman(ky.quy)} năm {ky.nam}",
        ),
        body=[
            *_thong_tin(danh_gia),
            *_nhiem_vu(danh_gia),
            *_nhan_xet(danh_gia),
            Section("IV. Ý kiến của Ban Chấp hành chi đoàn"),
            Para(danh_gia.y_kien_bch.strip() or None),
        ],
        signatures=Signatures(_nguoi_ky(danh_gia)),
        check=check_line(ma),
    )


def _thong_tin(danh_gia: DanhGia) -> list:
    thanh_vien = danh_gia.thanh_vien
    dv = thanh_vien.doan_vien
    chi_doan = ten_tai_ngay(thanh_vien.chi_doan, danh_gia.ky.ngay)
    return [
        Section("I. Thông tin đoàn viên"),
        Para(
            [
                "Họ và tên: ",
                Bold(dv.ho_ten),
                (
                    f"; sinh ngày {date_short(dv.ngay_sinh)}; {chi_doan}; chức vụ: "
                    f"{_chuc_vu(dv.chuc_vu)}; tham gia Tổ tu dưỡng từ ngày "
                    f"{date_short(thanh_vien.tu_ngay)}."
                ),
            ]
        ),
        Para(["Đảng viên giúp đỡ: ", _giup_do(danh_gia)]),
    ]


def _chuc_vu(chuc_vu: str) -> str:
    return "đoàn viên" if chuc_vu in ("", "Đoàn viên") else chuc_vu


def _giup_do(danh_gia: DanhGia) -> str | None:
    """Who helped on the day of the session."""
    ten = danh_gia.thanh_vien.dang_vien_giup_ngay(danh_gia.ky.ngay).strip()
    return f"đồng chí {ten}." if ten else None


def _nhiem_vu(danh_gia: DanhGia) -> list:
    rows = NhiemVu.objects.filter(thanh_vien=danh_gia.thanh_vien).cua_ky(danh_gia.ky)
    title = Section("II. Kết quả thực hiện nhiệm vụ được giao")
    if not rows:
        return [title, Para("Trong quý chưa giao nhiệm vụ.")]
    return [
        title,
        TableBlock(
            [
                Column("TT", 10, "center"),
                Column("Nhiệm vụ được giao", 58),
                Column("Thời hạn", 23, "center"),
                Column("Kết quả, minh chứng", 43),
                Column("Mức độ", 26, "center"),
            ],
            [
                [str(number), row.noi_dung, date_short(row.han), _ket_qua(row), _muc_do(row)]
                for number, row in enumerate(rows, start=1)
            ],
        ),
    ]


def _ket_qua(row: NhiemVu) -> str:
    return "; ".join(part for part in (row.ket_qua.rstrip("."), row.minh_chung) if part)


def _muc_do(row: NhiemVu) -> str:
    if row.trang_thai == NhiemVu.TrangThai.DANG_LAM:
        return "Đang thực hiện"
    return row.get_xep_muc_display() or row.get_trang_thai_display()


def _nhan_xet(danh_gia: DanhGia) -> list:
    quy_sau = roman(danh_gia.ky.ky.next.quy)
    can = "; ".join(cau(dieu) for dieu in danh_gia.cac_dieu)
    if can and danh_gia.han_khac_phuc:
        can += f", trước ngày {date_short(danh_gia.han_khac_phuc)}"
    return [
        Section("III. Nhận xét của Tổ tu dưỡng"),
        Para(["1. Kết quả đạt được: ", _dong(danh_gia.ket_qua)]),
        Para(["2. Hạn chế, tồn tại: ", _dong(danh_gia.han_che)]),
        Para([f"3. Việc cần khắc phục trong quý {quy_sau}: ", f"{can}." if can else None]),
        Para(
            [
                "4. Tổ xếp mức: ",
                *([Bold(danh_gia.get_muc_display()), _phieu(danh_gia)] if danh_gia.muc else [None]),
            ]
        ),
    ]


def _phieu(danh_gia: DanhGia) -> str:
    vote = danh_gia.bieu_quyet
    return f" (tán thành {vote} đồng chí có mặt)." if vote else "."


def _dong(text: str) -> str | None:
    lines = [cau(line) for line in text.splitlines() if line.strip()]
    return f"{'; '.join(lines)}." if lines else None


def _nguoi_ky(danh_gia: DanhGia) -> list[Signer]:
    thanh_vien, ky = danh_gia.thanh_vien, danh_gia.ky
    chi_doan = thanh_vien.chi_doan
    held = offices(chi_doan, ky.ngay)
    bi_thu = next((office.ho_ten for office in held if office.chuc_danh == "bi_thu"), "")
    return [
        Signer(
            ["ĐOÀN VIÊN"], thanh_vien.doan_vien.ho_ten, note="(đã đọc, ký tên)", room_mm=PHONG_KY
        ),
        Signer(
            ["TM. BCH CHI ĐOÀN" if has_bch(chi_doan, ky.ngay) else "TM. CHI ĐOÀN", "BÍ THƯ"],
            bi_thu,
            room_mm=PHONG_KY,
        ),
        Signer(["TỔ TRƯỞNG"], to_truong(ky), room_mm=PHONG_KY),
    ]


def dau_to(ky: KyDanhGia) -> Heading:
    """The head of a group's papers: no number, the ward's committee above it."""
    don_vi = ky.to.don_vi
    return Heading(
        cap_tren=tieu_de_don_vi(don_vi, ky.ngay)[1],
        co_quan="TỔ TU DƯỠNG",
        dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), ky.ngay),
    )


@remembered
def to_truong(ky: KyDanhGia) -> str:
    """Who led the group on the day of the session."""
    leaders = ThanhVienTo.objects.filter(to=ky.to, la_to_truong=True).tai_ngay(ky.ngay)
    leader = leaders.select_related("doan_vien").first()
    return leader.doan_vien.ho_ten if leader else ""
