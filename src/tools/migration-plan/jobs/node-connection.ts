/** JavaScript that connects with `pg` and refuses a transaction pooler: of two connections that share a session, one lent it to the other. */
export const nodeConnection = `const url = process.env.DIRECT_DATABASE_URL ?? process.env.DATABASE_URL
const connect = async () => {
  const client = new pg.Client({ connectionString: url, application_name: 'migration' })
  await client.connect()
  return client
}
const ask = async (client, text, values) => (await client.query({ text, values, rowMode: 'array' })).rows[0]
// Behind a transaction pooler a lock belongs to nobody: an idle connection lends its session to the next one.
async function refusePooler(client) {
  const other = await connect()
  try {
    const [mine] = await ask(client, 'SELECT pg_backend_pid()')
    await other.query('BEGIN')
    const [theirs] = await ask(other, 'SELECT pg_backend_pid()')
    await other.query('ROLLBACK')
    if (mine === theirs) throw new Error('This address leads to a transaction pooler. Set DIRECT_DATABASE_URL to the server itself.')
  } finally {
    await other.end()
  }
}`

/** The same for Python, with psycopg 3 or psycopg2. */
export const pythonConnection = `try:
    import psycopg
except ImportError:
    import psycopg2 as psycopg

ADDRESS = os.environ.get("DIRECT_DATABASE_URL") or os.environ["DATABASE_URL"]


def connect():
    # SQLAlchemy names its driver in the address; libpq does not know that word.
    connection = psycopg.connect(re.sub(r"^postgres(ql)?\\+\\w+:", "postgresql:", ADDRESS))
    connection.autocommit = True
    return connection


def ask(connection, text, values=None):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchone() if cursor.description else None


def refuse_pooler(connection):
    """Behind a transaction pooler a lock belongs to nobody: an idle connection lends its session to the next one."""
    other = connect()
    try:
        mine = ask(connection, "SELECT pg_backend_pid()")
        ask(other, "BEGIN")
        theirs = ask(other, "SELECT pg_backend_pid()")
        ask(other, "ROLLBACK")
    finally:
        other.close()
    if mine == theirs:
        sys.exit("This address leads to a transaction pooler. Set DIRECT_DATABASE_URL to the server itself.")`
