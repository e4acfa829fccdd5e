"""The papers of a result: notice, decision with its list, certificates. None names a person."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.text import capfirst

from baocao.cham_diem.luat import BoLuat
from baocao.dot_cham.quy_tac import luat_cua
from baocao.models import BuocDotCham, DongCham, DongKetQua, DotCham, QuyetDinhKetQua
from core.pdf import (
    Appendix,
    Bold,
    Certificate,
    Column,
    Dots,
    Italic,
    Paper,
    Para,
    Signatures,
    TableBlock,
    Title,
    dia_danh_ngay,
)
from core.text import lowfirst
from core.text.display import so as show
from core.text.numbers import count, date_long, date_short, percent
from tochuc.the_thuc import check_line, heading, nguoi_ky, ten_bch
from tochuc.van_ban import (
    cap_tren_tai_ngay,
    dia_danh,
    dong_so_trong,
    ten_tai_ngay,
    tieu_de_don_vi,
)

LOAI, THONG_BAO, CHUNG_NHAN = "QĐ", "TB", "GCN"
TIEU_DE_GCN = "Giấy chứng nhận kết quả xếp loại"
_DOI_TUONG = {
    DotCham.DoiTuong.CHI_DOAN: "chi đoàn",
    DotCham.DoiTuong.CO_SO: "Đoàn cơ sở",
}


def goi_doi_tuong(dot: DotCham) -> str:
    """What is rated, in words: "chi đoàn"."""
    return _DOI_TUONG[DotCham.DoiTuong(dot.doi_tuong)]


def tieu_de(decision: QuyetDinhKetQua) -> str:
    """The decision's title, which anybody who checks it sees."""
    return f"Quyết định {_ve(decision)}"


def tieu_de_thong_bao(buoc: BuocDotCham) -> str:
    return f"Thông báo {_ve_thong_bao(buoc)}"


# ---- the decision --------------------------------------------------------------------------


def quyet_dinh_giay(decision: QuyetDinhKetQua, so: str = "", ma: str = "") -> Paper:
    """Quyết định công nhận kết quả, with the list of units (papers.md 4.10)."""
    don_vi, ngay = decision.don_vi, decision.ngay
    lines = list(decision.dong.cua_to_chuc())
    above = cap_tren_tai_ngay(don_vi, ngay)
    report = [f"Ban Thường vụ {ten_tai_ngay(above, ngay)} (để báo cáo)"] if above else []
    return Paper(
        heading=heading(don_vi, ngay, loai=LOAI, so=so),
        title=Title("QUYẾT ĐỊNH", f"Về việc {_ve(decision)}"),
        body=[*_than(decision, lines)],
        signatures=Signatures(
            [nguoi_ky(don_vi, ngay)], noi_nhan=["Như Điều 3", *report, "Lưu: VP"]
        ),
        appendix=[*_danh_sach(decision, lines, so)],
        check=check_line(ma),
    )


def _ve(decision: QuyetDinhKetQua) -> str:
    what = goi_doi_tuong(decision.dot)
    return f"công nhận kết quả đánh giá, xếp loại {what} năm {decision.nam}"


def _than(decision: QuyetDinhKetQua, lines: Sequence[DongKetQua]) -> Iterator:
    don_vi, bo = decision.don_vi, luat_cua(decision.dot)
    yield Para(Bold(ten_bch(don_vi, decision.ngay).upper()), align="center", indent=False)
    yield Para("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;")
    yield Para(f"Căn cứ {lowfirst(bo.ten)} ({bo.can_cu});")
    yield Para(_bien_ban(decision))
    yield Para(
        f"Xét kết quả {lowfirst(decision.dot.ten)}, số liệu tính đến "
        f"{date_long(decision.dot.tinh_den)},"
    )
    yield Para(Bold("QUYẾT ĐỊNH:"), align="center", indent=False, keep_with_next=True)
    yield from _dieu_1(decision, lines)
    yield Para(
        (
            Bold("Điều 2."),
            (
                " Kết quả xếp loại được ghi vào sổ sách của Đoàn và là căn cứ xét thi đua, khen "
                f"thưởng.{_thay_cho(decision)}"
            ),
        )
    )
    yield Para(
        (
            Bold("Điều 3."),
            (
                f" Văn phòng {ten_tai_ngay(don_vi, decision.ngay)}, các đơn vị có tên trong danh "
                "sách chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./."
            ),
        )
    )


def _bien_ban(decision: QuyetDinhKetQua) -> tuple:
    number = (decision.bien_ban_so,) if decision.bien_ban_so else (Dots(16), "-BB/ĐTN")
    whose = ten_bch(decision.don_vi, decision.ngay)
    return ("Căn cứ Biên bản số ", *number, f" {date_long(decision.ngay_hop)} của {whose};")


def _thay_cho(decision: QuyetDinhKetQua) -> str:
    earlier = decision.thay_cho
    if earlier is None:
        return ""
    return f" Quyết định này thay thế Quyết định số {earlier.so_ky_hieu} {date_long(earlier.ngay)}."


def _dieu_1(decision: QuyetDinhKetQua, lines: Sequence[DongKetQua]) -> Iterator:
    what, total = goi_doi_tuong(decision.dot), count(len(lines))
    yield Para(
        (
            Bold("Điều 1."),
            (
                f" Công nhận kết quả đánh giá, xếp loại năm {decision.nam} đối với {total} {what} "
                "(danh sách kèm theo), cụ thể:"
            ),
        )
    )
    for words, number in _dem(luat_cua(decision.dot), lines):
        yield Para(f"- {words}: {_phan(number, len(lines))}.")
    if decision.dong.exclude(doi_tuong=decision.dot.doi_tuong).exists():
        yield Para(
            "Ban Chấp hành của các đơn vị được xếp loại gắn với kết quả của tổ chức, theo cột "
            "cuối của danh sách."
        )


def _dem(bo: BoLuat, lines: Sequence[DongKetQua]) -> list[tuple[str, int]]:
    """(level in words, units) of each level of the scale, best first."""
    found = Counter(line.muc for line in lines)
    return [(bo.ten_muc(muc), found[muc]) for muc in bo.cac_muc]


def _phan(number: int, total: int) -> str:
    return f"{count(number)}/{count(total)} ({percent(number, total)})" if number else "không có"


def _danh_sach(decision: QuyetDinhKetQua, lines: Sequence[DongKetQua], so: str) -> Iterator:
    what = goi_doi_tuong(decision.dot)
    committees = {
        row.don_vi_id: row.ten_muc
        for row in decision.dong.exclude(doi_tuong=decision.dot.doi_tuong)
    }
    yield Appendix("DANH SÁCH", "")
    yield _giua(Bold(f"Kết quả đánh giá, xếp loại {what} năm {decision.nam}"))
    yield _giua(
        Italic(
            f"(Kèm theo Quyết định số {so} {date_long(decision.ngay)} của "
            f"{ten_bch(decision.don_vi, decision.ngay)})"
        )
    )
    is_diem = luat_cua(decision.dot).is_diem
    level_mm = 42 if is_diem else 48  # the words of a level on one line, where there is room
    yield TableBlock(
        [
            Column("TT", 9, "center"),
            Column("Đơn vị"),
            Column("Đoàn viên", 15, "center"),
            *([Column("Điểm", 16, "center")] if is_diem else []),
            Column("Xếp loại", level_mm),
            *([Column("Ban Chấp hành", level_mm)] if committees else []),
        ],
        [
            [
                str(place),
                line.dong.ten,
                str(line.dong.so_doan_vien),
                *([show(line.dong.diem)] if is_diem else []),
                line.ten_muc,
                *([committees.get(line.don_vi_id, "")] if committees else []),
            ]
            for place, line in enumerate(lines, 1)
        ],
        size_pt=11 if committees else 12,
        note=f"Danh sách có {count(len(lines))} đơn vị.",
    )


def _giua(text) -> Para:
    return Para(text, align="center", indent=False, keep_with_next=True)


# ---- the notice ----------------------------------------------------------------------------


def thong_bao_giay(
    buoc: BuocDotCham, rows: Sequence[DongCham], so: str = "", ma: str = ""
) -> Paper:
    """Thông báo kết quả chấm điểm, xếp loại: rank, unit, points, class, note; nobody's name."""
    dot = buoc.dot
    don_vi, ngay = dot.don_vi, ngay_thong_bao(buoc)
    return Paper(
        heading=heading(don_vi, ngay, loai=THONG_BAO, so=so),
        title=Title("THÔNG BÁO", capfirst(_ve_thong_bao(buoc))),
        body=[*_mo_dau_thong_bao(buoc), _bang_thong_bao(dot, rows), *_cuoi_thong_bao(buoc)],
        signatures=Signatures(
            [nguoi_ky(don_vi, ngay)],
            noi_nhan=[f"Các {goi_doi_tuong(dot)} có tên", "Niêm yết công khai", "Lưu: VP"],
        ),
        check=check_line(ma),
    )


def ngay_thong_bao(buoc: BuocDotCham):
    """The day on which the round took the step that the notice tells of."""
    return buoc.luc.astimezone().date()


def _ve_thong_bao(buoc: BuocDotCham) -> str:
    dot = buoc.dot
    kind = "" if buoc.loai == BuocDotCham.Loai.CHUNG_CUOC else " (lấy ý kiến)"
    return f"kết quả chấm điểm, xếp loại {goi_doi_tuong(dot)} {dot.ky_bao_cao.ten}{kind}"


def _mo_dau_thong_bao(buoc: BuocDotCham) -> Iterator:
    dot, bo = buoc.dot, luat_cua(buoc.dot)
    stage = (
        "thông báo kết quả chính thức"
        if buoc.loai == BuocDotCham.Loai.CHUNG_CUOC
        else "công khai để lấy ý kiến kết quả"
    )
    yield Para(
        f"Căn cứ {lowfirst(bo.ten)} ({bo.can_cu}), số liệu tính đến {date_long(dot.tinh_den)}, "
        f"{ten_bch(dot.don_vi, ngay_thong_bao(buoc))} {stage} chấm điểm, xếp loại "
        f"{goi_doi_tuong(dot)} {dot.ky_bao_cao.ten} như sau:",
    )


def _bang_thong_bao(dot: DotCham, rows: Sequence[DongCham]) -> TableBlock:
    bo = luat_cua(dot)
    has_cum = any(row.cum for row in rows)
    return TableBlock(
        [
            Column("Hạng", 13, "center"),
            *([Column("Trong cụm", 20, "center")] if has_cum else []),
            Column("Đơn vị"),
            *([Column("Điểm", 16, "center")] if bo.is_diem else []),
            Column("Xếp loại", 50),
            Column("Ghi chú", 26),
        ],
        [*_dong_thong_bao(dot, rows, has_cum=has_cum)],
        size_pt=11,
    )


def _dong_thong_bao(dot: DotCham, rows: Sequence[DongCham], *, has_cum: bool) -> Iterator:
    bo, is_many = luat_cua(dot), len({row.cap_tren for row in rows}) > 1
    for row in rows:
        yield [
            str(row.hang or ""),
            *([_hang_cum(row)] if has_cum else []),
            f"{row.ten}\n{row.cap_tren}" if is_many and row.cap_tren else row.ten,
            *([show(row.diem)] if bo.is_diem else []),
            bo.ten_muc(row.muc) if row.muc else "Chưa đủ dữ liệu",
            row.ghi_chu,
        ]


def _hang_cum(row: DongCham) -> str:
    """The rank with the cluster it is in: each has a first of its own."""
    return f"{row.hang_cum}\n{row.cum}" if row.hang_cum else ""


def _cuoi_thong_bao(buoc: BuocDotCham) -> Iterator:
    dot = buoc.dot
    yield Para("Bằng nhau thì cùng hạng. Đơn vị không ghi hạng: lý do ở cột Ghi chú.")
    if buoc.loai != BuocDotCham.Loai.CHUNG_CUOC:
        whom = ten_tai_ngay(dot.don_vi, ngay_thong_bao(buoc))
        yield Para(
            f"Đơn vị có ý kiến gửi trên phần mềm, mục Đợt chấm, hoặc bằng văn bản về {whom}, kèm "
            f"minh chứng, từ ngày thông báo đến hết ngày {date_short(dot.han_y_kien)}. Sau thời "
            "hạn này, ý kiến đã trả lời xong thì kết quả được chốt./."
        )
        return
    yield Para(
        f"Kết quả có hiệu lực từ ngày thông báo, mã xác nhận {dot.ban_bam[:12]}. Sai sót phát hiện "
        "sau ngày này được sửa bằng một đợt đính chính./."
    )


# ---- certificates --------------------------------------------------------------------------


def chung_nhan(line: DongKetQua, so: str = "", ma: str = "") -> Certificate:
    """Giấy chứng nhận of a unit that reached the best level, on A4 landscape."""
    decision = line.quyet_dinh
    don_vi, ngay = decision.don_vi, decision.ngay
    cap_tren, co_quan = tieu_de_don_vi(don_vi, ngay)
    points = "" if line.dong.diem is None else f", {show(line.dong.diem)} điểm"
    return Certificate(
        cap_tren=cap_tren,
        co_quan=co_quan,
        so=f"Số: {so}" if so else dong_so_trong(don_vi=don_vi, loai=CHUNG_NHAN, ngay=ngay),
        ten="GIẤY CHỨNG NHẬN",
        ten_phu=line.ten_muc.upper(),
        mo_dau=[Bold(ten_bch(don_vi, ngay).upper()), "\nchứng nhận"],
        nguoi=line.dong.ten,
        fields=[line.dong.cap_tren] if line.dong.cap_tren else [],
        cau=f"xếp loại {lowfirst(line.ten_muc)} năm {decision.nam}{points},\n"
        f"theo Quyết định số {decision.so_ky_hieu} {date_long(ngay)}.",
        dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), ngay),
        signer=replace(nguoi_ky(don_vi, ngay), room_mm=24),
        check=check_line(ma),
    )
