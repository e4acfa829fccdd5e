from django.urls import path

from . import views

urlpatterns = [
    path("yeu-cau/", views.yeu_cau_list, name="yeu_cau_list"),
    path("yeu-cau/<int:pk>/", views.yeu_cau_detail, name="yeu_cau_detail"),
    path("yeu-cau/<int:pk>/tra-loi/", views.yeu_cau_answer, name="yeu_cau_answer"),
    path("yeu-cau/<int:pk>/gia-han/", views.yeu_cau_extend, name="yeu_cau_extend"),
    path("yeu-cau/<int:pk>/ket-qua/", views.yeu_cau_finish, name="yeu_cau_finish"),
    path("yeu-cau/<int:pk>/tai/", views.yeu_cau_download, name="yeu_cau_download"),
    path("yeu-cau/<int:pk>/xoa/", views.yeu_cau_erase, name="yeu_cau_erase"),
    path("yeu-cau/<int:pk>/in/", views.yeu_cau_pdf, name="yeu_cau_pdf"),
    path("<int:pk>/du-lieu/", views.du_lieu_detail, name="du_lieu_detail"),
    path("<int:pk>/du-lieu/yeu-cau/", views.yeu_cau_create, name="yeu_cau_create"),
    path("ket-nap/<int:pk>/du-lieu/yeu-cau/", views.yeu_cau_cua_don, name="yeu_cau_cua_don"),
    path("<int:pk>/xem-day-du/", views.du_lieu_reveal, name="du_lieu_reveal"),
    path("<int:pk>/che-lai/", views.du_lieu_hide, name="du_lieu_hide"),
]
