"""Configuration of this service: read once, checked at start. The only module that reads the environment.

A secret prints as asterisks; settings.NAME.get_secret_value() hands it to what needs it.
"""

import sys
from typing import Any, Literal, Optional

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

# Needed in some environments only.
NEEDED_IN: dict[str, tuple[str, ...]] = {
    "SENTRY_DSN": ("staging", "production"),
}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        hide_input_in_errors=True,
        validate_default=True,
    )

    APP_ENV: Literal["local", "staging", "production"]
    PORT: int = Field(default=8000, ge=1, le=65535)
    LOG_LEVEL: Literal["debug", "info", "warn", "error"] = "info"
    APP_VERSION: Optional[str] = None
    DATABASE_URL: SecretStr
    SENTRY_DSN: Optional[SecretStr] = None
    ENABLE_BETA_FEATURES: bool = False

    @field_validator(*NEEDED_IN)
    @classmethod
    def is_given_where_needed(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and info.data.get("APP_ENV") in NEEDED_IN.get(info.field_name or "", ()):
            raise ValueError("missing")
        return value


def load_settings() -> Settings:
    """The checked settings. Ends the program with names, never values, when something is missing."""
    try:
        return Settings()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        wrong = sorted({str(item["loc"][0]) for item in error.errors(include_input=False)})
    sys.exit("Configuration is missing or not in the expected form: " + ", ".join(wrong) + ".")


settings = load_settings()
