from django.urls import path

from . import views

urlpatterns = [
    path("doan-phi/", views.doan_phi, name="doan_phi"),
    path("doan-phi/<int:pk>/", views.doan_phi_don_vi, name="doan_phi_don_vi"),
    path("doan-phi/<int:pk>/thu-het/", views.doan_phi_thu_het, name="doan_phi_thu_het"),
    path("doan-phi/<int:pk>/thu-nhanh/", views.doan_phi_thu_nhanh, name="doan_phi_thu_nhanh"),
    path("doan-phi/<int:pk>/thu/", views.doan_phi_thu, name="doan_phi_thu"),
    path("doan-phi/<int:pk>/hoan-tac/", views.doan_phi_hoan_tac, name="doan_phi_hoan_tac"),
    path("doan-phi/<int:pk>/mo-so/", views.doan_phi_mo_so, name="doan_phi_mo_so"),
    path("doan-phi/<int:pk>/con-no/", views.doan_phi_no, name="doan_phi_no"),
    path("doan-phi/<int:pk>/nop/", views.doan_phi_nop, name="doan_phi_nop"),
    path("doan-phi/phieu/", views.phieu_thu_list, name="phieu_thu_list"),
    path("doan-phi/phieu/<int:pk>/", views.phieu_thu_detail, name="phieu_thu_detail"),
    path("doan-phi/phieu/<int:pk>/in/", views.phieu_thu_pdf, name="phieu_thu_pdf"),
    path("doan-phi/phieu/<int:pk>/huy/", views.phieu_thu_cancel, name="phieu_thu_cancel"),
    path("doan-phi/mien/", views.mien_doan_phi_list, name="mien_doan_phi_list"),
    path("doan-phi/mien/<int:pk>/", views.mien_doan_phi_detail, name="mien_doan_phi_detail"),
    path(
        "doan-phi/mien/<int:pk>/dong-y/", views.mien_doan_phi_approve, name="mien_doan_phi_approve"
    ),
    path("doan-phi/mien/<int:pk>/khong/", views.mien_doan_phi_reject, name="mien_doan_phi_reject"),
    path(
        "doan-phi/mien/<int:pk>/ket-thuc-som/",
        views.mien_doan_phi_shorten,
        name="mien_doan_phi_shorten",
    ),
    path(
        "doan-phi/mien/<int:pk>/rut/", views.mien_doan_phi_withdraw, name="mien_doan_phi_withdraw"
    ),
    path("doan-phi/nop/", views.nop_doan_phi_list, name="nop_doan_phi_list"),
    path("doan-phi/nop/<int:pk>/", views.nop_doan_phi_detail, name="nop_doan_phi_detail"),
    path("doan-phi/nop/<int:pk>/nhan/", views.nop_doan_phi_accept, name="nop_doan_phi_accept"),
    path("doan-phi/nop/<int:pk>/tra-lai/", views.nop_doan_phi_return, name="nop_doan_phi_return"),
    path("<int:pk>/doan-phi/", views.doan_phi_doan_vien, name="doan_phi_doan_vien"),
    path("<int:pk>/doan-phi/muc/", views.doan_phi_doan_vien_muc, name="doan_phi_doan_vien_muc"),
    path("<int:pk>/doan-phi/mien/", views.doan_phi_doan_vien_mien, name="doan_phi_doan_vien_mien"),
]
