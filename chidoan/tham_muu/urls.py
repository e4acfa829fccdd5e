from django.urls import path

from . import views

urlpatterns = [
    path("tham-muu/", views.tham_muu_list, name="tham_muu_list"),
    path("tham-muu/them/", views.tham_muu_create, name="tham_muu_create"),
    path("tham-muu/<int:pk>/", views.tham_muu_detail, name="tham_muu"),
    path("tham-muu/<int:pk>/sua/", views.tham_muu_edit, name="tham_muu_edit"),
    path("tham-muu/<int:pk>/ket-qua/", views.tham_muu_answer, name="tham_muu_answer"),
    path("tham-muu/<int:pk>/xoa/", views.tham_muu_delete, name="tham_muu_delete"),
]
