from django.urls import path

from . import views

urlpatterns = [
    path("can-bo/tham-hoi/", views.tham_hoi_list, name="tham_hoi_list"),
    path("can-bo/tham-hoi/ghi/", views.tham_hoi_create, name="tham_hoi_create"),
    path("can-bo/tham-hoi/<int:pk>/", views.tham_hoi_detail, name="tham_hoi"),
    path("can-bo/tham-hoi/<int:pk>/sua/", views.tham_hoi_update, name="tham_hoi_update"),
    path("can-bo/tham-hoi/<int:pk>/xoa/", views.tham_hoi_delete, name="tham_hoi_delete"),
]
