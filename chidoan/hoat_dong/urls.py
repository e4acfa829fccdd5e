from django.urls import path

from . import views

urlpatterns = [
    path("hoat-dong/", views.hoat_dong_list, name="hoat_dong_list"),
    path("hoat-dong/them/", views.hoat_dong_create, name="hoat_dong_create"),
    path("hoat-dong/<int:pk>/", views.hoat_dong_detail, name="hoat_dong_detail"),
    path("hoat-dong/<int:pk>/sua/", views.hoat_dong_update, name="hoat_dong_update"),
    path("hoat-dong/<int:pk>/xong/", views.hoat_dong_finish, name="hoat_dong_finish"),
    path("hoat-dong/<int:pk>/thoi/", views.hoat_dong_drop, name="hoat_dong_drop"),
    path("hoat-dong/<int:pk>/xoa/", views.hoat_dong_delete, name="hoat_dong_delete"),
    path("doan-vien/<int:pk>/hoat-dong/", views.hoat_dong_cua, name="hoat_dong_cua"),
]
