import { beforeAll, expect, test } from 'vitest'
import { vocabulary, type Stage } from '../../../src/core/profile.ts'
import { extraName, extraWords } from '../../../src/tools/pipeline-template/extra-words.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { byHand, extras, isExtra, premature, requestedExtras } from '../../../src/tools/pipeline-template/requested.ts'
import { readSettings } from '../../../src/tools/pipeline-template/settings.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run } from './matrix.ts'

beforeAll(() => { knowledge() }, 60_000)

const ids = Object.keys(extras).filter(isExtra)
const settings = (given: Given) => readSettings(given, knowledge())

test.each<[string, readonly string[]]>([
  ['artifact signing', ['signing']], ['cosign', ['signing']], ['SLSA level 3', ['provenance']], ['build provenance', ['provenance']], ['SBOM', ['sbom']], ['CycloneDX', ['sbom']], ['DAST', ['dast']], ['OWASP ZAP', ['dast']],
  ['SAST', ['sast']], ['static analysis', ['sast']], ['CodeQL', ['codeql']], ['code scanning', ['codeql']], ['Semgrep', ['sast']], ['canary', ['canary']], ['progressive delivery', ['canary']], ['blue/green', ['blue-green']], ['Blue Green deployments', ['blue-green']],
  ['feature environments', ['preview-environments']], ['preview', ['preview-environments']], ['review apps', ['preview-environments']], ['merge queue', ['merge-queue']], ['merge trains', ['merge-queue']], ['load tests', ['load-test']], ['k6', ['load-test']],
  ['chaos engineering', ['chaos']], ['multi-region', ['multi-region']], ['multi region failover', ['multi-region']], ['GitOps', ['gitops']], ['Argo CD', ['gitops']], ['Flux', ['gitops']], ['Terraform', ['terraform']], ['infrastructure as code', ['terraform']],
  ['self-hosted runners', ['self-hosted-runners']], ['selfhosted runner', ['self-hosted-runners']], ['own runners', ['self-hosted-runners']], ['path filters', ['path-filters']], ['required review', ['required-review']], ['required code reviews', ['required-review']], ['PR approvals', ['required-review']],
  ['Renovate', ['dependency-updates']], ['Dependabot', ['dependency-updates']], ['matrix builds', ['matrix-builds']], ['nightly builds', ['nightly']], ['e2e', ['e2e']], ['Playwright end-to-end tests', ['e2e']], ['coverage gate', ['coverage-gate']],
  ['performance budget', ['performance-budget']], ['Lighthouse CI', ['performance-budget']], ['license check', ['license-check']], ['licence scanning', ['license-check']], ['container scan', ['container-scan']], ['Trivy image scan', ['container-scan']], ['Docker scan', ['container-scan']],
  ['release notes', ['release-notes']], ['changesets', ['release-notes']], ['secret scanning', ['secret-scan']], ['gitleaks', ['secret-scan']], ['dependency scanning', ['dependency-scan']], ['manual approval', ['approval']], ['production approval gate', ['approval']], ['CODEOWNERS', ['code-owners']],
  ['signed SBOM', ['sbom', 'signing']], ['SAST and DAST', ['sast', 'dast']],
  ['quantum tests', ['quantum-tests']], ['design review', ['design-review']], ['sign-in tests', ['sign-in-tests']], ['zapier', ['zapier']], ['osv-files', ['dependency-scan']], ['fluxus', ['fluxus']],
])('"%s" is understood as %j', (text, expected) => {
  expect(requestedExtras({ given: { requested: [text] } })).toEqual(expected)
})

test('every extra has a way and a measurable trigger', () => {
  expect(ids.length).toBeGreaterThan(30)
  for (const id of ids) {
    const [how, trigger] = extraWords[id]
    expect(how.length, id).toBeGreaterThan(10)
    expect(trigger.length, id).toBeGreaterThan(10)
  }
})

// Numbers, a first or another one, or an event that either happened or did not.
test.each(ids)('the trigger of %s can be observed', (id) => {
  expect(extraWords[id][1]).toMatch(/\d|\bfirst\b|\bsecond\b|\btwo\b|\bthree\b|\bone version\b|\bpublic\b|\basks\b|\bexists\b|\bverifies\b|\bdowntime\b|\bread(s)? them\b|\bcosts more\b|\btook longer\b|\bbroke\b|\btwo people\b|\bsecond person\b|\bdeploy\b|\btests?\b/)
})

const asks = ids.filter((id) => id !== 'self-hosted-runners' && id !== 'path-filters')
test.each(vocabulary.stage)('at %s nothing that was asked for is lost', (stage: Stage) => {
  for (const developers of [1, 3, 20]) for (const id of asks) {
    const given: Given = { stage, developers, stack: ['go'], hosting: 'kubernetes', requested: [id] }
    const read = settings(given)
    const listed = [...premature(read), ...byHand(read)]
    const { skipped } = run(given)
    if (listed.length > 0) expect(skipped.map(({ item }) => item), `${stage} ${developers} ${id}`).toContain(extraName(id))
    else expect(extras[id].written?.(read), `${stage} ${developers} ${id}`).toBe(true)
  }
}, 60_000)

test('one person gets none of what a stage would justify, at any stage', () => {
  const heavy = ['canary', 'blue-green', 'sbom', 'provenance', 'signing', 'sast', 'dast', 'load-test', 'gitops', 'chaos', 'multi-region', 'merge-queue', 'terraform', 'coverage-gate']
  for (const stage of vocabulary.stage) {
    const given: Given = { stage, developers: 1, stack: ['go'], hosting: 'gcp', requested: heavy }
    expect(premature(settings(given)), stage).toEqual(requestedExtras({ given }))
    const bodies = run(given).files.map(({ body }) => body).join('\n')
    expect(bodies.length).toBeGreaterThan(500)
    expect(bodies).not.toMatch(/sbom: true|provenance: mode=max|cosign|trivy/)
  }
})

test('a large team in production gets what it asks for generated, or told how', () => {
  const draft = run({ stage: 'production', developers: 30, stack: ['go'], hosting: 'gcp', requested: ['SBOM', 'provenance', 'canary', 'merge queue', 'DAST'], repositoryVisibility: 'public' })
  expect(draft.files.map(({ body }) => body).join('\n')).toMatch(/sbom: true/)
  expect(draft.decision.gates.map(({ id }) => id)).toContain('merge-queue')
  const told = draft.skipped.filter(({ why }) => why.startsWith('justified')).map(({ item }) => item)
  expect(told).toEqual(['canary', 'DAST'])
})

test('what leaves the house is signed and described at an earlier stage', () => {
  const given: Given = { projectType: 'self-hosted-product', stage: 'growth', developers: 11, stack: ['go'], hosting: 'customer', requested: ['SBOM', 'signing', 'SLSA'] }
  expect(premature(settings(given))).toEqual([])
})

test('free text stays itself and breaks nothing', () => {
  const odd = ['"; rm -rf /', '${{ secrets.X }}', '$(id)', '-----', '日本語', 'a'.repeat(60)]
  const draft = run({ stack: ['go'], hosting: 'fly', requested: odd })
  expect(draft.skipped.filter(({ why }) => why.includes('unknown to this tool'))).toHaveLength(odd.length)
})
