import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Profile } from '../../../src/core/profile.ts'
import { decisionsOf } from '../../../src/engine/adr/decisions.ts'
import { recordFiles } from '../../../src/engine/adr/records.ts'
import { runChain } from '../../../src/engine/blueprint.ts'
import { writeFiles } from '../../../src/project/write.ts'
import { folder as fresh } from '../../project/folder.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const profile: Profile = { name: 'Ledger', projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], stack: ['typescript', 'postgresql'], hosting: 'aws-ecs', developers: 6, ciProvider: 'github-actions' }
const decisions = (more: Profile = {}) => decisionsOf(runChain({ ...profile, ...more }, () => ({}), { knowledge: knowledge(), asOf, detail: 'normal' }), { ...profile, ...more })
const text = (folder: string, file: string): string => readFileSync(join(folder, 'adr', file), 'utf8')
const steps: readonly Profile[] = [{}, { decisions: { auth: 'clerk', reason: 'we know it.' } }, { ciProvider: 'gitlab' }, { signInBy: ['nobody'] }, { hosting: 'vercel' }, { stage: 'mvp' }, { stack: ['typescript'] }, { decisions: { logs: 'axiom' } }]

test('whatever ten changes come after each other, numbers go up by one and each end points to the record that points back', () => {
  const all = steps.map((more) => decisions(more))
  for (let seed = 1; seed <= 10; seed += 1) {
    const folder = fresh()
    for (let step = 0; step < 10; step += 1) {
      const made = recordFiles(folder, all[(seed * 7 + step * step * (seed + 2)) % all.length] ?? [], `2027-0${1 + Math.floor(step / 5)}-0${1 + (step % 5)}`)
      expect(made.kept).toEqual([])
      if (made.files.length > 0) writeFiles(folder, made.files)
    }
    const names = readdirSync(join(folder, 'adr')).sort()
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1))
    const texts = new Map(names.map((name) => [name, text(folder, name)]))
    for (const [name, body] of texts) {
      expect(body.match(/^Accepted on /gm), name).toHaveLength(1)
      const next = /^Superseded by \[.*\]\((.*)\) on/m.exec(body)?.[1]
      if (next !== undefined) expect(texts.get(next), `${name} -> ${next}`).toContain(`It takes the place of [${name.replace('.md', '')}](${name})`)
      const before = /It takes the place of \[.*\]\((.*)\)\./.exec(body)?.[1]
      if (before !== undefined) expect(texts.get(before), `${name} <- ${before}`).toContain(`Superseded by [${name.replace('.md', '')}](${name})`)
    }
    for (const id of ['sign-in', 'observability', 'secrets', 'pipeline', 'migrations']) expect([...texts].filter(([name, body]) => name.includes(id) && !/^(?:Superseded by|No longer applies) /m.test(body)).length, id).toBeLessThanOrEqual(1)
  }
})
