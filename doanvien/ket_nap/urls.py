from django.urls import path

from .views import buoc, don, giay, mot_cong_mot, phuong

urlpatterns = [
    path("", don.ket_nap_list, name="ket_nap_list"),
    path("them/", don.ket_nap_create, name="ket_nap_create"),
    path("khong-ho-so/", don.ket_nap_khong_ho_so, name="ket_nap_khong_ho_so"),
    path("mot-cong-mot/", mot_cong_mot.mot_cong_mot, name="mot_cong_mot"),
    path("chuan-y/", phuong.ket_nap_chuan_y, name="ket_nap_chuan_y"),
    path(
        "chuan-y/xac-nhan/",
        phuong.ket_nap_chuan_y_xac_nhan,
        name="ket_nap_chuan_y_xac_nhan",
    ),
    path("le/", phuong.ket_nap_le, name="ket_nap_le"),
    path("le/da-ghi/", phuong.ket_nap_le_da_ghi, name="ket_nap_le_da_ghi"),
    path("danh-sach/<slug:loai>.pdf", giay.ket_nap_danh_sach_pdf, name="ket_nap_danh_sach_pdf"),
    path("nghi-quyet.pdf", giay.ket_nap_cac_nghi_quyet_pdf, name="ket_nap_cac_nghi_quyet_pdf"),
    path("<int:pk>/", don.ket_nap_detail, name="ket_nap"),
    path("<int:pk>/sua/", don.ket_nap_edit, name="ket_nap_edit"),
    path("<int:pk>/bieu-quyet/", buoc.ket_nap_bieu_quyet, name="ket_nap_bieu_quyet"),
    path("<int:pk>/gui-lai/", buoc.ket_nap_gui_lai, name="ket_nap_gui_lai"),
    path("<int:pk>/lay-lai/", buoc.ket_nap_lay_lai, name="ket_nap_lay_lai"),
    path("<int:pk>/rut/", buoc.ket_nap_rut, name="ket_nap_rut"),
    path("<int:pk>/mo-lai/", buoc.ket_nap_mo_lai, name="ket_nap_mo_lai"),
    path("<int:pk>/tra-lai/", buoc.ket_nap_tra_lai, name="ket_nap_tra_lai"),
    path("<int:pk>/nghi-quyet.pdf", giay.ket_nap_nghi_quyet_pdf, name="ket_nap_nghi_quyet_pdf"),
]
