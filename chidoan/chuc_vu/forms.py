"""Forms of offices: who, how filled, which account, and how a term ends."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row
from django import forms

from chidoan.models import ChucVu
from chidoan.models.chuc_vu import PHIEU
from chidoan.sua_dong import SuaDongForm
from core.periods import today
from doanvien.forms import MucGap, not_later
from tochuc.bieu_quyet import Phieu
from tochuc.forms.tai_khoan import read_dien_thoai
from tochuc.models import NguoiDung
from tochuc.permissions import Quyen
from tochuc.services import suggest_password

from .chon import nguoi_chon_duoc
from .services import CachGiu
from .tai_khoan import TaiKhoan, tai_khoan_chon_duoc

CHON = ("", "Chọn chức danh")
TRONG_CHI_DOAN = (ChucVu.ChucDanh.BI_THU, ChucVu.ChucDanh.PHO_BI_THU, ChucVu.ChucDanh.UY_VIEN)
KHONG, CO_SAN, MOI = "khong", "co_san", "moi"


class NguoiChoice(forms.ModelChoiceField):
    """A member, told from others of the name by year and branch, and marked when away."""

    def label_from_instance(self, obj):
        away = ", đang đi làm xa" if obj.is_di_lam_xa(today()) else ""
        return f"{obj.ho_ten}, sinh {obj.ngay_sinh.year}, {obj.chi_doan}{away}"


class TaiKhoanChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.ho_ten} ({obj.username})"


class GiuForm(forms.Form):
    """How an office is filled: elected with its vote, or appointed by its decision."""

    tu_ngay = forms.DateField(label="Từ ngày", help_text="Ví dụ 05/02/2026", initial=today)
    den_ngay = forms.DateField(
        label="Đến hết ngày", required=False, help_text="Bắt buộc khi quyền, lâm thời."
    )
    cach = forms.ChoiceField(
        label="Cách giữ chức",
        choices=[("", "Chưa rõ, ghi sau"), *ChucVu.Cach.choices],
        required=False,
    )
    tam_quyen = forms.ChoiceField(
        label="Chính thức hay tạm quyền",
        choices=[("", "Chính thức"), *ChucVu.TamQuyen.choices],
        required=False,
    )
    han_nhiem_ky = forms.DateField(
        label="Nhiệm kỳ hết ngày", required=False, help_text="Theo nhiệm kỳ đại hội, để nhắc."
    )
    co_quyen = forms.IntegerField(label="Có quyền bầu", required=False, min_value=0, max_value=9999)
    co_mat = forms.IntegerField(label="Có mặt bầu", required=False, min_value=0, max_value=9999)
    tan_thanh = forms.IntegerField(
        label="Phiếu tán thành", required=False, min_value=0, max_value=9999
    )
    khong_tan_thanh = forms.IntegerField(
        label="Không tán thành", required=False, min_value=0, max_value=9999
    )
    khong_hop_le = forms.IntegerField(
        label="Không hợp lệ", required=False, min_value=0, max_value=9999
    )
    so_quyet_dinh = forms.CharField(
        label="Số quyết định chuẩn y, chỉ định",
        max_length=40,
        required=False,
        help_text="Ví dụ 12-QĐ/ĐTN",
    )
    ngay_quyet_dinh = forms.DateField(label="Ngày quyết định", required=False)
    ly_do_di_xa = forms.CharField(
        label="Lý do bố trí người đang đi làm xa",
        max_length=200,
        required=False,
        help_text="Người ghi đi làm xa không làm bí thư, phó bí thư, trừ khi ghi lý do ở đây.",
    )

    def clean_ngay_quyet_dinh(self):
        day = self.cleaned_data["ngay_quyet_dinh"]
        return day and not_later(day, "Ngày quyết định")

    def clean(self):
        data = super().clean()
        data["giu"] = self._giu(data)
        return data

    def _giu(self, data) -> CachGiu:
        names = ("cach", "tam_quyen", "han_nhiem_ky", "so_quyet_dinh", "ngay_quyet_dinh")
        told = {name: data.get(name) for name in (*names, "ly_do_di_xa")}
        told = {key: value for key, value in told.items() if value is not None}
        return CachGiu(phieu=self._phieu(data), co_quyen=data.get("co_quyen"), **told)

    def _phieu(self, data) -> Phieu | None:
        """The tally once somebody wrote who was present; a box left empty means none."""
        if all(data.get(name) is None for name in PHIEU):
            return None
        missing = [name for name in ("co_quyen", "co_mat", "tan_thanh") if data.get(name) is None]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, "Ghi đủ số phiếu, hoặc để trống cả.")
        if missing:
            return None
        return Phieu(**{name: data.get(name) or 0 for name in PHIEU[1:]})

    @staticmethod
    def giu_layout(*more):
        """The folded part: vote, decision and what is seldom asked for."""
        return (
            Row(Column("cach"), Column("tam_quyen")),
            *more,
            MucGap(
                "Kết quả bầu",
                Row(Column("co_quyen"), Column("co_mat")),
                Row(Column("tan_thanh"), Column("khong_tan_thanh"), Column("khong_hop_le")),
                css_class="section chi-bau",
            ),
            Row(Column("so_quyet_dinh"), Column("ngay_quyet_dinh")),
            MucGap(
                "Nhiệm kỳ, trường hợp đi làm xa", "han_nhiem_ky", "ly_do_di_xa", css_class="section"
            ),
        )


class TaiKhoanForm(forms.Form):
    """The account that goes with an office: one of the ward's, or a new one."""

    tai_khoan = forms.ChoiceField(
        label="Tài khoản",
        choices=[
            (KHONG, "Chưa cấp tài khoản"),
            (CO_SAN, "Dùng tài khoản đã có"),
            (MOI, "Mở tài khoản mới"),
        ],
        initial=KHONG,
        widget=forms.RadioSelect,
        help_text="Quyền vào hệ thống bắt đầu và kết thúc cùng chức vụ.",
    )
    nguoi_dung = TaiKhoanChoice(
        label="Tài khoản của đồng chí ấy",
        queryset=NguoiDung.objects.none(),
        required=False,
        empty_label="Chọn tài khoản",
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        required=False,
        help_text="Chữ thường không dấu, số, dấu chấm. Ví dụ bithu.khuvuc1.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    dien_thoai = forms.CharField(
        label="Số điện thoại",
        max_length=16,
        required=False,
        help_text="10 chữ số. Dùng thay tên đăng nhập được.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "w-sdt"}),
    )
    password = forms.CharField(
        label="Mật khẩu đầu tiên",
        max_length=128,
        strip=False,
        required=False,
        initial=suggest_password,
        help_text="Chép và đưa tận tay; đồng chí ấy đổi lại sau khi đăng nhập. Từ 15 ký tự.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, user, don_vi, **kwargs):
        super().__init__(*args, **kwargs)
        self.co_tai_khoan = user.may(Quyen.QUAN_LY_TAI_KHOAN, don_vi)
        if self.co_tai_khoan:
            for name in ("nguoi_dung", "username", "password"):
                self.fields[name].can_khi_chon = True
            self.fields["nguoi_dung"].queryset = tai_khoan_chon_duoc(user, don_vi)
            return
        for name in ("tai_khoan", "nguoi_dung", "username", "dien_thoai", "password"):
            del self.fields[name]

    def tai_khoan_layout(self):
        if not self.co_tai_khoan:
            return ()
        return (
            Fieldset(
                "Tài khoản",
                "tai_khoan",
                Div("nguoi_dung", css_class="chi-co-san"),
                Div("username", "dien_thoai", "password", css_class="chi-moi"),
                css_class="section",
            ),
        )

    def clean_username(self):
        username = self.cleaned_data["username"].strip().lower()
        if username:
            NguoiDung._meta.get_field("username").run_validators(username)
        return username

    def clean_dien_thoai(self):
        return read_dien_thoai(self.cleaned_data["dien_thoai"])

    def clean(self):
        data = super().clean()
        chosen = data.get("tai_khoan")
        data["tai_khoan"] = None
        if chosen == CO_SAN:
            if not data.get("nguoi_dung"):
                self.add_error("nguoi_dung", "Chọn tài khoản.")
            else:
                data["tai_khoan"] = TaiKhoan(nguoi_dung=data["nguoi_dung"])
        if chosen == MOI:
            for name, words in (("username", "tên đăng nhập"), ("password", "mật khẩu")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"Ghi {words} của tài khoản mới.")
            names = ("username", "dien_thoai", "password")
            data["tai_khoan"] = TaiKhoan(**{name: data.get(name) or "" for name in names})
        return data


class ChucVuForm(TaiKhoanForm, GiuForm):
    """A term of office. At a branch the person comes from the register of the ward."""

    doan_vien = NguoiChoice(
        label="Đoàn viên", queryset=None, required=False, empty_label="Chọn đoàn viên"
    )
    ho_ten = forms.CharField(
        label="Họ và tên",
        max_length=120,
        required=False,
        help_text="Chỉ ghi khi đồng chí không có trong danh sách đoàn viên.",
        widget=forms.TextInput(attrs={"autocapitalize": "words", "spellcheck": "false"}),
    )
    chuc_danh = forms.ChoiceField(label="Chức danh", choices=[CHON, *ChucVu.ChucDanh.choices])

    def __init__(self, *args, user, don_vi, **kwargs):
        super().__init__(*args, user=user, don_vi=don_vi, **kwargs)
        self.fields["doan_vien"].queryset = nguoi_chon_duoc(don_vi)
        who = ["doan_vien", "ho_ten"]
        if don_vi.is_chi_doan:
            del self.fields["ho_ten"]
            who.remove("ho_ten")
            self.fields["doan_vien"].required = True
            choices = [CHON, *((row.value, row.label) for row in TRONG_CHI_DOAN)]
            self.fields["chuc_danh"].choices = choices
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *who,
            "chuc_danh",
            Row(Column("tu_ngay"), Column("den_ngay")),
            *self.giu_layout(),
            *self.tai_khoan_layout(),
        )

    def build(self) -> dict:
        """The arguments of the service."""
        names = ("doan_vien", "ho_ten", "chuc_danh", "tu_ngay", "den_ngay", "giu", "tai_khoan")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class SuaChucVuForm(SuaDongForm, GiuForm):
    """What may be mended of a term: all but who holds which office."""

    TRUONG = ChucVu.TRUONG_SUA

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        days = Row(Column("tu_ngay"), Column("den_ngay"))
        self.helper.layout = Layout("version", days, *self.giu_layout())

    def build(self) -> dict:
        names = ("tu_ngay", "den_ngay", "giu", "version")
        return {name: self.cleaned_data[name] for name in names}


class CapTaiKhoanForm(TaiKhoanForm):
    """An account for an office that is held already."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tai_khoan"].choices = self.fields["tai_khoan"].choices[1:]
        self.fields["tai_khoan"].initial = CO_SAN
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.tai_khoan_layout())

    def build(self) -> dict:
        return {"tai_khoan": self.cleaned_data["tai_khoan"]}


class KetThucForm(forms.Form):
    den_ngay = forms.DateField(label="Đến hết ngày", help_text="Ví dụ 05/02/2026", initial=today)
    ket_thuc = forms.ChoiceField(
        label="Vì sao thôi giữ chức",
        choices=[("", "Chọn lý do"), *ChucVu.KetThuc.choices],
    )
    ly_do = forms.CharField(
        label="Ghi thêm",
        max_length=200,
        required=False,
        help_text="Một câu. Cần ghi khi chọn lý do khác.",
    )


class LyDoVangForm(forms.Form):
    ly_do = forms.CharField(
        label="Vì sao vẫn giữ chức",
        max_length=200,
        help_text="Ví dụ: đi làm gần, cuối tuần nào cũng về sinh hoạt.",
    )
