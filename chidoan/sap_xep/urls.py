from django.urls import path

from .views import duyet, soan, xem

urlpatterns = [
    path("sap-xep/", xem.sap_xep_list, name="sap_xep_list"),
    path("sap-xep/lap/", soan.sap_xep_create, name="sap_xep_create"),
    path("sap-xep/lap/<slug:loai>/", soan.sap_xep_soan, name="sap_xep_soan"),
    path("sap-xep/don-vi/<int:pk>/", xem.sap_xep_don_vi, name="sap_xep_don_vi"),
    path("sap-xep/<int:pk>/", xem.sap_xep_detail, name="sap_xep_detail"),
    path("sap-xep/<int:pk>/quyet-dinh/", xem.sap_xep_tep, name="sap_xep_tep"),
    path("sap-xep/<int:pk>/sua/", soan.sap_xep_update, name="sap_xep_update"),
    path("sap-xep/<int:pk>/noi-den/<int:so>/", soan.sap_xep_phan, name="sap_xep_phan"),
    path("sap-xep/<int:pk>/bo-viec/<int:so>/", soan.sap_xep_bo_viec, name="sap_xep_bo_viec"),
    path("sap-xep/<int:pk>/tinh-lai/", soan.sap_xep_look, name="sap_xep_look"),
    path("sap-xep/<int:pk>/trinh/", duyet.sap_xep_submit, name="sap_xep_submit"),
    path("sap-xep/<int:pk>/duyet/", duyet.sap_xep_approve, name="sap_xep_approve"),
    path("sap-xep/<int:pk>/ap-dung/", duyet.sap_xep_apply, name="sap_xep_apply"),
    path("sap-xep/<int:pk>/tra-lai/", duyet.sap_xep_return, name="sap_xep_return"),
    path("sap-xep/<int:pk>/hoan-tac/", duyet.sap_xep_revert, name="sap_xep_revert"),
    path("sap-xep/<int:pk>/bo/", duyet.sap_xep_discard, name="sap_xep_discard"),
]
