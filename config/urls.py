"""Where each part of the application is found."""

from django.contrib import admin
from django.urls import include, path

from baocao.views import home
from chidoan.ngoai_tuyen.views import manifest, mat_mang, sw
from core.views import healthz, readyz
from tochuc.views import dang_nhap, dang_xuat, van_ban_check

urlpatterns = [
    path("", home, name="home"),
    path("dang-nhap/", dang_nhap, name="login"),
    path("dang-xuat/", dang_xuat, name="logout"),
    path("kiem-tra/<str:ma>/", van_ban_check, name="van_ban_check"),
    path("healthz/", healthz, name="healthz"),
    path("readyz/", readyz, name="readyz"),
    path("sw.js", sw, name="sw"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("mat-mang/", mat_mang, name="mat_mang"),
    path("doan-vien/", include("doanvien.urls")),
    path("", include("tochuc.urls")),
    path("", include("chidoan.urls")),
    path("", include("tudưong.urls")),
    path("", include("baocao.urls")),
    path("quan-tri/", admin.site.urls),
]

handler500 = "core.views.server_error"
