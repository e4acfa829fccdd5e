"""A final round into a decision and the books: levels, the vote, the number, and undoing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from baocao.cham_diem.luat import BoLuat
from baocao.dot_cham.quy_tac import luat_cua
from baocao.dot_cham.quyen import check, may_to_chuc
from baocao.models import DongCham, DongKetQua, DotCham, QuyetDinhKetQua, XepLoaiDonVi
from chidoan.xep_loai.quyet_dinh import so_uy_vien
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.bieu_quyet import Phieu, check_phieu
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen
from tochuc.the_thuc import issue_paper
from tochuc.van_ban import void

from .ban_chap_hanh import muc_cac_bch
from .giay_to import CHUNG_NHAN, LOAI, quyet_dinh_giay, tieu_de

DoiTuong, Thang = XepLoaiDonVi.DoiTuong, XepLoaiDonVi.Thang
THAY = "Thay bằng quyết định theo đợt đính chính."


@dataclass(frozen=True)
class MucKhac:
    """A level that is decided otherwise than the round gave it, and the sentence why."""

    muc: str
    ly_do: str


@transaction.atomic
def decide_ket_qua(
    *,
    dot: DotCham,
    ngay: date,
    ngay_hop: date,
    phieu: Phieu,
    by,
    bien_ban_so: str = "",
    khac: Mapping[int, MucKhac] | None = None,
    kem_bch: bool = True,
) -> QuyetDinhKetQua:
    """Recognise a final round of a year: the paper gets its number, levels go into the book.

    `khac` names units whose level is another one. The decision on the round that this one
    corrects is cancelled along. Refused for who does not hold the round, before it is final or
    once a correction of it is, for a quarter, for days out of order, without a majority of the
    committee where its members are on record, and when a unit has a level of the year by another
    decision.
    """
    dot = (
        DotCham.objects.select_for_update(of=("self",))
        .select_related("don_vi", "bo")
        .get(pk=dot.pk)
    )
    check(by is None or may_to_chuc(by, dot), Quyen.TO_CHUC_CHAM_DIEM)
    _check_dot(dot)
    _check_ngay(ngay, ngay_hop)
    earlier = _huy_quyet_dinh_truoc(dot, by)
    decision = QuyetDinhKetQua.objects.create(
        don_vi=dot.don_vi,
        dot=dot,
        nam=dot.ky_bao_cao.nam,
        ngay=ngay,
        ngay_hop=ngay_hop,
        bien_ban_so=bien_ban_so.strip(),
        thay_cho=earlier,
        lap_boi=by,
        **_bieu_quyet(dot.don_vi, ngay_hop, phieu),
    )
    lines = DongKetQua.objects.bulk_create(_lines(decision, khac or {}, kem_bch=kem_bch))
    if not lines:
        raise RuleError("Đợt chấm chưa có đơn vị nào được xếp mức.")
    paper = issue_paper(
        lambda so, ma: quyet_dinh_giay(decision, so, ma),
        target=decision,
        don_vi=decision.don_vi,
        loai=LOAI,
        ngay=ngay,
        title=tieu_de(decision),
        by=by,
    )
    decision.so_ky_hieu = paper.so_ky_hieu
    decision.save(update_fields=["so_ky_hieu"])
    _write_book(decision, lines)
    record(
        by=by,
        hanh_dong="ket_qua.decide",
        target=decision,
        so=decision.so_ky_hieu,
        so_don_vi=len(lines),
    )
    return decision


@transaction.atomic
def cancel_ket_qua(*, quyet_dinh: QuyetDinhKetQua, ly_do: str, by) -> QuyetDinhKetQua:
    """Cancel a decision: its levels leave the book, its paper and certificates are void; they and
    its lines stay as history.

    Refused without a reason, a second time, and for who does not hold the round.
    """
    rows = QuyetDinhKetQua.objects.select_for_update(of=("self",))
    decision = rows.select_related("dot__don_vi", "don_vi").get(pk=quyet_dinh.pk)
    check(by is None or may_to_chuc(by, decision.dot), Quyen.TO_CHUC_CHAM_DIEM)
    if not ly_do.strip():
        raise RuleError("Ghi lý do hủy quyết định.", field="ly_do")
    if decision.is_huy:
        raise RuleError("Quyết định này đã hủy.")
    _cancel(decision, ly_do.strip(), by)
    return decision


def can_quyet_dinh(dot: DotCham) -> bool:
    """Whether a decision can come of the round: final, not replaced, of a whole year."""
    return dot.is_chung_cuoc and not dot.da_thay and is_ca_nam(dot)


def is_ca_nam(dot: DotCham) -> bool:
    ky = dot.ky_bao_cao
    return not (ky.quy or ky.thang)


def thang_cua(bo: BoLuat) -> str:
    """The scale that results of a set are recorded in: classes of points are its own."""
    return Thang.BO if bo.is_diem else bo.thang


def _check_dot(dot: DotCham) -> None:
    if not dot.is_chung_cuoc:
        raise RuleError("Chốt chung cuộc đợt chấm trước, rồi mới ra quyết định.")
    if not is_ca_nam(dot):
        raise RuleError("Đợt chấm theo quý không thành kết quả xếp loại của năm.")
    if dot.sau.chung_cuoc().exists():
        raise RuleError("Đợt này đã có đợt đính chính chung cuộc. Ra quyết định từ đợt ấy.")
    if dot.quyet_dinh.con_hieu_luc().exists():
        raise RuleError("Đợt chấm đã có quyết định. Muốn làm lại thì hủy quyết định ấy trước.")


def _check_ngay(ngay: date, ngay_hop: date) -> None:
    if ngay > today():
        raise RuleError(f"Ngày {ngay:%d/%m/%Y} chưa đến. Ghi lại ngày quyết định.", field="ngay")
    if ngay < ngay_hop:
        raise RuleError("Ngày quyết định phải từ ngày họp trở đi.", field="ngay")


def _bieu_quyet(don_vi: DonVi, ngay_hop: date, phieu: Phieu) -> dict:
    """The committee's tally as fields; more than half of all its members must agree.

    An office whose committee is not kept here writes no tally.
    """
    tong = so_uy_vien(don_vi, ngay_hop)
    if not tong and not phieu.co_mat:
        return {}
    check_phieu(phieu, co_quyen=tong, ai="ủy viên Ban Chấp hành")
    if 2 * phieu.tan_thanh <= tong:
        raise RuleError(
            f"Tán thành {phieu.tan_thanh}/{tong} ủy viên, chưa quá nửa: chưa ra được quyết định.",
            field="tan_thanh",
        )
    return {
        "tong_uy_vien": tong,
        "co_mat": phieu.co_mat,
        "tan_thanh": phieu.tan_thanh,
        "khong_tan_thanh": phieu.khong_tan_thanh,
        "khong_hop_le": phieu.khong_hop_le,
    }


def _huy_quyet_dinh_truoc(dot: DotCham, by) -> QuyetDinhKetQua | None:
    """The decision on the round that this one corrects, which goes with it."""
    rows = QuyetDinhKetQua.objects.select_for_update(of=("self",)).con_hieu_luc()
    earlier = rows.filter(dot=dot.truoc_id).select_related("don_vi").first()
    if earlier:
        _cancel(earlier, THAY, by)
    return earlier


def _cancel(decision: QuyetDinhKetQua, ly_do: str, by) -> None:
    _rows(decision).delete()
    if paper := VanBan.objects.issued(decision, LOAI):
        void(van_ban=paper, ly_do=ly_do, by=by)
    lines = list(decision.dong.values_list("pk", flat=True))
    for paper in VanBan.objects.newest_by_target(DongKetQua, lines, CHUNG_NHAN).values():
        void(van_ban=paper, ly_do=ly_do, by=by)
    decision.huy_ngay, decision.huy_ly_do, decision.huy_boi = today(), ly_do, by
    decision.save(update_fields=["huy_ngay", "huy_ly_do", "huy_boi"])
    record(by=by, hanh_dong="ket_qua.cancel", target=decision, so=decision.so_ky_hieu)


def _rows(decision: QuyetDinhKetQua):
    """What the decision wrote into the book of ratings."""
    units = decision.dong.order_by().values("don_vi")
    rows = XepLoaiDonVi.objects.filter(nam=decision.nam, don_vi__in=units)
    return rows.filter(so_quyet_dinh=decision.so_ky_hieu, ngay=decision.ngay)


def _lines(
    decision: QuyetDinhKetQua, khac: Mapping[int, MucKhac], *, kem_bch: bool
) -> Iterator[DongKetQua]:
    """A line for every unit with a level, and one for its committee."""
    dot, bo = decision.dot, luat_cua(decision.dot)
    lines = [_line(decision, bo, row, khac.get(row.pk)) for row in _duoc_xep(dot, khac)]
    yield from lines
    if kem_bch:
        yield from muc_cac_bch(decision, bo, lines)


def _duoc_xep(dot: DotCham, khac: Mapping[int, MucKhac]) -> list[DongCham]:
    rows = dot.dong.select_related("don_vi").order_by("don_vi__path")
    return [row for row in rows if row.muc or row.pk in khac]


def _line(
    decision: QuyetDinhKetQua, bo: BoLuat, row: DongCham, other: MucKhac | None
) -> DongKetQua:
    muc, ly_do = (other.muc, other.ly_do.strip()) if other else (row.muc, "")
    if muc not in bo.cac_muc:
        raise RuleError(f"{row.ten}: mức không thuộc thang của bộ tiêu chí.")
    if muc != row.muc and not ly_do:
        raise RuleError(f"{row.ten}: mức khác kết quả đợt chấm thì ghi lý do.")
    return DongKetQua(
        quyet_dinh=decision,
        dong=row,
        don_vi=row.don_vi,
        doi_tuong=decision.dot.doi_tuong,
        muc_dot=row.muc,
        muc=muc,
        ten_muc=bo.ten_muc(muc),
        ly_do="" if muc == row.muc else ly_do,
    )


def _write_book(decision: QuyetDinhKetQua, lines: list[DongKetQua]) -> None:
    bo = luat_cua(decision.dot)
    _check_chua_xep(decision, lines)
    is_own = thang_cua(bo) == Thang.BO
    XepLoaiDonVi.objects.bulk_create(
        XepLoaiDonVi(
            don_vi=line.don_vi,
            doi_tuong=line.doi_tuong,
            nam=decision.nam,
            thang=thang_cua(bo),
            ten_thang=bo.ten if is_own else "",
            muc=line.muc,
            ten_muc=line.ten_muc if is_own else "",
            diem=line.dong.diem if line.doi_tuong != DoiTuong.BCH else None,
            so_quyet_dinh=decision.so_ky_hieu,
            ngay=decision.ngay,
        )
        for line in lines
    )


def _check_chua_xep(decision: QuyetDinhKetQua, lines: list[DongKetQua]) -> None:
    units = {line.don_vi_id for line in lines}
    rows = XepLoaiDonVi.objects.filter(nam=decision.nam, don_vi__in=units)
    wanted = {(line.don_vi_id, line.doi_tuong) for line in lines}
    for row in rows.select_related("don_vi"):
        if (row.don_vi_id, row.doi_tuong) in wanted:
            number = f" theo Quyết định số {row.so_quyet_dinh}" if row.so_quyet_dinh else ""
            raise RuleError(
                f"{row.don_vi} đã có kết quả xếp loại năm {row.nam}{number}. "
                "Hủy quyết định ấy trước."
            )
