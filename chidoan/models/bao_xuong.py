"""What a unit holds for those below it, classes and contests: who sees it, who changes it."""

from django.db.models import Q

from core.text import fold
from tochuc.permissions import Quyen
from tochuc.scoping import TaiDonViQuerySet, path_prefixes, subtree


class BaoXuongQuerySet(TaiDonViQuerySet):
    """Rows of a unit that are seen below it as well, once they are announced: who is below is to
    come. Only those who work at the unit itself change them."""

    quyen_xem = Quyen.XEM_CAN_BO
    quyen_ghi = Quyen.TO_CHUC_BOI_DUONG
    da_bao = Q()

    def visible_to(self, user):
        scope, above = Q(pk__in=()), set()
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("don_vi__path", path)
            above |= set(path_prefixes(path))
        return self.filter(scope | (Q(don_vi__path__in=above) & self.da_bao))

    def co_don_vi(self):
        return self.select_related("don_vi")

    def tim(self, text: str):
        return self.filter(khoa_tim__contains=fold(text))


class CoTen:
    """A row with a name and the key it is found by."""

    def set_ten(self, ten: str) -> None:
        self.ten, self.khoa_tim = ten, fold(ten)
