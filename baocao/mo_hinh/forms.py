"""Forms about an initiative that need its figures."""

from django import forms

from chidoan.models import DanhGiaMoHinh
from core.periods import ROMAN, KyBaoCao, today


def cac_ky(first: KyBaoCao, last: KyBaoCao) -> list[tuple[str, list[tuple[str, str]]]]:
    """Years and quarters from one to the other, newest first, as choices."""
    years = [(str(nam), f"Năm {nam}") for nam in range(last.nam, first.nam - 1, -1)]
    quarters, ky = [], last
    while ky >= first:
        quarters.append((ky.code, f"Quý {ROMAN[ky.quy]}/{ky.nam}"))
        ky = ky.previous
    return [("Quý", quarters), ("Năm", years)]


class KyForm(forms.Form):
    """Which two periods are set against each other."""

    truoc = forms.ChoiceField(label="Kỳ gốc")
    sau = forms.ChoiceField(label="Kỳ sau")

    def __init__(self, *args, first: KyBaoCao, last: KyBaoCao, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = cac_ky(first, last)

    def chosen(self, name: str, default: KyBaoCao) -> KyBaoCao:
        self.full_clean()
        value = self.cleaned_data.get(name, "")
        return KyBaoCao.parse(value) if value else default


class DanhGiaForm(forms.ModelForm):
    """A quarterly review; `viec_truoc` answers what the one before promised."""

    chot_lai = forms.BooleanField(
        label="Chốt lại số liệu và cam kết theo hôm nay",
        required=False,
        help_text="Không chọn: giữ số đã chốt lúc đánh giá.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = DanhGiaMoHinh
        fields = ["ngay", "viec_truoc", "ket_qua", "han_che", "viec_tiep", "muc"]
        labels = {
            "viec_truoc": "Việc đã hẹn quý trước, làm đến đâu",
            "viec_tiep": "Việc tiếp theo",
            "muc": "Mức đạt",
        }
        help_texts = {"viec_tiep": "Ghi việc, ai làm, đến bao giờ. Quý sau mở đầu bằng phần này."}
        widgets = {
            "muc": forms.RadioSelect,
            **{
                name: forms.Textarea(attrs={"rows": 4})
                for name in ("viec_truoc", "ket_qua", "han_che", "viec_tiep")
            },
        }

    def __init__(self, *args, co_hen: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        if not self.instance.pk:
            self.initial["ngay"] = today()
            del self.fields["chot_lai"]
        self.fields["muc"].choices = DanhGiaMoHinh.Muc.choices
        if not co_hen:
            self.fields["viec_truoc"].widget = forms.HiddenInput()

    def clean_version(self):
        return self.cleaned_data["version"] or 0
