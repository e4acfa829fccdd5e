from django.urls import path

from . import views

urlpatterns = [
    path("nguyen-vong/", views.nguyen_vong_list, name="nguyen_vong_list"),
    path("nguyen-vong/ghi/", views.nguyen_vong_create, name="nguyen_vong_create"),
    path("nguyen-vong/<int:pk>/", views.nguyen_vong_detail, name="nguyen_vong_detail"),
    path("nguyen-vong/<int:pk>/sua/", views.nguyen_vong_edit, name="nguyen_vong_edit"),
    path("nguyen-vong/<int:pk>/viec/", views.nguyen_vong_step, name="nguyen_vong_step"),
    path("nguyen-vong/<int:pk>/chuyen/", views.nguyen_vong_send, name="nguyen_vong_send"),
    path("nguyen-vong/<int:pk>/xoa/", views.nguyen_vong_delete, name="nguyen_vong_delete"),
    path("<int:pk>/nguyen-vong/", views.nguyen_vong_cua, name="nguyen_vong_cua"),
]
