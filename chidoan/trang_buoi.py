"""The page on which a meeting is logged: its parts, filled beforehand, and what was sent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Q

from core.errors import RuleError
from core.text.display import ngay as show_ngay
from doanvien.models import DoanVien
from tochuc.models import DonVi

from .forms import BuoiForm, KetQuaForm, NghiQuyetFormSet
from .models import BuoiSinhHoat, ChucVu, ChuDiem, DiemDanh, NghiQuyet
from .noi_dung import Dong, KetQua, NghiQuyetMoi, NoiDungBuoi
from .queries import danh_sach, ly_do_gan_nhat

GIO_THUONG_LE = time(19, 30)
TRUONG_BAN_NHAP = ("ket_qua", "nghi_quyet")


@dataclass
class DongDiemDanh:
    """One row of the roll as the page shows it."""

    doan_vien: DoanVien
    trang_thai: str
    ly_do: str = ""
    ghi_chu: str = ""  # office, or where he is away
    ly_do_truoc: str = ""  # the reason given last time, chosen beforehand

    @property
    def nhan(self) -> str:
        return DiemDanh.TrangThai(self.trang_thai).label


def build_roll(
    *, chi_doan: DonVi, ngay: date, sent: dict[int, Dong], people: Iterable[DoanVien] | None = None
) -> list[DongDiemDanh]:
    """The roster of `ngay` with what was sent or stored; others are present, or away with
    reason when the register says so. Three queries, two with `people`."""
    people = list(danh_sach(chi_doan.pk, ngay) if people is None else people)
    offices = _offices(chi_doan, ngay)
    reasons = ly_do_gan_nhat([person.pk for person in people], ngay)
    rows = []
    for person in people:
        line = sent.get(person.pk) or default_dong(person, ngay)
        rows.append(
            DongDiemDanh(
                person,
                line.trang_thai,
                line.ly_do,
                " · ".join(filter(None, (offices.get(person.pk), _away(person, ngay)))),
                reasons.get(person.pk, ""),
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
        if not key.startswith("dd-") or not key[3:].isdecimal():
            continue
        excused = data[key] == DiemDanh.TrangThai.VANG_CO_LY_DO
        reason = data.get(f"ld-{key[3:]}", "") if excused else ""
        known = data[key] in DiemDanh.TrangThai.values
        found[int(key[3:])] = Dong(
            trang_thai=data[key] if known else DiemDanh.TrangThai.CO_MAT,
            ly_do=reason if reason in DiemDanh.LyDo.values else "",
        )
    return found


def find_earlier(buoi: BuoiSinhHoat | None, chi_doan: DonVi, ngay: date) -> list[NghiQuyet]:
    """Resolutions of earlier meetings that are open, and those this meeting ended. One query."""
    open_or_ended_here = Q(trang_thai=NghiQuyet.TrangThai.DANG_LAM)
    rows = NghiQuyet.objects.filter(chi_doan=chi_doan, buoi__ngay__lt=ngay)
    if buoi:
        open_or_ended_here |= Q(ket_thuc_tai=buoi)
        rows = rows.exclude(buoi=buoi)
    return list(rows.filter(open_or_ended_here).select_related("phu_trach", "buoi"))


def find_chu_diem(chi_doan: DonVi, ngay: date) -> str:
    """The theme that the nearest unit above has set for the month."""
    prefixes = [chi_doan.path[:end] for end in range(4, len(chi_doan.path) + 1, 4)]
    rows = ChuDiem.objects.filter(nam=ngay.year, thang=ngay.month, don_vi__path__in=prefixes)
    row = rows.order_by("-don_vi__path").values_list("ten", flat=True).first()
    return row or ""


def initial_values(chi_doan: DonVi, ngay: date, roll: list[DongDiemDanh]) -> dict[str, Any]:
    """As the last meeting was, with the branch's secretary as chair. Two queries."""
    last = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=chi_doan).first()
    present = {row.doan_vien.pk for row in roll if row.trang_thai in DiemDanh.DU_HOP}
    chair = _chair(roll) or (last and last.chu_tri_id)
    secretary = last.thu_ky_id if last else None
    return {
        "loai": BuoiSinhHoat.Loai.DINH_KY,
        "ngay": ngay,
        "bat_dau": last.bat_dau if last else GIO_THUONG_LE,
        "dia_diem": last.dia_diem if last else "",
        "chu_tri": chair if chair in present else None,
        "thu_ky": secretary if secretary in present and secretary != chair else None,
        "chu_diem": find_chu_diem(chi_doan, ngay),
    }


def stored_values(buoi: BuoiSinhHoat) -> dict[str, Any]:
    """The same from a meeting that is on record."""
    names = [name for name in BuoiForm.base_fields if name not in ("chu_tri", "thu_ky")]
    values = {name: getattr(buoi, name) for name in names}
    return values | {"chu_tri": buoi.chu_tri_id, "thu_ky": buoi.thu_ky_id}


class TrangBuoi:
    """All parts of the page for one branch and day: `form`, `roll`, `ket_qua`, `nghi_quyet`.

    Without `data` it is filled beforehand; with it, `is_valid(hoan_thanh=…)` reads it into
    `noi_dung`. What was typed is always shown again.
    """

    def __init__(self, *, chi_doan: DonVi, ngay: date, buoi=None, data=None, stored=None):
        self.chi_doan, self.ngay, self.buoi, self.data = chi_doan, ngay, buoi, data
        self.sent = read_roll(data) if data is not None else {}
        people = self._people()
        given = self.sent or (stored.diem_danh if stored else {})
        self.roll = build_roll(chi_doan=chi_doan, ngay=ngay, sent=given, people=people)
        self.nguoi = _choices(row.doan_vien for row in self.roll)
        self.form = BuoiForm(data, initial=self._initial(), nguoi=self.nguoi)
        self.ket_qua = self._ket_qua()
        self.nghi_quyet = self._nghi_quyet()
        self.da_ket_thuc = self._da_ket_thuc()

    @property
    def is_da_hoan_thanh(self) -> bool:
        return self.buoi is not None and not self.buoi.is_nhap

    def is_valid(self, *, hoan_thanh: bool) -> bool:
        """Whether it can be handed to the service; a draft's resolutions are taken as typed."""
        parts = [self.form.is_valid()]
        if hoan_thanh:
            parts += [form.is_valid() for form in self.ket_qua]
            parts += [self.nghi_quyet.is_valid()]
        if self.roster_note:
            self.form.add_error(None, self.roster_note)
            return False
        return all(parts)

    def noi_dung(self, *, hoan_thanh: bool) -> NoiDungBuoi:
        values = dict(self.form.cleaned_data)
        values["chu_tri_id"], values["thu_ky_id"] = values.pop("chu_tri"), values.pop("thu_ky")
        if hoan_thanh:
            return NoiDungBuoi(
                **values,
                diem_danh=self.sent,
                ket_qua={form.nghi_quyet.pk: KetQua(**form.cleaned_data) for form in self.ket_qua},
                nghi_quyet=tuple(self._new_resolutions()),
            )
        return NoiDungBuoi(**values, diem_danh=self.sent, ban_nhap=self._as_typed())

    def add_error(self, error: RuleError) -> None:
        """Put a service's refusal beside the field it speaks of."""
        name = error.field or ""
        if name in self.form.fields:
            self.form.add_error(name, str(error))
            return
        for part, forms in (("ket_qua", self._by_pk()), ("nghi_quyet", self._by_index())):
            form = forms.get(name.removeprefix(f"{part}_"))
            if name.startswith(part) and form:
                form.add_error(part if part in form.fields else "noi_dung", str(error))
                return
        self.form.add_error(None, str(error))

    @property
    def co_loi(self) -> bool:
        return bool(
            self.form.errors
            or self.nghi_quyet.total_error_count()
            or any(form.errors for form in self.ket_qua)
        )

    @property
    def roster_note(self) -> str:
        """What is said when the roll that was sent is not that of the day: who came, who left."""
        here = {row.doan_vien.pk: row.doan_vien for row in self.roll}
        added = [str(person) for pk, person in here.items() if pk not in self.sent]
        gone = self.sent.keys() - here.keys()
        if not added and not gone:
            return ""
        changes = [f"thêm {', '.join(added)}"] if added else []
        changes += [f"bớt {len(gone)} đồng chí"] if gone else []
        return (
            f"Danh sách đoàn viên ngày {show_ngay(self.ngay)} khác: {'; '.join(changes)}. "
            "Phần đã điểm danh được giữ. Xem lại rồi lưu."
        )

    @property
    def dem(self) -> dict[str, int]:
        """Counters of the roll: each state, `du_hop` and `danh_sach`."""
        count = Counter(row.trang_thai for row in self.roll)
        status = DiemDanh.TrangThai
        return {
            "co_mat": count[status.CO_MAT],
            "muon": count[status.MUON],
            "co_ly_do": count[status.VANG_CO_LY_DO],
            "vang": count[status.VANG],
            "du_hop": count[status.CO_MAT] + count[status.MUON],
            "danh_sach": len(self.roll),
            "phai_co": len(self.roll) - count[status.VANG_CO_LY_DO],
        }

    def _people(self):
        """The fixed roll of a finished meeting on its own day, else the day's roster."""
        if self.is_da_hoan_thanh and self.buoi.ngay == self.ngay:
            return DoanVien.objects.filter(diem_danh__buoi=self.buoi)
        return danh_sach(self.chi_doan.pk, self.ngay)

    def _initial(self):
        if self.data is not None:
            return None
        if self.buoi:
            return stored_values(self.buoi)
        return initial_values(self.chi_doan, self.ngay, self.roll)

    def _ket_qua(self) -> list[KetQuaForm]:
        typed = self._typed("ket_qua", {})
        return [
            KetQuaForm(
                self.data,
                nghi_quyet=row,
                initial=typed.get(str(row.pk))
                or {"trang_thai": row.trang_thai, "ket_qua": row.ket_qua},
            )
            for row in find_earlier(self.buoi, self.chi_doan, self.ngay)
        ]

    def _nghi_quyet(self):
        rows = self._typed("nghi_quyet", [])
        if self.data is None and self.is_da_hoan_thanh:
            rows = [
                {
                    "pk": row.pk,
                    "noi_dung": row.noi_dung,
                    "phu_trach": row.phu_trach_id,
                    "han": row.han,
                }
                for row in self.buoi.nghi_quyet.chua_xong()
            ]
        return NghiQuyetFormSet(
            self.data, initial=rows, prefix="nq", form_kwargs={"nguoi": self.nguoi}
        )

    def _da_ket_thuc(self) -> list[NghiQuyet]:
        """Resolutions of this meeting that are ended: shown, not changed here."""
        if not self.is_da_hoan_thanh:
            return []
        rows = self.buoi.nghi_quyet.exclude(trang_thai=NghiQuyet.TrangThai.DANG_LAM)
        return list(rows.select_related("phu_trach"))

    def _typed(self, part: str, default):
        """What a draft keeps of resolutions, as typed."""
        if self.data is not None or not self.buoi:
            return default
        return self.buoi.ban_nhap.get(part, default)

    def _as_typed(self) -> dict[str, Any]:
        results = {
            str(form.nghi_quyet.pk): {name: form[name].value() or "" for name in form.fields}
            for form in self.ket_qua
        }
        rows = [
            {name: form[name].value() or "" for name in ("noi_dung", "phu_trach", "han")}
            for form in self.nghi_quyet
        ]
        return {"ket_qua": results, "nghi_quyet": [row for row in rows if any(row.values())]}

    def _by_pk(self) -> dict[str, KetQuaForm]:
        return {str(form.nghi_quyet.pk): form for form in self.ket_qua}

    def _by_index(self) -> dict[str, Any]:
        """Forms by their place among the resolutions that were handed over."""
        given = [form for form in self.nghi_quyet if not form.is_trong]
        return {str(i + len(self.da_ket_thuc)): form for i, form in enumerate(given)}

    def _new_resolutions(self) -> Iterable[NghiQuyetMoi]:
        for row in self.da_ket_thuc:
            yield NghiQuyetMoi(
                noi_dung=row.noi_dung, phu_trach_id=row.phu_trach_id, han=row.han, pk=row.pk
            )
        for form in self.nghi_quyet:
            if not form.is_trong:
                data = form.cleaned_data
                yield NghiQuyetMoi(
                    noi_dung=data["noi_dung"],
                    phu_trach_id=data["phu_trach"],
                    han=data["han"],
                    pk=data["pk"],
                )


def _choices(people: Iterable[DoanVien]) -> list[tuple[int, str]]:
    """Names for a choice; equal names carry the year of birth."""
    people = list(people)
    times = Counter(person.ho_ten for person in people)
    return [
        (p.pk, f"{p.ho_ten} ({p.ngay_sinh.year})" if times[p.ho_ten] > 1 else p.ho_ten)
        for p in people
    ]


def _offices(chi_doan: DonVi, ngay: date) -> dict[int, str]:
    rows = ChucVu.objects.filter(don_vi=chi_doan, doan_vien__isnull=False).tai_ngay(ngay)
    return {row.doan_vien_id: row.get_chuc_danh_display() for row in rows}


def _chair(roll: list[DongDiemDanh]) -> int | None:
    """The secretary by term of office, else whom the register calls so."""
    for test in (
        lambda row: row.ghi_chu.split(" · ")[0] == ChucVu.ChucDanh.BI_THU.label,
        lambda row: row.doan_vien.chuc_vu == ChucVu.ChucDanh.BI_THU.label,
    ):
        found = next((row.doan_vien.pk for row in roll if test(row)), None)
        if found:
            return found
    return None


def _is_away(person: DoanVien, ngay: date) -> bool:
    return bool(
        person.di_xa_tu
        and person.di_xa_tu <= ngay
        and (person.di_xa_den is None or person.di_xa_den >= ngay)
    )


def _away(person: DoanVien, ngay: date) -> str:
    if not _is_away(person, ngay):
        return ""
    return f"Đi làm xa, {person.di_xa_noi}" if person.di_xa_noi else "Đi làm xa"
