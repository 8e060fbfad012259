"""Structured logs, one JSON object a line. Run with structlog 22.3.0; needs no other package.

    configure(version=settings.APP_VERSION, environment=settings.APP_ENV, level=settings.LOG_LEVEL)  # before anything logs
    log = structlog.get_logger()
    log.info("order created", user_ref=user_ref(user.id, key), duration_ms=145, **{"event.name": "order-created"})
    log.exception("payment failed")  # inside except
    app = HealthEndpoints(RequestLog(FastAPI(…)), health)  # not add_middleware: answers to errors come from further out than that
Levels: error: broken, somebody must act; warn: degraded but served; info: business events; debug: development only.
"""
import datetime
import decimal
import hashlib
import hmac
import logging
import math
import re
import sys
import time
import traceback
import uuid

import structlog

REMOVED = "[removed]"
# Names are compared in lower case without signs, so X-Api-Key and stripe_secret_key end like these.
SECRET_ENDINGS = ("password", "passwd", "pwd", "passphrase", "secret", "token", "jwt", "apikey", "accesskey", "secretkey", "privatekey", "authorization", "cookie", "credential", "credentials", "otp", "verificationcode", "cardnumber", "cvv", "cvc", "connectionstring", "databaseurl", "dsn", "body")
# Claims of the identity provider; write user_ref instead.
IDENTITY_FIELDS = {"sub", "sid", "email", "name", "preferredusername", "phonenumber"}
LEVELS = {"warning": "warn", "critical": "error", "exception": "error", "fatal": "error"}


def _bare(name):
    return re.sub(r"[^a-z0-9]", "", str(name).lower())


def _is_private(name, exact=IDENTITY_FIELDS):
    return _bare(name).endswith(SECRET_ENDINGS) or _bare(name) in exact


_URL_PASSWORD = re.compile(r"\b(https?://)[^\s/?#@]{1,300}@", re.I)
_CONNECTION = re.compile(r"\b(?!https?:)([a-z][a-z0-9+.-]{1,20}://)\S{1,300}@", re.I)
_BEARER = re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{8,}", re.I)
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*")
_QUERY = re.compile(r"([?&])([\w.~:-]{1,60})=[^&#\s]+")
_NAMED = re.compile("((?:" + "|".join("[_-]?".join(ending) for ending in SECRET_ENDINGS) + r""")[\\"']{0,3}\s?[=:]\s?)(?:"[^"]*"|'[^']*'|[^\s&,;}]+)""", re.I)


def _clean_text(text):
    """Free text: connection strings, bearer tokens, JWTs, and what follows a name, as in ?token=... or password: ..."""
    text = text[:8192]
    text = _CONNECTION.sub(rf"\g<1>{REMOVED}@", _URL_PASSWORD.sub(rf"\g<1>{REMOVED}@", text))
    text = _JWT.sub(REMOVED, _BEARER.sub(rf"\g<1> {REMOVED}", text))
    text = _QUERY.sub(lambda found: f"{found[1]}{found[2]}={REMOVED}" if found[2] == "code" or _is_private(found[2]) else found[0], text)
    return _NAMED.sub(rf"\g<1>{REMOVED}", text)


def _clean(value, depth=0):
    if isinstance(value, str):
        return _clean_text(value)
    if value is None or isinstance(value, (bool, int, float)):
        return None if isinstance(value, float) and not math.isfinite(value) else value
    if isinstance(value, (datetime.date, decimal.Decimal, uuid.UUID)):
        return str(value)
    if depth == 8:
        return "[too deep]"
    if isinstance(value, dict):
        return {str(name): REMOVED if _is_private(name) else _clean(inner, depth + 1) for name, inner in list(value.items())[:100]}
    if isinstance(value, (list, tuple, set, frozenset)):
        rows = list(value)[:100]
        # May hold names and values in turn, as raw headers do.
        return [REMOVED if index > 0 and isinstance(rows[index - 1], str) and _is_private(rows[index - 1], ()) else _clean(row, depth + 1) for index, row in enumerate(rows)]
    # The text form of an object may print every field it has.
    return f"<{type(value).__name__}>"


def _describe_exception(logger, method, event):
    """Only what says where it broke: other fields of an exception often hold the request or the configuration."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given else None
    if error is not None:
        event["err"] = {"type": type(error).__name__, "message": str(error), "stack": "".join(traceback.format_exception(type(error), error, error.__traceback__))}
    return event


def configure(service="tide-gauge", version=None, environment="development", level="info", trace_context=dict):
    """One filter for structlog and logging. trace_context, with OpenTelemetry: returns trace_id and span_id of the span as hexadecimal text, or nothing."""
    def finish(logger, method, event):
        context = structlog.contextvars.get_contextvars()
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        # Written last, so that fields of a call cannot replace them.
        own = {"service.name": service, "service.version": version or "unknown", "deployment.environment.name": environment, **(trace_context() or {}), **{name: str(context[name]) for name in ("request_id",) if name in context}}
        rest = {name: value for name, value in event.items() if name not in ("event", "level", "timestamp")}
        return {"timestamp": now, "level": LEVELS.get(event["level"], event["level"]), "message": _clean(event["event"]), **_clean({**context, **rest}), **own}

    before = [structlog.stdlib.add_log_level, _describe_exception]
    structlog.configure(processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter], logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, finish, structlog.processors.JSONRenderer()]))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # uvicorn brings handlers of its own.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers, logging.getLogger(name).propagate = [], True


def user_ref(user_id, key):
    """Pseudonym of an internal user id; the key is settings.PSEUDONYM_KEY (of a SecretStr, its get_secret_value()). Change the key to cut the link to older lines. It is still personal data."""
    return "u_" + hmac.new(key.encode(), str(user_id).encode(), hashlib.sha256).hexdigest()[:16]


def request_id(given):
    """An id from outside is taken only when it is well-formed."""
    return given if given and re.fullmatch(r"[A-Za-z0-9_.-]{8,64}", given) else str(uuid.uuid4())


_LONG = re.compile(r"/(?:[^/]{20,}|[^/]*@[^/]*)")  # long parts of a path are ids or one-time links, parts with @ are addresses


class RequestLog:
    """One line for each finished request, without query, headers or body. Instead of uvicorn's: start it with --no-access-log (from Python also log_config=None)."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        own_id = request_id(dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1"))
        started, status, whole = time.perf_counter(), 500, False

        async def send_with_id(message):
            nonlocal status, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", []), (b"x-request-id", own_id.encode())]}
            whole = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=own_id):
            try:
                await self.app(scope, receive, send_with_id)
            except Exception:
                # Said here, where the id is known. Half an answer goes on to the server, which cuts the connection.
                structlog.get_logger().exception("request failed", **{"event.name": "request-failed"})
                if not whole:
                    raise
            finally:
                if scope["path"] not in ("/livez", "/readyz"):
                    fields = {"event.name": "request-finished", "http.request.method": scope["method"], "url.path": _LONG.sub("/…", scope["path"][:500]), "http.response.status_code": status}
                    structlog.get_logger().log(logging.ERROR if status >= 500 else logging.INFO, "request", duration_ms=round((time.perf_counter() - started) * 1000), **fields)
