from django.urls import path

from .views import danh_sach, ho_so, phu_cap, xep_loai

urlpatterns = [
    path("can-bo/", danh_sach.can_bo_list, name="can_bo_list"),
    path("can-bo/dang/", danh_sach.can_bo_dang, name="can_bo_dang"),
    path("can-bo/<int:pk>/", ho_so.can_bo_detail, name="can_bo_detail"),
    path("can-bo/<int:pk>/phu-cap/ghi/", phu_cap.phu_cap_create, name="phu_cap_create"),
    path("can-bo/phu-cap/", phu_cap.phu_cap_list, name="phu_cap_list"),
    path("can-bo/phu-cap/<int:pk>/ket-thuc/", phu_cap.phu_cap_end, name="phu_cap_end"),
    path("can-bo/phu-cap/<int:pk>/xoa/", phu_cap.phu_cap_delete, name="phu_cap_delete"),
    path("can-bo/xep-loai/", xep_loai.xep_loai_can_bo_list, name="xep_loai_can_bo_list"),
    path("can-bo/xep-loai/ghi/", xep_loai.xep_loai_can_bo_record, name="xep_loai_can_bo_record"),
]
