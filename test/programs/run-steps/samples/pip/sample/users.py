import os

from sqlalchemy import create_engine, text


def add(left: int, right: int) -> int:
    return left + right


def count_users() -> int:
    with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM users")).scalar_one())
