from django.urls import path

from .views import ban_giao, doi_bi_thu, thang_dau

urlpatterns = [
    path("chi-doan/<int:pk>/doi-bi-thu/", doi_bi_thu.doi_bi_thu, name="doi_bi_thu"),
    path("can-bo/ban-giao/", ban_giao.ban_giao_list, name="ban_giao_list"),
    path("can-bo/ban-giao/<int:pk>/", ban_giao.ban_giao_detail, name="ban_giao_detail"),
    path("can-bo/ban-giao/<int:pk>/sua/", ban_giao.ban_giao_update, name="ban_giao_update"),
    path("can-bo/ban-giao/<int:pk>/xoa/", ban_giao.ban_giao_delete, name="ban_giao_delete"),
    path("can-bo/ban-giao/<int:pk>/ky/", ban_giao.ban_giao_sign, name="ban_giao_sign"),
    path("can-bo/ban-giao/<int:pk>/ky-giay/", ban_giao.ban_giao_giay, name="ban_giao_giay"),
    path("can-bo/ban-giao/<int:pk>/mo-lai/", ban_giao.ban_giao_reopen, name="ban_giao_reopen"),
    path("can-bo/ban-giao/<int:pk>/bien-ban.pdf", ban_giao.ban_giao_pdf, name="ban_giao_pdf"),
    path("can-bo/ban-giao/<int:pk>/tep/", ban_giao.ban_giao_zip, name="ban_giao_zip"),
    path("chuc-vu/<int:pk>/ban-giao/", ban_giao.ban_giao_create, name="ban_giao_create"),
    path("can-bo/thang-dau/", thang_dau.thang_dau_cua_toi, name="thang_dau_cua_toi"),
    path("chuc-vu/<int:pk>/thang-dau/", thang_dau.thang_dau, name="thang_dau"),
    path("chuc-vu/<int:pk>/gap-doan-vien/", thang_dau.gap_doan_vien, name="gap_doan_vien"),
]
