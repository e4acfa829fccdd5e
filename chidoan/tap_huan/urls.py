from django.urls import path

from .views import bao_phu, buoi, giay, hoc_vien, lop

urlpatterns = [
    path("tap-huan/", lop.tap_huan_list, name="tap_huan_list"),
    path("tap-huan/mo-lop/", lop.tap_huan_create, name="tap_huan_create"),
    path("tap-huan/tong-hop/", bao_phu.tap_huan_tong_hop, name="tap_huan_tong_hop"),
    path("tap-huan/can-bo/", bao_phu.tap_huan_chua_du, name="tap_huan_chua_du"),
    path("tap-huan/<int:pk>/", lop.tap_huan_detail, name="tap_huan_detail"),
    path("tap-huan/<int:pk>/sua/", lop.tap_huan_update, name="tap_huan_update"),
    path("tap-huan/<int:pk>/thong-bao/", lop.tap_huan_publish, name="tap_huan_publish"),
    path("tap-huan/<int:pk>/huy/", lop.tap_huan_cancel, name="tap_huan_cancel"),
    path("tap-huan/<int:pk>/ket-thuc/", lop.tap_huan_finish, name="tap_huan_finish"),
    path("tap-huan/<int:pk>/mo-lai/", lop.tap_huan_reopen, name="tap_huan_reopen"),
    path("tap-huan/<int:pk>/hoc-vien/", lop.tap_huan_hoc_vien, name="tap_huan_hoc_vien"),
    path("tap-huan/<int:pk>/dang-ky/", hoc_vien.tap_huan_dang_ky, name="tap_huan_dang_ky"),
    path("tap-huan/<int:pk>/them-nguoi/", hoc_vien.tap_huan_them, name="tap_huan_them"),
    path("tap-huan/<int:pk>/ket-qua/", hoc_vien.tap_huan_ket_qua, name="tap_huan_ket_qua"),
    path("tap-huan/<int:pk>/them-buoi/", buoi.tap_huan_buoi_create, name="tap_huan_buoi_create"),
    path("tap-huan/<int:pk>/danh-sach.pdf", giay.tap_huan_danh_sach, name="tap_huan_danh_sach"),
    path("tap-huan/<int:pk>/cap-giay/", giay.tap_huan_cap_giay, name="tap_huan_cap_giay"),
    path("buoi-tap-huan/<int:pk>/sua/", buoi.buoi_tap_huan_update, name="buoi_tap_huan_update"),
    path("buoi-tap-huan/<int:pk>/bo/", buoi.buoi_tap_huan_delete, name="buoi_tap_huan_delete"),
    path(
        "buoi-tap-huan/<int:pk>/diem-danh/",
        buoi.buoi_tap_huan_diem_danh,
        name="buoi_tap_huan_diem_danh",
    ),
    path("hoc-vien/<int:pk>/rut/", hoc_vien.hoc_vien_rut, name="hoc_vien_rut"),
    path("hoc-vien/<int:pk>/giay-chung-nhan.pdf", giay.hoc_vien_giay, name="hoc_vien_giay"),
    path("hoc-vien/<int:pk>/huy-giay/", giay.hoc_vien_huy_giay, name="hoc_vien_huy_giay"),
]
