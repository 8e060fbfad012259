from datetime import datetime

from sqlalchemy import DateTime, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

from app.settings import settings

engine = create_engine(settings.database_url, pool_pre_ping=True)
Session = sessionmaker(engine)


class Base(DeclarativeBase):
    pass


class Reading(Base):
    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    station: Mapped[str] = mapped_column(index=True)
    level_mm: Mapped[int]
    taken_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
