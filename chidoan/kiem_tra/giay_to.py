"""Papers of an inspection: the minutes of the visit, and the conclusion with its demands."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from chidoan.models import CuocKiemTra, KetQuaKiemTra, KienNghi
from core.pdf import (
    Bullets,
    Column,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Title,
    even_lines,
    paragraphs,
)
from core.periods import today
from core.text import lowfirst
from core.text.display import NBSP
from core.text.numbers import count, date_long, date_short
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky
from tochuc.van_ban import cap_tren_tai_ngay, ten_tai_ngay

BIEN_BAN, KET_LUAN, THONG_BAO = "BB", "KL", "TB"
PHONG_KY_MM = 24
Loai = KetQuaKiemTra.Loai
MUC = (
    (Loai.UU_DIEM, "Ưu điểm"),
    (Loai.HAN_CHE, "Hạn chế, khuyết điểm"),
    (Loai.VI_PHAM, "Vi phạm"),
)


@dataclass(frozen=True)
class Giay:
    """One paper: its kind, what it is called, its day, and its declaration (`so`, `ma`)."""

    loai: str
    ten: str
    ngay: date
    declare: Callable[..., Paper]


def giay_bien_ban(cuoc: CuocKiemTra) -> Giay:
    return Giay(BIEN_BAN, ten_bien_ban(cuoc), cuoc.ngay, lambda *so: bien_ban(cuoc, *so))


def giay_ket_luan(cuoc: CuocKiemTra) -> Giay:
    """The conclusion; before it is issued a draft of today, with dots for what is concluded."""
    loai, ngay = loai_ket_luan(cuoc), _ngay_ket_luan(cuoc)
    return Giay(loai, ten_ket_luan(cuoc), ngay, lambda *so: ket_luan(cuoc, *so))


def bien_ban_cua(cuoc: CuocKiemTra) -> VanBan | None:
    """The issued minutes, without bytes."""
    return VanBan.objects.defer("tep").issued(cuoc, BIEN_BAN)


def loai_ket_luan(cuoc: CuocKiemTra) -> str:
    """An inspection ends with a conclusion, a supervision with a notice of its result."""
    return THONG_BAO if cuoc.hinh_thuc == CuocKiemTra.HinhThuc.GIAM_SAT else KET_LUAN


def ten_bien_ban(cuoc: CuocKiemTra) -> str:
    return f"Biên bản {_viec(cuoc)}"


def ten_ket_luan(cuoc: CuocKiemTra) -> str:
    words = _viec(cuoc)
    if loai_ket_luan(cuoc) == THONG_BAO:
        return f"Thông báo kết quả {words}"
    return f"Kết luận {words}"


def issue_bien_ban(*, cuoc: CuocKiemTra, by) -> VanBan:
    """The minutes under the number of the inspecting unit; what was issued stays as it is."""
    return bien_ban_cua(cuoc) or _issue(cuoc, giay_bien_ban(cuoc), by)


def issue_ket_luan(*, cuoc: CuocKiemTra, by) -> VanBan:
    return _issue(cuoc, giay_ket_luan(cuoc), by)


def _issue(cuoc: CuocKiemTra, giay: Giay, by) -> VanBan:
    return issue_paper(
        giay.declare,
        target=cuoc,
        don_vi=cuoc.don_vi,
        loai=giay.loai,
        ngay=giay.ngay,
        title=giay.ten,
        by=by,
    )


def bien_ban(cuoc: CuocKiemTra, so: str = "", ma: str = "") -> Paper:
    """The minutes: who, when, what was looked at, what was found; both sides sign."""
    doan = "ĐOÀN GIÁM SÁT" if _is_giam_sat(cuoc) else "ĐOÀN KIỂM TRA"
    bi = "ĐƯỢC GIÁM SÁT" if _is_giam_sat(cuoc) else "ĐƯỢC KIỂM TRA"
    return Paper(
        heading=heading(cuoc.don_vi, cuoc.ngay, loai=BIEN_BAN, so=so),
        title=Title("BIÊN BẢN", even_lines(capfirst(_trich_yeu(cuoc)))),
        body=[*_thanh_phan(cuoc), *_noi_dung(cuoc), *_ket_qua(cuoc, "III"), *_het(cuoc)],
        signatures=Signatures(
            [
                Signer(["ĐẠI DIỆN ĐƠN VỊ", bi], _nguoi_dai_dien(cuoc), room_mm=PHONG_KY_MM),
                Signer([f"TRƯỞNG {doan}"], cuoc.truong_doan, room_mm=PHONG_KY_MM),
            ]
        ),
        check=check_line(ma),
    )


def ket_luan(cuoc: CuocKiemTra, so: str = "", ma: str = "") -> Paper:
    """The conclusion: what was found, the word on it, and what has to be mended by when."""
    loai = loai_ket_luan(cuoc)
    ngay = _ngay_ket_luan(cuoc)
    kien_nghi = list(cuoc.kien_nghi.all())
    tren = cap_tren_tai_ngay(cuoc.don_vi, ngay)
    ten = "THÔNG BÁO" if loai == THONG_BAO else "KẾT LUẬN"
    trich_yeu = _trich_yeu(cuoc)
    trich_yeu = f"Kết quả {trich_yeu}" if loai == THONG_BAO else capfirst(trich_yeu)
    return Paper(
        heading=heading(cuoc.don_vi, ngay, loai=loai, so=so),
        title=Title(ten, even_lines(trich_yeu)),
        body=[
            Para(_mo_dau(cuoc)),
            *_ket_qua(cuoc, "I"),
            Section("II. Kết luận"),
            *paragraphs(cuoc.ket_luan),
            *_kien_nghi(cuoc, kien_nghi),
        ],
        signatures=Signatures(
            [nguoi_ky(cuoc.don_vi, ngay, thuong_vu=True)],
            noi_nhan=[
                _ten_bi(cuoc),
                f"{ten_tai_ngay(tren, ngay)} (để báo cáo)" if tren else "Ban Thường vụ",
                "Lưu: VP",
            ],
        ),
        check=check_line(ma),
    )


def _thanh_phan(cuoc: CuocKiemTra) -> Iterator:
    noi = f", tại {cuoc.dia_diem}" if cuoc.dia_diem else ""
    yield Section("I. Thời gian, thành phần")
    yield Para(f"1. Thời gian: {date_long(cuoc.ngay)}{noi}.")
    yield Para(f"2. {_ten_doan(cuoc)} của {_ten(cuoc)}:")
    chuc_vu = f", {cuoc.chuc_vu_truong}" if cuoc.chuc_vu_truong else ""
    team = [f"{_dong_chi(cuoc.truong_doan)}{chuc_vu}: Trưởng đoàn"]
    team += [f"{_dong_chi(line)}: Thành viên" for line in _dong(cuoc.thanh_vien)]
    yield Bullets([f"{line}{';' if line != team[-1] else '.'}" for line in team])
    yield Para(f"3. Đại diện {_ten_bi(cuoc)}:")
    yield Bullets([f"{_dong_chi(line)}." for line in _dong(cuoc.dai_dien)] or [None])


def _noi_dung(cuoc: CuocKiemTra) -> Iterator:
    yield Section("II. Nội dung, mốc thời gian")
    yield Para(f"1. Nội dung: {_thuong(cuoc.chuyen_de).rstrip('.')}.")
    moc = f"từ ngày {date_short(cuoc.tu_ngay)} đến ngày {date_short(cuoc.den_ngay)}"
    yield Para(f"2. Mốc thời gian: {moc}.")


def _ket_qua(cuoc: CuocKiemTra, so: str) -> Iterator:
    """What was found, kind by kind; a kind without a finding says so, violations left out."""
    rows = list(cuoc.ket_qua.all())
    yield Section(f"{so}. Kết quả {cuoc.get_hinh_thuc_display().lower()}")
    number = 0
    for loai, ten in MUC:
        found = [row for row in rows if row.loai == loai]
        if not found and loai == Loai.VI_PHAM:
            continue
        number += 1
        yield Section(f"{number}. {ten}", level=3)
        if found:
            yield Bullets([_dong_ket_qua(row) for row in found])
        else:
            yield Para("Không có.")


def _dong_ket_qua(row: KetQuaKiemTra) -> str:
    so_lieu = f" ({_thuong(row.so_lieu.rstrip(' .;'))})" if row.so_lieu else ""
    return f"{capfirst(row.noi_dung.rstrip(' .;'))}{so_lieu}."


def _het(cuoc: CuocKiemTra) -> Iterator:
    kind = cuoc.get_hinh_thuc_display().lower()
    yield Para(
        f"Biên bản đã được đọc lại cho các thành viên {_ten_doan(cuoc).lower()} và đại diện đơn vị "
        f"được {kind} cùng nghe, thống nhất và lập thành 02{NBSP}bản, mỗi bên giữ 01{NBSP}bản./."
    )


def _mo_dau(cuoc: CuocKiemTra) -> str:
    """On what ground, when, who, what; the ground is the programme it stands in."""
    ngay, ten = date_long(cuoc.ngay), _ten(cuoc)
    khi = capfirst(ngay)
    if cuoc.chuong_trinh:
        so = f" số {cuoc.chuong_trinh.so_van_ban}" if cuoc.chuong_trinh.so_van_ban else ""
        nam = cuoc.chuong_trinh.nam
        khi = f"Thực hiện Chương trình kiểm tra, giám sát năm {nam}{so}, {ngay}"
    moc = f"từ ngày {date_short(cuoc.tu_ngay)} đến ngày {date_short(cuoc.den_ngay)}"
    viec = f"{cuoc.get_hinh_thuc_display().lower()} {_thuong(cuoc.chuyen_de).rstrip('.')}"
    return (
        f"{khi}, {_ten_doan(cuoc).lower()} của {ten} đã {viec} đối với {_ten_bi(cuoc)}, "
        f"mốc thời gian {moc}. {ten} kết luận như sau:"
    )


def _kien_nghi(cuoc: CuocKiemTra, rows: Sequence[KienNghi]) -> Iterator:
    if not rows:
        yield Para(
            f"{_ten(cuoc)} thông báo để {_ten_bi(cuoc)} biết, tiếp tục phát huy kết quả đã đạt./."
        )
        return
    yield Section("III. Kiến nghị")
    yield TableBlock(
        columns=[
            Column("TT", 10, "center"),
            Column("Nội dung đề nghị khắc phục"),
            Column("Hạn", 27, "center"),
        ],
        rows=[
            [str(number), row.noi_dung, date_short(row.han)] for number, row in enumerate(rows, 1)
        ],
    )
    yield Para(
        f"Đề nghị {_ten_bi(cuoc)} khắc phục {count(len(rows))} nội dung nêu trên, báo cáo kết "
        f"quả với {_ten(cuoc)} đúng thời hạn./."
    )


def _viec(cuoc: CuocKiemTra) -> str:
    """ "kiểm tra công tác phát triển đoàn viên tại Chi đoàn Khu vực 5"."""
    kind = cuoc.get_hinh_thuc_display().lower()
    return f"{kind} {_thuong(cuoc.chuyen_de).rstrip('.')} tại {cuoc.doi_tuong}"


def _trich_yeu(cuoc: CuocKiemTra) -> str:
    """The same in two lines, the unit in the second."""
    before, _, unit = _viec(cuoc).rpartition(" tại ")
    return f"{before}\ntại {unit}"


def _ngay_ket_luan(cuoc: CuocKiemTra) -> date:
    return cuoc.ngay_ket_luan or today()


def _ten(cuoc: CuocKiemTra) -> str:
    return ten_tai_ngay(cuoc.don_vi, cuoc.ngay)


def _ten_bi(cuoc: CuocKiemTra) -> str:
    return ten_tai_ngay(cuoc.doi_tuong, cuoc.ngay)


def _nguoi_dai_dien(cuoc: CuocKiemTra) -> str:
    """Who signs for the inspected unit, where one person is named with his office; else the
    name is written by hand."""
    lines = _dong(cuoc.dai_dien)
    name, comma, _ = lines[0].partition(",") if len(lines) == 1 else ("", "", "")
    return re.sub(r"^(đồng chí|đ/c)\s+", "", name.strip(), flags=re.IGNORECASE) if comma else ""


def _ten_doan(cuoc: CuocKiemTra) -> str:
    return "Đoàn giám sát" if _is_giam_sat(cuoc) else "Đoàn kiểm tra"


def _is_giam_sat(cuoc: CuocKiemTra) -> bool:
    return cuoc.hinh_thuc == CuocKiemTra.HinhThuc.GIAM_SAT


def _dong(text: str) -> list[str]:
    return [line.strip(" -–;.") for line in text.splitlines() if line.strip(" -–;.")]


def _dong_chi(line: str) -> str:
    return line if line.lower().startswith(("đồng chí", "đ/c")) else f"Đồng chí {line}"


def _thuong(text: str) -> str:
    """A sentence inside another; a name or an abbreviation keeps its capital."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first[1:] != first[1:].lower() else lowfirst(text)
