"""A form that corrects a row which two people may have open at once.

The page carries the row's version: a number, or a mark of what it says (`models.dau_ban`). Who
saves later sees both versions (`core.form_page`), and sending again keeps this person's words.
"""

from django import forms

from core.errors import StaleError


class SuaDongForm(forms.Form):
    """`dong` is the row that is corrected, none while one is written; TRUONG its columns."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    TRUONG: tuple[str, ...] = ()

    def __init__(self, *args, dong=None, initial=None, **kwargs):
        shown = {name: getattr(dong, name) for name in (*self.TRUONG, "version")} if dong else {}
        super().__init__(*args, initial=shown | (initial or {}), **kwargs)

    def stored(self, current, name: str):
        return getattr(current, name)


def check_chua_doi(dong, version: str | int | None, ten: str = "mục này") -> None:
    """StaleError when the row no longer says what the page showed; without a version, nothing."""
    if version is not None and version != dong.version:
        raise StaleError(f"Có người vừa sửa {ten}. Xem hai bản rồi lưu.", current=dong)
