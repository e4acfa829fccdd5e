"""Nhập thay: the ward writes in a branch's place, which row and audit line say."""


def is_nhap_thay(by, chi_doan_id: int) -> bool:
    """Whether the account acts for a branch at which it holds no role itself; nobody does not."""
    return by is not None and all(role.don_vi_id != chi_doan_id for role in by.phan_cong_hom_nay)


def nhap_thay(by, chi_doan_id: int) -> dict[str, bool]:
    """The particular of an audit line that says so."""
    return {"nhap_thay": True} if is_nhap_thay(by, chi_doan_id) else {}
