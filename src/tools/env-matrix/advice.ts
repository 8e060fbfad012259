import { isPublished, isStaticSite, loadTestBudgetUsd, loadTestUsers } from '../../core/environments.ts'
import { plain } from '../../core/markdown.ts'
import type { Alternative, Question, Rejected, Skipped } from '../../core/result.ts'
import { languageName } from '../../core/service-language.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Detail } from '../tool.ts'
import { decide, type Decision, type Outcome } from './decide.ts'
import { flagsGap, lacksModule, moduleLanguages } from './files.ts'
import type { Input } from './input.ts'
import { depthOf, needsAudit } from './secrets.ts'
import { dataWords, removalWords } from './words.ts'

/** What happens to the rows of the table: environments that come or go, and rows that get other data. */
function rowChanges(now: Decision, other: Decision): string[] {
  const dataIn = (decision: Decision, name: string) => decision.environments.find((row) => row.name === name)?.data
  const added = other.environments.filter(({ name }) => dataIn(now, name) === undefined).map(({ name }) => `${name} is added`)
  const gone = now.environments.filter(({ name }) => dataIn(other, name) === undefined).map(({ name }) => `${name} goes`)
  return [...added, ...gone, ...other.environments.flatMap(({ name, data }) => { const before = dataIn(now, name); return before === undefined || before === data ? [] : [`data in ${name} from "${dataWords[before]}" to "${dataWords[data]}"`] })]
}

/** Questions whose answer changes the decision, checked by deciding again; at most three. */
export function questionsOf(given: Input, outcome: Outcome, knowledge: Knowledge, asOf: string): Question[] {
  const asked: readonly { readonly field: keyof Input, readonly question: string, readonly answer: Partial<Input> }[] = [
    { field: 'compliance', question: 'Does a standard such as SOC 2, HIPAA or GDPR apply?', answer: { compliance: ['soc2', 'gdpr'] } },
    { field: 'hosting', question: 'Where will it run?', answer: { hosting: 'aws-ecs' } },
    { field: 'needsTargeting', question: 'Must a feature change at run time, for chosen users?', answer: { needsTargeting: true } },
  ]
  const named = (collection: 'secrets-stores' | 'flag-services', id: string): string => (id === 'none' ? 'none' : knowledge[collection][id]?.name ?? id)
  return asked.flatMap(({ field, question, answer }) => {
    if (given[field] !== undefined || (field === 'needsTargeting' && (given.flagCount === 0 || isStaticSite(given) || depthOf(outcome.input) < 2 || given.decisions?.flags !== undefined))) return []
    const other = decide({ ...given, ...answer }, knowledge, asOf).decision
    const now = outcome.decision
    const changed = [
      ...(other.secrets === now.secrets ? [] : [`secrets from ${named('secrets-stores', now.secrets)} to ${named('secrets-stores', other.secrets)}`]),
      ...(other.flags === now.flags ? [] : [`flags from ${named('flag-services', now.flags)} to ${named('flag-services', other.flags)}`]),
      ...rowChanges(now, other),
    ]
    return changed.length === 0 ? [] : [{ field, question, changes: changed.join('; ') }]
  }).slice(0, 3)
}

/** Flags that are a few lines of the team's own, with no vendor behind them. */
const ownCode: readonly string[] = ['db-flags', 'framework-native']

/** One line when flags are used and no file can be written for them. */
function flagsFileSkipped(outcome: Outcome, knowledge: Knowledge): Skipped[] {
  const item = 'Generated file for flags'
  const sheet = knowledge['flag-services'][outcome.decision.flags]
  const name = sheet?.name ?? outcome.decision.flags
  const named = sheet?.facts.hosting.value === 'pattern' ? name.charAt(0).toLowerCase() + name.slice(1) : name
  if (ownCode.includes(outcome.decision.flags)) return []
  switch (flagsGap(outcome, knowledge)) {
    case 'no-template': return [{ item, why: `none is written for ${languageName(outcome.validation.language ?? '')} with ${named}`, addWhen: 'a part in TypeScript or JavaScript reads flags too' }]
    case 'no-provider': return [{ item, why: `no OpenFeature provider for ${named} was found: keep its own library behind one function`, addWhen: 'its vendor publishes one' }]
    case undefined: return []
  }
}

function moduleGap({ language, rule }: Outcome['validation'], id: string): Pick<Skipped, 'why' | 'addWhen'> {
  if (rule === 'client-only' || rule === 'nothing-to-check') return { why: 'nothing starts on a server', addWhen: `a server in ${moduleLanguages} joins` }
  if (rule === 'pinned' && id === 'none') return { why: 'it was decided before', addWhen: 'a missing variable reaches production once' }
  if (language === null) return { why: 'the stack names no server language that is known here', addWhen: `the stack names ${moduleLanguages}` }
  return { why: `none is written for ${languageName(language)}${id === 'none' ? '' : ` with ${id}`}: check the names of .env.example in one function`, addWhen: `a part in ${moduleLanguages} joins` }
}

/** Places where a change is tried before production, whatever they are called. */
const rehearsals: readonly string[] = ['dev', 'test', 'sit', 'uat', 'staging', 'preprod']

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** What the plan leaves out on purpose. */
export function skippedOf(outcome: Outcome, knowledge: Knowledge): Skipped[] {
  const { decision, input, validation, runtimes } = outcome
  const names = decision.environments.map(({ name }) => name)
  const published = isPublished(input)
  return [
    ...(names.some((name) => rehearsals.includes(name)) || published ? [] : [{ item: 'Staging environment', why: 'a change can be checked before merge without one', addWhen: 'a migration or a second service cannot be tried before production, or a standard asks for a rehearsal' }]),
    ...((decision.flags === 'none' && outcome.flags.rule !== 'nothing-else-left' && !((input.flagCount ?? 0) > 0)) || decision.flags === 'env-var' || decision.flags === 'config-file' ? (published || isStaticSite(input) ? [] : [{ item: 'Feature flag service', why: 'nothing has to change at run time', addWhen: 'a flag must change without a deploy, or for chosen users, twice in a month' }]) : []),
    ...((decision.secrets === 'platform-env' || decision.secrets === 'aws-ssm') && !needsAudit(input) ? [{ item: 'Secrets manager', why: 'few secrets and few readers', addWhen: 'five people deploy, a second platform holds the same secret, or an audit is booked' }] : []),
    ...(depthOf(input) >= 3 && !names.includes('load') && !published && !isStaticSite(input) ? [{ item: 'Load environment', why: 'it costs as much as production', addWhen: (outcome.input.monthlyActiveUsers ?? 0) >= loadTestUsers ? `the budget reaches ${grouped(loadTestBudgetUsd)} dollars a month; before a launch, make one for the test and remove it` : `${grouped(loadTestUsers)} users a month, or a launch that multiplies traffic by five` }] : []),
    ...(lacksModule(outcome) ? [{ item: 'Generated environment module', ...moduleGap(validation, decision.validation) }] : []),
    ...flagsFileSkipped(outcome, knowledge),
    ...runtimes.filter(({ daysLeft }) => daysLeft >= 0).map(({ id, cycle, until, advised }) => ({ item: `Upgrade of ${knowledge.runtimes[id]?.name ?? id} ${cycle}`, why: `supported until ${until}`, addWhen: `before ${until}: move to ${advised}` })),
  ]
}

const mostRejected = 4

/** Removed candidates with their rule, secrets first; all of them only at `full`. House rules repeat the reason a person gave. */
export function rejectedOf({ secrets, flags, input }: Outcome, detail: Detail): Rejected[] {
  const words = (id: string, rule: keyof typeof removalWords): string => {
    const told = rule === 'house-forbids' ? input.houseRules?.forbid?.find((entry) => entry.id === id) : undefined
    return told !== undefined && 'reason' in told && typeof told.reason === 'string' ? `${removalWords[rule]} ${plain(told.reason)}` : removalWords[rule]
  }
  const all = [...secrets.rejected, ...flags.rejected]
  return all.slice(0, detail === 'full' ? all.length : mostRejected).map(({ id, rule }) => ({ id, rule, reason: words(id, rule) }))
}

const when: Readonly<Record<string, string>> = {
  'env-var': 'there are one or two toggles', 'config-file': 'there are more than two flags', 'platform-env': 'the platform\'s own variables are enough', doppler: 'several platforms need the same secrets, or an audit is near', dotenvx: 'secrets should be versioned with the code, without a vendor', 'sops-age': 'nothing may run beside the application', 'aws-sm': 'values should rotate by themselves', 'aws-ssm': 'nothing has to rotate and cost matters', openbao: 'the team can run a secrets server',
}

/** Second choices of both slots; more than one each only at `full`. */
export const alternativesOf = ({ secrets, flags }: Outcome, knowledge: Knowledge, detail: Detail): Alternative[] =>
  [secrets.alternatives, flags.alternatives].flatMap((ids) => (detail === 'full' ? ids : ids.slice(0, 1))).map((id) => ({ id, when: when[id] ?? (knowledge['secrets-stores'][id] ?? knowledge['flag-services'][id])?.summary ?? '' }))
