from django.urls import path

from .views import cam_ket, nhan_rong, nhat_ky, to_chuc

urlpatterns = [
    path("mo-hinh/", to_chuc.mo_hinh_list, name="mo_hinh_list"),
    path("mo-hinh/them/", to_chuc.mo_hinh_create, name="mo_hinh_create"),
    path("mo-hinh/<int:pk>/", to_chuc.mo_hinh_detail, name="mo_hinh_detail"),
    path("mo-hinh/<int:pk>/sua/", to_chuc.mo_hinh_update, name="mo_hinh_update"),
    path("mo-hinh/<int:pk>/ket-luan/", to_chuc.mo_hinh_conclude, name="mo_hinh_conclude"),
    path("mo-hinh/<int:pk>/mo-lai/", to_chuc.mo_hinh_reopen, name="mo_hinh_reopen"),
    path("mo-hinh/<int:pk>/cam-ket/", cam_ket.mo_hinh_cam_ket, name="mo_hinh_cam_ket"),
    path("mo-hinh/<int:pk>/mot-cong-mot/", cam_ket.mo_hinh_1_1, name="mo_hinh_1_1"),
    path("mo-hinh/<int:pk>/chuong-trinh/", cam_ket.chuong_trinh, name="mo_hinh_chuong_trinh"),
    path("mo-hinh/<int:pk>/cam-ket/them/", cam_ket.nhom_create, name="mo_hinh_nhom_create"),
    path("mo-hinh/nhom/<int:pk>/sua/", cam_ket.nhom_update, name="nhom_cam_ket_update"),
    path("mo-hinh/nhom/<int:pk>/bo/", cam_ket.nhom_drop, name="nhom_cam_ket_drop"),
    path("mo-hinh/<int:pk>/nhat-ky/", nhat_ky.nhat_ky_list, name="mo_hinh_nhat_ky"),
    path("mo-hinh/<int:pk>/nhat-ky/ghi/", nhat_ky.nhat_ky_create, name="mo_hinh_nhat_ky_create"),
    path("mo-hinh/nhat-ky/<int:pk>/sua/", nhat_ky.nhat_ky_update, name="nhat_ky_mo_hinh_update"),
    path("mo-hinh/nhat-ky/<int:pk>/xoa/", nhat_ky.nhat_ky_delete, name="nhat_ky_mo_hinh_delete"),
    path("mo-hinh/<int:pk>/nhan-rong/", nhan_rong.mo_hinh_copy, name="mo_hinh_copy"),
    path("mo-hinh/<int:pk>/de-nghi/", nhan_rong.mo_hinh_offer, name="mo_hinh_offer"),
    path("mo-hinh/de-nghi/<int:pk>/", nhan_rong.nhan_rong_detail, name="nhan_rong_detail"),
    path("mo-hinh/de-nghi/<int:pk>/nhan/", nhan_rong.nhan_rong_accept, name="nhan_rong_accept"),
    path(
        "mo-hinh/de-nghi/<int:pk>/chua-nhan/",
        nhan_rong.nhan_rong_decline,
        name="nhan_rong_decline",
    ),
    path("mo-hinh/de-nghi/<int:pk>/rut/", nhan_rong.nhan_rong_withdraw, name="nhan_rong_withdraw"),
]
