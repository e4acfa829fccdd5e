"""The table in which a quarter's figures of all groups are typed: one row for each group."""

from dataclasses import dataclass

from django import forms

from chidoan.bang_ghi import BangDangLuu, ghi_dau
from chidoan.models import SoDuTo, ToTietKiem
from chidoan.truong_so import SoField, TienField
from core.errors import RuleError
from core.periods import KyBaoCao, read_ky
from core.text.numbers import money
from tochuc.models import DonVi

from .queries import cac_to_trong_ky, so_du_hai_quy
from .services import COT_SO_DU, Figures, bang_so_du, check_so_du, is_trong, so_lieu_cua

NHAN = ("Tổ viên", "Dư nợ (đồng)", "Nợ quá hạn (đồng)", "Tiết kiệm (đồng)")


def read_quy(text: str | None, default: KyBaoCao) -> KyBaoCao:
    """The quarter that an address asks for; the page's own for nothing and for nonsense."""
    ky = read_ky(text, default)
    return ky if ky.quy else KyBaoCao.quarter_of(ky.end)


@dataclass(frozen=True)
class Hang:
    """One group: its fields, and beside each what was written last, so that a look tells what
    has changed."""

    to: ToTietKiem
    o: list[tuple]
    truoc: SoDuTo | None

    @property
    def ky_truoc(self) -> str:
        return self.truoc.ky.ten if self.truoc else ""


class BangQuyForm(forms.Form):
    """Four cells for each group of a unit and of those below it.

    `version` holds what the page showed, see `bang_ghi`.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, don_vi: DonVi, ky: KyBaoCao, **kwargs):
        self.ky, self.to = ky, cac_to_trong_ky(don_vi, ky)
        own, self.truoc = so_du_hai_quy(self.to, ky)
        stored = {to: so_lieu_cua(own.get(to.pk)) for to in self.to}
        super().__init__(*args, initial={"version": ghi_dau(bang_so_du(stored))}, **kwargs)
        for to in self.to:
            for name, label in zip(COT_SO_DU, NHAN, strict=True):
                kind = SoField if name == "so_thanh_vien" else TienField
                value = stored[to][name]
                field = kind(label=label, required=False, initial=value, rong="form-control")
                self.fields[_ten(to, name)] = field

    def clean(self):
        """Check every row, so that all that has to be mended is said at once."""
        for to, values in self.so_du.items():
            is_read = not any(_ten(to, name) in self.errors for name in COT_SO_DU)
            if is_read and not is_trong(values):
                self._check(to, values)
        return self.cleaned_data

    def _check(self, to: ToTietKiem, values: Figures) -> None:
        try:
            check_so_du(to, self.ky, values)
        except RuleError as refusal:
            self.add_error(_ten(to, refusal.field), str(refusal))

    @property
    def so_du(self) -> dict[ToTietKiem, Figures]:
        said = self.cleaned_data
        return {to: {name: said.get(_ten(to, name)) for name in COT_SO_DU} for to in self.to}

    @property
    def hang(self) -> list[Hang]:
        return [self._hang(to, self.truoc.get(to.pk)) for to in self.to]

    def _hang(self, to: ToTietKiem, truoc: SoDuTo | None) -> Hang:
        was = [money(getattr(truoc, name)) if truoc else "" for name in COT_SO_DU]
        boxes = [self[_ten(to, name)] for name in COT_SO_DU]
        return Hang(to, list(zip(boxes, was, strict=True)), truoc)

    @property
    def so_loi(self) -> str:
        """In which groups something has to be mended."""
        wrong = [
            str(to) for to in self.to if any(_ten(to, name) in self.errors for name in COT_SO_DU)
        ]
        return f"Sửa chỗ viền đỏ ở {', '.join(wrong)} rồi lưu lại." if wrong else ""

    def two_versions(self, current: BangDangLuu) -> list[dict]:
        """Groups whose figures somebody else has written differently meanwhile."""
        mine, groups = bang_so_du(self.so_du), {str(to.pk): to for to in self.to}
        return [
            {
                "label": str(groups[ten]),
                "mine": _chu(mine[ten]),
                "theirs": _chu(current.dong[ten]),
            }
            for ten in current.khac
        ]


def _ten(to: ToTietKiem, name: str) -> str:
    return f"to{to.pk}-{name}"


def _chu(line: tuple) -> str:
    """ "tổ viên 35, dư nợ 960.000.000": what is not zero."""
    said = [
        f"{label.lower().partition(' (')[0]} {money(value)}"
        for label, value in zip(NHAN, line, strict=True)
        if value
    ]
    return ", ".join(said)
