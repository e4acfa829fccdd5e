"""Báo cáo tháng: the branch's report to the ward, figures first, then its own words."""

from django.utils.text import capfirst

from chidoan.models import BaoCaoThang
from core.pdf import Bullets, Paper, Para, Section, Signatures, Title, paragraphs
from core.text.numbers import count, date_long, date_short, money, percent, roman
from tochuc.models import DonVi, VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, ten_bch
from tochuc.van_ban import cap_tren_tai_ngay, ten_tai_ngay

from .bien_ban import bang_nhiem_vu, da_lam
from .so_lieu_thang import DoanPhiThang, SoLieuThang, so_lieu_thang

LOAI = "BC"


def issue_bao_cao_thang(*, bao_cao: BaoCaoThang, by) -> VanBan:
    """The report as an issued paper, dated on the day that the row bears."""
    so_lieu = doc_so_lieu(bao_cao)
    return issue_paper(
        lambda so, ma: bao_cao_thang(bao_cao, so_lieu, so, ma),
        target=bao_cao,
        don_vi=bao_cao.chi_doan,
        loai=LOAI,
        ngay=bao_cao.ngay,
        title=ten_bao_cao(bao_cao),
        by=by,
    )


def doc_so_lieu(bao_cao: BaoCaoThang) -> SoLieuThang:
    return so_lieu_thang(
        bao_cao.chi_doan, bao_cao.ky, bao_cao.den_ngay, co_doan_phi=bao_cao.co_doan_phi
    )


def ten_bao_cao(bao_cao: BaoCaoThang) -> str:
    return f"Báo cáo {_trich_yeu(bao_cao)}".replace("\n", " ")


def bao_cao_thang(bao_cao: BaoCaoThang, so_lieu: SoLieuThang, so: str = "", ma: str = "") -> Paper:
    chi_doan, ngay = bao_cao.chi_doan, bao_cao.ngay
    ward = cap_tren_tai_ngay(chi_doan, ngay)
    co_danh_gia = bool(bao_cao.danh_gia.strip())
    return Paper(
        heading=heading(chi_doan, ngay, loai=LOAI, so=so),
        title=Title("BÁO CÁO", _trich_yeu(bao_cao)),
        kinh_gui=[ten_bch(ward, ngay)] if ward else [],
        body=[
            Para(_mo_dau(chi_doan, so_lieu)),
            *_doan_vien(so_lieu),
            *_ket_qua(so_lieu),
            *_loi_rieng("III. Đánh giá, khó khăn", bao_cao.danh_gia),
            *_phuong_huong(bao_cao, so_lieu, so=roman(3 + co_danh_gia)),
            *_loi_rieng(f"{roman(4 + co_danh_gia)}. Kiến nghị, đề xuất", bao_cao.kien_nghi),
            Para(
                f"Trên đây là báo cáo công tác tháng {so_lieu.ky.thang} của "
                f"{ten_tai_ngay(chi_doan, ngay)}./."
            ),
        ],
        signatures=Signatures([nguoi_ky(chi_doan, ngay)], noi_nhan=["Như trên", "Lưu: Chi đoàn"]),
        check=check_line(ma),
    )


def _trich_yeu(bao_cao: BaoCaoThang) -> str:
    ky, after = bao_cao.ky, bao_cao.ky.next
    this_year = "" if ky.nam == after.nam else f" năm {ky.nam}"
    return (
        f"kết quả công tác tháng {ky.thang}{this_year},\n"
        f"phương hướng nhiệm vụ tháng {after.thang} năm {after.nam}"
    )


def _mo_dau(chi_doan: DonVi, so_lieu: SoLieuThang) -> str:
    return (
        f"{ten_tai_ngay(chi_doan, so_lieu.den)} báo cáo kết quả công tác tháng "
        f"{so_lieu.ky.thang} năm {so_lieu.ky.nam} (số liệu tính từ "
        f"{date_long(so_lieu.ky.start)} đến {date_long(so_lieu.den)}) như sau:"
    )


def _doan_vien(so_lieu: SoLieuThang):
    yield Section("I. Tình hình đoàn viên")
    detail = [
        f"{words} {count(number)}"
        for words, number in (("nữ", so_lieu.nu), ("đi làm xa", so_lieu.di_xa))
        if number
    ]
    among = f", trong đó {'; '.join(detail)}" if detail else ""
    yield Para(f"Chi đoàn có {count(so_lieu.doan_vien)} đồng chí{among}. {_bien_dong(so_lieu)}")


def _bien_dong(so_lieu: SoLieuThang) -> str:
    parts = []
    for words, counts in (("Vào", so_lieu.vao), ("Ra", so_lieu.ra)):
        if counts:
            listed = ", ".join(f"{name} {count(number)}" for name, number in counts)
            parts.append(f"{words}: {listed}.")
    return f"Biến động trong tháng. {' '.join(parts)}" if parts else "Trong tháng không biến động."


def _ket_qua(so_lieu: SoLieuThang):
    yield Section("II. Kết quả thực hiện")
    parts = [
        ("Sinh hoạt chi đoàn", list(_sinh_hoat(so_lieu))),
        ("Thực hiện nghị quyết", list(_nghi_quyet(so_lieu))),
        ("Hoạt động, công trình", list(_hoat_dong(so_lieu))),
        ("Đoàn phí", list(_doan_phi(so_lieu))),
    ]
    for number, (title, blocks) in enumerate((part for part in parts if part[1]), start=1):
        yield Section(f"{number}. {title}", level=3)
        yield from blocks


def _sinh_hoat(so_lieu: SoLieuThang):
    if not so_lieu.buoi:
        yield Para("Trong tháng chi đoàn chưa sinh hoạt.")
    else:
        yield Bullets([_buoi(row) for row in so_lieu.buoi])
    if so_lieu.hop_bch:
        yield Para(f"Ban Chấp hành Chi đoàn họp {count(so_lieu.hop_bch)} buổi.")


def _buoi(row) -> str:
    rate = percent(row.du_hop, row.danh_sach)
    present = f"; có mặt {row.du_hop}/{row.danh_sach} đồng chí ({rate})" if rate else ""
    lines = [line.strip().rstrip(".") for line in row.kem_theo.splitlines() if line.strip()]
    extra = "".join(f" {capfirst(line)}." for line in lines)
    return f"{row.ten} ngày {date_short(row.ngay)}, chủ điểm “{row.chu_diem}”{present}.{extra}"


def _nghi_quyet(so_lieu: SoLieuThang):
    parts = [f"hoàn thành {count(len(so_lieu.xong))} nhiệm vụ"] if so_lieu.xong else []
    if so_lieu.thoi:
        parts.append(f"thôi thực hiện {count(so_lieu.thoi)} nhiệm vụ")
    if so_lieu.con_lai:
        late = f", trong đó quá hạn {count(so_lieu.qua_han)}" if so_lieu.qua_han else ""
        parts.append(f"đang thực hiện {count(len(so_lieu.con_lai))} nhiệm vụ{late}")
    if parts:
        said = "; ".join(parts)
        yield Para(f"{capfirst(said)}.")
    if so_lieu.xong:
        yield Bullets([da_lam(row) for row in so_lieu.xong])


def _hoat_dong(so_lieu: SoLieuThang):
    if so_lieu.hoat_dong:
        yield Bullets(so_lieu.hoat_dong)


def _doan_phi(so_lieu: SoLieuThang):
    dues = so_lieu.doan_phi
    if dues is None:
        return
    if not dues.da_mo_so:
        yield Para("Chi đoàn chưa mở sổ thu đoàn phí.")
        return
    yield Para(f"{_da_dong(dues, so_lieu.ky.thang)}{_da_nop(dues)}.")


def _da_dong(dues: DoanPhiThang, thang: int) -> str:
    """Who paid the month, of those who had to; and what came in, older months included."""
    if not dues.phai_dong:
        said = f"Không có đồng chí nào phải đóng đoàn phí tháng {thang}"
    elif dues.da_dong:
        said = f"{dues.da_dong}/{dues.phai_dong} đồng chí đã đóng đoàn phí tháng {thang}"
    else:
        said = f"Chưa thu đoàn phí tháng {thang} của {count(dues.phai_dong)} đồng chí"
    return f"{said}; thu trong tháng {money(dues.thu)} đồng" if dues.thu else said


def _da_nop(dues: DoanPhiThang) -> str:
    """What was handed up, and for which months: usually for the one before."""
    if not dues.nop:
        return ""
    months = ", ".join(dues.nop_cua)
    return f"; trong tháng nộp lên cấp trên {money(dues.nop)} đồng, phần trích nộp của {months}"


def _phuong_huong(bao_cao: BaoCaoThang, so_lieu: SoLieuThang, *, so: str):
    after = so_lieu.ky.next
    yield Section(f"{so}. Phương hướng tháng {after.thang} năm {after.nam}")
    if so_lieu.chu_diem_sau:
        yield Para(f"Sinh hoạt theo chủ điểm “{so_lieu.chu_diem_sau}”.")
    if so_lieu.con_lai:
        yield Para("Thực hiện các nhiệm vụ sau:", keep_with_next=True)
        yield from bang_nhiem_vu(so_lieu.con_lai)
    if bao_cao.phuong_huong.strip():
        yield from paragraphs(bao_cao.phuong_huong)
    elif not (so_lieu.con_lai or so_lieu.chu_diem_sau):
        yield Para("Duy trì sinh hoạt chi đoàn và thực hiện nhiệm vụ do cấp trên giao.")


def _loi_rieng(title: str, text: str):
    if text.strip():
        yield Section(title)
        yield from paragraphs(text)
