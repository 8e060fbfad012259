"""Configuration of this service: read once, checked at start. The only module that reads the environment."""

import sys
from typing import Literal, Optional

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

# Needed in some environments only.
REQUIRED_IN: dict[str, tuple[str, ...]] = {
    "SENTRY_DSN": ("staging", "production",),
}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    APP_ENV: Literal["local", "staging", "production"]
    PORT: int = Field(default=8000, ge=1, le=65535)
    LOG_LEVEL: Literal["debug", "info", "warn", "error"] = "info"
    DATABASE_URL: SecretStr
    API_KEY_PEPPER: SecretStr
    SENTRY_DSN: Optional[SecretStr] = None
    ENABLE_BETA_FEATURES: bool = False


def load_settings() -> Settings:
    """The checked settings. Ends the program with names, never values, when something is missing."""
    try:
        loaded = Settings()
    except ValidationError as error:
        wrong = sorted({str(item["loc"][0]) for item in error.errors(include_input=False)})
    else:
        wrong = [name for name, names in REQUIRED_IN.items() if loaded.APP_ENV in names and getattr(loaded, name) is None]
        if not wrong:
            return loaded
    sys.exit("Configuration is missing or not in the expected form: " + ", ".join(wrong) + ".")


settings = load_settings()
