from django.urls import path

from .views import cu_can_bo, de_nghi, quy_hoach, thieu

urlpatterns = [
    path("can-bo/quy-hoach/", thieu.nhan_su, name="nhan_su"),
    path("can-bo/quy-hoach/nguon/", thieu.nguon_list, name="nguon_list"),
    path("can-bo/quy-hoach/nguon/dang/", thieu.nguon_dang, name="nguon_dang"),
    path("can-bo/quy-hoach/danh-sach/", quy_hoach.quy_hoach_list, name="quy_hoach_list"),
    path("can-bo/quy-hoach/them/", quy_hoach.quy_hoach_create, name="quy_hoach_create"),
    path("can-bo/quy-hoach/phe-duyet/", quy_hoach.quy_hoach_approve, name="quy_hoach_approve"),
    path("can-bo/quy-hoach/<int:pk>/ra-soat/", quy_hoach.quy_hoach_review, name="quy_hoach_review"),
    path("can-bo/quy-hoach/<int:pk>/dua-ra/", quy_hoach.quy_hoach_drop, name="quy_hoach_drop"),
    path("can-bo/quy-hoach/de-nghi/", de_nghi.de_nghi_nhan_su_list, name="de_nghi_nhan_su_list"),
    path(
        "can-bo/quy-hoach/de-nghi/gui/",
        de_nghi.de_nghi_nhan_su_choose,
        name="de_nghi_nhan_su_choose",
    ),
    path(
        "can-bo/quy-hoach/de-nghi/<int:pk>/",
        de_nghi.de_nghi_nhan_su_detail,
        name="de_nghi_nhan_su_detail",
    ),
    path(
        "can-bo/quy-hoach/de-nghi/<int:pk>/tra-loi/",
        de_nghi.de_nghi_nhan_su_answer,
        name="de_nghi_nhan_su_answer",
    ),
    path(
        "can-bo/quy-hoach/de-nghi/<int:pk>/rut/",
        de_nghi.de_nghi_nhan_su_withdraw,
        name="de_nghi_nhan_su_withdraw",
    ),
    path(
        "chi-doan/<int:pk>/de-nghi-nhan-su/",
        de_nghi.de_nghi_nhan_su_create,
        name="de_nghi_nhan_su_create",
    ),
    path("can-bo/quy-hoach/cu/", cu_can_bo.cu_can_bo_list, name="cu_can_bo_list"),
    path("can-bo/quy-hoach/cu/them/", cu_can_bo.cu_can_bo_create, name="cu_can_bo_create"),
    path("can-bo/quy-hoach/cu/<int:pk>/thoi/", cu_can_bo.cu_can_bo_end, name="cu_can_bo_end"),
]
