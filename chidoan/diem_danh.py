"""The roll of a meeting's page: filled beforehand, shown, and read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from doanvien.models import DoanVien
from tochuc.loc import is_khoa
from tochuc.models import DonVi

from .models import ChucVu, DiemDanh
from .moi.cau_tra_loi import CauTraLoi
from .noi_dung import Dong
from .queries import LanTruoc, danh_sach, lan_truoc


@dataclass
class DongDiemDanh:
    """One row of the roll as the page shows it."""

    doan_vien: DoanVien
    trang_thai: str
    ly_do: str = ""
    ghi_chu: str = ""  # office, or where he is away
    ly_do_truoc: str = ""  # the reason given last time, chosen beforehand
    bao: CauTraLoi | None = None  # what he said of a called meeting

    @property
    def da_bao(self) -> str:
        """ "đã báo vắng", "tự điểm danh 19:32"."""
        return self.bao.ghi_chu if self.bao else ""

    @property
    def da_den(self) -> bool:
        return self.bao is not None and self.bao.diem_danh_luc is not None


def build_roll(
    *,
    chi_doan: DonVi,
    ngay: date,
    sent: dict[int, Dong],
    people: Iterable[DoanVien] | None = None,
    truoc: LanTruoc | None = None,
) -> list[DongDiemDanh]:
    """The roster of `ngay` with what was sent or stored; others are present, or away with
    reason when the register says so. Three queries; one less with `people`, one with `truoc`."""
    people = list(danh_sach(chi_doan.pk, ngay) if people is None else people)
    offices = _offices(chi_doan, ngay)
    truoc = truoc or lan_truoc(chi_doan.pk, [person.pk for person in people], ngay)
    rows = []
    for person in people:
        line = sent.get(person.pk) or default_dong(person, ngay)
        rows.append(
            DongDiemDanh(
                person,
                line.trang_thai,
                line.ly_do,
                " · ".join(filter(None, (offices.get(person.pk), *_notes(person, ngay, truoc)))),
                truoc.ly_do.get(person.pk, ""),
            )
        )
    return rows


def default_dong(person: DoanVien, ngay: date) -> Dong:
    if _is_away(person, ngay):
        return Dong(trang_thai=DiemDanh.TrangThai.VANG_CO_LY_DO, ly_do=DiemDanh.LyDo.DI_LAM_XA)
    return Dong()


def read_roll(data) -> dict[int, Dong]:
    """What a form sent of the roll: `dd-<member>` and, for the excused, `ld-<member>`."""
    found = {}
    for key in data:
        if not key.startswith("dd-") or not is_khoa(key[3:]):
            continue
        excused = data[key] == DiemDanh.TrangThai.VANG_CO_LY_DO
        reason = data.get(f"ld-{key[3:]}", "") if excused else ""
        known = data[key] in DiemDanh.TrangThai.values
        found[int(key[3:])] = Dong(
            trang_thai=data[key] if known else DiemDanh.TrangThai.CO_MAT,
            ly_do=reason if reason in DiemDanh.LyDo.values else "",
        )
    return found


def _offices(chi_doan: DonVi, ngay: date) -> dict[int, str]:
    rows = ChucVu.objects.filter(don_vi=chi_doan, doan_vien__isnull=False).tai_ngay(ngay)
    return {row.doan_vien_id: row.get_chuc_danh_display() for row in rows}


def _is_away(person: DoanVien, ngay: date) -> bool:
    return bool(
        person.di_xa_tu
        and person.di_xa_tu <= ngay
        and (person.di_xa_den is None or person.di_xa_den >= ngay)
    )


def _notes(person: DoanVien, ngay: date, truoc: LanTruoc):
    """Where the person is away; who was missing last time without a word is worth a call."""
    if _is_away(person, ngay):
        yield f"Đi làm xa, {person.di_xa_noi}" if person.di_xa_noi else "Đi làm xa"
    if truoc.trang_thai.get(person.pk) == DiemDanh.TrangThai.VANG:
        yield "buổi trước vắng"
