"""Production refuses a channel of messages that is configured by half."""

import pytest
from django.core.checks import run_checks

from tests.tthc_portal.test_checks import production, refusals  # noqa: F401 (a fixture)
from tthc_portal import checks

MAIL = {
    "SMTP_HOST": "smtp.nghean.gov.vn",
    "SMTP_SECURITY": "starttls",
    "SMTP_USER": "motcua",
    "SMTP_PASSWORD": "k7Vq2mZp",
    "EMAIL_FROM": "Một cửa <motcua@nghean.gov.vn>",
}
GATEWAY = {
    "SMS_GATEWAY_URL": "https://sms.example.vn/send",
    "SMS_GATEWAY_TOKEN": "k7Vq2mZp",
    "SMS_BRAND": "MOTCUA-NA",
}


def configured(settings, *parts, **changes):
    everything = dict.fromkeys([*MAIL, *GATEWAY], "")
    for part in parts:
        everything |= part
    for name, value in (everything | changes).items():
        setattr(settings, name, value)
    return [(error.id, error.msg) for error in run_checks(tags=[checks.TAG])]


def test_channels_may_be_whole_or_absent(production):  # noqa: F811
    assert configured(production) == []
    assert configured(production, MAIL) == []
    assert configured(production, GATEWAY) == []
    assert configured(production, MAIL, GATEWAY) == []
    assert configured(production, MAIL, SMTP_USER="", SMTP_PASSWORD="", SMTP_SECURITY="none") == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SMTP_HOST": ""}, "chưa có SMTP_HOST"),
        ({"EMAIL_FROM": ""}, "EMAIL_FROM"),
        ({"EMAIL_FROM": "Một cửa"}, "EMAIL_FROM"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY phải là"),
        ({"SMTP_PASSWORD": ""}, "đi cùng nhau"),
        ({"SMTP_USER": ""}, "đi cùng nhau"),
        ({"SMTP_SECURITY": "none"}, "mật khẩu không được gửi"),
    ],
)
def test_half_a_mail_channel_is_refused(production, changes, said):  # noqa: F811
    ((number, message),) = configured(production, MAIL, **changes)

    assert number == "tthc_portal.E006"
    assert said in message


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SMS_GATEWAY_URL": ""}, "chưa có SMS_GATEWAY_URL"),
        ({"SMS_GATEWAY_URL": "http://sms.example.vn/send"}, "https://"),
        ({"SMS_GATEWAY_URL": "https://"}, "https://"),
        ({"SMS_GATEWAY_TOKEN": ""}, "chưa có SMS_GATEWAY_TOKEN"),
        ({"SMS_BRAND": ""}, "chưa có SMS_BRAND"),
    ],
)
def test_half_a_gateway_is_refused(production, changes, said):  # noqa: F811
    ((number, message),) = configured(production, GATEWAY, **changes)

    assert number == "tthc_portal.E007"
    assert said in message


def test_development_is_left_alone(settings):
    assert configured(settings, MAIL, EMAIL_FROM="") == []
