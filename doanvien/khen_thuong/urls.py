from django.urls import path

from . import views

urlpatterns = [
    path("khen-thuong/", views.khen_thuong_list, name="khen_thuong_list"),
    path("khen-thuong/ghi/", views.khen_thuong_create, name="khen_thuong_create"),
    path("khen-thuong/<int:pk>/xoa/", views.khen_thuong_delete, name="khen_thuong_delete"),
    path("<int:pk>/khen-thuong/", views.khen_ky, name="khen_ky"),
]
