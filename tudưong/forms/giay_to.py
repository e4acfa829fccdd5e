"""Forms of what papers say beyond the steps of a case."""

from django import forms

from tudưong.models import BienBanHop, NhanXetDuBi, TuNhanXet

from .chung import NgayField, NoiDungField


class GioField(forms.TimeField):
    """An hour typed as 19:30."""

    def __init__(self, label, **kwargs):
        super().__init__(label=label, required=False, help_text="Ví dụ 19:30.", **kwargs)


class BienBanForm(forms.ModelForm):
    """What the minutes need beside the tallies; what stays empty prints as a dotted line."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    bat_dau = GioField("Bắt đầu lúc")
    ket_thuc = GioField("Kết thúc lúc")
    to_kiem_phieu = NoiDungField(
        "Tổ kiểm phiếu", rows=3, required=False, help_text="Mỗi dòng một đồng chí."
    )
    thao_luan = NoiDungField("Ý kiến thảo luận", rows=4, required=False)
    ket_luan = NoiDungField(
        "Kết luận",
        rows=3,
        required=False,
        help_text="Việc giao tiếp theo và thời hạn. Kết quả biểu quyết biên bản tự ghi.",
    )

    class Meta:
        model = BienBanHop
        fields = [
            "bat_dau",
            "ket_thuc",
            "dia_diem",
            "chu_tri",
            "thu_ky",
            "dai_bieu",
            "trinh_bay",
            "thao_luan",
            "to_kiem_phieu",
            "phieu_phat",
            "ket_luan",
            "thong_qua",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["chu_tri"].help_text = "Họ và tên, chức vụ. Ví dụ Lê Minh Duy, Bí thư."
        self.fields["thu_ky"].help_text = "Họ và tên, chức vụ."
        self.fields["thao_luan"].help_text = "Không ghi ai bỏ phiếu thế nào."


class _CuaHoSoForm(forms.ModelForm):
    """A row that a case has one of, with the version that its reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


def _rong(*names: str, rows: int = 4) -> dict:
    return {name: forms.Textarea(attrs={"rows": rows}) for name in names}


class TuNhanXetForm(_CuaHoSoForm):
    ngay = NgayField("Ngày viết", required=False)

    class Meta:
        model = TuNhanXet
        fields = ["ngay", "pham_chat", "nhiem_vu", "hoc_tap", "quan_he", "han_che", "phuong_huong"]
        widgets = _rong(*fields[1:])


class NhanXetDuBiForm(_CuaHoSoForm):
    ngay = NgayField("Ngày nhận xét")

    class Meta:
        model = NhanXetDuBi
        fields = ["ngay", "pham_chat", "dao_duc", "nang_luc", "quan_he", "khuyet_diem"]
        widgets = _rong(*fields[1:])
