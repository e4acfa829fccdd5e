"""Forms of classes."""

from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from chidoan.bang_ghi import BangDangLuu, ghi_dau
from chidoan.models import BuoiTapHuan, HocVien, LopTapHuan
from chidoan.models.tap_huan import tach_ma
from core.periods import today
from core.text.display import so
from doanvien.forms import MucGap, not_later
from tochuc.forms.don_vi import DonViChoiceField
from tochuc.models import DonVi

from .services.buoi import CO_MAT, VANG
from .services.hoc_vien import KetQuaHoc, bang_ket_qua

TEN = forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"})
GIO = forms.TimeInput(attrs={"class": "w-nam", "placeholder": "07:30", "inputmode": "numeric"})


class LopForm(forms.ModelForm):
    """One class; a new one may be kept back as planned."""

    chu_de = forms.MultipleChoiceField(
        label="Chuyên đề",
        choices=LopTapHuan.ChuDe.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    doi_tuong = forms.MultipleChoiceField(
        label="Dành cho",
        choices=LopTapHuan.DoiTuong.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: mọi cán bộ chi đoàn.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = LopTapHuan
        fields = [
            *("ten", "chu_de", "doi_tuong", "tu_ngay", "den_ngay", "dia_diem", "phoi_hop"),
            *("so_cho", "han_dang_ky", "ghi_chu"),
        ]
        labels = {
            "ten": "Tên lớp",
            "tu_ngay": "Từ ngày",
            "den_ngay": "Đến ngày",
            "dia_diem": "Địa điểm",
            "phoi_hop": "Phối hợp với",
            "so_cho": "Số chỗ",
            "han_dang_ky": "Hạn đăng ký",
            "ghi_chu": "Ghi thêm",
        }
        help_texts = {
            "ten": "Ví dụ: Lớp tập huấn nghiệp vụ công tác Đoàn cho bí thư chi đoàn.",
            "phoi_hop": "Ví dụ: Trung tâm Chính trị.",
            "so_cho": "Để trống nếu không giới hạn. Hết chỗ thì người sau vào danh sách chờ.",
            "han_dang_ky": "Để trống: đến ngày khai giảng.",
        }
        widgets = {"ghi_chu": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("chu_de", "doi_tuong"):
            self.initial[name] = tach_ma(getattr(self.instance, name))
        self.initial["version"] = self.instance.version
        self.fields["so_cho"].widget.attrs["class"] = "w-nam"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            "ten",
            "chu_de",
            "doi_tuong",
            Row(Column("tu_ngay"), Column("den_ngay"), Column("han_dang_ky")),
            Row(Column("dia_diem"), Column("phoi_hop")),
            "so_cho",
            "ghi_chu",
        )

    def clean_so_cho(self):
        so_cho = self.cleaned_data["so_cho"]
        if so_cho == 0:
            raise forms.ValidationError("Số chỗ từ 1 trở lên, hoặc để trống.")
        return so_cho

    def stored(self, current, name):
        value = getattr(current, name)
        return tach_ma(value) if name in ("chu_de", "doi_tuong") else value

    def _post_clean(self):
        """The service sets the columns: codes of two of them are put together there."""


class LopMoiForm(LopForm):
    du_kien = forms.BooleanField(
        label="Mới dự kiến, chưa thông báo cho cấp dưới",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout.append("du_kien")


class BuoiForm(forms.ModelForm):
    tai_lieu_url = forms.URLField(
        label="Địa chỉ tài liệu trên mạng",
        required=False,
        assume_scheme="https",
        help_text="Bắt đầu bằng https://",
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BuoiTapHuan
        fields = [
            "ngay",
            "bat_dau",
            "ket_thuc",
            "chuyen_de",
            "giang_vien",
            "tai_lieu",
            "tai_lieu_url",
        ]
        labels = {
            "ngay": "Ngày",
            "bat_dau": "Từ",
            "ket_thuc": "Đến",
            "chuyen_de": "Chuyên đề",
            "giang_vien": "Báo cáo viên",
            "tai_lieu": "Tài liệu",
        }
        help_texts = {
            "giang_vien": "Họ tên, chức vụ.",
            "tai_lieu": "Tên tài liệu, hoặc tóm tắt nội dung phát cho học viên.",
        }
        widgets = {
            "bat_dau": GIO,
            "ket_thuc": GIO,
            "tai_lieu": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.initial["version"] = self.instance.version if self.instance.pk else ""
        self.helper.layout = Layout(
            "version",
            Row(Column("ngay"), Column("bat_dau"), Column("ket_thuc")),
            "chuyen_de",
            "giang_vien",
            MucGap("Tài liệu", "tai_lieu", "tai_lieu_url", css_class="section"),
        )

    def _post_clean(self):
        """Days and hours are judged by the service, which sets the columns."""


class DaCoField(forms.MultipleChoiceField):
    """Who was on the list when the page was shown, whoever is on it now."""

    def valid_value(self, value):
        return True


class DangKyForm(forms.Form):
    """Names to tick: holders of offices (`c<number>`), people of the plan (`q<number>`) and who
    is on the list (`h<number>`).

    `da_co` is who stood on the list when the page was shown: nobody else is taken off it.
    """

    mark_required = True

    chon = forms.MultipleChoiceField(
        label="Ai đi học", required=False, widget=forms.CheckboxSelectMultiple
    )

    da_co = DaCoField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, choices, initial, **kwargs):
        super().__init__(*args, initial={"chon": initial, "da_co": initial}, **kwargs)
        self.fields["chon"].choices = choices


class DiemDanhForm(forms.Form):
    """Everybody is there; who is ticked is not. `version` holds what the page showed."""

    mark_required = True

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    vang = forms.TypedMultipleChoiceField(
        label="Ai vắng?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cả lớp được tính có mặt. Chỉ đánh dấu người vắng; đủ cả lớp thì bấm lưu luôn.",
    )

    def __init__(self, *args, people, dong, **kwargs):
        vang = [int(pk) for pk, (mark,) in dong.items() if mark == VANG]
        initial = {"vang": vang, "version": ghi_dau(dong)}
        super().__init__(*args, initial=initial, **kwargs)
        self.names = {str(row.pk): row.ho_ten for row in people}
        self.fields["vang"].choices = [
            (row.pk, f"{row.ho_ten}, {row.chuc_vu or 'học viên'}, {row.ten_don_vi}")
            for row in people
        ]

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        """Whom somebody else has marked otherwise meanwhile."""
        absent = self.cleaned_data["vang"]
        return [
            {
                "label": self.names[ten],
                "mine": VANG if int(ten) in absent else CO_MAT,
                "theirs": current.dong[ten][0],
            }
            for ten in current.khac
        ]


class ThemNguoiForm(forms.Form):
    ho_ten = forms.CharField(label="Họ và tên", max_length=120, widget=TEN)
    don_vi = DonViChoiceField(
        label="Đơn vị",
        queryset=DonVi.objects.none(),
        help_text="Trùng tên với một đoàn viên của đơn vị này thì ghi đúng đồng chí đó.",
    )
    chuc_vu = forms.CharField(
        label="Chức vụ",
        max_length=80,
        required=False,
        help_text="Ví dụ: Ủy viên Ban Chấp hành, cán bộ quy hoạch.",
    )
    ten_don_vi = forms.CharField(
        label="Ghi trên giấy chứng nhận là",
        max_length=160,
        required=False,
        help_text="Chỉ ghi khi đơn vị của người này không có trong danh sách.",
    )

    def __init__(self, *args, lop, **kwargs):
        super().__init__(*args, **kwargs)
        units = DonVi.objects.under(lop.don_vi).dang_hoat_dong(today())
        self.fields["don_vi"].queryset = units.order_by("path")


class KetQuaForm(forms.Form):
    """A row for each who attended: `kq-`, `diem-` and `nx-` with the participant's number.

    `version` holds what the page showed, see `bang_ghi`.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, people, so_buoi: int, **kwargs):
        initial = {"version": ghi_dau(bang_ket_qua(people))}
        super().__init__(*args, initial=initial, **kwargs)
        self.people = people
        for row in people:
            full = row.so_du >= so_buoi
            self.fields[f"kq-{row.pk}"] = forms.ChoiceField(
                label=f"Kết quả của {row.ho_ten}",
                choices=row.KetQua.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=row.ket_qua or (row.KetQua.DAT if full else ""),
            )
            self.fields[f"diem-{row.pk}"] = forms.DecimalField(
                label=f"Điểm của {row.ho_ten}",
                required=False,
                max_digits=4,
                decimal_places=1,
                localize=True,
                initial=row.diem,
            )
            self.fields[f"nx-{row.pk}"] = forms.CharField(
                label=f"Nhận xét về {row.ho_ten}",
                required=False,
                max_length=200,
                initial=row.nhan_xet,
            )

    @property
    def dong(self):
        """Each participant with the three boxes of the row."""
        return [
            (row, self[f"kq-{row.pk}"], self[f"diem-{row.pk}"], self[f"nx-{row.pk}"])
            for row in self.people
        ]

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        """Results that somebody else has written differently meanwhile."""
        mine = {str(pk): result.dong for pk, result in self.ket_qua.items()}
        names = {str(row.pk): row.ho_ten for row in self.people}
        return [
            {
                "label": names[ten],
                "mine": _chu_ket_qua(*mine[ten]),
                "theirs": _chu_ket_qua(*current.dong[ten]),
            }
            for ten in current.khac
        ]

    @property
    def ket_qua(self) -> dict[int, KetQuaHoc]:
        data = self.cleaned_data
        return {
            row.pk: KetQuaHoc(data[f"kq-{row.pk}"], data[f"diem-{row.pk}"], data[f"nx-{row.pk}"])
            for row in self.people
        }


def _chu_ket_qua(ket_qua: str, diem: Decimal | None, nhan_xet: str) -> str:
    """ "Đạt, 8,5 điểm, hăng hái"."""
    words = [HocVien.KetQua(ket_qua).label if ket_qua else "Chưa ghi kết quả"]
    words += [f"{so(diem)} điểm"] if diem is not None else []
    return ", ".join([*words, nhan_xet] if nhan_xet else words)


class LyDoForm(forms.Form):
    ly_do = forms.CharField(label="Lý do", max_length=200)


class KetThucForm(forms.Form):
    ngay = forms.DateField(label="Ngày kết thúc lớp", help_text="Ngày ghi trên giấy chứng nhận.")

    def __init__(self, *args, lop, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ngay"].initial = min(today(), lop.den_ngay)

    def clean_ngay(self):
        return not_later(self.cleaned_data["ngay"], "Ngày kết thúc lớp")
