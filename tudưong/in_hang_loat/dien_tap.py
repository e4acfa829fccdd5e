"""Diễn tập: a case is issued once without effect, so that its papers can be laid out meanwhile.

Register and audit are locked by who issues. So a group of cases is issued in a transaction that
is rolled back: what would be printed, with which numbers, is known and handed to the printers
while nothing is locked. Then each case is issued for good, with the files that are there. Numbers
have no gaps, for what issues is the same as ever; whoever came between has only made the rehearsal
useless.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from django.db import OperationalError, transaction

from core.errors import RuleError
from core.pdf.pool import LOI, Printers
from tochuc.van_ban import BanIn, MayIn
from tudưong.giay_to.phat_hanh import issue_bo_ho_so, lock_registers
from tudưong.models import HoSo

logger = logging.getLogger(__name__)


class KhacDienTapError(Exception):
    """What is to be printed is not what was rehearsed: somebody else has taken a number."""


@dataclass(frozen=True)
class BanDien:
    """One paper of a rehearsal and its file, which is being made."""

    ban_in: BanIn
    tep: Future[bytes]


class DienTap(MayIn):
    """Notes what a case would print and lets it be laid out; gives no file itself."""

    def __init__(self, printers: Printers):
        self.printers = printers
        self.ma_da_cap: list[str] = []
        self.ban_in: list[BanDien] = []
        self.tu_choi: Exception | None = None

    def ma(self) -> str:
        self.ma_da_cap.append(super().ma())
        return self.ma_da_cap[-1]

    def in_ra(self, ban_in: BanIn) -> bytes:
        self.ban_in.append(BanDien(ban_in, self.printers.submit(ban_in)))
        return b"%PDF"

    def cho(self) -> None:
        """Wait for its files, outside any transaction; RuleError for one that cannot be made."""
        if self.tu_choi:
            raise self.tu_choi
        for ban in self.ban_in:
            ban.tep.result()


class InDaCo(MayIn):
    """Gives the files of a rehearsal, under the codes that stand in them."""

    def __init__(self, dien_tap: DienTap):
        self.codes = iter(dien_tap.ma_da_cap)
        self.ban_in = dien_tap.ban_in

    def ma(self) -> str:
        return next(self.codes, None) or super().ma()

    def in_ra(self, ban_in: BanIn) -> bytes:
        for ban in self.ban_in:
            if ban.ban_in == ban_in:
                return ban.tep.result()
        raise KhacDienTapError


def rehearse(cases: Sequence[HoSo], printers: Printers, *, by) -> dict[int, DienTap]:
    """What each of these cases would print if they were issued now in this order, by case."""
    rehearsals = {}
    with transaction.atomic():
        lock_registers(cases)
        for ho_so in cases:
            rehearsals[ho_so.pk] = dien_tap = DienTap(printers)
            try:
                with transaction.atomic():
                    issue_bo_ho_so(ho_so=ho_so, by=by, may_in=dien_tap)
            except (RuleError, OperationalError) as refusal:
                dien_tap.tu_choi = refusal
            except Exception:
                logger.exception("A dossier of a batch could not be rehearsed")
                dien_tap.tu_choi = RuleError(LOI)
        transaction.set_rollback(True)
    return rehearsals
