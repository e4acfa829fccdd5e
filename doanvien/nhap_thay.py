"""Nhập thay: the ward writes in a branch's place, which the audit line says."""


def nhap_thay(by, chi_doan_id: int) -> dict[str, bool]:
    """The particular of an audit line, when the account holds no role at the branch itself."""
    is_own = by is None or any(role.don_vi_id == chi_doan_id for role in by.phan_cong_hom_nay)
    return {} if is_own else {"nhap_thay": True}
