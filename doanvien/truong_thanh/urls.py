from django.urls import path

from .views import giay, xet

urlpatterns = [
    path("", xet.truong_thanh_list, name="truong_thanh_list"),
    path("quyet-dinh/<int:pk>/", xet.truong_thanh_dot, name="truong_thanh_dot"),
    path("quyet-dinh/<int:pk>/sua/", xet.truong_thanh_edit, name="truong_thanh_edit"),
    path("quyet-dinh/<int:pk>/ban-hanh/", xet.truong_thanh_issue, name="truong_thanh_issue"),
    path("quyet-dinh/<int:pk>/bo/", xet.truong_thanh_discard, name="truong_thanh_discard"),
    path(
        "quyet-dinh/<int:pk>/quyet-dinh.pdf",
        giay.truong_thanh_qd,
        name="truong_thanh_qd",
    ),
    path(
        "quyet-dinh/<int:pk>/danh-sach-le.pdf",
        giay.truong_thanh_ds,
        name="truong_thanh_ds",
    ),
    path(
        "quyet-dinh/<int:pk>/giay-chung-nhan.pdf",
        giay.truong_thanh_cac_giay,
        name="truong_thanh_cac_giay",
    ),
    path("<int:pk>/giay-chung-nhan.pdf", giay.truong_thanh_giay, name="truong_thanh_giay"),
    path("<int:pk>/bo-ra/", xet.truong_thanh_drop, name="truong_thanh_drop"),
    path("<int:pk>/thu-hoi/", xet.truong_thanh_revoke, name="truong_thanh_revoke"),
]
