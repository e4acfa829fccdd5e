"""Django's admin as the operators' room: our own log-in, nobody else, nothing to overwrite."""

from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django_tasks_db.models import DBTaskResult

from tochuc.permissions import Quyen, who_may
from tochuc.views import dang_xuat


class QuanTriSite(AdminSite):
    site_header = "Vận hành Sổ Đoàn"
    site_title = "Vận hành"
    index_title = "Tra cứu dữ liệu"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Everything but Django's groups, for rights come from roles alone, and the raw queue."""
        if model_or_iterable not in {(Group,), (DBTaskResult,)}:
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """Refuse who is signed in and no operator, instead of asking to sign in again."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def for_operators(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(who_may(Quyen.VAN_HANH))
            return guarded(request, *args, **kwargs)

        return for_operators

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Nobody signs in here, where tries are not counted: on to our own page."""
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        return dang_xuat(request)

    def password_change(self, request, extra_context=None):
        return redirect("tochuc:doi_mat_khau")
