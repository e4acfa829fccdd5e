"""The period a list of the cadres' pages is about."""

from datetime import date

from core.periods import KyBaoCao


def read_ky(request, day: date) -> KyBaoCao:
    """The quarter or year the address asks for; what is no period is the running quarter."""
    try:
        return KyBaoCao.parse(request.GET.get("ky") or "")
    except ValueError:
        return KyBaoCao.quarter_of(day)
