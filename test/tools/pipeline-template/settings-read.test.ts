import { beforeAll, expect, test } from 'vitest'
import { vocabulary } from '../../../src/core/profile.ts'
import { reached } from '../../../src/tools/pipeline-template/files.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { knowledge } from '../../support/knowledge.ts'
import { covering, run } from './matrix.ts'
import { planOf } from './plans.ts'
import { settingsListed, settingsRead } from './settings-read.ts'

beforeAll(() => { knowledge() }, 60_000)

const several: readonly Given[] = [['web:vercel', 'api:aws-ecs'], ['web:railway', 'api:gcp'], ['web:netlify', 'api:kubernetes'], ['web:fly', 'api:azure'], ['web:cloudflare-workers', 'api:gke'], ['web:render', 'api:aws']].flatMap((apps) => [
  { apps, stack: ['nextjs', 'postgresql', 'prisma'], packageManager: 'pnpm', stage: 'growth', developers: 8 }, { apps, stack: ['express', 'mongodb'], migrationTool: 'migrate-mongo', packageManager: 'yarn', stage: 'early', developers: 3 },
])

/** The address that a migration of the pipeline itself reads: its tool looks it up, the line does not name it. */
const addresses = (input: Given): readonly string[] => {
  const plan = planOf(input)
  const { migration } = plan
  return reached(plan).some(({ target }) => target.serves) && migration?.command != null && migration.hook === null ? migration.addressVariables.slice(0, 1) : []
}

const checklistOf = (sections: readonly { readonly id: string, readonly body: string }[]): string => (sections.find(({ id }) => id === 'deploy')?.body ?? '').split('**Rollback.**')[0] ?? ''

test.each(vocabulary.ciProvider)('%s: the checklist names every setting that the files read, and no other', (provider) => {
  const inputs = [...covering(provider).filter((_, index) => index % 8 === 0), ...several.map((input) => ({ ...input, ciProvider: provider }))]
  expect(inputs.length).toBeGreaterThan(30)
  const wrong = new Map<string, string>()
  for (const input of inputs) {
    const { files, sections } = run(input)
    const read = [...new Set([...settingsRead(files, provider), ...addresses(input)])]
    const listed = settingsListed(checklistOf(sections))
    const missing = read.filter((name) => !listed.includes(name))
    const extra = listed.filter((name) => !read.includes(name))
    if (missing.length + extra.length > 0) wrong.set(`missing ${missing.join(' ')}; extra ${extra.join(' ')}`, JSON.stringify(input))
  }
  expect([...wrong]).toEqual([])
})

test('a setting that nobody lists is found', () => {
  expect(settingsRead([{ path: '.gitlab-ci.yml', body: 'deploy:\n  variables: {SET: a}\n  script:\n    - echo "$READ_HERE" "$SET" "$CI_COMMIT_SHA"; LATER_SET=1; echo "$LATER_SET"\n' }], 'gitlab')).toEqual(['READ_HERE'])
})

test.each(vocabulary.ciProvider)('%s: what a trust script prints is what the checklist asks for', (provider) => {
  const inputs = covering(provider).filter(({ deployTarget = '' }) => /^(aws|gcp|gke|azure)/.test(deployTarget)).filter((_, index) => index % 5 === 0)
  let scripts = 0
  for (const input of inputs) {
    const { files, sections } = run(input)
    const listed = settingsListed(checklistOf(sections))
    for (const { path, body } of files.filter((file) => file.path.startsWith('deploy/trust-'))) {
      scripts += 1
      const printed = [...new Set([...body.matchAll(/[" ]([A-Z][A-Z_]+)=\$(?:arn|path|email|client|tenant|SUBSCRIPTION_ID)\b/g)].map(([, name = '']) => name))]
      expect(printed.length, body).toBeGreaterThan(0)
      // A service connection of Azure Pipelines holds who signs in.
      const wanted = provider === 'azure-pipelines' && !path.includes('gcp') ? [] : printed
      expect(wanted.filter((name) => !listed.includes(name)), JSON.stringify(input)).toEqual([])
    }
  }
  expect(scripts).toBeGreaterThan(3)
})
