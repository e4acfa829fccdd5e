from django.urls import path

from .views import de_nghi, quyet_dinh

urlpatterns = [
    path("de-nghi-khen/", de_nghi.de_nghi_khen_list, name="de_nghi_khen_list"),
    path("de-nghi-khen/them/", de_nghi.de_nghi_khen_create, name="de_nghi_khen_create"),
    path("de-nghi-khen/<int:pk>/", de_nghi.de_nghi_khen_detail, name="de_nghi_khen_detail"),
    path("de-nghi-khen/<int:pk>/<slug:loai>/", de_nghi.de_nghi_khen_buoc, name="de_nghi_khen_buoc"),
    path(
        "de-nghi-khen/<int:pk>/to-trinh-<int:thu_tu>.pdf",
        de_nghi.de_nghi_khen_to_trinh,
        name="de_nghi_khen_to_trinh",
    ),
    path("khen-tap-the/", de_nghi.khen_tap_the_list, name="khen_tap_the_list"),
    path("khen-tap-the/ghi/", de_nghi.khen_tap_the_create, name="khen_tap_the_create"),
    path("khen-tap-the/<int:pk>/xoa/", de_nghi.khen_tap_the_delete, name="khen_tap_the_delete"),
    path("quyet-dinh-khen/", quyet_dinh.quyet_dinh_khen_list, name="quyet_dinh_khen_list"),
    path("quyet-dinh-khen/ra/", quyet_dinh.quyet_dinh_khen_create, name="quyet_dinh_khen_create"),
    path(
        "quyet-dinh-khen/<int:pk>/",
        quyet_dinh.quyet_dinh_khen_detail,
        name="quyet_dinh_khen_detail",
    ),
    path(
        "quyet-dinh-khen/<int:pk>/huy/",
        quyet_dinh.quyet_dinh_khen_cancel,
        name="quyet_dinh_khen_cancel",
    ),
    path(
        "quyet-dinh-khen/<int:pk>/quyet-dinh.pdf",
        quyet_dinh.quyet_dinh_khen_pdf,
        name="quyet_dinh_khen_pdf",
    ),
]
