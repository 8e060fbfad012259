from datetime import datetime

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from app.db import Reading, Session

app = FastAPI(title="Tide Gauge")


class NewReading(BaseModel):
    model_config = ConfigDict(extra="forbid")

    station: str = Field(min_length=1, max_length=40)
    level_mm: int = Field(ge=-20_000, le=20_000)
    taken_at: datetime


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "healthy"}


@app.post("/readings", status_code=201)
def add_reading(reading: NewReading) -> dict[str, int]:
    with Session.begin() as session:
        row = Reading(**reading.model_dump())
        session.add(row)
        session.flush()
        return {"id": row.id}


@app.get("/stations/{station}/readings")
def readings(station: str, limit: int = 60) -> list[dict[str, object]]:
    query = select(Reading).where(Reading.station == station).order_by(Reading.taken_at.desc()).limit(min(limit, 1000))
    with Session() as session:
        return [{"levelMm": row.level_mm, "takenAt": row.taken_at} for row in session.scalars(query)]
