/** JavaScript that connects with `mysql2`. Large keys arrive as text. */
export const nodeConnection = `const url = process.env.DIRECT_DATABASE_URL ?? process.env.DATABASE_URL
const connect = (address = url) => mysql.createConnection({ uri: address.replace(/^mariadb:/, 'mysql:'), rowsAsArray: true, supportBigNumbers: true, bigNumberStrings: true })
const ask = async (client, text, values = []) => (await client.execute(text, values))[0]?.[0]`

/** The same for Python, with PyMySQL or mysqlclient. */
export const pythonConnection = `try:
    import pymysql
except ImportError:
    import MySQLdb as pymysql

ADDRESS = os.environ.get("DIRECT_DATABASE_URL") or os.environ["DATABASE_URL"]


def connect(address=ADDRESS):
    parts = urlsplit(address)
    connection = pymysql.connect(
        host=parts.hostname or "127.0.0.1", port=parts.port or 3306, user=unquote(parts.username or ""), password=unquote(parts.password or ""),
        database=unquote(parts.path.lstrip("/")), charset="utf8mb4",
    )
    connection.autocommit(True)
    return connection


def ask(connection, text, values=None):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchone()`
