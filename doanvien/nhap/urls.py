from django.urls import path

from . import views

urlpatterns = [
    path("", views.nhap_upload, name="nhap_upload"),
    path("mau/", views.nhap_sample, name="nhap_sample"),
    path("<int:pk>/", views.nhap_preview, name="nhap_preview"),
    path("<int:pk>/cot/", views.nhap_columns, name="nhap_columns"),
    path("<int:pk>/xac-nhan/", views.nhap_confirm, name="nhap_confirm"),
    path("<int:pk>/hoan-tac/", views.nhap_undo, name="nhap_undo"),
    path("<int:pk>/bo/", views.nhap_discard, name="nhap_discard"),
    path("<int:pk>/can-sua/", views.nhap_rejects, name="nhap_rejects"),
    path("dong/<int:pk>/", views.nhap_choose, name="nhap_choose"),
]
