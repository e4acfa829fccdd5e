"""Forms of initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from chidoan.bang_ghi import BangDangLuu, ghi_dau
from chidoan.models import KetQuaCamKet, MoHinh, NhatKyMoHinh
from core.periods import check_year, today
from doanvien.forms import MucGap
from tochuc.loc import NhieuField

from .mau_cam_ket import CHUONG_TRINH
from .queries import DongCamKet, NhomTrang
from .services import Dau, ThanhVien, bang_cam_ket, bang_da_ghi


class MoHinhForm(forms.ModelForm):
    """What an initiative is; the commitments are chosen when it is launched and changed later on
    their own page."""

    chuong_trinh = forms.MultipleChoiceField(
        label="Cam kết có sẵn",
        choices=[(ct.ma, ct.ten) for ct in CHUONG_TRINH.values()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Lập xong sửa được từng đầu mục ở trang Cam kết.",
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MoHinh
        fields = [
            *("ten", "loai", "boi_canh", "muc_tieu", "diem", "tu_ngay", "sinh_hoat"),
            *("noi_ra_mat", "van_ban"),
        ]
        labels = {
            "ten": "Tên mô hình",
            "loai": "Loại",
            "boi_canh": "Vì sao cần làm",
            "muc_tieu": "Mục tiêu",
            "diem": "Chi đoàn làm điểm",
            "tu_ngay": "Ngày ra mắt",
            "sinh_hoat": "Nếp làm việc",
            "noi_ra_mat": "Nơi ra mắt",
            "van_ban": "Kế hoạch, quyết định",
        }
        help_texts = {
            "boi_canh": "Tình hình, tồn tại mà mô hình nhằm giải quyết.",
            "diem": "Thêm chi đoàn khác thì bấm «Nhân rộng» ở trang mô hình.",
            "sinh_hoat": "Ví dụ: hằng quý",
            "van_ban": "Số, ngày văn bản.",
        }
        widgets = {
            "boi_canh": forms.Textarea(attrs={"rows": 4}),
            "muc_tieu": forms.Textarea(attrs={"rows": 4}),
            "loai": forms.RadioSelect,
        }

    def __init__(self, *args, chi_doan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["diem"].queryset = chi_doan
        self.fields["diem"].empty_label = "Cả Đoàn cơ sở, không chọn điểm"
        self.fields["sinh_hoat"].required = False
        extra = () if self.instance.pk else ("chuong_trinh",)
        if self.instance.pk:
            del self.fields["chuong_trinh"]
            self.initial["version"] = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *("version", "ten", "loai", "boi_canh", "muc_tieu", "diem", *extra),
            Row(Column("tu_ngay"), Column("sinh_hoat")),
            MucGap("Lễ ra mắt, văn bản", "noi_ra_mat", "van_ban", css_class="section"),
        )

    def clean_tu_ngay(self):
        ngay = self.cleaned_data["tu_ngay"]
        check_year(ngay)
        return ngay


class ThanhVienForm(forms.Form):
    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        required=False,
        widget=forms.TextInput(
            attrs={"autocapitalize": "words", "spellcheck": "false", "list": "goi-y-to"}
        ),
    )
    chuc_vu = forms.CharField(label="Chức vụ", max_length=120, required=False)
    nhiem_vu = forms.CharField(label="Trách nhiệm", max_length=300, required=False)
    la_to_truong = forms.BooleanField(label="Tổ trưởng", required=False)
    mark_required = True

    def clean(self):
        data = super().clean()
        if not data.get("ho_ten") and (data.get("nhiem_vu") or data.get("la_to_truong")):
            self.add_error("ho_ten", "Ghi họ và tên.")
        return data


class BaseThanhVienFormSet(forms.BaseFormSet):
    @property
    def thanh_vien(self) -> list[ThanhVien]:
        rows = (form.cleaned_data for form in self)
        return [ThanhVien(**row) for row in rows if row.get("ho_ten")]


ThanhVienFormSet = forms.formset_factory(
    ThanhVienForm, formset=BaseThanhVienFormSet, extra=3, max_num=30, absolute_max=30
)


class KetLuanForm(forms.Form):
    ket_luan = forms.ChoiceField(
        label="Kết luận", choices=MoHinh.KetLuan.choices, widget=forms.RadioSelect
    )
    ngay = forms.DateField(label="Ngày kết luận", initial=today)
    ly_do = forms.CharField(
        label="Lý do, căn cứ",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Số liệu trước và sau, ý kiến của chi đoàn làm điểm, của cấp ủy.",
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    NAMES = {"ket_luan": "ket_luan", "ngay": "ket_luan_ngay", "ly_do": "ket_luan_ly_do"}

    def stored(self, current, name: str):
        return getattr(current, self.NAMES[name])


class NhomForm(forms.Form):
    """A group of commitments with its checks, one field each and some empty ones.

    When somebody changed the group meanwhile, a check that is new since stands as it is stored,
    and one that was given up since stands as it was typed, as a new one.
    """

    ten = forms.CharField(label="Tên nhóm", max_length=200)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    DONG_MOI = 3

    def __init__(self, data=None, *, nhom=None, muc=(), **kwargs):
        initial = {"ten": nhom.ten, "version": nhom.version} if nhom else {}
        shown = [(row.pk, f"muc_{row.pk}", row.noi_dung) for row in muc]
        if data is not None:
            data = {name: text for _, name, text in shown} | data.dict()
        super().__init__(data, initial=initial, **kwargs)
        self.names = [*shown, *self._moi([name for _, name, _ in shown], nhom)]
        for so, (pk, name, text) in enumerate(self.names, 1):
            self.fields[name] = forms.CharField(
                label=f"Đầu mục {so}" if pk else "Đầu mục mới",
                max_length=300,
                required=False,
                initial=text,
            )

    def _moi(self, shown: list[str], nhom) -> list[tuple[None, str, str]]:
        """What was typed into checks that are gone, and empty lines."""
        if nhom and nhom.is_dem:
            return []
        fresh = [f"moi_{so}" for so in range(max(self.DONG_MOI, 4 - len(shown)))]
        typed = [name for name, text in self.data.items() if name.startswith("muc_") and text]
        gone = [name for name in typed if name not in shown]
        return [(None, name, "") for name in (*gone, *fresh)]

    def cac_muc(self) -> list[tuple[int | None, str]]:
        return [(pk, self.cleaned_data[name]) for pk, name, _ in self.names]

    def stored(self, current, name: str) -> str:
        """What is stored in that field's place, for a look at both versions."""
        return current.ten if name == "ten" else self.fields[name].initial


@dataclass(frozen=True)
class OTich:
    """One check of the page, and what stands in its fields."""

    dong: DongCamKet
    muc_do: str
    ghi_chu: str
    errors: list[str]


class TichForm(forms.Form):
    """The ticks of a quarter: a level and the evidence for each check.

    `version` holds what the page showed, see `bang_ghi`.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    MUC_DO = KetQuaCamKet.MucDo

    def __init__(self, *args, groups: Sequence[NhomTrang], **kwargs):
        self.dong = {row.muc.pk: row for group in groups for row in group.dong}
        super().__init__(*args, initial={"version": ghi_dau(bang_da_ghi(self.dong))}, **kwargs)
        for pk, row in self.dong.items():
            self.fields[f"m-{pk}"] = forms.ChoiceField(
                choices=[("", ""), *self.MUC_DO.choices], required=False, initial=row.muc_do
            )
            self.fields[f"g-{pk}"] = forms.CharField(
                max_length=300, required=False, initial=row.ghi_chu
            )

    def clean(self):
        data = super().clean()
        for pk, row in self.dong.items():
            muc_do, ghi_chu = data.get(f"m-{pk}"), data.get(f"g-{pk}")
            if muc_do or not ghi_chu or f"m-{pk}" in self.errors:
                continue
            if row.muc_do and ghi_chu == row.ghi_chu:
                data[f"g-{pk}"] = ""  # taken back, and its evidence with it
            else:
                self.add_error(f"m-{pk}", "Chọn mức rồi mới ghi minh chứng.")
        return data

    @property
    def ket_qua(self) -> dict[int, Dau]:
        data = self.cleaned_data
        return {pk: (data[f"m-{pk}"], data[f"g-{pk}"]) for pk in self.dong}

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        """Checks that somebody else has ticked otherwise meanwhile."""
        mine = bang_cam_ket(self.ket_qua)
        return [
            {
                "label": self.dong[int(ten)].muc.noi_dung,
                "mine": self._chu(*mine[ten]),
                "theirs": self._chu(*current.dong[ten]),
            }
            for ten in current.khac
        ]

    def _chu(self, muc_do: str, ghi_chu: str) -> str:
        level = dict(self.MUC_DO.choices).get(muc_do, "Chưa đánh dấu")
        return f"{level}, {ghi_chu}" if ghi_chu else level

    def cells(self, group: NhomTrang) -> list[OTich]:
        return [self._cell(row) for row in group.dong]

    def _cell(self, row: DongCamKet) -> OTich:
        muc_do, ghi_chu = self[f"m-{row.muc.pk}"], self[f"g-{row.muc.pk}"]
        errors = [*muc_do.errors, *ghi_chu.errors]
        return OTich(row, muc_do.value() or "", ghi_chu.value() or "", errors)


class NhatKyForm(forms.ModelForm):
    """A line of the log: a minute on a phone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = NhatKyMoHinh
        fields = ["viec", "ngay", "nguoi_lam", "ket_qua"]
        labels = {"viec": "Việc đã làm", "nguoi_lam": "Ai làm", "ket_qua": "Kết quả"}
        widgets = {"ket_qua": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"viec": "Ví dụ: Thăm gia đình 3 đoàn viên mới"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        if not self.instance.pk:
            self.initial.setdefault("ngay", today())

    def clean_version(self):
        return self.cleaned_data["version"] or 0


class NhanRongForm(forms.Form):
    """To which branch of one's own ward an initiative is taken, and from when."""

    diem = forms.ModelChoiceField(
        label="Chi đoàn thực hiện", queryset=None, empty_label="Chọn chi đoàn"
    )
    tu_ngay = forms.DateField(label="Ngày bắt đầu", initial=today)
    giu_to = forms.BooleanField(label="Giữ nguyên tổ thực hiện", required=False, initial=True)

    def __init__(self, *args, chi_doan, cung_don_vi: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["diem"].queryset = chi_doan
        if not cung_don_vi:
            del self.fields["giu_to"]

    def clean_tu_ngay(self):
        ngay = self.cleaned_data["tu_ngay"]
        check_year(ngay)
        return ngay


class DeNghiForm(forms.Form):
    """Which wards an office offers an initiative to."""

    don_vi = NhieuField(
        label="Đơn vị",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đơn vị."},
    )
    loi_nhan = forms.CharField(
        label="Lời nhắn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Vì sao nên làm, kết quả nơi làm điểm.",
    )

    def __init__(self, *args, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].queryset = don_vi


class ChuaNhanForm(forms.Form):
    tra_loi = forms.CharField(
        label="Lý do chưa nhận", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
