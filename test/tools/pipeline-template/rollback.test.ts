import { beforeAll, expect, test } from 'vitest'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

test.each(Object.values(targets).filter(({ serves }) => serves))('$id: the way back names settings that the pipeline has, and what came before', ({ id, secrets, variables }) => {
  const command = knowledge()['hosting-platforms'][id]?.facts.rollbackCommand.value ?? ''
  const named = [...command.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name)
  expect(named.filter((name) => !name.startsWith('PREVIOUS_') && ![...secrets, ...variables].includes(name))).toEqual([])
})

test('Cloud Run: a deploy gets its traffic also after a rollback that pinned it to a revision', () => {
  const deploy = run({ stack: ['go'], deployTarget: 'gcp', stage: 'growth', developers: 5 }).files.find(({ path }) => path.endsWith('deploy.yml'))?.body ?? ''
  expect(deploy).toMatch(/gcloud run deploy .*\n\s+gcloud run services update-traffic "\$CLOUD_RUN_SERVICE" --to-latest --region "\$CLOUD_RUN_REGION" --quiet/)
})
