import type { MigrationDecision } from './decide.ts'
import { lockWaitSeconds } from './rules.ts'
import type { Statement } from './sql/statement.ts'

const name: Readonly<Record<string, string>> = { mysql: 'MySQL', mariadb: 'MariaDB' }
const algorithmOf = ({ sql }: Statement): string | undefined => /, ALGORITHM=([A-Z]+)/.exec(sql)?.[1]

/** How the server makes each step: algorithm, whether every row is written again, and the version that it needs. Empty without an ALTER TABLE. */
function ways({ phases, database }: MigrationDecision): string {
  const steps = new Map<string, Set<number>>()
  phases.forEach(({ statements }, index) => {
    for (const statement of statements) {
      const algorithm = algorithmOf(statement)
      if (algorithm === undefined || statement.language !== undefined) continue
      const way = `${algorithm}${statement.rewritesTable ? ' and writes every row again' : ''}${statement.since === undefined ? '' : ` (${name[database]} ${statement.since} or later)`}`
      steps.set(way, (steps.get(way) ?? new Set()).add(index + 1))
    }
  })
  const list = [...steps].map(([way, at]) => `step ${[...at].join(', ')} is ${way}`)
  return list.length === 0 ? '' : `${list.join('; ')}.`.replace(/^s/, 'S')
}

const copied = (tool: string): string => (tool === 'gh-ost'
  ? 'gh-ost waits with the swap until somebody removes /tmp/gh-ost.wait; stop it before that and nothing has changed.'
  : 'At the swap a write can fail with 1213 (deadlock) or 1146 (the tool\'s table is gone): the application tries it again. Ctrl-C before the swap removes the copy and the triggers.')

const toolOf = ({ phases }: MigrationDecision): string | undefined => phases.flatMap(({ statements }) => statements).find(({ language }) => language === 'shell')?.sql.split(' ')[0]

const renamed = 'At the rename a prepared statement can fail once with 1615 (needs to be re-prepared): the application tries it again. Through the view the old version can neither TRUNCATE (1146) nor FORCE INDEX (1176). Rights granted on the table by name do not follow: grant them on the new name before the deploy.'

/** What the application meets when tables are swapped or named anew while it runs; empty where none is. */
export const swapOnMysql = (decision: MigrationDecision): string => {
  const tool = toolOf(decision)
  return tool !== undefined ? copied(tool) : decision.change === 'rename-table' && decision.deploysNeeded > 1 ? renamed : ''
}

/** What to know about running a plan on MySQL or MariaDB. */
export function runOnMysql(decision: MigrationDecision): string {
  const all = decision.phases.flatMap(({ statements }) => statements)
  const long = all.some((statement) => statement.language === undefined && (statement.rewritesTable || ['INPLACE', 'NOCOPY', 'COPY'].includes(algorithmOf(statement) ?? '')))
  return [
    ways(decision),
    `Each file sets \`lock_wait_timeout = ${lockWaitSeconds}\`; try again when it gives up: behind an open transaction even an instant change stops every later query.`,
    'A server that cannot keep the named ALGORITHM and LOCK refuses. Each statement commits: after a failure go on from the one that failed.',
    swapOnMysql(decision) !== '' ? swapOnMysql(decision) : long ? 'Replicas run an ALTER again after it is done here: they lag as long as it took.' : '',
    decision.database === 'mysql' ? 'Read in the manual, not run on MySQL: rehearse it.' : '',
  ].filter((sentence) => sentence !== '').join(' ')
}
