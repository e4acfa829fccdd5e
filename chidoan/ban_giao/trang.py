"""What the page of a hand-over says: who has signed, and what may be done by whom."""

from django.urls import reverse
from django.utils.text import capfirst

from chidoan.models import BanGiao
from core.periods import today
from core.tables import Column, Table
from core.text.display import gio, ngay
from tochuc.permissions import Quyen

from .services import BEN, ben_cua, ky_duoc


def trang_ban_giao(user, row: BanGiao, *, da_in: bool) -> dict:
    may_assign = user.may(Quyen.PHAN_CONG_PHU_TRACH, row.don_vi)
    ben = ben_cua(row, user)
    is_party = ben is not None
    may_giay = may_assign and not row.is_xong and row.chuc_vu_nhan is not None
    return {
        "title": str(row),
        "subtitle": f"Ngày {ngay(row.ngay)}",
        "back": reverse("chidoan:ban_giao_list"),
        "ban_giao": row,
        "state": tinh_trang(row),
        "chang": list(_chang(row, da_in=da_in)),
        "facts": [fact for fact in _facts(row, user) if fact[1]],
        "da_in": da_in,
        "may_edit": (may_assign or ben == "giao") and not row.da_ky and not da_in,
        "may_sign": is_party and not row.is_xong and not getattr(row, f"{ben}_luc"),
        "chua_den": _chua_den(row, ben),
        "may_giay": may_giay,
        "ky_giay": _ky_giay(row, may_giay=may_giay),
        "ky_den": _ky_den(row, ben),
        "may_reopen": may_assign and not row.is_xong and (row.da_ky or da_in),
        "may_delete": may_assign and not row.da_ky and not da_in,
        "may_zip": (may_assign or is_party) and user.may(Quyen.XUAT_DOAN_VIEN, row.don_vi),
        "can_bi_thu": may_assign and row.chuc_vu_nhan is None,
    }


def tinh_trang(row: BanGiao) -> tuple[str, str, str]:
    if row.is_xong:
        return "ok", "circle-check", "Đã bàn giao"
    if row.chuc_vu_nhan is None:
        return "neutral", "clock", "Chờ bí thư mới"
    if row.giao_luc or row.nhan_luc:
        return "info", "hourglass", f"Chờ bên {'nhận' if row.giao_luc else 'giao'} ký"
    return "warn", "hourglass", "Chờ hai bên ký"


def _chang(row: BanGiao, *, da_in: bool):
    """The road: written, signed by one, by the other."""
    yield _muc("Lập biên bản", ngay(row.ngay), "done")
    for ben, words in (("giao", "Bên giao"), ("nhan", "Bên nhận")):
        term, luc = getattr(row, f"chuc_vu_{ben}"), getattr(row, f"{ben}_luc")
        name = term.ho_ten if term else "chưa có"
        if row.giay_ngay:
            yield _muc(f"{words}: {name}", f"ký giấy {ngay(row.giay_ngay)}", "done")
        elif luc:
            yield _muc(f"{words}: {name}", f"xác nhận {gio(luc)}", "done")
        else:
            note = f"chưa xác nhận{_cach_ky(row, ben)}"
            yield _muc(f"{words}: {name}", note, "wait" if term else "todo")


def _muc(name: str, note: str, state: str) -> dict:
    return {"name": name, "note": note, "state": state}


def _facts(row: BanGiao, user):
    giao, nhan = row.chuc_vu_giao, row.chuc_vu_nhan
    yield ("Bên giao", f"{giao}, thôi {ngay(giao.den_ngay)}" if giao.den_ngay else str(giao))
    yield ("Thôi vì", giao.ly_do_cho(user))
    yield ("Bên nhận", f"{nhan}, từ {ngay(nhan.tu_ngay)}" if nhan else "Chưa ghi bí thư mới")
    yield ("Địa điểm", row.dia_diem)
    yield ("Sổ sách, con dấu, tài sản, quỹ", row.vat)
    yield ("Dặn lại", row.dan_lai)


def _cach_ky(row: BanGiao, ben: str) -> str:
    """How who has not signed yet does it: with the own account until when, or on paper."""
    term = getattr(row, f"chuc_vu_{ben}")
    if term is None or row.is_xong:
        return ""
    if term.phan_cong is None:
        return "; chưa có tài khoản, ký trên giấy"
    if not ky_duoc(row, ben):
        return f"; tài khoản hết quyền sau ngày {ngay(term.phan_cong.den_ngay)}, ký trên giấy"
    last = term.phan_cong.den_ngay
    return f"; xác nhận được đến hết ngày {ngay(last)}" if last else ""


def _ky_giay(row: BanGiao, *, may_giay: bool) -> str:
    """What is to be done when somebody cannot sign with an account; "" when both can."""
    if row.is_xong or row.chuc_vu_nhan is None:
        return ""
    left = [
        getattr(row, f"chuc_vu_{ben}").ho_ten
        for ben in BEN
        if not getattr(row, f"{ben}_luc") and not ky_duoc(row, ben)
    ]
    if not left:
        return ""
    names = " và ".join(f"đồng chí {name}" for name in left)
    then = (
        "In biên bản, hai bên ký rồi ghi lại ở đây."
        if may_giay
        else "Hai bên ký xong, Đoàn phường, xã ghi lại."
    )
    who = capfirst(names)
    return f"{who} không xác nhận bằng tài khoản được: ký trên giấy. {then}"


def _ky_den(row: BanGiao, ben: str | None) -> str:
    """Until when this party may sign, where the account's role ends; "" when it does not."""
    term = getattr(row, f"chuc_vu_{ben}") if ben else None
    last = term.phan_cong.den_ngay if term else None
    return ngay(last) if last else ""


def _chua_den(row: BanGiao, ben: str | None) -> str:
    """From which day this party may sign; "" when it is not too early."""
    if row.ngay > today():
        return ngay(row.ngay)
    if ben == "nhan" and row.chuc_vu_nhan.tu_ngay > today():
        return ngay(row.chuc_vu_nhan.tu_ngay)
    return ""


BAN_GIAO_TABLE = Table(
    name="ban-giao",
    columns=(
        Column(label="Chi đoàn", source="don_vi.ten", link=True, sort="don_vi__path", primary=True),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        Column(label="Bên giao", source="chuc_vu_giao.ho_ten", meta="giao"),
        Column(label="Bên nhận", source="chuc_vu_nhan.ho_ten", meta="nhận"),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
    ),
    empty_text="Chưa có bàn giao nào",
    empty_hint="Bàn giao lập khi đổi bí thư, ở trang của chi đoàn.",
    empty_icon="file-text",
)
