"""Settings of mail and text messages; `settings` gives them to Django."""

from zoneinfo import ZoneInfo

from notifications.hours import Hours
from tthc_portal import env

SMTP_HOST = env.text("SMTP_HOST")
SMTP_PORT = env.integer("SMTP_PORT", 587)
SMTP_SECURITY = env.text("SMTP_SECURITY", "starttls")
SMTP_USER = env.text("SMTP_USER")
SMTP_PASSWORD = env.secret("SMTP_PASSWORD")
EMAIL_FROM = env.text("EMAIL_FROM")
SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL")
SMS_GATEWAY_TOKEN = env.secret("SMS_GATEWAY_TOKEN")
SMS_GATEWAY_KNOWS_KEYS = env.flag("SMS_GATEWAY_KNOWS_KEYS", default=False)
SMS_BRAND = env.text("SMS_BRAND")
SMS_WITH_MARKS = env.flag("SMS_WITH_MARKS", default=False)
MESSAGE_TIMEOUT_SECONDS = env.integer("MESSAGE_TIMEOUT_SECONDS", 20)
MESSAGE_HOURS = Hours(*env.span("MESSAGE_HOURS", "07:00-20:00"), ZoneInfo("Asia/Ho_Chi_Minh"))


def transports(*, production: bool) -> dict[str, str]:
    """The way out of each channel: files in development, none where production has none."""
    into_files = "" if production else "notifications.file_channel.FileTransport"
    return {
        "email": "notifications.smtp.SmtpTransport" if SMTP_HOST else into_files,
        "sms": "notifications.sms_gateway.GatewayTransport" if SMS_GATEWAY_URL else into_files,
    }
