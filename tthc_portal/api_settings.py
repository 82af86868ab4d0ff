"""Settings of the API: who is asked, how it answers, how it is described."""

from datetime import timedelta

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "organizations.api.authentication.HashedToken",
        "organizations.api.authentication.PageSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["organizations.api.authentication.SignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "organizations.api.parsing.BoundedJSONParser",
        "organizations.api.parsing.BoundedMultiPartParser",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "organizations.api.negotiation.AlwaysJSON",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "organizations.api.schema.PortalSchema",
    "EXCEPTION_HANDLER": "tthc_portal.api.error_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# A token lives for a working day, as a session does.
REST_KNOX = {"TOKEN_TTL": timedelta(hours=10), "TOKEN_LIMIT_PER_USER": 10}
SPECTACULAR_SETTINGS = {
    "TITLE": "Một cửa: API giải quyết thủ tục hành chính",
    "DESCRIPTION": "Các thao tác và danh sách của cổng một cửa, theo cùng một quy tắc truy cập.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "DossierStatusEnum": "dossiers.statuses.DossierStatus",
        "PetitionStatusEnum": "feedback.statuses.PetitionStatus",
        "ExtensionStatusEnum": "apologies.statuses.ExtensionStatus",
        "ConsultationStatusEnum": "liaison.statuses.ConsultationStatus",
        "ChannelEnum": "procedures.statuses.ChannelKind",
        "FormKindEnum": "dossiers.statuses.FormKind",
        "AgencyOutputKindEnum": "organizations.statuses.AgencyKind",
        "ApplicantInputKindEnum": "dossiers.statuses.ApplicantKind",
        "BulkActEnum": "desk.statuses.BulkAct",
        "BulkItemStateEnum": "desk.statuses.ItemState",
        "RoleEnum": "organizations.roles.Role",
        "StateEnum": "notifications.statuses.MessageState",
        "MessageChannelEnum": "notifications.statuses.MessageChannel",
    },
}
