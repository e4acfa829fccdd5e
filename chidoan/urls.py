from django.urls import include, path

from .vang_lau.views import vang_lau_list
from .views import buoi, chi_doan, mo_hinh, nghi_quyet, so, so_sach, to_chuc

app_name = "chidoan"
urlpatterns = [
    path("sinh-hoat/", so.buoi_list, name="buoi_list"),
    path("sinh-hoat/diem-danh/", so.diem_danh_list, name="diem_danh_list"),
    path("sinh-hoat/ghi/", buoi.buoi_create, name="buoi_create"),
    path("sinh-hoat/ghi/diem-danh/", buoi.buoi_roll, name="buoi_roll"),
    path("sinh-hoat/<int:pk>/", so.buoi_detail, name="buoi_detail"),
    path("sinh-hoat/<int:pk>/sua/", buoi.buoi_update, name="buoi_update"),
    path("sinh-hoat/<int:pk>/xoa/", buoi.buoi_delete, name="buoi_delete"),
    path("sinh-hoat/<int:pk>/bien-ban.pdf", so.buoi_pdf, name="buoi_pdf"),
    path("so-sach/", so_sach.so_sach_list, name="so_sach_list"),
    path("so-sach/<int:pk>/", so_sach.so_sach, name="so_sach"),
    path("so-sach/<int:pk>/bang-<int:so>.pdf", so_sach.so_bang_pdf, name="so_bang_pdf"),
    path("so-sach/<int:pk>/in/", so_sach.so_sach_print, name="so_sach_print"),
    path("nghi-quyet/", nghi_quyet.nghi_quyet_list, name="nghi_quyet_list"),
    path("nghi-quyet/<int:pk>/ket-qua/", nghi_quyet.nghi_quyet_finish, name="nghi_quyet_finish"),
    path("nghi-quyet/<int:pk>/mo-lai/", nghi_quyet.nghi_quyet_reopen, name="nghi_quyet_reopen"),
    path("chi-doan/", chi_doan.chi_doan_list, name="list"),
    path("chi-doan/khong-sinh-hoat/", vang_lau_list, name="vang_lau_list"),
    path("chi-doan/chu-diem/", to_chuc.chu_diem, name="chu_diem"),
    path("chi-doan/<int:pk>/", chi_doan.chi_doan_detail, name="detail"),
    path("chi-doan/<int:pk>/phu-trach/", to_chuc.phu_trach_assign, name="phu_trach_assign"),
    path("phu-trach/<int:pk>/ket-thuc/", to_chuc.phu_trach_end, name="phu_trach_end"),
    path("ban-chap-hanh/<int:pk>/", to_chuc.bch, name="bch"),
    path("ban-chap-hanh/<int:pk>/them/", to_chuc.chuc_vu_create, name="chuc_vu_create"),
    path("chuc-vu/<int:pk>/ket-thuc/", to_chuc.chuc_vu_end, name="chuc_vu_end"),
    path("mo-hinh/", mo_hinh.mo_hinh_list, name="mo_hinh_list"),
    path("mo-hinh/them/", mo_hinh.mo_hinh_create, name="mo_hinh_create"),
    path("mo-hinh/<int:pk>/", mo_hinh.mo_hinh_detail, name="mo_hinh_detail"),
    path("mo-hinh/<int:pk>/sua/", mo_hinh.mo_hinh_update, name="mo_hinh_update"),
    path("", include("chidoan.hoat_dong.urls")),
    path("", include("chidoan.mau.urls")),
    path("", include("chidoan.nhip.urls")),
    path("", include("chidoan.moi.urls")),
    path("", include("chidoan.anh.urls")),
    path("", include("chidoan.xep_loai.urls")),
    path("", include("chidoan.ngoai_tuyen.urls")),
]
