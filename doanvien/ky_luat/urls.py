from django.urls import path

from . import views

urlpatterns = [
    path("ky-luat/", views.ky_luat_list, name="ky_luat_list"),
    path("<int:pk>/ky-luat/ghi/", views.ky_luat_create, name="ky_luat_create"),
    path("ky-luat/<int:pk>/khieu-nai/", views.ky_luat_appeal, name="ky_luat_appeal"),
    path("ky-luat/<int:pk>/het-hieu-luc/", views.ky_luat_end, name="ky_luat_end"),
    path("ky-luat/<int:pk>/xoa/", views.ky_luat_delete, name="ky_luat_delete"),
]
