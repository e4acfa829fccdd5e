from django.urls import path

from .views import buoc, danh_sach

urlpatterns = [
    path("", danh_sach.chuyen_list, name="chuyen_list"),
    path("<int:pk>/", danh_sach.chuyen_detail, name="chuyen_detail"),
    path("<int:pk>/giay-gioi-thieu.pdf", danh_sach.chuyen_giay, name="chuyen_giay"),
    path("<int:pk>/ky/", buoc.chuyen_sign, name="chuyen_sign"),
    path("<int:pk>/tiep-nhan/", buoc.chuyen_receive, name="chuyen_receive"),
    path("<int:pk>/xac-nhan/", buoc.chuyen_confirm, name="chuyen_confirm"),
    path("<int:pk>/noi-den-xac-nhan/", buoc.chuyen_elsewhere, name="chuyen_elsewhere"),
    path("<int:pk>/tu-choi/", buoc.chuyen_refuse, name="chuyen_refuse"),
    path("<int:pk>/rut/", buoc.chuyen_withdraw, name="chuyen_withdraw"),
    path("<int:pk>/gui-lai/", buoc.chuyen_resend, name="chuyen_resend"),
]
