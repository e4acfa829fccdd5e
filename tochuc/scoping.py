"""Which rows a user may see: one rule, written once.

A unit's rows are those of its subtree. In the tree each unit's `path` begins with its
parent's, so a subtree is a range of paths.
"""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Q

_STEP = 4  # characters a level
_LAST = "Z" * _STEP  # sorts at or after every step of a path


def subtree(path_field: str, path: str) -> Q:
    """Rows whose unit, found at `path_field`, is the one at `path` or below it."""
    return Q(**{f"{path_field}__gte": path, f"{path_field}__lte": path + _LAST * 16})


def path_prefixes(path: str) -> list[str]:
    """The paths of the unit at `path` and of all above it, the root first."""
    return [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]


def in_force(day: date, *, tu: str = "tu_ngay", den: str = "den_ngay") -> Q:
    """Rows whose dated span covers `day`; an empty end means still running."""
    return Q(**{f"{tu}__lte": day}) & (Q(**{f"{den}__isnull": True}) | Q(**{f"{den}__gte": day}))


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit, found at the end of `don_vi_path`.

    `quyen_xem` names the right that opens them; without it nobody sees a row.
    """

    don_vi_path = "don_vi"
    quyen_xem = None

    def visible_to(self, user):
        return self.permitted_to(user, self.quyen_xem)

    def permitted_to(self, user, quyen):
        """Rows on whose unit `user` holds the right `quyen` today."""
        paths = user.paths_with(quyen)
        if not paths:
            return self.none()
        scope = Q()
        for path in paths:
            scope |= subtree(self._path_field, path)
        return self.filter(scope)

    def all_permitted_to(self, user, quyen) -> bool:
        """Whether `user` holds the right on every row he sees, known without asking the rows."""
        is_plain = type(self).visible_to is ScopedQuerySet.visible_to
        return is_plain and set(user.paths_with(self.quyen_xem)) <= set(user.paths_with(quyen))

    def under(self, don_vi):
        """Rows of the unit and of everything below it."""
        return self.filter(subtree(self._path_field, don_vi.path))

    def under_tai(self, don_vi, ngay):
        """Rows whose unit was `don_vi` or stood below it on `ngay`; no statement of its own."""
        history = apps.get_model("tochuc", "LichSuDonVi")
        units = history.objects.duoi(don_vi, ngay).order_by().values("don_vi")
        return self.filter(**{f"{self.don_vi_path or 'pk'}__in": units})

    @property
    def _path_field(self) -> str:
        return f"{self.don_vi_path}__path" if self.don_vi_path else "path"


class TaiDonViQuerySet(ScopedQuerySet):
    """Seen from above, written at the unit itself: an office above acts for nobody.

    `quyen_ghi` names the right that changes rows of the very unit where it is held.
    """

    quyen_ghi = None

    def permitted_to(self, user, quyen):
        if quyen == self.quyen_ghi:
            return self.filter(**{f"{self._path_field}__in": user.paths_with(quyen)})
        return super().permitted_to(user, quyen)

    def all_permitted_to(self, user, quyen) -> bool:
        return quyen != self.quyen_ghi and super().all_permitted_to(user, quyen)
