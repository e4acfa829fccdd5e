"""What the record of a member and an application say of a person alike."""

from datetime import date

from django.db import models

from core.text import clean_name, fold, name_sort_key
from tochuc.ma_hoa import decrypt, encrypt, lookup_hash


class ConNguoi(models.Model):
    """A person with a name, a day of birth, a phone and a citizen id.

    The columns stand in each table, because their indexes differ; how they are set, hidden and
    counted is decided here.
    """

    class Meta:
        abstract = True

    def __str__(self):
        return self.ho_ten

    def set_ho_ten(self, ho_ten: str) -> None:
        """Set the name together with the keys it is sorted and found by."""
        self.ho_ten = clean_name(ho_ten)
        self.khoa_sap_xep = name_sort_key(self.ho_ten)[:255]
        self.khoa_tim = fold(self.ho_ten)[:120]

    def set_cccd(self, so: str) -> None:
        """Keep the citizen id (9 or 12 digits, or empty) encrypted, hashed and as last four."""
        self.cccd_ma_hoa = encrypt(so)
        self.cccd_bam = lookup_hash(so)
        self.cccd_cuoi = so[-4:]

    @property
    def cccd(self) -> str:
        """The whole citizen id; every look at it is a right of its own and audited."""
        return decrypt(self.cccd_ma_hoa)

    @property
    def cccd_che(self) -> str:
        return f"•••• {self.cccd_cuoi}" if self.cccd_cuoi else ""

    @property
    def dien_thoai_che(self) -> str:
        """The phone for who may not call: "09•• ••• 218"."""
        return f"{self.dien_thoai[:2]}•• ••• {self.dien_thoai[-3:]}" if self.dien_thoai else ""

    def tuoi(self, day: date) -> int:
        """Full years of age on `day`."""
        born = self.ngay_sinh
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
