import { hostingId } from '../../../core/hosting.ts'
import type { Profile } from '../../../core/profile.ts'
import { readStack } from '../../../core/stack.ts'
import { sameValue } from '../claim.ts'
import type { ClaimKind } from '../facts.ts'
import { aboutWords, rule, type Hit } from '../subject.ts'

/** What the record says about a kind, and in which field; empty where it is silent. */
export function stated(profile: Profile): readonly (readonly [kind: ClaimKind, field: string, values: readonly string[]])[] {
  const { decisions = {}, hosting } = profile
  const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value])
  return ([
    ['stage', 'stage', one(profile.stage)], ['hosting', 'hosting', hosting === undefined || hostingId(hosting) === 'undecided' ? [] : [hostingId(hosting), ...(profile.deployTarget === undefined ? [] : [hostingId(profile.deployTarget)])]],
    ['ci-provider', 'ciProvider', one(decisions.ciProvider ?? profile.ciProvider)], ['package-manager', 'packageManager', one(profile.packageManager)], ['migration-tool', 'migrationTool', one(decisions.migrationTool ?? profile.migrationTool)],
    ['branch-strategy', 'branchStrategy', one(decisions.branchStrategy)], ['identity-provider', 'auth', one(decisions.auth)], ['secrets-store', 'secrets', one(decisions.secrets)], ['flag-service', 'flags', one(decisions.flags)],
    ['logs', 'logs', one(decisions.logs)], ['errors', 'errors', one(decisions.errors)], ['metrics', 'metrics', one(decisions.metrics)], ['alerting', 'alerting', one(decisions.alerting)],
    ['database', 'stack', profile.stack === undefined ? [] : readStack(profile).databases],
  ] as const).filter(([, , values]) => values.length > 0)
}

/** Documents against the record they come from. */
export const contradictsRecord = rule({
  id: 'contradicts-record', severity: 'error',
  about: 'A document says something else than the project profile.',
  expected: 'what the profile says', next: 'Correct the document, or change the profile and run the blueprint again.',
  check: ({ facts: { record }, stands }) => {
    if (record === undefined) return []
    const place = (field: string) => record.places[field] ?? { file: record.path, line: 1 }
    const at = (field: string): string => `${place(field).file}:${place(field).line}`
    const single = stated(record.profile).flatMap(([kind, field, values]) => stands.filter((stand) => stand.kind === kind && stand.weight === 'statement' && !stand.values.some((value) => values.some((wanted) => sameValue(kind, value, wanted))))
      .map((stand): Hit => ({ file: stand.file, line: stand.line, found: `${aboutWords(stand)} ${stand.said}`, expected: `${values.join(' or ')}, as in ${at(field)}`, other: place(field) })))
    const wanted = record.profile.compliance
    const regimes = wanted === undefined ? [] : stands.filter(({ kind, values }) => kind === 'compliance' && (values.some((value) => value !== 'none' && !(wanted as readonly string[]).includes(value)) || wanted.some((value) => !values.includes(value))))
      .map((stand): Hit => ({ file: stand.file, line: stand.line, found: `compliance ${stand.values.join(', ')}`, expected: `${wanted.join(', ') || 'none'}, as in ${at('compliance')}`, other: place('compliance') }))
    return [...single, ...regimes]
  },
})
