import type { MigrationDecision } from './decide.ts'
import { runOnMysql, swapOnMysql } from './render-mysql.ts'
import { lockTimeoutMs } from './rules.ts'

/** What to know about running a plan on each database. */
const hints: Readonly<Record<string, string>> = {
  postgresql: `Every short statement gives up after ${lockTimeoutMs} ms without its lock; otherwise one slow query in front makes all later ones wait.`,
  mongodb: 'Calls of the MongoDB driver for Node, as migrate-mongo runs them; a query must return 0. One job at a time: the lock of migrate-mongo is off unless its settings name it. Read in the manual and tried on a stand-in, not on a server: rehearse it on a copy.',
  sqlite: 'SQLite has one writer, so every other one waits until the step commits: set `PRAGMA busy_timeout = 5000` in each connection and use WAL. Back up with `VACUUM INTO` first.',
  sqlserver: `Every statement gives up after ${lockTimeoutMs} ms without its lock (\`SET LOCK_TIMEOUT\`), and is tried again. \`ONLINE = ON\` needs Enterprise, Developer or Azure: elsewhere the server refuses. Read in the documentation and parsed, not run on a server: rehearse it on a copy of the same edition.`,
}

/** An index build of MongoDB: it runs on every member, and the lock is held at both ends only. */
const buildsOnMongo = ({ database, phases }: MigrationDecision): boolean => database === 'mongodb' && phases.some(({ statements }) => statements.some(({ sql }) => sql.includes('.createIndex(')))
const indexOnMongo = ' An index build locks the collection at its start and end only, runs on every member, and waits for each one that votes: see that none is down.'

export const howToRun = (decision: MigrationDecision): string => (decision.database === 'mysql' || decision.database === 'mariadb' ? runOnMysql(decision) : `${hints[decision.database] ?? ''}${buildsOnMongo(decision) ? indexOnMongo : ''}`)
/** What has to be said even where there is little room. */
export const mustKnow = (decision: MigrationDecision): string => (decision.database === 'mysql' || decision.database === 'mariadb' ? swapOnMysql(decision) : '')
