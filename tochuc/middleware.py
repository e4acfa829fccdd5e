"""What services need to know of a request without seeing it."""

from .audit import dia_chi_hien_tai


class NguonMiddleware:
    """Tell the audit log from which address the request came."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = dia_chi_hien_tai.set(request.META.get("REMOTE_ADDR", ""))
        try:
            return self.get_response(request)
        finally:
            dia_chi_hien_tai.reset(token)
