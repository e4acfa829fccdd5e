"""One page of rows: the outcome of each member; and below it what stands on the paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField

from core.errors import RuleError
from core.periods import today
from doanvien.forms import not_later
from doanvien.models import DoanVien, DotTruongThanh, XetTruongThanh
from tochuc.loc import PlainSelect

from .quy_tac import KetQua, MocTruongThanh, check_ket_qua

CHON = [
    ("", "Chưa quyết định"),
    (XetTruongThanh.KetQua.TRUONG_THANH, "Trưởng thành Đoàn"),
    (XetTruongThanh.KetQua.O_LAI, "Ở lại đến ngày …"),
    (XetTruongThanh.KetQua.CAN_BO, "Là cán bộ Đoàn"),
]
PHAN = ("ket_qua", "den_ngay", "chuc_vu")


@dataclass(frozen=True)
class Dong:
    """One row of the form, ready to show."""

    doan_vien: DoanVien
    de_nghi: XetTruongThanh | None
    ket_qua: BoundField
    den_ngay: BoundField
    chuc_vu: BoundField

    @property
    def errors(self) -> list[str]:
        fields = (self.ket_qua, self.den_ngay, self.chuc_vu)
        return [error for field in fields for error in field.errors]


class ChonKetQuaForm(forms.Form):
    """Three boxes for each member; an untouched row stays undecided."""

    def __init__(
        self,
        *args,
        people: Sequence[DoanVien],
        de_nghi: dict[int, XetTruongThanh],
        moc: MocTruongThanh,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.people, self.de_nghi, self.moc = people, de_nghi, moc
        for nguoi in people:
            self._add_row(nguoi, de_nghi.get(nguoi.pk))

    def _add_row(self, nguoi: DoanVien, row: XetTruongThanh | None) -> None:
        name = nguoi.ho_ten
        self.fields[f"ket_qua_{nguoi.pk}"] = forms.ChoiceField(
            label=f"Kết quả của {name}",
            choices=CHON,
            required=False,
            initial=row.de_nghi if row else "",
            widget=PlainSelect(attrs={"aria-label": f"Kết quả của {name}"}),
        )
        self.fields[f"den_ngay_{nguoi.pk}"] = forms.DateField(
            label=f"{name} ở lại đến ngày",
            required=False,
            initial=row.den_ngay if row else None,
            widget=forms.DateInput(
                attrs={"class": "form-control w-ngay", "placeholder": "Đến ngày"}
            ),
        )
        self.fields[f"chuc_vu_{nguoi.pk}"] = forms.CharField(
            label=f"Chức vụ của {name}",
            required=False,
            max_length=120,
            initial=row.chuc_vu if row else _dang_giu(nguoi),
            widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Chức vụ"}),
        )

    def dong(self) -> Iterator[Dong]:
        for nguoi in self.people:
            boxes = {part: self[f"{part}_{nguoi.pk}"] for part in PHAN}
            yield Dong(doan_vien=nguoi, de_nghi=self.de_nghi.get(nguoi.pk), **boxes)

    def clean(self):
        data = super().clean()
        for nguoi in self.people:
            wanted = self._wanted(nguoi)
            if wanted is None:
                continue
            try:
                check_ket_qua(
                    wanted,
                    ngay_sinh=nguoi.ngay_sinh,
                    moc=self.moc,
                    ngay=data.get("ngay") or today(),
                )
            except RuleError as refusal:
                box = f"{refusal.field}_{nguoi.pk}"
                if box not in self.errors:
                    self.add_error(box, str(refusal))
        return data

    @property
    def chon(self) -> dict[DoanVien, KetQua | None]:
        """What is chosen for each member of the page; None for who is left undecided."""
        return {nguoi: self._wanted(nguoi) for nguoi in self.people}

    def _wanted(self, nguoi: DoanVien) -> KetQua | None:
        values = [self.cleaned_data.get(f"{part}_{nguoi.pk}") for part in PHAN]
        return KetQua(values[0], values[1], values[2] or "") if values[0] else None


def _dang_giu(nguoi: DoanVien) -> str:
    """The office in the branch that the record names: "Bí thư Chi đoàn Khu vực 3"."""
    is_office = nguoi.chuc_vu not in ("", "Đoàn viên")
    return f"{nguoi.chuc_vu} {nguoi.chi_doan}"[:120] if is_office else ""


class GiayForm(forms.ModelForm):
    """When and where the ceremony is."""

    class Meta:
        model = DotTruongThanh
        fields = ["le_ngay", "le_noi"]
        help_texts = {"le_ngay": "Có thể ghi sau."}


class QuyetDinhForm(GiayForm):
    """The same with the day of the decision, which is also the last day of who leaves."""

    class Meta(GiayForm.Meta):
        fields = ["ngay", *GiayForm.Meta.fields]
        help_texts = {
            **GiayForm.Meta.help_texts,
            "ngay": "Đồng chí trưởng thành sinh hoạt đến hết ngày này.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = today()

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày quyết định")


class BanHanhForm(forms.Form):
    so_tren_giay = forms.CharField(
        label="Số quyết định đã ký trên giấy",
        required=False,
        max_length=40,
        help_text="Để trống thì phần mềm lấy số tiếp theo của sổ văn bản.",
        widget=forms.TextInput(attrs={"class": "w-sdt"}),
    )


class ThuHoiForm(forms.Form):
    ly_do = forms.CharField(
        label="Lý do thu hồi",
        max_length=200,
        help_text="Ví dụ: ghi nhầm ngày sinh, chưa đủ tuổi.",
    )
