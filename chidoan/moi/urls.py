from django.urls import path

from .views import cong_khai, diem_danh, hen, lich, moi

urlpatterns = [
    path("sinh-hoat/hen/", hen.hen_create, name="hen_create"),
    path("sinh-hoat/<int:pk>/hen/", hen.hen_update, name="hen_update"),
    path("sinh-hoat/<int:pk>/huy-hen/", hen.hen_cancel, name="hen_cancel"),
    path("sinh-hoat/<int:pk>/moi/", moi.moi, name="moi"),
    path("sinh-hoat/<int:pk>/moi/tung-nguoi/", moi.moi_tung_nguoi, name="moi_tung_nguoi"),
    path("sinh-hoat/<int:pk>/ma-qr/", diem_danh.man_hinh, name="ma_qr"),
    path("sinh-hoat/<int:pk>/ma-qr/mo/", diem_danh.mo, name="ma_qr_open"),
    path("sinh-hoat/<int:pk>/ma-qr/dong/", diem_danh.dong, name="ma_qr_close"),
    path("sinh-hoat/tu-diem-danh/<int:pk>/bo/", diem_danh.bo, name="tu_diem_danh_strike"),
    path("sinh-hoat/lich/", lich.lich_choose, name="lich_choose"),
    path("sinh-hoat/lich/<int:pk>/", lich.lich, name="lich"),
    path("sinh-hoat/lich/<int:pk>/doi/", lich.lich_renew, name="lich_renew"),
    path("m/", cong_khai.moi_vao, name="moi_vao"),
    path("m/<str:ma>/", cong_khai.moi_mo, name="moi_mo"),
    path("lich/<str:khoa>.ics", cong_khai.lich_ics, name="lich_ics"),
]
