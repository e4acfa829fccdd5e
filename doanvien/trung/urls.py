from django.urls import path

from . import views

urlpatterns = [
    path("", views.trung_list, name="trung_list"),
    path("<int:pk>/", views.trung_detail, name="trung_detail"),
    path("<int:pk>/khac-nguoi/", views.trung_khac, name="trung_khac"),
    path("gop/<int:pk>/hoan-lai/", views.gop_undo, name="gop_undo"),
]
