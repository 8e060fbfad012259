import { downStatements, refuseDown, script, upStatements, type MigrationFormat } from './format.ts'

export const dbmate: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.sql`,
  text: ({ step }) => [
    `-- migrate:up${step.transactional ? '' : ' transaction:false'}`,
    script(upStatements(step)),
    '',
    `-- migrate:down${step.transactional ? '' : ' transaction:false'}`,
    step.down === null ? refuseDown(step) : script(downStatements(step) ?? []),
  ].join('\n'),
}
