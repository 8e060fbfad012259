import type { Decisions, Profile } from '../core/profile.ts'
import { byText } from '../core/order.ts'
import { withHouseRules } from './house-rules.ts'
import { deliverableSpecs } from '../project/deliverables.ts'
import type { Context, DecidingTool, Detail, Draft, Section } from '../tools/tool.ts'
import { decidingTools } from '../tools/registry.ts'

type Chain = Readonly<Record<string, Draft<unknown>>>

const first = (slot: unknown): string | undefined => (Array.isArray(slot) ? slot[0] : typeof slot === 'string' ? slot : undefined)

/**
 * What each tool decided, as pins for the tools after it: this is what keeps the three documents from contradicting each other.
 * A pin that a person made is never replaced: the tool has honoured it already.
 */
function pinsOf(name: string, decision: Record<string, unknown>): Partial<Decisions> {
  const slots = (decision['slots'] ?? {}) as Record<string, unknown>
  switch (name) {
    // Without a provider there is nothing to pin: a pin of `none` would read as "nobody signs in".
    case 'select_auth': return decision['kind'] === 'none-left' ? {} : { auth: first(decision['primary']) }
    case 'observability_stack': return { logs: first(slots['logs']), errors: first(slots['errors']), metrics: first(slots['metrics']), alerting: first(slots['alerting']) }
    case 'env_matrix': return { secrets: first(decision['secrets']), flags: first(decision['flags']), validation: first(decision['validation']) }
    case 'pipeline_template': return { ciProvider: first(decision['provider']), branchStrategy: first(decision['branchStrategy']) }
    default: return {}
  }
}

/** Variables that generated source files name, each once: those of the environment module, and those OpenTelemetry reads by itself. What every service has is known without them. */
function namedInFiles(done: Chain): string[] {
  const bodies = Object.values(done).flatMap(({ files }) => files.map(({ body }) => body))
  const names = bodies.flatMap((body) => [...body.matchAll(/\b(?:env|settings)\.([A-Z][A-Z0-9_]+)|\b(OTEL_[A-Z_]+)/g)].flatMap(([, ours, theirs]) => ours ?? theirs ?? []))
  return [...new Set(names)].filter((name) => !/^(APP_|LOG_|NODE_ENV$|PORT$|PSEUDONYM_KEY$)/.test(name))
}

/** Own fields of a later tool that an earlier decision answers. `extra` holds what the repository says. */
function carried(tool: DecidingTool, done: Chain, extra: Record<string, unknown>): Record<string, unknown> {
  if (tool.name === 'env_matrix') return { variables: [...new Set([...(extra['variables'] ?? []) as string[], ...namedInFiles(done)])] }
  if (!('environments' in tool.own)) return {}
  const environments = (done['env_matrix']?.decision as { environments?: { name: string }[] } | undefined)?.environments
  return environments === undefined ? {} : { environments: environments.map(({ name }) => name) }
}

const order = ['select_auth', 'observability_stack', 'env_matrix', 'pipeline_template', 'migration_plan']

/** Runs the deciding tools one after the other for one project, each with the decisions before it. `extras` gives own fields for one tool, `detailOf` its depth. */
export function runChain(profile: Profile, extras: (tool: DecidingTool) => Record<string, unknown>, context: Context, detailOf: (tool: string) => Detail = () => context.detail): Chain {
  let pins: Partial<Decisions> = { ...profile.decisions }
  const done: Record<string, Draft<unknown>> = {}
  for (const name of order) {
    const tool = decidingTools.find((candidate) => candidate.name === name)
    if (tool === undefined) continue
    const extra = extras(tool)
    const input = { ...extra, ...carried(tool, done, extra), ...profile, decisions: pins }
    const draft = withHouseRules(name, profile, tool.run(input as Parameters<typeof tool.run>[0], { ...context, detail: detailOf(name) }), context.knowledge)
    done[name] = draft
    const fresh = Object.entries(pinsOf(name, draft.decision as Record<string, unknown>)).filter(([, value]) => value !== undefined)
    pins = { ...Object.fromEntries(fresh), ...pins }
  }
  return done
}

/** One deliverable: which drafts it is made of, in the order its sections appear. */
export interface Deliverable { readonly file: string, readonly title: string, readonly about: string, readonly tools: readonly string[] }

const madeOf: Readonly<Record<string, Pick<Deliverable, 'about' | 'tools'>>> = {
  'security-architecture.md': { about: 'who signs in, how services check it, and which protections apply', tools: ['select_auth'] },
  'observability.md': { about: 'what is logged and measured, who is told, and what it costs', tools: ['observability_stack'] },
  'devops-blueprint.md': { about: 'how a change reaches production, and where configuration lives', tools: ['pipeline_template', 'migration_plan', 'env_matrix'] },
}

export const deliverables: readonly Deliverable[] = deliverableSpecs.map(({ file, title }) => ({ file, title, about: '', tools: [], ...madeOf[file] }))

/** Drafts of one deliverable, joined: first come, first kept where two say the same. */
export function joinDrafts(drafts: readonly Draft<unknown>[]): Omit<Draft<unknown>, 'decision'> {
  const unique = <Item>(items: readonly Item[], key: (item: Item) => string): Item[] => [...new Map([...items].reverse().map((item) => [key(item), item])).values()].reverse()
  const all = <Field extends keyof Draft<unknown>>(field: Field) => drafts.flatMap((draft) => draft[field] as unknown as never[])
  const lines = drafts.flatMap((draft) => draft.cost.lines)
  return {
    conflicts: unique(all('conflicts') as Draft<unknown>['conflicts'], (item) => item.id),
    assumptions: unique(all('assumptions') as Draft<unknown>['assumptions'], (item) => item.field),
    questions: unique(all('questions') as Draft<unknown>['questions'], (item) => item.field).slice(0, 3),
    alternatives: all('alternatives'), rejected: all('rejected'),
    skipped: unique(all('skipped') as Draft<unknown>['skipped'], (item) => item.item.toLowerCase()),
    flips: all('flips'),
    cost: { lines, usdPerMonth: drafts.some((draft) => draft.cost.usdPerMonth === null) ? null : Math.round(drafts.reduce((sum, draft) => sum + (draft.cost.usdPerMonth ?? 0), 0) * 100) / 100 },
    files: unique(all('files') as Draft<unknown>['files'], (item) => item.path),
    sections: all('sections') as unknown as Section[],
    sources: unique(all('sources') as Draft<unknown>['sources'], (item) => item.url).sort((a, b) => byText(a.id, b.id)),
  }
}
