"""The page on which a meeting is logged: its parts, filled beforehand, and what was sent."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core.errors import RuleError
from core.text.display import ngay as show_ngay
from core.text.display import thu
from doanvien.models import DoanVien, GopDoanVien
from tochuc.loc import is_khoa
from tochuc.models import DonVi

from . import trang_bieu_quyet
from .diem_danh import DongDiemDanh, build_roll, read_roll
from .forms import BuoiForm, CungHopForm, KetQuaForm, LyDoSuaForm, NghiQuyetFormSet
from .mau.chuong_trinh import MauThang, items
from .mau.queries import mau_thang
from .models import BuoiSinhHoat, ChucVu, DiemDanh, NghiQuyet
from .moi.queries import cau_tra_loi, dong_dau_buoi
from .noi_dung import KetQua, NghiQuyetMoi, NoiDungBuoi, read_dong, read_phieu
from .queries import chi_doan_cung_phuong, danh_sach, lan_truoc

GIO_THUONG_LE = time(19, 30)
COT_DOAN_VIEN = (
    *("ho_ten", "khoa_tim", "khoa_sap_xep", "ngay_sinh", "chuc_vu"),
    *("di_xa_tu", "di_xa_den", "di_xa_noi"),
)
"""What the page needs to know of a member."""
NHAP, TU_LUU, XEM = "nhap", "tu_luu", "xem"
"""What is sent as `luu`: by the button for drafts, by the page that saves itself, and by the button
that shows the page again without saving."""


def find_earlier(
    buoi: BuoiSinhHoat | None, chi_doan: DonVi, ngay: date, sent: Iterable[int] = ()
) -> list[NghiQuyet]:
    """Resolutions of earlier meetings that are open, those this meeting ended, and those that
    the form spoke of, ended by somebody else meanwhile. One query."""
    wanted = Q(trang_thai=NghiQuyet.TrangThai.DANG_LAM) | Q(pk__in=list(sent))
    rows = NghiQuyet.objects.filter(chi_doan=chi_doan, buoi__ngay__lt=ngay)
    if buoi:
        wanted |= Q(ket_thuc_tai=buoi)
        rows = rows.exclude(buoi=buoi)
    return list(rows.filter(wanted).with_tien_do().select_related("phu_trach", "buoi"))


def read_results(data) -> list[int]:
    """Keys of the resolutions that a form reports on: `kq-<resolution>-trang_thai`."""
    parts = (key.split("-") for key in data or () if key.startswith("kq-"))
    keys = {part[1] for part in parts if len(part) == 3 and is_khoa(part[1])}
    return sorted(map(int, keys))


def find_chu_diem(chi_doan: DonVi, ngay: date) -> str:
    """The theme that the nearest unit has set for the month. One query."""
    return mau_thang(chi_doan, ngay).chu_diem


def initial_values(
    chi_doan: DonVi, ngay: date, roll: list[DongDiemDanh], mau: MauThang
) -> dict[str, Any]:
    """As the last meeting was, with the branch's secretary as chair, and the agenda. One query."""
    loai = BuoiSinhHoat.Loai.DINH_KY
    last = BuoiSinhHoat.objects.da_hop().sinh_hoat().filter(chi_doan=chi_doan).first()
    return {
        "loai": loai,
        "ngay": ngay,
        "bat_dau": last.bat_dau if last else GIO_THUONG_LE,
        "dia_diem": last.dia_diem if last else "",
        **_leaders(roll, last),
        "chu_diem": mau.chu_diem,
        "noi_dung": _agenda(mau, loai, ngay),
    }


def called_values(buoi: BuoiSinhHoat, roll: list[DongDiemDanh], mau: MauThang) -> dict[str, Any]:
    """The same of a meeting that was called and is opened for the first time. No query."""
    values = stored_values(buoi) | _leaders(roll, buoi)
    return values | {
        "chu_diem": buoi.chu_diem or mau.chu_diem,
        "noi_dung": buoi.noi_dung or _agenda(mau, buoi.loai, buoi.ngay),
    }


def _leaders(roll: list[DongDiemDanh], like: BuoiSinhHoat | None) -> dict[str, int | None]:
    """The branch's secretary in the chair, else who sat there last; both if they are present."""
    present = {row.doan_vien.pk for row in roll if row.trang_thai in DiemDanh.DU_HOP}
    chair = _chair(roll) or (like and like.chu_tri_id)
    secretary = like.thu_ky_id if like else None
    return {
        "chu_tri": chair if chair in present else None,
        "thu_ky": secretary if secretary in present and secretary != chair else None,
    }


def _agenda(mau: MauThang, loai: str, ngay: date) -> str:
    return "\n".join(item.cau for item in items(mau.cua(loai).san, ngay))


def stored_values(buoi: BuoiSinhHoat) -> dict[str, Any]:
    """The same from a meeting that is on record."""
    names = [name for name in BuoiForm.base_fields if name not in ("chu_tri", "thu_ky")]
    values = {name: getattr(buoi, name) for name in names}
    return values | {"chu_tri": buoi.chu_tri_id, "thu_ky": buoi.thu_ky_id}


class TrangBuoi:
    """All parts of the page for one branch and day: `form`, `roll`, `ket_qua`, `nghi_quyet`,
    `bieu_quyet`, `cung_hop` where the branch hosts, and `sua_doi` of a meeting that is finished.

    Without `data` it is filled beforehand; with it, `is_valid()` reads it into
    `noi_dung`. What was typed is always shown again.
    """

    def __init__(self, *, chi_doan: DonVi, ngay: date, buoi=None, data=None):
        self.chi_doan, self.ngay, self.buoi, self.data = chi_doan, ngay, buoi, data
        self.sent = read_roll(data) if data is not None else {}
        self.mau = mau_thang(chi_doan, ngay)
        stored = self._stored_roll()
        people = self._people(stored)
        self.loi_moi = cau_tra_loi(buoi) if buoi and buoi.is_nhap else {}
        marked = {row.doan_vien_id: read_dong(row) for row in stored}
        given = self.sent or dong_dau_buoi(buoi, self.loi_moi, marked)
        self.is_hen_moi = buoi is not None and buoi.is_hen and not marked
        self.truoc = lan_truoc(chi_doan.pk, [person.pk for person in people], ngay)
        self.roll = build_roll(
            chi_doan=chi_doan, ngay=ngay, sent=given, people=people, truoc=self.truoc
        )
        for row in self.roll:
            row.bao = self.loi_moi.get(row.doan_vien.pk)
        self.nguoi = _choices([*(row.doan_vien for row in self.roll), *self._host_people()])
        self.cung_hop = self._cung_hop()
        self.form = BuoiForm(
            data, initial=self._initial(), nguoi=self.nguoi, is_nhap=not self.hoan_thanh
        )
        self.ket_qua = self._ket_qua()
        own = self._own_resolutions()
        self.nghi_quyet = self._nghi_quyet([row for row in own if not row.is_ket_thuc])
        self.da_ket_thuc = [row for row in own if row.is_ket_thuc]
        """Resolutions of this meeting that are ended: shown, not changed here."""
        self.bieu_quyet = trang_bieu_quyet.build(data, self._votes())
        self.sua_doi = LyDoSuaForm(data) if self.is_da_hoan_thanh else None

    @property
    def is_da_hoan_thanh(self) -> bool:
        return self.buoi is not None and not self.buoi.is_nhap

    @property
    def hoan_thanh(self) -> bool:
        """Whether the button that was pressed finishes the meeting."""
        is_draft = self.data is not None and self.data.get("luu") in (NHAP, TU_LUU, XEM)
        return not is_draft or self.is_da_hoan_thanh

    @property
    def is_tu_luu(self) -> bool:
        return self.data is not None and self.data.get("luu") == TU_LUU

    def is_valid(self) -> bool:
        """Whether it can be handed to the service; a draft's resolutions are taken as typed."""
        parts = [self.form.is_valid()]
        if self.hoan_thanh:
            parts += [form.is_valid() for form in self.ket_qua]
            parts += [self.nghi_quyet.is_valid(), self.bieu_quyet.is_valid()]
        parts += [form.is_valid() for form in (self.sua_doi, self.cung_hop) if form]
        if self.roster_note:
            self.form.add_error(None, self.roster_note)
            return False
        return all(parts)

    def noi_dung(self) -> NoiDungBuoi:
        values = dict(self.form.cleaned_data)
        values["chu_tri_id"], values["thu_ky_id"] = values.pop("chu_tri"), values.pop("thu_ky")
        values["cung_hop"] = self._invited(values["loai"])
        if self.hoan_thanh:
            return NoiDungBuoi(
                **values,
                diem_danh=self.sent,
                ket_qua={form.nghi_quyet.pk: KetQua(**form.cleaned_data) for form in self.ket_qua},
                nghi_quyet=tuple(self._new_resolutions()),
                bieu_quyet=trang_bieu_quyet.read(
                    self.bieu_quyet, co_quyen=len(self.sent), co_mat=self.dem["du_hop"]
                ),
            )
        return NoiDungBuoi(**values, diem_danh=self.sent, ban_nhap=self._as_typed())

    @property
    def ly_do_sua(self) -> str:
        """Why a finished meeting is amended, as typed."""
        return self.sua_doi.cleaned_data["ly_do_sua"] if self.sua_doi else ""

    def add_error(self, error: RuleError) -> None:
        """Put a service's refusal beside the field it speaks of."""
        name = error.field or ""
        for form in filter(None, (self.form, self.sua_doi, self.cung_hop)):
            if name in form.fields:
                form.add_error(name, str(error))
                return
        for part, forms in (
            ("ket_qua", self._by_pk()),
            ("nghi_quyet", self._by_index()),
            ("bieu_quyet", self._votes_by_index()),
        ):
            form = forms.get(name.removeprefix(f"{part}_"))
            if name.startswith(part) and form:
                form.add_error(part if part in form.fields else "noi_dung", str(error))
                return
        self.form.add_error(None, str(error))

    @property
    def truong_loi(self) -> list:
        """Every field with an error, in the order of the page."""
        forms = [self.form, *self.ket_qua, *self.nghi_quyet, *self.bieu_quyet]
        forms += [self.cung_hop, self.sua_doi]
        forms = filter(None, forms)
        return [field for form in forms for field in form.visible_fields() if field.errors]

    @property
    def co_loi(self) -> bool:
        return bool(
            self.form.errors
            or self.nghi_quyet.total_error_count()
            or self.bieu_quyet.total_error_count()
            or any(form and form.errors for form in (self.sua_doi, self.cung_hop))
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
    def ly_do(self) -> list[tuple[str, str]]:
        """Reasons to choose from."""
        return [("", "Chọn lý do"), *DiemDanh.LyDo.choices]

    @property
    def cac_mau(self) -> dict[str, list[str]]:
        """The agenda of each kind, as text, for the page's script: written, offered."""
        agendas = {loai: self.mau.cua(loai) for loai in BuoiSinhHoat.Loai.values}
        return {loai: [agenda.san, agenda.goi_y] for loai, agenda in agendas.items()}

    @property
    def tom_tat(self) -> dict[str, str]:
        """The folded head in words."""
        names = {str(pk): name for pk, name in self.nguoi}
        hour = self.form["bat_dau"].value()
        hour = f"{hour:%H:%M}" if isinstance(hour, time) else str(hour or "")
        return {
            "ngay": ", ".join(filter(None, (thu(self.ngay).replace(",", ""), gio_phut(hour)))),
            "dia_diem": self.form["dia_diem"].value() or "",
            "chu_tri": names.get(str(self.form["chu_tri"].value()), ""),
            "thu_ky": names.get(str(self.form["thu_ky"].value()), ""),
        }

    @property
    def du_thong_tin(self) -> bool:
        """Whether the head may stay folded: nothing in it is left to fill."""
        return all(self.tom_tat.values())

    @property
    def co_noi_dung_them(self) -> bool:
        return any(self.form[name].value() for name in ("y_kien", "ket_luan", "hoat_dong_kem"))

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

    @property
    def so_tu_diem_danh(self) -> int:
        """How many on the roll have checked in themselves."""
        return sum(row.da_den for row in self.roll)

    def _stored_roll(self) -> list[DiemDanh]:
        """The roll on record: to be shown, or to say who was on that of a finished meeting."""
        if self.buoi is None or (self.data is not None and not self._is_fixed):
            return []
        rows = self.buoi.diem_danh.select_related("doan_vien")
        columns = [f"doan_vien__{name}" for name in COT_DOAN_VIEN]
        return list(rows.only("buoi", "trang_thai", "ly_do", *columns))

    @property
    def _is_fixed(self) -> bool:
        """Whether the roll is that of the meeting's day, whatever was entered later."""
        return self.is_da_hoan_thanh and self.buoi.ngay == self.ngay

    def _people(self, stored: list[DiemDanh]) -> list[DoanVien]:
        """The fixed roll of a finished meeting on its own day, else the day's roster."""
        if self._is_fixed:
            return [row.doan_vien for row in stored]
        return list(danh_sach(self.chi_doan.pk, self.ngay).only(*COT_DOAN_VIEN))

    def _initial(self):
        if self.data is not None:
            return None
        if self.is_hen_moi:
            return called_values(self.buoi, self.roll, self.mau)
        if self.buoi:
            return stored_values(self.buoi)
        return initial_values(self.chi_doan, self.ngay, self.roll, self.mau)

    def _ket_qua(self) -> list[KetQuaForm]:
        typed = self._typed("ket_qua", {})
        return [
            KetQuaForm(
                self.data,
                nghi_quyet=row,
                initial=typed.get(str(row.pk))
                or {"trang_thai": row.trang_thai, "ket_qua": row.ket_qua},
            )
            for row in find_earlier(self.buoi, self.chi_doan, self.ngay, read_results(self.data))
        ]

    def _own_resolutions(self) -> list[NghiQuyet]:
        """Those that a finished meeting has passed. One query."""
        if not self.is_da_hoan_thanh:
            return []
        return list(self.buoi.nghi_quyet.select_related("phu_trach"))

    def _nghi_quyet(self, still_open: list[NghiQuyet]):
        rows = _of_now(self._typed("nghi_quyet", []), self.nguoi)
        if self.data is None and self.is_da_hoan_thanh:
            rows = [
                {
                    "pk": row.pk,
                    "noi_dung": row.noi_dung,
                    "phu_trach": row.phu_trach_id,
                    "han": row.han,
                }
                for row in still_open
            ]
        return NghiQuyetFormSet(
            self.data, initial=rows, prefix="nq", form_kwargs={"nguoi": self.nguoi}
        )

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
        return {
            "ket_qua": results,
            "nghi_quyet": [row for row in rows if any(row.values())],
            "bieu_quyet": trang_bieu_quyet.as_typed(self.bieu_quyet),
            "cung_hop": list(self._invited(self.form.cleaned_data["loai"])),
        }

    def _host_people(self) -> list[DoanVien]:
        """Chair and secretary of the branch that hosts a joint meeting."""
        host = self.buoi.chu_nha if self.buoi else None
        people = (host.chu_tri, host.thu_ky) if host else ()
        return [person for person in people if person]

    def _cung_hop(self) -> CungHopForm | None:
        """The other branches of the ward to choose from, where this one hosts. One query."""
        if self.buoi and self.buoi.chu_nha_id:
            return None
        branches = chi_doan_cung_phuong(self.chi_doan, self.ngay)
        if self.buoi:
            own = BuoiSinhHoat.objects.filter(chu_nha=self.buoi, chi_doan=OuterRef("pk"))
            branches = branches.annotate(da_moi=Exists(own))
        branches = list(branches)
        invited = [row.pk for row in branches if getattr(row, "da_moi", False)]
        return CungHopForm(
            self.data,
            chi_doan=[(row.pk, row.ten) for row in branches],
            initial={"cung_hop": self._typed("cung_hop", []) or invited},
        )

    def _invited(self, loai: str) -> tuple[int, ...]:
        if self.cung_hop is None or loai != BuoiSinhHoat.Loai.LIEN_CHI_DOAN:
            return ()
        return tuple(sorted(set(self.cung_hop.cleaned_data["cung_hop"])))

    def _votes(self):
        """Tallies of a finished meeting, or what its draft keeps of them, as typed."""
        if self.data is None and self.is_da_hoan_thanh:
            return read_phieu(self.buoi)
        return self._typed("bieu_quyet", [])

    def _votes_by_index(self) -> dict[str, Any]:
        return {str(i): form for i, form in enumerate(trang_bieu_quyet.given(self.bieu_quyet))}

    @property
    def co_bieu_quyet(self) -> bool:
        """Whether the votes have to be open."""
        return any(form.errors or form.initial or form.has_changed() for form in self.bieu_quyet)

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


def gio_phut(text: str) -> str:
    """19:30 as "19 giờ 30"."""
    hour, _, minute = text.partition(":")
    return f"{hour} giờ {minute}" if minute else text


def _of_now(rows: list[dict], nguoi: list[tuple[int, str]]) -> list[dict]:
    """Resolutions of a draft, with people under the records that theirs were made one with.

    No query while everybody named can be chosen.
    """
    known = {str(pk) for pk, _ in nguoi}
    named = {str(row.get("phu_trach") or "") for row in rows} - known
    keys = [int(pk) for pk in named if is_khoa(pk)]
    went = GopDoanVien.objects.da_gop(keys) if keys else {}
    by_text = {str(old): now for old, now in went.items()}
    return [
        row | {"phu_trach": by_text.get(str(row.get("phu_trach")), row.get("phu_trach"))}
        for row in rows
    ]


def _choices(people: Iterable[DoanVien]) -> list[tuple[int, str]]:
    """Names for a choice; equal names carry the year of birth."""
    people = list(people)
    times = Counter(person.ho_ten for person in people)
    return [
        (p.pk, f"{p.ho_ten} ({p.ngay_sinh.year})" if times[p.ho_ten] > 1 else p.ho_ten)
        for p in people
    ]


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
