from django.urls import include, path

from . import views

app_name = "baocao"
urlpatterns = [
    path("", include("baocao.cham_diem.urls")),
    path("", include("baocao.mo_hinh.urls")),
    path("bao-cao/", views.bao_cao_list, name="list"),
    path("bao-cao/mo/", views.bao_cao_open, name="open"),
    path("bao-cao/khoa/", views.bao_cao_lock, name="lock"),
    path("bao-cao/<int:pk>/", views.bao_cao_detail, name="detail"),
    path("bao-cao/<int:pk>/bao-cao.pdf", views.bao_cao_pdf, name="pdf"),
    path("bao-cao/<int:pk>/bao-cao.docx", views.bao_cao_word, name="word"),
    path("bao-cao/<int:pk>/phu-luc.xlsx", views.bao_cao_xlsx, name="xlsx"),
    path("bao-cao/<int:pk>/nop/", views.bao_cao_submit, name="submit"),
    path("bao-cao/<int:pk>/chap-nhan/", views.bao_cao_accept, name="accept"),
    path("bao-cao/<int:pk>/tra-lai/", views.bao_cao_return, name="return"),
    path("bao-cao/<int:pk>/y-kien/", views.bao_cao_comment, name="comment"),
    path("bao-cao/<int:pk>/phan-loi/", views.phan_loi_list, name="phan_loi_list"),
    path("bao-cao/<int:pk>/phan-loi/<slug:muc>/", views.phan_loi_edit, name="phan_loi"),
    path(
        "bao-cao/<int:pk>/phan-loi/<slug:muc>/theo-so/",
        views.phan_loi_theo_so,
        name="phan_loi_theo_so",
    ),
    path("bao-cao/<int:pk>/so-lieu/", views.so_lieu_save, name="so_lieu_save"),
    path("bao-cao/<int:pk>/so-lieu/ghi-0/", views.so_lieu_zero, name="so_lieu_zero"),
    path("bao-cao/<int:pk>/so-lieu/<slug:ma>/", views.so_lieu_edit, name="so_lieu"),
    path("bao-cao/so-lieu/<int:don_vi>/", views.don_vi_so_lieu, name="don_vi_so_lieu"),
    path("bao-cao/chi-tieu/<int:don_vi>/<slug:ma>/", views.chi_tieu_rows, name="chi_tieu_rows"),
    path("bao-cao/chi-tieu-nam/", views.chi_tieu_nam_edit, name="chi_tieu_nam"),
    path("tong-quan/<int:don_vi>/", views.tong_quan, name="tong_quan"),
    path("tong-quan/<int:don_vi>/tinh-hinh.pdf", views.tong_quan_pdf, name="tong_quan_pdf"),
    path("tong-quan/<int:don_vi>/di-xa/", views.tong_quan_di_xa, name="tong_quan_di_xa"),
    path("xep-hang/quyet-dinh/<int:pk>/", views.xep_loai_chi_doan_record, name="xep_loai_chi_doan"),
    path("xep-hang/", views.xep_hang, name="xep_hang"),
    path("xep-hang/<int:pk>/danh-gia/", views.chi_doan_assess, name="danh_gia"),
]
