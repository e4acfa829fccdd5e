from django import forms

from chidoan.bang_ghi import BangDangLuu, ghi_dau
from chidoan.sua_dong import SuaDongForm
from core.periods import ROMAN, KyBaoCao, today
from tudưong.chuong_trinh import GIO_HOP, ket_luan_tu_so_lieu, khach_moi_cua
from tudưong.models import DanhGia, KyDanhGia

from .chung import NgayField, NoiDungField

KHACH_MOI = "Mỗi dòng một người: đảng viên giúp đỡ, đại diện cấp ủy, chi đoàn."


class GioField(forms.TimeField):
    def __init__(self, **kwargs):
        widget = forms.TimeInput(format="%H:%M", attrs={"class": "form-control w-nam"})
        super().__init__(label="Giờ họp", help_text="Ví dụ 08:00.", widget=widget, **kwargs)


class KyForm(forms.Form):
    ky = forms.ChoiceField(label="Quý", widget=forms.RadioSelect)
    ngay = NgayField("Ngày họp tổ", initial=today)
    gio = GioField(required=False, initial=GIO_HOP)
    dia_diem = forms.CharField(label="Địa điểm", max_length=160)
    khach_moi = NoiDungField("Khách mời", required=False, help_text=KHACH_MOI)

    def __init__(self, *args, to, **kwargs):
        super().__init__(*args, **kwargs)
        now = KyBaoCao.quarter_of(today())
        held = set(to.ky_danh_gia.values_list("nam", "quy"))
        free = [ky for ky in (now.previous, now) if (ky.nam, ky.quy) not in held]
        self.fields["ky"].choices = [(ky.code, f"Quý {ROMAN[ky.quy]} năm {ky.nam}") for ky in free]
        self.fields["ky"].initial = now.code
        self.fields["khach_moi"].initial = khach_moi_cua(to)

    def clean_ky(self):
        return KyBaoCao.parse(self.cleaned_data["ky"])


class _SuaKyForm(SuaDongForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LichHopForm(_SuaKyForm):
    """When and where an open session is, who is invited, and its agenda."""

    ngay = NgayField("Ngày họp tổ")
    gio = GioField(required=False)
    dia_diem = forms.CharField(label="Địa điểm", max_length=160)
    khach_moi = NoiDungField("Khách mời", required=False, help_text=KHACH_MOI)
    chuong_trinh = NoiDungField(
        "Chương trình",
        rows=9,
        required=False,
        help_text="Mỗi dòng một mục. Lời mời gửi đi không có phần sau dấu hai chấm.",
    )

    TRUONG = ("ngay", "gio", "dia_diem", "khach_moi", "chuong_trinh")


class KetLuanKyForm(_SuaKyForm):
    """What was said and concluded: typed once, for the minutes and the report."""

    thu_ky = forms.CharField(label="Thư ký", max_length=120, required=False)
    noi_dung = NoiDungField("Ý kiến thảo luận", rows=5, required=False)
    ket_luan = NoiDungField(
        "Kết luận của tổ trưởng",
        rows=5,
        required=False,
        help_text="Viết sẵn từ số liệu của kỳ, sửa lại cho đúng lời kết luận.",
    )

    TRUONG = ("thu_ky", "noi_dung", "ket_luan")

    def __init__(self, *args, dong: KyDanhGia, **kwargs):
        super().__init__(*args, dong=dong, **kwargs)
        self.mark_required = True
        if not dong.ket_luan:
            self.initial["ket_luan"] = ket_luan_tu_so_lieu(dong)


class DiemDanhToForm(forms.Form):
    """Who came: for each review `du_hop_<id>` and `ly_do_<id>`."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, danh_gia: list[DanhGia], **kwargs):
        super().__init__(*args, **kwargs)
        self.danh_gia = danh_gia
        shown = {str(row.pk): (row.du_hop, row.ly_do_vang) for row in danh_gia}
        self.fields["version"].initial = ghi_dau(shown)
        for row in danh_gia:
            self.fields[f"du_hop_{row.pk}"] = forms.BooleanField(
                label=row.thanh_vien.doan_vien.ho_ten, required=False, initial=row.du_hop
            )
            self.fields[f"ly_do_{row.pk}"] = forms.CharField(
                label=f"Lý do {row.thanh_vien} vắng",
                max_length=120,
                required=False,
                initial=row.ly_do_vang,
                widget=forms.TextInput(
                    attrs={
                        "class": "form-control",
                        "placeholder": "Vắng thì ghi lý do",
                        "aria-label": f"Lý do {row.thanh_vien} vắng",
                    }
                ),
            )

    def rows(self):
        return [(row, self[f"du_hop_{row.pk}"], self[f"ly_do_{row.pk}"]) for row in self.danh_gia]

    def gui(self) -> dict[str, tuple[bool, str]]:
        data = self.cleaned_data
        return {
            str(row.pk): (data[f"du_hop_{row.pk}"], data[f"ly_do_{row.pk}"])
            for row in self.danh_gia
        }

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        mine = self.gui()
        return [
            {
                "label": row.thanh_vien.doan_vien.ho_ten,
                "mine": _shown(mine[str(row.pk)]),
                "theirs": _shown(current.dong[str(row.pk)]),
            }
            for row in self.danh_gia
            if str(row.pk) in current.khac
        ]


def _shown(line: tuple[bool, str]) -> str:
    du_hop, ly_do = line
    return "Dự họp" if du_hop else f"Vắng{f': {ly_do}' if ly_do else ''}"
