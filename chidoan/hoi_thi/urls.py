from django.urls import path

from . import views

urlpatterns = [
    path("hoi-thi/", views.hoi_thi_list, name="hoi_thi_list"),
    path("hoi-thi/them/", views.hoi_thi_create, name="hoi_thi_create"),
    path("hoi-thi/<int:pk>/", views.hoi_thi_detail, name="hoi_thi_detail"),
    path("hoi-thi/<int:pk>/sua/", views.hoi_thi_update, name="hoi_thi_update"),
    path("hoi-thi/<int:pk>/vong/", views.hoi_thi_vong, name="hoi_thi_vong"),
    path("hoi-thi/<int:pk>/thi-sinh/", views.hoi_thi_thi_sinh, name="hoi_thi_thi_sinh"),
    path("hoi-thi/<int:pk>/chon-thi-sinh/", views.hoi_thi_chon, name="hoi_thi_chon"),
    path("hoi-thi/<int:pk>/ket-qua/", views.hoi_thi_ket_qua, name="hoi_thi_ket_qua"),
    path("hoi-thi/<int:pk>/cong-bo/", views.hoi_thi_finish, name="hoi_thi_finish"),
    path("hoi-thi/<int:pk>/mo-lai/", views.hoi_thi_reopen, name="hoi_thi_reopen"),
    path("hoi-thi/<int:pk>/huy/", views.hoi_thi_cancel, name="hoi_thi_cancel"),
    path("hoi-thi/<int:pk>/dat-giai.pdf", views.hoi_thi_giai, name="hoi_thi_giai"),
    path("vong-thi/<int:pk>/bo/", views.vong_thi_delete, name="vong_thi_delete"),
    path("thi-sinh/<int:pk>/bo/", views.thi_sinh_remove, name="thi_sinh_remove"),
]
