from django.urls import path

from .views import anh, phieu

urlpatterns = [
    path("sinh-hoat/<int:pk>/anh/", anh.anh_buoi, name="anh_buoi"),
    path("hoat-dong/<int:pk>/anh/", anh.anh_hoat_dong, name="anh_hoat_dong"),
    path("mo-hinh/nhat-ky/<int:pk>/anh/", anh.anh_nhat_ky_mo_hinh, name="anh_nhat_ky_mo_hinh"),
    path("can-bo/tham-hoi/<int:pk>/anh/", anh.anh_tham_hoi, name="anh_tham_hoi"),
    path("hoi-thi/<int:pk>/anh/", anh.anh_hoi_thi, name="anh_hoi_thi"),
    path("sinh-hoat/phieu/", phieu.phieu_create, name="phieu_create"),
    path("sinh-hoat/<int:pk>/phieu/", phieu.phieu_giay, name="phieu_giay"),
    path("sinh-hoat/<int:pk>/phieu.pdf", phieu.phieu_pdf, name="phieu_pdf"),
    path("anh/<int:pk>/", anh.anh_xem, name="anh_xem"),
    path("anh/<int:pk>.jpg", anh.anh_tep, name="anh_tep"),
    path("anh/<int:pk>-nho.jpg", anh.anh_tep_nho, name="anh_tep_nho"),
    path("anh/<int:pk>/chu-thich/", anh.anh_update, name="anh_update"),
    path("anh/<int:pk>/xoa/", anh.anh_delete, name="anh_delete"),
]
