from django import forms

from doanvien.models import RenLuyen

from .services import KetQua
from .thang_diem import PHAN

MAX_CHU_SO = 3


class NoiDungForm(forms.ModelForm):
    class Meta:
        model = RenLuyen
        fields = ["noi_dung"]
        widgets = {"noi_dung": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noi_dung"].label = "Nội dung đăng ký"
        if not self.instance.noi_dung:
            self.initial["noi_dung"] = "\n".join(f"{ten}: " for ten in PHAN)


def read_checked(data) -> set[int]:
    """Whose box was ticked."""
    return {int(text) for text in data.getlist("dv") if _is_so(text, 18)}


def read_ket_qua(data, people: list[int], *, nam_phan: bool) -> tuple[dict[int, KetQua], list[int]]:
    """The results that were typed, and whose points are no numbers; empty rows are left out."""
    found, wrong = {}, []
    for pk in people:
        names = [f"p{so}-{pk}" for so in range(len(PHAN))] if nam_phan else [f"diem-{pk}"]
        texts = [data.get(name, "").strip() for name in names]
        muc = data.get(f"muc-{pk}", "")
        if any(text and not _is_so(text, MAX_CHU_SO) for text in texts):
            wrong.append(pk)
        elif any(texts):
            points = [int(text or 0) for text in texts]
            found[pk] = KetQua(diem_phan=points) if nam_phan else KetQua(diem=points[0])
        elif muc in RenLuyen.Muc.values:
            found[pk] = KetQua(muc=muc)
    return found, wrong


def _is_so(text: str, digits: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits
