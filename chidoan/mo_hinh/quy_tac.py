"""Rules of initiatives without the database: which quarters may be said something about."""

from datetime import date

from core.errors import RuleError
from core.periods import KyBaoCao
from core.text.display import ngay as show_ngay

SO_KY_CHON = 8


def cac_quy(tu_ngay: date, den_ngay: date | None, homnay: date) -> list[KyBaoCao]:
    """The quarters in which an initiative ran up to today, newest first."""
    last = KyBaoCao.quarter_of(min(den_ngay or homnay, homnay))
    first = KyBaoCao.quarter_of(tu_ngay)
    found = []
    while last >= first:
        found.append(last)
        last = last.previous
    return found


def doc_quy(text: str | None, quarters: list[KyBaoCao], day: date) -> KyBaoCao:
    """The quarter an address asks for, of those that may be; else the newest of them."""
    try:
        asked = KyBaoCao.parse(text or "")
    except ValueError:
        asked = None
    return asked if asked in quarters else (quarters or [KyBaoCao.quarter_of(day)])[0]


def check_quy(tu_ngay: date, den_ngay: date | None, ky: KyBaoCao, homnay: date) -> None:
    """Refuse what is no quarter of the initiative, or has not begun."""
    if not ky.quy:
        raise RuleError("Chọn một quý.", field="ky")
    if ky not in cac_quy(tu_ngay, den_ngay, homnay):
        raise RuleError(f"Mô hình không chạy trong {ky.ten}, hoặc quý này chưa đến.", field="ky")


def check_ngay_nhat_ky(tu_ngay: date, den_ngay: date | None, ngay: date, homnay: date) -> None:
    """Refuse a day outside the life of the initiative. Work before the launch may be told."""
    if ngay > homnay:
        raise RuleError("Ngày này chưa đến. Ghi việc đã làm.", field="ngay")
    if den_ngay and ngay > den_ngay:
        raise RuleError(f"Mô hình đã kết thúc ngày {show_ngay(den_ngay)}.", field="ngay")


def check_ngay_danh_gia(ky: KyBaoCao, ngay: date, homnay: date) -> None:
    """A quarter is reviewed from its last month on."""
    if ngay > homnay:
        raise RuleError("Ngày đánh giá chưa đến.", field="ngay")
    if ngay < ky.months[-1].start:
        raise RuleError(
            f"Đánh giá {ky.ten} từ ngày {show_ngay(ky.months[-1].start)} trở đi.", field="ngay"
        )
