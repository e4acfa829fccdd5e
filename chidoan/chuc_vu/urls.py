from django.urls import path

from . import views

urlpatterns = [
    path("can-bo/chuc-vu/", views.chuc_vu_list, name="chuc_vu_list"),
    path("can-bo/chuc-vu/khuyet-bi-thu/", views.khuyet_bi_thu_list, name="khuyet_bi_thu_list"),
    path("ban-chap-hanh/<int:pk>/them/", views.chuc_vu_create, name="chuc_vu_create"),
    path("chuc-vu/<int:pk>/", views.chuc_vu_detail, name="chuc_vu_detail"),
    path("chuc-vu/<int:pk>/sua/", views.chuc_vu_update, name="chuc_vu_update"),
    path("chuc-vu/<int:pk>/ket-thuc/", views.chuc_vu_end, name="chuc_vu_end"),
    path("chuc-vu/<int:pk>/mo-lai/", views.chuc_vu_reopen, name="chuc_vu_reopen"),
    path("chuc-vu/<int:pk>/xoa/", views.chuc_vu_delete, name="chuc_vu_delete"),
    path("chuc-vu/<int:pk>/di-xa/", views.chuc_vu_di_xa, name="chuc_vu_di_xa"),
    path("chuc-vu/<int:pk>/tai-khoan/", views.chuc_vu_tai_khoan, name="chuc_vu_tai_khoan"),
]
