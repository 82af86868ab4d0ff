"""Pages of signing in, signing out and changing one's password."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from knox.models import AuthToken

from organizations.forms.signing_in import SignInForm


@method_decorator(login_not_required, name="dispatch")
class SignInView(auth_views.LoginView):
    """Đăng nhập: axes counts failures and locks the name at this address out."""

    template_name = "organizations/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOutView(auth_views.LogoutView):
    """Đăng xuất: by POST only."""


class PasswordChangeView(auth_views.PasswordChangeView):
    """Đổi mật khẩu: other sessions of this person end."""

    template_name = "organizations/password_change.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Keep the new password, stop asking for one, and end the person's API tokens."""
        form.user.must_change_password = False
        AuthToken.objects.filter(user=form.user).delete()
        messages.success(self.request, "Mật khẩu mới đã có hiệu lực.")
        return super().form_valid(form)


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """Too many failures: say how long to wait and whom to ask."""
    return render(request, "organizations/locked_out.html", status=429)
