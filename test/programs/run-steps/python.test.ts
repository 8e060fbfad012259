import { edit, testStack } from './stack.ts'

testStack({
  title: 'pip with Alembic and PostgreSQL, one job a check', name: 'pip', needs: ['/usr/bin/pytest', '/usr/bin/black', '/usr/bin/flake8', '/usr/bin/mypy', 'alembic', 'psql'], without: ['Build'],
  input: { stage: 'growth', deployTarget: 'fly' }, env: { PIP_NO_INDEX: '1' },
  // pip-audit is no package of Debian, so the sample does not name it.
  cannotRun: { 'Look for secrets in the commits': 'the program comes with its action alone' },
  breaks: [
    { what: 'a broken test', change: edit('sample/users.py', 'left + right', 'left - right'), fails: 'Test', says: /test_adds/ },
    { what: 'a migration that is missing', change: edit('migrations/versions/0001_users.py', '"users", sa', '"people", sa'), fails: 'Test', says: /relation "users" does not exist/ },
    { what: 'a migration that fails', change: edit('migrations/versions/0001_users.py', 'down_revision = None', 'down_revision = "0000"'), fails: 'Apply migrations', says: /0000/ },
    { what: 'a wrong type', change: edit('sample/users.py', 'right: int) -> int', 'right: int) -> str'), fails: 'Lint', says: /Incompatible return value type/ },
    { what: 'a requirement that nobody can install', change: edit('requirements.txt', 'pytest>=7', 'pytest==0.0.1'), fails: 'Install from the lock file', says: /No matching distribution found for pytest==0\.0\.1/ },
  ],
})
