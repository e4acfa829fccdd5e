from django.urls import path

from . import views

urlpatterns = [
    path("", views.ren_luyen_list, name="ren_luyen_list"),
    path("chi-doan/<int:pk>/", views.ren_luyen_branch, name="ren_luyen_branch"),
    path("chi-doan/<int:pk>/dang-ky/", views.ren_luyen_register, name="ren_luyen_register"),
    path("chi-doan/<int:pk>/cham/", views.ren_luyen_score, name="ren_luyen_score"),
    path("chi-doan/<int:pk>/xac-nhan/", views.ren_luyen_confirm, name="ren_luyen_confirm"),
    path("noi-dung/<int:pk>/", views.ren_luyen_noi_dung, name="ren_luyen_noi_dung"),
]
