from django.urls import path

from .views import ho_tro, to

urlpatterns = [
    path("sinh-ke/", to.to_list, name="to_tiet_kiem_list"),
    path("sinh-ke/to/them/", to.to_create, name="to_tiet_kiem_create"),
    path("sinh-ke/to/so-du/", to.so_du_to, name="so_du_to"),
    path("sinh-ke/to/<int:pk>/", to.to_detail, name="to_tiet_kiem"),
    path("sinh-ke/to/<int:pk>/sua/", to.to_edit, name="to_tiet_kiem_edit"),
    path("sinh-ke/to/<int:pk>/xoa/", to.to_delete, name="to_tiet_kiem_delete"),
    path("sinh-ke/mo-hinh/", ho_tro.mo_hinh_kinh_te_list, name="mo_hinh_kinh_te_list"),
    path("sinh-ke/mo-hinh/them/", ho_tro.mo_hinh_kinh_te_create, name="mo_hinh_kinh_te_create"),
    path("sinh-ke/mo-hinh/<int:pk>/", ho_tro.mo_hinh_kinh_te_edit, name="mo_hinh_kinh_te_edit"),
    path(
        "sinh-ke/mo-hinh/<int:pk>/xoa/",
        ho_tro.mo_hinh_kinh_te_delete,
        name="mo_hinh_kinh_te_delete",
    ),
    path("sinh-ke/ho-tro/", ho_tro.ho_tro_list, name="ho_tro_list"),
    path("sinh-ke/ho-tro/them/", ho_tro.ho_tro_create, name="ho_tro_create"),
    path("sinh-ke/ho-tro/<int:pk>/", ho_tro.ho_tro_edit, name="ho_tro_edit"),
    path("sinh-ke/ho-tro/<int:pk>/xoa/", ho_tro.ho_tro_delete, name="ho_tro_delete"),
    path("doan-vien/<int:pk>/sinh-ke/", ho_tro.sinh_ke_cua, name="sinh_ke_cua"),
]
