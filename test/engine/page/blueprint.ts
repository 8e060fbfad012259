import { joinDrafts } from '../../../src/engine/blueprint.ts'
import type { Blueprint } from '../../../src/engine/blueprint-run.ts'
import { noProject } from '../../../src/engine/inputs.ts'
import { generatedFile } from '../../../src/core/file.ts'
import type { Draft } from '../../../src/tools/tool.ts'
import { asOf } from '../../support/knowledge.ts'

/** A draft without content, with what a test wants to see in it. */
export const draft = (over: Partial<Draft<unknown>> = {}): Draft<unknown> => ({
  decision: {}, conflicts: [], assumptions: [], questions: [], alternatives: [], rejected: [], skipped: [], flips: [],
  cost: { lines: [], usdPerMonth: 0 }, files: [], sections: [], sources: [], ...over,
})

export const blueprintOf = (drafts: Blueprint['drafts'], profile: Blueprint['profile'] = {}): Blueprint => ({
  facts: { ...noProject, folder: '/nowhere', profileFile: null } as Blueprint['facts'],
  profile, asOf, drafts, joined: joinDrafts(Object.values(drafts)), documents: [], files: [],
})

/** A blueprint that holds `text` wherever the page takes it for plain words, whether a user can reach that place today or not. */
export const saying = (text: string): Blueprint => blueprintOf({
  select_auth: draft({
    decision: { kind: 'picked', primary: text, signInClass: 'consumer', serviceToken: text, machine: text, controls: [{ id: text, priority: text }], alsoDue: [text], odd: { [`k${text}`]: text } },
    boundaries: {
      zones: [{ id: 'untrusted', title: text, nodes: [{ id: 'c_web', kind: 'client', label: text }] }, { id: 'system', title: text, nodes: [{ id: 'app', kind: 'application', label: text }, { id: 'db', kind: 'database', label: text }] }, { id: 'processors', title: text, nodes: [{ id: 'idp', kind: 'identity', label: text }] }],
      crossings: [{ from: ['c_web'], to: 'app', label: text, aside: false }, { from: ['c_web'], to: 'idp', label: text, aside: false }, { from: ['app'], to: 'db', label: text, aside: true }],
    },
    conflicts: [{ id: 'one', inputs: [text, `name: ${text}`], problem: 'Two things do not fit.', resolution: 'Change one.' }],
    assumptions: [{ field: text, assumed: text, changes: text }],
    rejected: [{ id: text, rule: text, reason: 'no' }], alternatives: [{ id: 'clerk', when: 'later' }], flips: [{ change: text, outcome: text }],
    skipped: [{ item: text, why: 'not now', addWhen: 'later' }],
    cost: { lines: [{ item: text, formula: text, usdPerMonth: null, unit: text, asOf: text, source: '', stale: true }], usdPerMonth: null },
    sources: [{ id: 'a', title: text, url: 'https://example.org/', checked: '2026-01-01' }],
    sections: [{ id: 'sign-in', title: text, body: 'Plain.' }],
  }),
  env_matrix: draft({
    decision: { environments: [{ name: text, purpose: text, data: text, access: text, deployTrigger: text }], secrets: text, variables: [{ name: text, category: text, secret: true, requiredIn: [text], whereStored: text }] },
    files: [generatedFile(`a/${text.replace(/[\\/]/g, '')}`, 'a file', text, 'x')],
  }),
  pipeline_template: draft({ decision: { provider: text, branchStrategy: text, stages: ['lint', text], triggers: [text], environments: [{ name: text, trigger: text, start: text }], promotion: [{ from: text, to: text, by: text }], gates: [{ id: text, before: text }], apps: [{ name: text, target: text }] } }),
  migration_plan: draft({ decision: { tool: text, database: text, change: text, phases: [] } }),
}, { name: text, hosting: text, stage: 'enterprise' })
