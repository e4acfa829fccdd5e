"""Criteria sets as data, each with its source and the years it holds for."""

from dataclasses import dataclass
from fractions import Fraction

from .xep_loai import Muc, ThuocDo, TieuChi

XS, T, HT, KHT = Muc.HTXS, Muc.HTT, Muc.HT, Muc.KHT


@dataclass(frozen=True)
class BoTieuChi:
    """Bộ tiêu chí (criteria set): what branches are judged by in the years it holds."""

    ma: str
    ten: str
    can_cu: str
    tu_nam: int
    tieu_chi: tuple[TieuChi, ...]

    def lay(self, ma: str) -> TieuChi:
        return next(item for item in self.tieu_chi if item.ma == ma)

    @property
    def danh_gia(self) -> tuple[TieuChi, ...]:
        """Criteria whose level the ward may have to assess."""
        return tuple(item for item in self.tieu_chi if item.ma not in TU_DONG_HOAN_TOAN)


HD33 = BoTieuChi(
    ma="hd33",
    ten="Tiêu chí xếp loại chi đoàn",
    can_cu="33-HD/TWĐTN-BTC ngày 07/10/2019",
    tu_nam=2019,
    tieu_chi=(
        TieuChi(
            "sinh_hoat",
            "Sinh hoạt chi đoàn định kỳ",
            (
                (XS, "Mỗi tháng ít nhất 1 buổi; chi đoàn đặc thù 3 tháng 1 buổi"),
                (KHT, "Có tháng không sinh hoạt"),
            ),
            ThuocDo(((XS, Fraction(1)),)),
            "tháng có buổi sinh hoạt trên tháng phải họp",
        ),
        TieuChi(
            "nhiem_vu",
            "Nhiệm vụ cấp trên giao",
            (
                (XS, "Hoàn thành 100%, sáng tạo, chủ động"),
                (T, "Hoàn thành 100%"),
                (HT, "Hoàn thành từ 70%"),
                (KHT, "Hoàn thành dưới 70%"),
            ),
        ),
        TieuChi(
            "so_chi_doan",
            "Sổ chi đoàn",
            (
                (XS, "Đầy đủ"),
                (HT, "Chưa đầy đủ"),
                (KHT, "Không có sổ"),
            ),
        ),
        TieuChi(
            "doan_phi",
            "Thu, nộp đoàn phí",
            (
                (XS, "Đúng, đủ"),
                (HT, "Chậm hoặc thiếu, đã nhắc"),
                (KHT, "Không thu hoặc thu sai"),
            ),
            goi_so="lượt đã thu trên lượt phải thu của các tháng đã qua",
        ),
        TieuChi(
            "ren_luyen",
            "Đăng ký Chương trình rèn luyện đoàn viên",
            (
                (XS, "100% đoàn viên đăng ký"),
                (T, "Từ 80% đến dưới 100%"),
                (HT, "Từ 50% đến dưới 80%"),
                (KHT, "Trên 50% không đăng ký"),
            ),
            ThuocDo(((XS, Fraction(1)), (T, Fraction(80, 100)), (HT, Fraction(50, 100)))),
            "đoàn viên đăng ký trên tổng số đoàn viên",
        ),
        TieuChi(
            "ket_nap",
            "Kết nạp đoàn viên mới, chỉ tiêu phát triển Đảng",
            (
                (XS, "Có kết nạp, hoặc không có nguồn; đạt chỉ tiêu cấp ủy giao"),
                (KHT, "Có nguồn mà không kết nạp"),
            ),
            ThuocDo(((XS, Fraction(1)),)),
            "đoàn viên mới trên chỉ tiêu năm",
        ),
        TieuChi(
            "tot_tro_len",
            "Đoàn viên xếp loại tốt trở lên",
            (
                (XS, "Từ 80%"),
                (T, "Từ 60% đến dưới 80%"),
                (HT, "Từ 50% đến dưới 60%"),
                (KHT, "Dưới 50%"),
            ),
            ThuocDo(((XS, Fraction(80, 100)), (T, Fraction(60, 100)), (HT, Fraction(50, 100)))),
            "đoàn viên xếp loại tốt trở lên trên đoàn viên được xếp loại",
        ),
        TieuChi(
            "khong_hoan_thanh",
            "Đoàn viên không hoàn thành nhiệm vụ",
            (
                (XS, "Không có"),
                (HT, "Không quá 20%"),
                (KHT, "Trên 20%"),
            ),
            ThuocDo(((XS, Fraction(0)), (HT, Fraction(20, 100))), cang_cao=False),
            "đoàn viên không hoàn thành trên đoàn viên được xếp loại",
        ),
        TieuChi(
            "ky_luat",
            "Đoàn viên bị kỷ luật",
            ((XS, "Không có"), (T, "Có")),
            goi_so="quyết định kỷ luật trong năm, theo sổ kỷ luật",
        ),
    ),
)

TU_DONG_HOAN_TOAN = ("sinh_hoat", "tot_tro_len", "khong_hoan_thanh")
"""Counted from the books alone. "ket_nap" is counted too, but only the ward knows whether
there was anybody to admit; "ren_luyen" is counted once a branch registers here, "doan_phi" once
its book of dues is open. So is "ky_luat":
a decision in the book blocks the top level, whatever was assessed; where the book has none, the
ward's finding stands (a member may have been disciplined where he works), and without one the
book's answer does: none."""


def muc_doan_phi(da_thu: int, phai_thu: int, nop_cham: int, danh_gia: Muc | None) -> Muc | None:
    """The level of collecting and handing over dues: the books say, the ward may find worse.

    `da_thu` of `phai_thu` member-months were paid, `nop_cham` months were handed over late or
    not at all. Without anything to collect the ward's finding stands. With it a finding never
    raises the level, for the receipts are there to see; but it lowers it, for no book tells
    that dues were taken wrongly.
    """
    if not phai_thu:
        return danh_gia
    if not da_thu:
        return KHT
    counted = HT if da_thu < phai_thu or nop_cham else XS
    return counted if danh_gia is None else min(counted, danh_gia)


def bo_tieu_chi(nam: int) -> BoTieuChi | None:
    """The set that holds in a year; before 2019 branches were judged by another scale."""
    return HD33 if nam >= HD33.tu_nam else None
