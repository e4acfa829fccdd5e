from django.urls import path

from . import views

urlpatterns = [
    path("theo-doi/", views.theo_doi, name="theo_doi"),
    path("theo-doi/chi-doan/", views.theo_doi_list, name="theo_doi_list"),
    path("theo-doi/dia-ban/", views.theo_doi_dia_ban, name="theo_doi_dia_ban"),
    path(
        "theo-doi/dia-ban/<int:pk>/giao/", views.theo_doi_dia_ban_giao, name="theo_doi_dia_ban_giao"
    ),
]
