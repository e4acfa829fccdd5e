from django.urls import path

from .views import chuong_trinh, cuoc, ghi, giay, kien_nghi, so_lieu

GOC = "kiem-tra-giam-sat"
"""`/kiem-tra/<code>/` is the public check of a printed paper."""


def _giay(ten: str, name: str) -> list:
    """A paper of an inspection, to print and to go on writing in."""
    return [
        path(f"{GOC}/<int:pk>/{ten}.pdf", giay.kiem_tra_pdf, {"giay": ten}, name=f"{name}_pdf"),
        path(f"{GOC}/<int:pk>/{ten}.docx", giay.kiem_tra_word, {"giay": ten}, name=f"{name}_word"),
    ]


urlpatterns = [
    path(f"{GOC}/", cuoc.kiem_tra_list, name="kiem_tra_list"),
    path(f"{GOC}/them/", cuoc.kiem_tra_create, name="kiem_tra_create"),
    path(f"{GOC}/ket-nap/", so_lieu.ket_nap_thieu_list, name="ket_nap_thieu_list"),
    path(f"{GOC}/kien-nghi/", kien_nghi.kien_nghi_list, name="kien_nghi_list"),
    path(f"{GOC}/chuong-trinh/", chuong_trinh.chuong_trinh_list, name="chuong_trinh_kiem_tra_list"),
    path(
        f"{GOC}/chuong-trinh/them/",
        chuong_trinh.chuong_trinh_create,
        name="chuong_trinh_kiem_tra_create",
    ),
    path(
        f"{GOC}/chuong-trinh/<int:pk>/",
        chuong_trinh.chuong_trinh_detail,
        name="chuong_trinh_kiem_tra",
    ),
    path(
        f"{GOC}/chuong-trinh/<int:pk>/sua/",
        chuong_trinh.chuong_trinh_edit,
        name="chuong_trinh_kiem_tra_edit",
    ),
    path(
        f"{GOC}/chuong-trinh/<int:pk>/them/",
        chuong_trinh.chuong_trinh_plan,
        name="chuong_trinh_kiem_tra_plan",
    ),
    path(
        f"{GOC}/chuong-trinh/<int:pk>.pdf",
        giay.chuong_trinh_pdf,
        name="chuong_trinh_kiem_tra_pdf",
    ),
    path(
        f"{GOC}/chuong-trinh/<int:pk>.docx",
        giay.chuong_trinh_word,
        name="chuong_trinh_kiem_tra_word",
    ),
    path(f"{GOC}/<int:pk>/", cuoc.kiem_tra_detail, name="kiem_tra"),
    path(f"{GOC}/<int:pk>/sua/", cuoc.kiem_tra_edit, name="kiem_tra_edit"),
    path(f"{GOC}/<int:pk>/tien-hanh/", cuoc.kiem_tra_carry_out, name="kiem_tra_carry_out"),
    path(f"{GOC}/<int:pk>/sua-tien-hanh/", cuoc.kiem_tra_bien_ban, name="kiem_tra_bien_ban"),
    path(f"{GOC}/<int:pk>/khong-tien-hanh/", cuoc.kiem_tra_give_up, name="kiem_tra_give_up"),
    path(f"{GOC}/<int:pk>/dua-lai/", cuoc.kiem_tra_undo, name="kiem_tra_undo"),
    path(f"{GOC}/<int:pk>/ket-luan/", cuoc.kiem_tra_conclude, name="kiem_tra_conclude"),
    path(f"{GOC}/<int:pk>/so-lieu/", so_lieu.kiem_tra_so_lieu, name="kiem_tra_so_lieu"),
    path(
        f"{GOC}/<int:pk>/so-lieu/<slug:ma>/",
        so_lieu.kiem_tra_so_lieu_rows,
        name="kiem_tra_so_lieu_rows",
    ),
    path(
        f"{GOC}/<int:pk>/bien-ban/ban-hanh/",
        giay.kiem_tra_bien_ban_issue,
        name="kiem_tra_bien_ban_issue",
    ),
    *_giay("bien-ban", "kiem_tra_bien_ban"),
    *_giay("ket-luan", "kiem_tra_ket_luan"),
    path(f"{GOC}/<int:pk>/ket-qua/them/", ghi.ket_qua_create, name="kiem_tra_ket_qua_create"),
    path(f"{GOC}/<int:pk>/kien-nghi/them/", ghi.kien_nghi_create, name="kiem_tra_kien_nghi_create"),
    path(f"{GOC}/ket-qua/<int:pk>/sua/", ghi.ket_qua_edit, name="ket_qua_kiem_tra_edit"),
    path(f"{GOC}/ket-qua/<int:pk>/xoa/", ghi.ket_qua_delete, name="ket_qua_kiem_tra_delete"),
    path(f"{GOC}/kien-nghi/<int:pk>/sua/", ghi.kien_nghi_edit, name="kien_nghi_edit"),
    path(f"{GOC}/kien-nghi/<int:pk>/xoa/", ghi.kien_nghi_delete, name="kien_nghi_delete"),
    path(f"{GOC}/kien-nghi/<int:pk>/tra-loi/", kien_nghi.kien_nghi_answer, name="kien_nghi_answer"),
    path(
        f"{GOC}/kien-nghi/<int:pk>/lay-lai/",
        kien_nghi.kien_nghi_withdraw,
        name="kien_nghi_withdraw",
    ),
    path(
        f"{GOC}/kien-nghi/<int:pk>/xac-nhan/", kien_nghi.kien_nghi_accept, name="kien_nghi_accept"
    ),
    path(
        f"{GOC}/kien-nghi/<int:pk>/lam-tiep/", kien_nghi.kien_nghi_return, name="kien_nghi_return"
    ),
]
