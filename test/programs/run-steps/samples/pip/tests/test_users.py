from sample.users import add, count_users


def test_adds() -> None:
    assert add(1, 2) == 3


def test_a_migrated_database_has_no_users() -> None:
    assert count_users() == 0
