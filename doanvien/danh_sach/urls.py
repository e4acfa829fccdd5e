from django.urls import path

from . import views

urlpatterns = [
    path("tim/", views.tim, name="tim"),
    path("bo-loc/", views.bo_loc_list, name="bo_loc_list"),
    path("bo-loc/luu/", views.bo_loc_save, name="bo_loc_save"),
    path("bo-loc/<int:pk>/xoa/", views.bo_loc_delete, name="bo_loc_delete"),
]
