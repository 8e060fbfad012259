"""Health endpoints as ASGI middleware. Needs no package; run under FastAPI 0.92.0 and uvicorn 0.17.6.

Liveness: 200 while the process can answer. Readiness: 200 when this instance may get traffic; 503 while starting, draining or without a critical dependency.

    health = Health(version=settings.APP_VERSION, checks=[
        Check("cache", cache.ping, critical=True),    # its own, not shared with other instances
        Check("database", ping_database),             # shared: shown in the details, never takes instances out
    ])

    @asynccontextmanager
    async def lifespan(app):
        async with health.running(internal_port=settings.PORT + 1000):  # inside everything that a request needs
            yield

    api = FastAPI(lifespan=lifespan)  # before FastAPI 0.93: api.router.lifespan_context = lifespan
    app = HealthEndpoints(RequestLog(api), health)  # outermost, so that probes are not logged; uvicorn app.main:app

One process a container: uvicorn without --workers. The probe counts: failureThreshold 3, successThreshold 2 for readiness, time-out 1 s.
Checks are async and must not block; no third-party service among them.
"""
import asyncio
import json
import os
import signal
import threading
import time
from contextlib import asynccontextmanager

TIMEOUT_S = 200 / 1000
CACHE_S = 1.0
# A check that never ends is asked again after this time.
GIVE_UP_S = 30.0
PASS, FAIL = {"status": "pass"}, {"status": "fail"}


class Check:
    """Asks at most once in CACHE_S and never while the last question is still open, so probes cannot overload a dependency."""

    def __init__(self, name, run, critical=False):
        self.name, self.run, self.critical = name, run, critical
        self._asked_at, self._question, self._last = float("-inf"), None, None

    async def result(self):
        age = time.monotonic() - self._asked_at
        if age >= CACHE_S and (self._question is None or self._question.done() or age >= GIVE_UP_S):
            self._asked_at = time.monotonic()
            self._question = asyncio.ensure_future(self._ask())
            self._last = asyncio.ensure_future(self._verdict(self._question))
        # A probe that hangs up must not cancel the answer of the others.
        return await asyncio.shield(self._last)

    async def _ask(self):
        await self.run()

    async def _verdict(self, question):
        started, error = time.monotonic(), None
        await asyncio.wait({question}, timeout=TIMEOUT_S)
        if not question.done():
            error = "timeout"
            question.cancel()
            # Whatever it ends with later is of no interest.
            question.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        elif question.cancelled() or question.exception() is not None:
            # The type only: messages of drivers may hold addresses and passwords.
            error = "cancelled" if question.cancelled() else type(question.exception()).__name__
        return {"name": self.name, "critical": self.critical, "status": "fail" if error else "pass", "duration_ms": round((time.monotonic() - started) * 1000), **({"error": error} if error else {})}


class Health:
    def __init__(self, version=None, checks=()):
        self.version, self.checks, self.state, self._born = version or "unknown", list(checks), "starting", time.monotonic()

    async def answer(self, path):
        """Status and body of the two public paths; None for any other."""
        if path == "/livez":
            return 200, PASS
        if path != "/readyz":
            return None
        if self.state != "ready":
            return 503, FAIL
        results = await asyncio.gather(*(check.result() for check in self.checks if check.critical))
        return (200, PASS) if all(result["status"] == "pass" for result in results) else (503, FAIL)

    async def details(self):
        results = await asyncio.gather(*(check.result() for check in self.checks))
        failed = [result for result in results if result["status"] == "fail"]
        fail = self.state != "ready" or any(result["critical"] for result in failed)
        status = "fail" if fail else "warn" if failed else "pass"
        return 503 if fail else 200, {"status": status, "state": self.state, "version": self.version, "uptime_s": round(time.monotonic() - self._born), "checks": results}

    @asynccontextmanager
    async def running(self, internal_port, internal_host="127.0.0.1", drain_s=5.0):
        """Ready while inside. In a container give 0.0.0.0 and leave the port out of service and ingress."""
        server = await asyncio.start_server(self._serve_internal, internal_host, internal_port)
        if threading.current_thread() is threading.main_thread():
            # uvicorn closes at once on SIGTERM; balancers need to see 503 first. It takes SIGINT for the same end.
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, lambda: (setattr(self, "state", "draining"), loop.call_later(drain_s, os.kill, os.getpid(), signal.SIGINT)))
        self.state = "ready"
        try:
            yield server
        finally:
            self.state = "draining"
            server.close()

    async def _serve_internal(self, reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            method, target, _ = head.decode("latin-1").split(" ", 2)
            path = target.split("?")[0]
            found = None if method != "GET" else await self.details() if path == "/internal/health" else await self.answer(path)
            status, body = found or (404, FAIL)
            text = json.dumps(body).encode()
            writer.write(b"HTTP/1.1 %d \r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (status, len(text), text))
            await writer.drain()
        except (ValueError, OSError, EOFError, asyncio.LimitOverrunError, asyncio.TimeoutError):
            pass
        finally:
            writer.close()


class HealthEndpoints:
    """Answers the public paths and passes everything else on."""

    def __init__(self, app, health):
        self.app, self.health = app, health

    async def __call__(self, scope, receive, send):
        found = await self.health.answer(scope["path"]) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        if found is None:
            return await self.app(scope, receive, send)
        status, body = found
        text = json.dumps(body, separators=(",", ":")).encode()
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"content-length", str(len(text)).encode())]})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else text})
