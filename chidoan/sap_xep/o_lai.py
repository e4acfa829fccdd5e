"""What becomes of each key to a unit when the unit ends, where it is not `di_theo`.

A new table that belongs to units is named here or there; a test asks for it.
"""

XU_LY_RIENG = {
    "chidoan.buoihuy": ("chi_doan",),
    "chidoan.chucvu": ("don_vi",),
    "chidoan.nhipsinhhoat": ("chi_doan",),
    "chidoan.phucap": ("don_vi",),
    "chidoan.phutrach": ("chi_doan",),
    "doanvien.doanvien": ("chi_doan",),
    "doanvien.quatrinh": ("chi_doan",),
    "doanvien.sothudoanphi": ("don_vi",),
    "tochuc.diaban": ("don_vi", "chi_doan"),
    "tochuc.phancong": ("don_vi",),
}
"""Moved or ended by `nguoi.py`, each in its own way."""

O_LAI = {
    "baocao.baocao": ("don_vi",),
    "baocao.chitieunam": ("don_vi",),
    "baocao.danhgiatieuchi": ("chi_doan",),
    "baocao.xeploaichidoan": ("chi_doan",),
    "chidoan.anh": ("don_vi",),
    "chidoan.bangiao": ("don_vi",),
    "chidoan.baocaothang": ("chi_doan",),
    "chidoan.buocdenghikhen": ("don_vi",),
    "chidoan.chudiem": ("don_vi",),
    "chidoan.chuongtrinhkiemtra": ("don_vi",),
    "chidoan.denghikhen": ("tap_the",),
    "chidoan.hotro": ("don_vi",),
    "chidoan.khentapthe": ("don_vi",),
    "chidoan.khoalich": ("chi_doan",),
    "chidoan.lanxuong": ("chi_doan",),
    "chidoan.mausinhhoat": ("don_vi",),
    "chidoan.nhatkymohinh": ("don_vi",),
    "chidoan.quyetdinhkhen": ("don_vi",),
    "chidoan.thamhoi": ("chi_doan", "don_vi"),
    "chidoan.thammuu": ("don_vi",),
    "chidoan.xeploaicanbo": ("don_vi",),
    "doanvien.anhxacot": ("don_vi",),
    "doanvien.biaxoa": ("don_vi",),
    "doanvien.buocchuyen": ("don_vi",),
    "doanvien.doanphi": ("chi_doan",),
    "doanvien.dongquyetdinh": ("chi_doan",),
    "doanvien.dotdoichieu": ("don_vi",),
    "doanvien.dotnhap": ("don_vi",),
    "doanvien.dotxeploai": ("chi_doan",),
    "doanvien.khenthuong": ("chi_doan",),
    "doanvien.kyluat": ("chi_doan",),
    "doanvien.nopdoanphi": ("don_vi",),
    "doanvien.phieuthu": ("don_vi",),
    "doanvien.quyetdinhxeploai": ("don_vi",),
    "doanvien.thuchi": ("don_vi",),
    "doanvien.xeploai": ("chi_doan",),
    "doanvien.yeucaudulieu": ("don_vi",),
    "tochuc.quydinh": ("don_vi",),
    "tochuc.sovanban": ("don_vi",),
    "tochuc.vanban": ("don_vi",),
    "tuduong.anhminhchung": ("don_vi",),
}
"""Stays with the unit that did it, to be read by who took over: what is past, papers, money."""
