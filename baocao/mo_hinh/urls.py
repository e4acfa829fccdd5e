from django.urls import path

from . import views

_BAO_CAO = "mo-hinh/<int:pk>/bao-cao"
urlpatterns = [
    path("mo-hinh/<int:pk>/truoc-sau/", views.mo_hinh_so_sanh, name="mo_hinh_so_sanh"),
    path("mo-hinh/<int:pk>/danh-gia/", views.mo_hinh_danh_gia, name="mo_hinh_danh_gia"),
    path(
        "mo-hinh/<int:pk>/danh-gia/<slug:ky>/",
        views.mo_hinh_danh_gia_ghi,
        name="mo_hinh_danh_gia_ghi",
    ),
    path("mo-hinh/danh-gia/<int:pk>/xoa/", views.mo_hinh_danh_gia_xoa, name="danh_gia_mo_hinh_xoa"),
    path(f"{_BAO_CAO}/", views.mo_hinh_bao_cao, name="mo_hinh_bao_cao"),
    path(f"{_BAO_CAO}.pdf", views.mo_hinh_bao_cao_pdf, name="mo_hinh_bao_cao_pdf"),
    path(f"{_BAO_CAO}.docx", views.mo_hinh_bao_cao_word, name="mo_hinh_bao_cao_word"),
]
