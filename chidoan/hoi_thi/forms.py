"""Forms of contests."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from chidoan.bang_ghi import BangDangLuu, ghi_dau
from chidoan.models import HoiThi, ThiSinh
from chidoan.tap_huan.services import ten_chuc_vu
from core.periods import today
from core.text.display import so
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.models import DonVi

from .services import bang_ket_qua, dong_ket_qua

TEN = forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"})


class HoiThiForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = HoiThi
        fields = ["loai", "ten", "ngay", "dia_diem", "noi_dung"]
        labels = {
            "loai": "Loại hội thi",
            "ten": "Tên hội thi",
            "ngay": "Ngày tổ chức",
            "dia_diem": "Địa điểm",
            "noi_dung": "Nội dung, thể lệ",
        }
        widgets = {"noi_dung": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"ten": "Ví dụ: Hội thi Bí thư chi đoàn giỏi năm 2026."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial["loai"] = self.instance.loai or HoiThi.Loai.BI_THU_GIOI
        self.fields["loai"].choices = HoiThi.Loai.choices
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version", "loai", "ten", Row(Column("ngay"), Column("dia_diem")), "noi_dung"
        )

    def _post_clean(self):
        """The service sets the columns and judges the day."""


class VongForm(forms.Form):
    ten = forms.CharField(
        label="Tên vòng, phần thi",
        max_length=120,
        help_text="Ví dụ: Thi kiến thức; Xử lý tình huống; Năng khiếu.",
    )
    diem_toi_da = forms.DecimalField(
        label="Điểm tối đa", initial=10, max_digits=5, decimal_places=1, localize=True
    )


class ThiSinhForm(forms.Form):
    ho_ten = forms.CharField(label="Họ và tên", max_length=120, widget=TEN)
    don_vi = DonViChoiceField(
        label="Đơn vị",
        queryset=DonVi.objects.none(),
        help_text="Trùng tên với một đoàn viên của đơn vị này thì ghi đúng đồng chí đó.",
    )
    chuc_vu = forms.CharField(
        label="Chức vụ", max_length=80, required=False, initial="Bí thư chi đoàn"
    )

    def __init__(self, *args, hoi_thi, **kwargs):
        super().__init__(*args, **kwargs)
        units = DonVi.objects.under(hoi_thi.don_vi).dang_hoat_dong(today())
        self.fields["don_vi"].queryset = units.order_by("path")


class ChonThiSinhForm(forms.Form):
    """Secretaries and deputies to tick, by branch."""

    chuc_vu = forms.TypedMultipleChoiceField(
        label="Ai dự thi", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        groups: dict[str, list] = {}
        for term in terms:
            entry = (term.pk, f"{term.ho_ten}, {ten_chuc_vu(term)}")
            groups.setdefault(str(term.don_vi), []).append(entry)
        self.fields["chuc_vu"].choices = [*groups.items()]


class KetQuaForm(forms.Form):
    """A row for each contestant: `d-<contestant>-<round>`, `giai-` and `ten-`.

    `version` holds what the page showed, see `bang_ghi`.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, people, rounds, marks, **kwargs):
        stored = bang_ket_qua(people, [vong.pk for vong in rounds], marks)
        super().__init__(*args, initial={"version": ghi_dau(stored)}, **kwargs)
        self.people, self.rounds = people, rounds
        for row in people:
            for vong in rounds:
                self.fields[f"d-{row.pk}-{vong.pk}"] = forms.DecimalField(
                    label=f"{vong.ten}, {row.ho_ten}",
                    required=False,
                    max_digits=5,
                    decimal_places=1,
                    localize=True,
                    initial=marks.get((row.pk, vong.pk)),
                )
            self.fields[f"giai-{row.pk}"] = forms.ChoiceField(
                label=f"Giải của {row.ho_ten}",
                choices=[("", "Không có giải"), *ThiSinh.Giai.choices],
                required=False,
                initial=row.giai,
            )
            self.fields[f"ten-{row.pk}"] = forms.CharField(
                label=f"Tên giải của {row.ho_ten}",
                required=False,
                max_length=120,
                initial=row.ten_giai,
            )

    @property
    def dong(self):
        return [
            (
                row,
                [(vong, self[f"d-{row.pk}-{vong.pk}"]) for vong in self.rounds],
                self[f"giai-{row.pk}"],
                self[f"ten-{row.pk}"],
            )
            for row in self.people
        ]

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        """Marks and prizes that somebody else has written differently meanwhile."""
        ket_qua = self.ket_qua
        mine = dong_ket_qua(ket_qua["diem"], ket_qua["giai"])
        return [
            {
                "label": self.fields[ten].label,
                "mine": self._chu(ten, mine[ten]),
                "theirs": self._chu(ten, current.dong[ten]),
            }
            for ten in current.khac
        ]

    def _chu(self, ten: str, value: tuple) -> str:
        if ten.startswith("d-"):
            return so(value[0])
        code, name = value
        return name or dict(self.fields[ten].choices)[code]

    @property
    def ket_qua(self) -> dict:
        """Marks and prizes as the service takes them."""
        data = self.cleaned_data
        return {
            "version": data["version"],
            "diem": {
                (row.pk, vong.pk): data[f"d-{row.pk}-{vong.pk}"]
                for row in self.people
                for vong in self.rounds
            },
            "giai": {
                row.pk: (data[f"giai-{row.pk}"], data[f"ten-{row.pk}"]) for row in self.people
            },
        }


class LyDoForm(forms.Form):
    ly_do = forms.CharField(label="Lý do", max_length=200)
