"""Forms of signing in: shape and wording only."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """Đăng nhập."""

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy nhập lại.",
        "inactive": "Tài khoản này đã bị khóa. Hãy liên hệ quản trị hệ thống.",
    }

    def clean_username(self) -> str:
        """Names are plain lower case, whatever the keyboard sent."""
        return str(self.cleaned_data["username"]).strip().lower()
