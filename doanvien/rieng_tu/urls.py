from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/xem-day-du/", views.du_lieu_reveal, name="du_lieu_reveal"),
    path("<int:pk>/che-lai/", views.du_lieu_hide, name="du_lieu_hide"),
]
