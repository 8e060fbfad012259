from fastapi.testclient import TestClient

from app.main import app


def test_health_answers_without_a_database() -> None:
    assert TestClient(app).get("/health").json() == {"status": "healthy"}
