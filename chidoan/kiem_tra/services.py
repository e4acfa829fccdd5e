"""What an inspecting unit does. Each function is one action and one transaction."""

from datetime import date

from django.db import transaction

from chidoan.models import CuocKiemTra, KetQuaKiemTra, KienNghi
from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from tochuc.audit import record
from tochuc.models import DonVi, VanBan
from tochuc.quy_trinh import check_da_den, check_ngay_sau

from . import giay_to
from .quy_trinh import Loai, begin, check_right, lock, take, write_buoc

BIEN_BAN_FIELDS = (
    *("tu_ngay", "den_ngay", "dia_diem", "truong_doan", "chuc_vu_truong", "thanh_vien"),
    "dai_dien",
)
"""What is written down of the visit itself, apart from its day."""


@transaction.atomic
def create_cuoc(
    *, don_vi: DonVi, hinh_thuc: str, chuyen_de: str, doi_tuong: DonVi, ky: KyBaoCao, by, **fields
) -> CuocKiemTra:
    """Plan an inspection of one unit; `fields` may hold `chuong_trinh`.

    Refused: without the right at the inspecting unit, without words, for a unit that is not
    below it, for one that has ended, and when the very same is planned (a form sent twice).
    """
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    check_right(don_vi, by)
    if not chuyen_de.strip():
        raise RuleError("Ghi nội dung, chuyên đề kiểm tra.", field="chuyen_de")
    check_doi_tuong(don_vi, doi_tuong)
    same = CuocKiemTra.objects.filter(
        don_vi=don_vi,
        doi_tuong=doi_tuong,
        hinh_thuc=hinh_thuc,
        chuyen_de=chuyen_de.strip(),
        ky=ky.code,
        trang_thai=CuocKiemTra.TrangThai.KE_HOACH,
    )
    if same.exists():
        raise RuleError(
            f"{doi_tuong} đã có cuộc này trong kế hoạch, cùng nội dung, cùng thời gian.",
            field="doi_tuong",
        )
    cuoc = CuocKiemTra.objects.create(
        don_vi=don_vi,
        hinh_thuc=hinh_thuc,
        chuyen_de=chuyen_de.strip(),
        doi_tuong=doi_tuong,
        ky=ky.code,
        han=ky.end,
        ngay_buoc=today(),
        ghi_boi=by,
        **fields,
    )
    write_buoc(cuoc, Loai.LAP, den=cuoc.trang_thai, ngay=today(), by=by)
    record(by=by, hanh_dong="kiem_tra.create", target=cuoc, ky=ky.code)
    return cuoc


def check_doi_tuong(don_vi: DonVi, doi_tuong: DonVi) -> None:
    """Inspected is a unit below the inspecting one that still exists (RuleError)."""
    is_below = doi_tuong.path.startswith(don_vi.path) and doi_tuong.pk != don_vi.pk
    if not is_below:
        raise RuleError(f"{doi_tuong} không trực thuộc {don_vi}.", field="doi_tuong")
    if doi_tuong.ket_thuc and doi_tuong.ket_thuc < today():
        raise RuleError(f"{doi_tuong} đã kết thúc hoạt động.", field="doi_tuong")


@transaction.atomic
def update_ke_hoach(
    *, cuoc: CuocKiemTra, version: int, hinh_thuc: str, chuyen_de: str, ky: KyBaoCao, by
) -> CuocKiemTra:
    """Correct what is planned, before the visit."""
    current = begin(cuoc=cuoc, loai=Loai.TIEN_HANH, by=by, version=version)
    if not chuyen_de.strip():
        raise RuleError("Ghi nội dung, chuyên đề kiểm tra.", field="chuyen_de")
    current.hinh_thuc, current.chuyen_de = hinh_thuc, chuyen_de.strip()
    current.ky, current.han = ky.code, ky.end
    current.version += 1
    current.save(update_fields=["hinh_thuc", "chuyen_de", "ky", "han", "version"])
    record(by=by, hanh_dong="kiem_tra.update", target=current, ky=ky.code)
    return current


@transaction.atomic
def carry_out(*, cuoc: CuocKiemTra, version: int, ngay: date, by, **fields) -> CuocKiemTra:
    """Record the visit: its day, the time looked at (`tu_ngay`, `den_ngay`), team and place.

    Refused on a day to come, for a time that ends after the visit, without a leader.
    """
    current = begin(cuoc=cuoc, loai=Loai.TIEN_HANH, by=by, version=version)
    check_da_den(ngay)
    fields = _bien_ban(fields, ngay)
    take(current, Loai.TIEN_HANH, ngay=ngay, by=by, changes={"ngay": ngay, **fields})
    return current


@transaction.atomic
def update_bien_ban(*, cuoc: CuocKiemTra, version: int, ngay: date, by, **fields) -> CuocKiemTra:
    """Correct what was recorded of the visit; refused once the minutes are issued."""
    current = _lock_open(cuoc, by)
    _check_chua_bien_ban(current)
    if version != current.version:
        raise StaleError("Có người vừa sửa cuộc này. Xem lại trước khi lưu.", current=current)
    check_da_den(ngay)
    changes = {"ngay": ngay, "ngay_buoc": ngay, **_bien_ban(fields, ngay)}
    for field, value in changes.items():
        setattr(current, field, value)
    current.version += 1
    current.save(update_fields=[*changes, "version"])
    record(by=by, hanh_dong="kiem_tra.update", target=current, ngay=ngay)
    return current


def _bien_ban(fields: dict, ngay: date) -> dict:
    fields = {name: fields[name] for name in BIEN_BAN_FIELDS if name in fields}
    if not fields.get("truong_doan", "").strip():
        raise RuleError("Ghi họ tên trưởng đoàn.", field="truong_doan")
    tu, den = fields["tu_ngay"], fields["den_ngay"]
    if den < tu:
        raise RuleError("Đến ngày phải từ ngày đầu trở đi.", field="den_ngay")
    if den > ngay:
        raise RuleError(
            f"Mốc kiểm tra kết thúc {den:%d/%m/%Y}, sau ngày tiến hành {ngay:%d/%m/%Y}.",
            field="den_ngay",
        )
    return fields


@transaction.atomic
def undo_visit(*, cuoc: CuocKiemTra, ly_do: str, by) -> CuocKiemTra:
    """Bring an inspection that was given up, or a visit recorded by mistake, back to the plan.

    What was found stays for the next time; refused once the minutes are issued.
    """
    current = begin(cuoc=cuoc, loai=Loai.MO_LAI, by=by)
    if not ly_do.strip():
        raise RuleError("Ghi lý do, một câu là đủ.", field="ly_do")
    _check_chua_bien_ban(current)
    changes = {"ngay": None, "ly_do_bo": ""}
    take(current, Loai.MO_LAI, ngay=today(), by=by, ly_do=ly_do.strip(), changes=changes)
    return current


@transaction.atomic
def give_up(*, cuoc: CuocKiemTra, ly_do: str, by) -> CuocKiemTra:
    """A planned inspection that will not take place, with the reason."""
    current = begin(cuoc=cuoc, loai=Loai.BO, by=by)
    if not ly_do.strip():
        raise RuleError("Ghi lý do không tiến hành.", field="ly_do")
    changes = {"ly_do_bo": ly_do.strip()}
    take(current, Loai.BO, ngay=today(), by=by, ly_do=ly_do.strip(), changes=changes)
    return current


# ---- findings and recommendations -----------------------------------------------------------


@transaction.atomic
def save_ket_qua(
    *,
    cuoc: CuocKiemTra,
    loai: str,
    noi_dung: str,
    so_lieu: str,
    by,
    pk: int | None = None,
    version: str | None = None,
) -> KetQuaKiemTra:
    """Write down a finding, or correct it (`pk`), before the minutes are issued.

    A shortcoming or a violation without facts is refused: it could not be answered. `version`
    is the one the form showed: StaleError when somebody was faster.
    """
    current = _lock_open(cuoc, by)
    _check_chua_bien_ban(current)
    if not noi_dung.strip():
        raise RuleError("Ghi nội dung.", field="noi_dung")
    if loai != KetQuaKiemTra.Loai.UU_DIEM and not so_lieu.strip():
        raise RuleError("Ghi số liệu, căn cứ: bao nhiêu, khi nào, theo sổ nào.", field="so_lieu")
    if current.ket_qua.filter(loai=loai, noi_dung=noi_dung.strip()).exclude(pk=pk).exists():
        raise RuleError("Kết quả này đã được ghi.", field="noi_dung")
    row = _row(current.ket_qua, pk, version) or KetQuaKiemTra(cuoc=current)
    row.loai, row.noi_dung, row.so_lieu = loai, noi_dung.strip(), so_lieu.strip()
    row.save()
    record(by=by, hanh_dong="ket_qua_kiem_tra.save", target=current, loai=loai)
    return row


def _row(rows, pk: int | None, version: str | None):
    """The row to correct as it stands now; nothing for a new one."""
    if pk is None:
        return None
    row = rows.filter(pk=pk).first()
    if row is None:
        raise RuleError("Dòng này vừa bị xóa. Muốn giữ, chép lại rồi ghi dòng mới.")
    check_chua_doi(row, version, "dòng này")
    return row


@transaction.atomic
def delete_ket_qua(*, ket_qua: KetQuaKiemTra, by) -> None:
    current = _lock_open(ket_qua.cuoc, by)
    _check_chua_bien_ban(current)
    record(by=by, hanh_dong="ket_qua_kiem_tra.delete", target=current, loai=ket_qua.loai)
    ket_qua.delete()


@transaction.atomic
def save_kien_nghi(
    *,
    cuoc: CuocKiemTra,
    noi_dung: str,
    han: date,
    by,
    pk: int | None = None,
    version: str | None = None,
) -> KienNghi:
    """Write down a recommendation, or correct it (`pk`), before the conclusion."""
    current = _lock_open(cuoc, by)
    if not noi_dung.strip():
        raise RuleError("Ghi nội dung kiến nghị.", field="noi_dung")
    if han <= current.ngay:
        raise RuleError(
            f"Hạn khắc phục phải sau ngày tiến hành ({current.ngay:%d/%m/%Y}).", field="han"
        )
    if current.kien_nghi.filter(noi_dung=noi_dung.strip()).exclude(pk=pk).exists():
        raise RuleError("Kiến nghị này đã được ghi.", field="noi_dung")
    row = _row(current.kien_nghi, pk, version) or KienNghi(cuoc=current)
    row.noi_dung, row.han = noi_dung.strip(), han
    row.save()
    record(by=by, hanh_dong="kien_nghi.save", target=current, han=han)
    return row


@transaction.atomic
def delete_kien_nghi(*, kien_nghi: KienNghi, by) -> None:
    current = _lock_open(kien_nghi.cuoc, by)
    record(by=by, hanh_dong="kien_nghi.delete", target=current)
    kien_nghi.delete()


# ---- papers ----------------------------------------------------------------------------------


@transaction.atomic
def issue_bien_ban(*, cuoc: CuocKiemTra, by) -> VanBan:
    """The minutes of the visit, as issued paper: nothing found changes after it."""
    current = _lock_open(cuoc, by)
    if not current.ket_qua.exists():
        raise RuleError("Ghi ít nhất một kết quả kiểm tra trước khi ban hành biên bản.")
    return giay_to.issue_bien_ban(cuoc=current, by=by)


@transaction.atomic
def conclude(*, cuoc: CuocKiemTra, version: int, ngay: date, ket_luan: str, by) -> CuocKiemTra:
    """Conclude the inspection: the conclusion is issued, and the minutes if they were not.

    Refused: without a finding or words, before the visit or on a day to come, with a
    recommendation that is due by then. Without recommendations the inspection is done.
    """
    current = begin(cuoc=cuoc, loai=Loai.KET_LUAN, by=by, version=version)
    check_ngay_sau(ngay, current.ngay)
    if not ket_luan.strip():
        raise RuleError("Ghi kết luận.", field="ket_luan")
    if not current.ket_qua.exists():
        raise RuleError("Chưa ghi kết quả kiểm tra nào. Ghi ưu điểm, hạn chế rồi mới kết luận.")
    early = current.kien_nghi.filter(han__lte=ngay).order_by("han").first()
    if early:
        raise RuleError(
            f"Kiến nghị «{early}» có hạn {early.han:%d/%m/%Y}, không sau ngày kết luận. "
            "Sửa hạn khắc phục trước."
        )
    changes = {"ket_luan": ket_luan.strip(), "ngay_ket_luan": ngay}
    take(current, Loai.KET_LUAN, ngay=ngay, by=by, changes=changes)
    giay_to.issue_bien_ban(cuoc=current, by=by)
    giay_to.issue_ket_luan(cuoc=current, by=by)
    if not current.kien_nghi.exists():
        take(current, Loai.XONG, ngay=ngay, by=by)
    return current


def _lock_open(cuoc: CuocKiemTra, by) -> CuocKiemTra:
    """The inspection, while what was found may be written down."""
    current = lock(cuoc)
    check_right(current.don_vi, by)
    if current.is_ket_luan:
        raise RuleError("Cuộc này đã kết luận, không sửa được nữa.")
    if not current.is_da_tien_hanh:
        raise RuleError("Ghi việc tiến hành trước, rồi mới ghi kết quả.")
    return current


def _check_chua_bien_ban(cuoc: CuocKiemTra) -> None:
    paper = giay_to.bien_ban_cua(cuoc)
    if paper:
        raise RuleError(
            f"Biên bản số {paper.so_ky_hieu} đã ban hành, không sửa kết quả được nữa. "
            "Ghi điều cần nói thêm vào kết luận."
        )
