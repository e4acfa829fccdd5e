"""Forms of the change of a secretary and of the hand-over."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row
from django import forms

from chidoan.chuc_vu.chon import nguoi_chon_duoc
from chidoan.chuc_vu.forms import GiuForm, NguoiChoice, TaiKhoanForm
from chidoan.chuc_vu.tai_khoan import vai_tro_dang_mo
from chidoan.models import BanGiao, ChucVu
from chidoan.sua_dong import SuaDongForm
from core.periods import today
from tochuc.models import PhanCong

from .services import NguoiThoi

BI_THU = ChucVu.ChucDanh.BI_THU


class VaiTroChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.nguoi_dung.ho_ten} ({obj.nguoi_dung.username})"


class DoiBiThuForm(TaiKhoanForm, GiuForm):
    """Who leaves and why, who comes and how, with which account: the whole change."""

    thoi_ngay = forms.DateField(label="Giữ chức đến hết ngày", initial=today)
    thoi_vi = forms.ChoiceField(
        label="Vì sao thôi giữ chức", choices=[("", "Chọn lý do"), *ChucVu.KetThuc.choices]
    )
    thoi_ly_do = forms.CharField(
        label="Ghi thêm về lý do", max_length=200, required=False, help_text="Một câu."
    )
    thoi_vai_tro = VaiTroChoice(
        label="Tài khoản đang dùng",
        queryset=PhanCong.objects.none(),
        required=False,
        empty_label="Không có, hoặc không phải của đồng chí ấy",
        help_text="Tài khoản này hết quyền sau ngày trên.",
    )
    doan_vien = NguoiChoice(label="Bí thư mới", queryset=None, empty_label="Chọn đoàn viên")
    lap_ban_giao = forms.BooleanField(label="Lập biên bản bàn giao", required=False, initial=True)

    def __init__(self, *args, user, chi_doan, cu: ChucVu | None, **kwargs):
        self.is_thoi = cu is not None and (cu.den_ngay is None or cu.den_ngay >= today())
        super().__init__(*args, user=user, don_vi=chi_doan, **kwargs)
        self.fields["doan_vien"].queryset = nguoi_chon_duoc(chi_doan)
        self.fields["tu_ngay"].label = "Giữ chức từ ngày"
        self.fields["den_ngay"].can_khi_chon = True
        self.fields["tu_ngay"].initial = lambda: today() + timedelta(days=1 if self.is_thoi else 0)
        if cu is None:
            del self.fields["lap_ban_giao"]
        self._leaving_fields(chi_doan, cu)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self._layout(cu))

    def _leaving_fields(self, chi_doan, cu) -> None:
        if not self.is_thoi:
            for name in ("thoi_ngay", "thoi_vi", "thoi_ly_do", "thoi_vai_tro"):
                del self.fields[name]
            return
        roles = vai_tro_dang_mo(chi_doan, BI_THU, today())
        if cu.phan_cong or not self.co_tai_khoan or not roles:
            del self.fields["thoi_vai_tro"]
            return
        field = self.fields["thoi_vai_tro"]
        field.queryset = roles
        field.initial = roles[0].pk if len(roles) == 1 else None

    def _layout(self, cu):
        if self.is_thoi:
            names = [name for name in ("thoi_ly_do", "thoi_vai_tro") if name in self.fields]
            yield Fieldset(
                f"Thôi giữ chức: đồng chí {cu.ho_ten}",
                Row(Column("thoi_ngay"), Column("thoi_vi")),
                *names,
                css_class="section",
            )
        yield Fieldset(
            "Giữ chức bí thư",
            "doan_vien",
            "tu_ngay",
            *self.giu_layout(Div("den_ngay", css_class="chi-tam-quyen")),
            css_class="section",
        )
        yield from self.tai_khoan_layout()
        if cu is not None:
            yield Fieldset("Bàn giao", "lap_ban_giao", css_class="section")

    def build(self) -> dict:
        """The arguments of the service."""
        data = self.cleaned_data
        names = ("doan_vien", "tu_ngay", "den_ngay", "giu", "tai_khoan")
        return {
            **{name: data[name] for name in names if name in data},
            "lap_ban_giao": data.get("lap_ban_giao", False),
            "thoi": self._thoi(data) if self.is_thoi else None,
        }

    def _thoi(self, data) -> NguoiThoi:
        return NguoiThoi(
            den_ngay=data["thoi_ngay"],
            ket_thuc=data["thoi_vi"],
            ly_do=data["thoi_ly_do"],
            phan_cong=data.get("thoi_vai_tro"),
        )


class BanGiaoForm(forms.Form):
    """What the minutes say besides what is on record."""

    ngay = forms.DateField(label="Ngày bàn giao", help_text="Ví dụ 05/02/2026", initial=today)
    dia_diem = forms.CharField(label="Địa điểm", max_length=120, required=False)
    vat = forms.CharField(
        label="Sổ sách, con dấu, tài sản, quỹ giao kèm",
        required=False,
        help_text="Mỗi thứ một dòng. Ví dụ: 01 cờ Đoàn; sổ chi đoàn năm 2026.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    dan_lai = forms.CharField(
        label="Việc cần dặn lại",
        required=False,
        help_text="Điều không có trong sổ: ai hay giúp, việc nào đang dở.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SuaBanGiaoForm(SuaDongForm, BanGiaoForm):
    """The same of minutes that the ward and the leaving secretary may both have open."""

    TRUONG = BanGiao.TRUONG_SUA


class KyGiayForm(forms.Form):
    ngay = forms.DateField(label="Hai bên ký trên giấy ngày", initial=today)


class MoLaiForm(forms.Form):
    ly_do = forms.CharField(label="Vì sao sửa lại", max_length=200)
