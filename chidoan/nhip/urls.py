from django.urls import path

from . import views

urlpatterns = [
    path("chi-doan/<int:pk>/nhip/", views.nhip_list, name="nhip_list"),
    path("chi-doan/<int:pk>/nhip/dat/", views.nhip_set, name="nhip_set"),
    path("nhip-sinh-hoat/<int:pk>/xoa/", views.nhip_delete, name="nhip_delete"),
]
