from django.urls import path

from .views import bao_cao, bo_ba, phien_ban, so

_THANG = "bao-cao-thang/<int:pk>/<int:nam>/<int:thang>"
urlpatterns = [
    path("sinh-hoat/<int:pk>/bo-ba/", bo_ba.bo_ba, name="bo_ba"),
    path("sinh-hoat/<int:pk>/bo-ba/lap/", bo_ba.bo_ba_issue, name="bo_ba_issue"),
    path("sinh-hoat/<int:pk>/bo-ba.zip", bo_ba.bo_ba_zip, name="bo_ba_zip"),
    path("sinh-hoat/<int:pk>/nghi-quyet.pdf", bo_ba.nghi_quyet_pdf, name="nghi_quyet_pdf"),
    path(
        "sinh-hoat/<int:pk>/bien-ban.docx",
        bo_ba.buoi_word,
        {"giay": "bien-ban"},
        name="bien_ban_word",
    ),
    path(
        "sinh-hoat/<int:pk>/nghi-quyet.docx",
        bo_ba.buoi_word,
        {"giay": "nghi-quyet"},
        name="nghi_quyet_word",
    ),
    path("sinh-hoat/<int:pk>/ban/<int:so>/", phien_ban.phien_ban, name="phien_ban"),
    path("sinh-hoat/<int:pk>/ban/<int:so>.pdf", phien_ban.phien_ban_pdf, name="phien_ban_pdf"),
    path(f"{_THANG}/", bao_cao.bao_cao_thang, name="bao_cao_thang"),
    path(f"{_THANG}.pdf", bao_cao.bao_cao_thang_pdf, name="bao_cao_thang_pdf"),
    path(f"{_THANG}.docx", bao_cao.bao_cao_thang_word, name="bao_cao_thang_word"),
    path("so-van-ban/", so.so_van_ban_list, name="so_van_ban_list"),
    path("so-van-ban/in.pdf", so.so_van_ban_pdf, name="so_van_ban_pdf"),
    path("so-van-ban/<int:pk>/", so.van_ban_open, name="van_ban_open"),
    path("so-van-ban/<int:pk>/huy/", so.van_ban_void, name="van_ban_void"),
]
