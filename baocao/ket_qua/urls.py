from django.urls import path

from .views import cong_khai, quyet_dinh

urlpatterns = [
    path("xep-hang/cong-khai/<int:pk>/", cong_khai.cong_khai, name="cong_khai"),
    path(
        "xep-hang/cong-khai/<int:pk>/thong-bao.pdf", cong_khai.thong_bao_pdf, name="thong_bao_pdf"
    ),
    path("xep-hang/ket-qua/", quyet_dinh.ket_qua_list, name="ket_qua_list"),
    path("xep-hang/ket-qua/dot/<int:pk>/", quyet_dinh.ket_qua_decide, name="ket_qua_decide"),
    path("xep-hang/ket-qua/<int:pk>/", quyet_dinh.ket_qua_detail, name="ket_qua"),
    path("xep-hang/ket-qua/<int:pk>/quyet-dinh.pdf", quyet_dinh.ket_qua_pdf, name="ket_qua_pdf"),
    path("xep-hang/ket-qua/<int:pk>/quyet-dinh.docx", quyet_dinh.ket_qua_docx, name="ket_qua_docx"),
    path("xep-hang/ket-qua/<int:pk>/huy/", quyet_dinh.ket_qua_cancel, name="ket_qua_cancel"),
    path(
        "xep-hang/ket-qua/<int:pk>/giay-chung-nhan/",
        quyet_dinh.chung_nhan_all,
        name="chung_nhan_all",
    ),
    path(
        "xep-hang/ket-qua/dong/<int:pk>/giay-chung-nhan.pdf",
        quyet_dinh.chung_nhan_pdf,
        name="chung_nhan_pdf",
    ),
]
