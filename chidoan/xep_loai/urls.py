from django.urls import path

from .views import chi_doan, hoi_nghi, phuong, quyet_dinh, xem

urlpatterns = [
    path("doan-vien/xep-loai/", xem.xep_loai_list, name="xep_loai_list"),
    path("doan-vien/xep-loai/qua-cac-nam/", xem.xep_loai_years, name="xep_loai_years"),
    path("doan-vien/<int:pk>/xep-loai/", xem.xep_loai_doan_vien, name="xep_loai_doan_vien"),
    path("doan-vien/xep-loai/chi-doan/<int:pk>/", xem.xep_loai_branch, name="xep_loai_branch"),
    path("doan-vien/xep-loai/chi-doan/<int:pk>/mo/", chi_doan.dot_open, name="xep_loai_open"),
    path("doan-vien/xep-loai/<int:pk>/", chi_doan.dot_detail, name="xep_loai_dot"),
    path("doan-vien/xep-loai/<int:pk>/ghi-nhanh/", chi_doan.dot_quick, name="xep_loai_quick"),
    path("doan-vien/xep-loai/<int:pk>/ngay-hop/", chi_doan.dot_ngay_hop, name="xep_loai_ngay_hop"),
    path("doan-vien/xep-loai/<int:pk>/cap-nhat/", chi_doan.dot_sync, name="xep_loai_sync"),
    path("doan-vien/xep-loai/phieu/<int:pk>/", chi_doan.phieu_edit, name="xep_loai_phieu"),
    path("doan-vien/xep-loai/<int:pk>/bieu-quyet/", hoi_nghi.dot_vote, name="xep_loai_vote"),
    path("doan-vien/xep-loai/<int:pk>/gui/", hoi_nghi.dot_send, name="xep_loai_send"),
    path("doan-vien/xep-loai/<int:pk>/rut/", hoi_nghi.dot_withdraw, name="xep_loai_withdraw"),
    path("doan-vien/xep-loai/<int:pk>/tra-lai/", phuong.dot_return, name="xep_loai_return"),
    path("doan-vien/xep-loai/quyet-dinh/", quyet_dinh.quyet_dinh_list, name="xep_loai_decisions"),
    path("doan-vien/xep-loai/quyet-dinh/them/", phuong.quyet_dinh_create, name="xep_loai_decide"),
    path(
        "doan-vien/xep-loai/quyet-dinh/<int:pk>/",
        quyet_dinh.quyet_dinh_detail,
        name="xep_loai_quyet_dinh",
    ),
    path(
        "doan-vien/xep-loai/quyet-dinh/<int:pk>/huy/",
        phuong.quyet_dinh_cancel,
        name="xep_loai_quyet_dinh_huy",
    ),
    path(
        "doan-vien/xep-loai/quyet-dinh/<int:pk>/quyet-dinh.pdf",
        quyet_dinh.quyet_dinh_pdf,
        name="xep_loai_quyet_dinh_pdf",
    ),
    path(
        "doan-vien/xep-loai/quyet-dinh/<int:pk>/danh-sach.pdf",
        quyet_dinh.danh_sach_pdf,
        name="xep_loai_quyet_dinh_danh_sach",
    ),
    path(
        "doan-vien/xep-loai/quyet-dinh/<int:pk>/danh-sach.xlsx",
        quyet_dinh.danh_sach_xlsx,
        name="xep_loai_quyet_dinh_excel",
    ),
]
