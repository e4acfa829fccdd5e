from django.urls import path

from . import views

urlpatterns = [
    path("sinh-hoat/hop-cho-gui/", views.hop_cho_gui, name="hop_cho_gui"),
    path("sinh-hoat/hop-cho-gui/toi/", views.hop_cho_gui_toi, name="hop_cho_gui_toi"),
    path("sinh-hoat/hop-cho-gui/anh/", views.hop_cho_gui_anh, name="hop_cho_gui_anh"),
]
