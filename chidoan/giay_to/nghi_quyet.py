"""Nghị quyết chi đoàn: the resolution of a branch's month (domain.md 3.4).

Điều 1 approves what was done, Điều 2 the tasks of the meeting, Điều 3 who carries them out. A
branch without a committee resolves as the branch; for one with a committee a setting says whose
resolution it is.
"""

from django.utils.text import capfirst

from chidoan.models import BuoiSinhHoat
from core.errors import RuleError
from core.pdf import Bullets, Paper, Para, Section, Signatures, Title
from core.text import lowfirst
from core.text.numbers import count, date_long, percent
from tochuc.models import DonVi, VanBan
from tochuc.quy_dinh import gia_tri
from tochuc.the_thuc import check_line, has_bch, heading, issue_paper, nguoi_ky, ten_bch
from tochuc.van_ban import cap_tren_tai_ngay, ten_tai_ngay

from .bien_ban import bang_nhiem_vu, da_lam
from .doc_buoi import NoiDungGiay, doc_buoi

LOAI = "NQ"


def issue_nghi_quyet(*, buoi: BuoiSinhHoat, by) -> VanBan:
    """The resolution as an issued paper. Refused when the meeting resolved nothing."""
    told = doc_buoi(buoi)
    if not co_nghi_quyet(told):
        raise RuleError(
            "Buổi này không ra nghị quyết và không còn việc của buổi trước. "
            "Ghi nghị quyết vào buổi sinh hoạt rồi lập văn bản."
        )
    return issue_paper(
        lambda so, ma: nghi_quyet(buoi.chi_doan, told, so, ma),
        target=buoi,
        don_vi=buoi.chi_doan,
        loai=LOAI,
        ngay=told.ngay,
        title=ten_nghi_quyet(buoi.chi_doan, told),
        by=by,
    )


def co_nghi_quyet(told: NoiDungGiay) -> bool:
    """Whether there is anything to resolve: new tasks, or earlier ones that go on."""
    return bool(told.nhiem_vu or _con_lai(told))


def ten_nghi_quyet(chi_doan: DonVi, told: NoiDungGiay) -> str:
    return f"Nghị quyết {_hoi_nghi(chi_doan, told)}"


def nghi_quyet(chi_doan: DonVi, told: NoiDungGiay, so: str = "", ma: str = "") -> Paper:
    ngay = told.ngay
    body = chu_the(chi_doan, told)
    return Paper(
        heading=heading(chi_doan, ngay, loai=LOAI, so=so),
        title=Title("NGHỊ QUYẾT", _hoi_nghi(chi_doan, told)),
        body=[
            Para(f"Căn cứ Biên bản {_buoi(told)} {date_long(ngay)};"),
            Para(f"Căn cứ kết quả thảo luận, biểu quyết tại {_hop(told)},"),
            Para(f"{body} quyết nghị:", keep_with_next=True),
            *_dieu_1(told),
            *_dieu_2(told),
            Section("Điều 3. Tổ chức thực hiện", level=2),
            Para(
                f"{_thi_hanh(body)}, các đồng chí được phân công và toàn thể đoàn viên "
                f"{ten_tai_ngay(chi_doan, ngay)} chịu trách nhiệm thực hiện Nghị quyết này; "
                "kết quả báo cáo tại buổi sinh hoạt sau./."
            ),
        ],
        signatures=Signatures([nguoi_ky(chi_doan, ngay)], noi_nhan=_noi_nhan(chi_doan, told)),
        check=check_line(ma),
    )


def chu_the(chi_doan: DonVi, told: NoiDungGiay) -> str:
    """Who resolves: the committee where there is one and the setting says so, else the branch."""
    if not has_bch(chi_doan, told.ngay):
        return "Chi đoàn"
    of_branch = gia_tri("nghi_quyet_thang", ngay=told.ngay, don_vi=chi_doan) == "chi_doan"
    return "Chi đoàn" if of_branch and not told.la_bch else "Ban Chấp hành Chi đoàn"


def _hoi_nghi(chi_doan: DonVi, told: NoiDungGiay) -> str:
    return f"Hội nghị {chu_the(chi_doan, told)} tháng {told.ngay.month} năm {told.ngay.year}"


def _thi_hanh(body: str) -> str:
    return body if body != "Chi đoàn" else "Bí thư, Phó Bí thư Chi đoàn"


def _buoi(told: NoiDungGiay) -> str:
    words = told.trich_yeu.partition(" tháng ")[0]
    return lowfirst(words)


def _hop(told: NoiDungGiay) -> str:
    return "cuộc họp" if told.la_bch else "buổi sinh hoạt"


def _dieu_1(told: NoiDungGiay):
    month = f"tháng {told.ngay.month} năm {told.ngay.year}"
    yield Section(f"Điều 1. Thông qua kết quả công tác {month}", level=2)
    done = [da_lam(row) for row in told.truoc]
    if done:
        finished = sum(row.is_xong for row in told.truoc)
        done.insert(0, f"Thực hiện nghị quyết: {finished}/{len(told.truoc)} nhiệm vụ hoàn thành.")
    extra = [f"{line.rstrip('.')}." for line in told.hoat_dong_kem.splitlines() if line.strip()]
    yield Bullets([_du_hop(told), *done, *extra])


def _du_hop(told: NoiDungGiay) -> str:
    rate = percent(told.diem.du_hop, told.diem.danh_sach)
    share = f"có mặt {told.diem.du_hop}/{told.diem.danh_sach} đồng chí ({rate})" if rate else ""
    theme = f"chủ điểm “{told.chu_diem}”" if not told.la_bch else f"nội dung “{told.chu_diem}”"
    kind = _buoi(told)
    return f"{capfirst(kind)}, {theme}{': ' if share else ''}{share}."


def _dieu_2(told: NoiDungGiay):
    if told.nhiem_vu:
        yield Section(f"Điều 2. Nhiệm vụ trọng tâm tháng {told.thang_nhiem_vu}", level=2)
        yield from bang_nhiem_vu(told.nhiem_vu)
    rest = _con_lai(told)
    if not rest:
        return
    if told.nhiem_vu:
        yield Para(f"Tiếp tục thực hiện {count(len(rest))} nhiệm vụ chưa xong nêu tại Điều 1.")
        return
    yield Section("Điều 2. Tiếp tục thực hiện các nhiệm vụ chưa xong", level=2)
    yield from bang_nhiem_vu(rest)


def _con_lai(told: NoiDungGiay) -> tuple:
    return tuple(row for row in told.truoc if row.is_dang_lam)


def _noi_nhan(chi_doan: DonVi, told: NoiDungGiay) -> list[str]:
    above = cap_tren_tai_ngay(chi_doan, told.ngay)
    report = [f"{ten_bch(above, told.ngay)} (để báo cáo)"] if above else []
    return ["Như Điều 3 (để thực hiện)", *report, "Lưu: Chi đoàn"]
