from django.urls import path

from . import views

_BO, _TIEU_CHI = "xep-hang/bo-tieu-chi/<int:pk>/", "xep-hang/tieu-chi/<int:pk>/"
urlpatterns = [
    path("xep-hang/bo-tieu-chi/", views.bo_tieu_chi_list, name="bo_tieu_chi_list"),
    path(_BO, views.bo_tieu_chi_detail, name="bo_tieu_chi"),
    path(f"{_BO}xem-thu/", views.bo_tieu_chi_xem_thu, name="bo_tieu_chi_xem_thu"),
    path(f"{_BO}sao-chep/", views.bo_tieu_chi_copy, name="bo_tieu_chi_copy"),
    path(f"{_BO}sua/", views.bo_tieu_chi_edit, name="bo_tieu_chi_edit"),
    path(f"{_BO}muc/", views.bo_tieu_chi_muc, name="bo_tieu_chi_muc"),
    path(f"{_BO}them/", views.tieu_chi_create, name="bo_tieu_chi_them"),
    path(f"{_BO}ban-hanh/", views.bo_tieu_chi_issue, name="bo_tieu_chi_issue"),
    path(f"{_BO}thoi/", views.bo_tieu_chi_end, name="bo_tieu_chi_end"),
    path(f"{_BO}xoa/", views.bo_tieu_chi_delete, name="bo_tieu_chi_delete"),
    path(_TIEU_CHI, views.tieu_chi_edit, name="tieu_chi_edit"),
    path(f"{_TIEU_CHI}xoa/", views.tieu_chi_delete, name="tieu_chi_delete"),
    path(f"{_TIEU_CHI}<slug:huong>/", views.tieu_chi_move, name="tieu_chi_move"),
]
