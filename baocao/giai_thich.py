"""Why a branch stands where it stands, and what would raise it, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from chidoan.lich_nam import url_nam
from core.text import lowfirst
from core.text.display import NBSP, ngay, phan_tram, so
from doanvien.doan_phi.quy_tac import doc_khoang

from .cham_diem.cong_thuc import GiaTri, KetTinh, con_thieu
from .cham_diem.luat import BAC_CUA
from .chi_tieu import THEO_MA, So
from .dia_chi import rows_url
from .ket_qua import loi
from .ket_qua.hang import HO, ICON, Hang
from .ket_qua.loi import Diem, co_chan
from .models import DanhGiaTieuChi, XepLoaiDonVi
from .xep_hang import BangXepHang, DongXepHang
from .xep_loai import KetQua, Muc

_CHI_TIEU = {
    "sinh_hoat": "buoi_sinh_hoat",
    "ket_nap": "ket_nap_moi",
    "ren_luyen": "dang_ky_ren_luyen",
    "tot_tro_len": "xep_loai_tot",
    "khong_hoan_thanh": "xep_loai_khong_hoan_thanh",
}
"""The indicator whose rows prove a computed criterion."""
_BANG_CHUNG = {
    "sinh_hoat": "buổi sinh hoạt",
    "ket_nap": "đoàn viên mới",
    "ren_luyen": "đồng chí đăng ký rèn luyện",
    "tot_tro_len": "xếp loại tốt trở lên",
    "khong_hoan_thanh": "xếp loại không hoàn thành",
}
_GOC = {"ren_luyen": "đoàn viên"}
"""What a denominator counts, where it is not those rated."""
_NANG = {
    "ren_luyen": "thêm {} đồng chí đăng ký rèn luyện",
    "sinh_hoat": "thêm {} tháng có buổi sinh hoạt",
    "tot_tro_len": "thêm {} đồng chí xếp loại tốt trở lên",
    "khong_hoan_thanh": "bớt {} đồng chí không hoàn thành",
}
_NGAN = {Muc.HTXS: "Xuất sắc", Muc.HTT: "Tốt", Muc.HT: "Hoàn thành", Muc.KHT: "Không đạt"}
SO_QUYET_DINH = "Mức lấy theo sổ thu đoàn phí, thấp hơn mức Đoàn cơ sở đã đánh giá."


@dataclass(frozen=True)
class TieuChiTrang:
    """One criterion of an opened branch, with its evidence."""

    ket_qua: KetQua
    tu: int | None
    mau: int | None
    ty_le: str
    pill: tuple[str, str, str]
    yeu_cau: str
    minh_chung: str
    nguoi: str
    urls: tuple[tuple[str, str], ...]  # how many rows prove it, in words, and their address


def hang_cua(row: DongXepHang) -> Hang:
    """A row of the live ranking as explanations and bars of points read it."""
    rows = {item.tieu_chi.ma: _diem(item) for item in row.ket_qua}
    return Hang(pk=row.chi_doan.pk, ten=row.chi_doan.ten, tong=row.xep.tong, rows=rows)


def _diem(item: KetQua) -> Diem:
    may = KetTinh(item.diem)
    return Diem(item.tieu_chi, co_chan(item.tieu_chi, item.tu, item.mau, may), may, item.diem)


def ten_ngan(muc: Muc | None) -> str:
    return "Chưa đủ dữ liệu" if muc is None else _NGAN[muc]


def tieu_chi_trang(row: DongXepHang, bang: BangXepHang) -> list[TieuChiTrang]:
    return [_tieu_chi(item, row, bang) for item in row.ket_qua]


def _tieu_chi(item: KetQua, row: DongXepHang, bang: BangXepHang) -> TieuChiTrang:
    finding = row.danh_gia.get(item.tieu_chi.ma)
    is_outdone = _is_so_thu(item) and finding is not None and finding.muc != _ma(item.muc)
    is_counted = not item.tieu_chi.may_danh_gia or _is_dang_ky(item) or _is_ky_luat(item)
    by_hand = finding is not None and not is_counted
    return TieuChiTrang(
        ket_qua=item,
        tu=item.tu if item.mau or item.tu else None,
        mau=item.mau or None,
        ty_le=phan_tram(Decimal(item.tu) / item.mau) if item.mau else "",
        pill=_nhan(item),
        yeu_cau=item.tieu_chi.yeu_cau(item.muc) if item.muc is not None else "",
        minh_chung=(SO_QUYET_DINH if is_outdone else finding.minh_chung) if by_hand else "",
        nguoi=_nguoi(finding) if by_hand else "",
        urls=tuple(_urls(item, row, bang)),
    )


def _nhan(item: KetQua) -> tuple[str, str, str]:
    """The level, or the points of what is possible."""
    if item.diem is None:
        return HO[item.muc], ICON[item.muc], ten_ngan(item.muc)
    most = item.tieu_chi.diem_toi_da
    is_full = item.diem >= most
    words = f"{so(item.diem)}/{so(most)}"
    return ("ok", "circle-check", words) if is_full else ("neutral", "minus", words)


def _is_dang_ky(item: KetQua) -> bool:
    """Whether registrations decide: then a list that the ward saw earlier says no more."""
    return item.tieu_chi.ma == "ren_luyen" and item.mau is not None


def _is_ky_luat(item: KetQua) -> bool:
    """Whether the book of discipline decides, whatever was assessed before."""
    return item.tieu_chi.ma == "ky_luat" and bool(item.tu)


def _is_so_thu(item: KetQua) -> bool:
    """Whether the book of dues says the level: a finding above it does not raise it."""
    return item.tieu_chi.ma == "doan_phi" and item.mau is not None


def _ma(muc: Muc | None) -> str:
    return "" if muc is None else muc.name.lower()


def _nguoi(finding: DanhGiaTieuChi) -> str:
    """Who assessed, the name in one piece, and when."""
    return f"{str(finding.by or 'Đoàn cơ sở').replace(' ', NBSP)}, {ngay(finding.ngay)}"


def _urls(item: KetQua, row: DongXepHang, bang: BangXepHang) -> Iterator[tuple[str, str]]:
    """ "11 buổi sinh hoạt" with the list of just these; nothing where there is no row."""
    if _is_so_thu(item):
        yield from _so_thu(row, bang)
    ma = _CHI_TIEU.get(item.tieu_chi.ma)
    if item.tieu_chi.ma == "sinh_hoat" and row.nhip_hop.phai_hop:
        yield f"{row.nhip_hop}", url_nam(row.chi_doan, bang.thoi_ky.ky.nam)
    if not ma or (item.tieu_chi.ma == "ren_luyen" and not _is_dang_ky(item)):
        return
    indicator, branch = THEO_MA[ma], row.chi_doan.pk
    figure = _so(item, ma, row, bang)
    if figure.tu:
        words = f"{so(figure.tu)} {_BANG_CHUNG[item.tieu_chi.ma]}"
        yield words, rows_url(branch, indicator, bang.thoi_ky, ban_do=bang.counted.ban_do)
    if figure.mau:
        words = f"{so(figure.mau)} {_GOC.get(item.tieu_chi.ma, 'đồng chí được xếp loại')}"
        yield (
            words,
            rows_url(branch, indicator, bang.thoi_ky, mau=True, ban_do=bang.counted.ban_do),
        )


def _so(item: KetQua, ma: str, row: DongXepHang, bang: BangXepHang) -> So:
    """The figure that proves a criterion: the ranking counts meetings with their rolls, members
    with the branch."""
    if ma == "buoi_sinh_hoat":
        return So(row.so_buoi)
    figure = bang.counted.so(row.chi_doan, ma)
    return So(figure.tu, row.chi_doan.so_doan_vien) if _is_dang_ky(item) else figure


def _so_thu(row: DongXepHang, bang: BangXepHang) -> Iterator[tuple[str, str]]:
    """The branch's book of the year, member by member and month by month, and its remittances."""
    found, branch = bang.thu_nop[row.chi_doan.path], row.chi_doan.pk
    book = reverse("doanvien:doan_phi_don_vi", args=[branch])
    words = f"{so(found.da_thu)} lượt đã thu, {so(found.con_no)} lượt còn nợ"
    yield words, f"{book}?thang={bang.thang_thu[-1]:%Y-%m}#nam"
    if found.nop_cham:
        handed = reverse("doanvien:nop_doan_phi_list")
        yield f"nộp chậm {doc_khoang(found.nop_cham)}", f"{handed}?don_vi={branch}"


def vi_sao(row: DongXepHang) -> Iterator[str]:
    """What decides the level."""
    if row.quyet_dinh:
        number = f" số {row.quyet_dinh.so_quyet_dinh}" if row.quyet_dinh.so_quyet_dinh else ""
        scale = XepLoaiDonVi.Thang(row.quyet_dinh.thang).label
        yield (
            f"Quyết định{number} ngày {ngay(row.quyet_dinh.ngay)}: {row.ten_muc} "
            f"({lowfirst(scale)})."
        )
    if not row.ket_qua:
        if row.ghi_chu:
            yield f"{row.ghi_chu}."
        return
    if row.is_diem:
        yield from loi.vi_sao(row.bo, hang_cua(row).rows, row.muc)
    elif row.is_thang_cu:
        yield (
            f"Theo tiêu chí của 33-HD/TWĐTN-BTC, để tham khảo: {row.xep.so_cao_nhat} trên "
            f"{row.xep.so_tieu_chi} tiêu chí ở mức cao nhất, {row.xep.so_thieu} chưa đủ dữ liệu."
        )
    elif row.xep.muc is None:
        missing = [item.tieu_chi.ten for item in row.ket_qua if item.muc is None]
        yield f"Còn {row.xep.so_thieu} tiêu chí chưa đủ dữ liệu: {'; '.join(missing)}."
        yield f"Mức cao nhất còn có thể đạt: {row.xep.cao_nhat.ten.lower()}."
    elif row.xep.muc == Muc.HTXS:
        yield f"Cả {row.xep.so_tieu_chi} tiêu chí đều ở mức cao nhất."
    else:
        weakest = [item.tieu_chi.ten for item in row.ket_qua if item.muc == row.xep.muc]
        yield f"Tiêu chí thấp nhất quyết định mức chung: {'; '.join(weakest)}."


def de_nang(row: DongXepHang) -> Iterator[str]:
    """What would raise each criterion that is not at the top; nothing in the older scale."""
    if row.is_diem and row.ket_qua:
        yield from loi.de_nang(row.bo, hang_cua(row).rows, row.muc)
        return
    for item in () if row.is_thang_cu else row.ket_qua:
        if item.muc == Muc.HTXS:
            continue
        sentence = _de_nang(item)
        if sentence:
            yield f"{item.tieu_chi.ten}: {sentence}"


def _de_nang(item: KetQua) -> str:
    criterion = item.tieu_chi
    if item.tu is not None and item.mau and criterion.ma in _NANG:
        step = con_thieu(criterion, GiaTri(item.tu, item.mau))
        if step:
            level, missing = BAC_CUA[step[0].muc], step[1]
            return f"{_NANG[criterion.ma].format(missing)} thì đạt mức {ten_ngan(level).lower()}."
    if _is_so_thu(item) and item.tu < item.mau:
        return f"thu {so(item.mau - item.tu)} lượt còn nợ và nộp lên đúng hạn."
    if item.muc is None:
        if not criterion.may_danh_gia:
            return "chưa có số liệu của năm."
        return "cần Đoàn cơ sở đánh giá kèm minh chứng."
    better = [(muc, text) for muc, text in criterion.cac_muc if muc > item.muc]
    if not better:
        return ""
    level, text = better[-1]
    return f"{lowfirst(text)} thì đạt mức {ten_ngan(level).lower()}."
