import { code } from '../../src/core/markdown.ts'
import type { Section } from '../../src/tools/tool.ts'
import type { ToolName } from './projects.ts'

type Decision = Record<string, unknown>

/** How one tool's answers are shown: the table cell of the decision, what is counted above the table, and the words that give the reasons. */
export interface Facet {
  readonly title: string
  readonly cell: (decision: Decision) => string
  readonly counted: (decision: Decision) => readonly string[]
  readonly reasons: (sections: readonly Section[], decision: Decision) => readonly string[]
}

const body = (sections: readonly Section[], id: string): string => sections.find((section) => section.id === id)?.body ?? ''
const names = (value: unknown): string[] => (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).map((one) => (typeof one === 'object' && one !== null ? String((one as { name?: unknown, id?: unknown }).name ?? (one as { id?: unknown }).id) : String(one)))
const joined = (value: unknown): string => names(value).join(' + ') || 'none'

/** The first paragraph of a section that is neither table, list nor code block; empty when there is none. */
const firstParagraph = (markdown: string): string => markdown.split(/\n\n+/).find((block) => /^(?!\||```|- |#)/.test(block)) ?? ''
const listItems = (markdown: string): string[] => markdown.split('\n').filter((line) => line.startsWith('- ')).map((line) => line.slice(2))
const tableRows = (markdown: string): string[][] => markdown.split('\n').filter((line) => line.startsWith('| ')).slice(2).map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()))
const given = (lines: readonly string[]): string[] => lines.filter((line) => line !== '')

const planes = ['machine', 'device', 'staff', 'agent'] as const

/** Rows of the stack table, joined when product and reason are the same: `Logs, metrics: Amazon CloudWatch. Already in the company.` */
function stackReasons(markdown: string): string[] {
  const bySame = new Map<string, string[]>()
  for (const [slot = '', choice = '', , why = ''] of tableRows(markdown)) {
    const key = `${choice}. ${why}`
    bySame.set(key, [...(bySame.get(key) ?? []), slot])
  }
  return [...bySame].map(([what, slots]) => `${slots.join(', ')}: ${what}`)
}

/** `logs, metrics: cloudwatch; errors: sentry`: names with the same value stand together, in the order of the first. */
function sameTogether(pairs: readonly (readonly [name: string, value: string])[]): string {
  const byValue = new Map<string, string[]>()
  for (const [name, value] of pairs) byValue.set(value, [...(byValue.get(value) ?? []), name])
  return [...byValue].map(([value, found]) => `${found.join(', ')}: ${value}`).join('; ')
}

/** What a pipeline does beside checking: `deploys to staging → production, no deploy job yet`. */
function deploys(decision: Decision): string {
  const [stages, environments] = [names(decision['stages']), names(decision['environments'])]
  if (environments.length === 0) return stages.includes('deploy') ? 'publishes by version tag' : 'deploys nowhere'
  const missing = stages.includes('deploy') ? '' : ', no deploy'
  return `${environments.join(' → ')}${missing}${stages.includes('security') ? '' : '; no security stage'}${stages.includes('migrate') ? '; migrates' : ''}`
}

interface Statement { readonly sql: string }
const statements = (decision: Decision): string[] => ((decision['phases'] ?? []) as readonly { statements: readonly Statement[] }[]).flatMap((phase) => phase.statements.map(({ sql }) => sql))

export const facets: Readonly<Record<ToolName, Facet>> = {
  select_auth: {
    title: 'Sign-in and protections',
    cell: (decision) => [joined(decision['primary']), ...planes.filter((plane) => decision[plane] !== null && decision[plane] !== undefined).map((plane) => `${plane}: ${joined(decision[plane])}`)].join('; '),
    counted: (decision) => names(decision['primary']),
    reasons: (sections, decision) => {
      const all = [...names(decision['controls']), ...names(decision['alsoDue'])]
      return given([
        firstParagraph(body(sections, 'sign-in')),
        ...listItems(body(sections, 'sign-in')).filter((item) => !/^(Cost|Exit)\b/.test(item)),
        all.length === 0 ? '' : `${all.length} protections apply, first: ${all.slice(0, 7).join(', ')}.`,
      ])
    },
  },
  observability_stack: {
    title: 'Logs, errors, metrics, traces, alerts, objectives',
    cell: (decision) => sameTogether(Object.entries((decision['slots'] ?? {}) as Decision).map(([slot, value]) => [slot, joined(value)] as const).filter(([, value]) => value !== 'none')) || 'nothing yet',
    counted: (decision) => names((decision['slots'] as Decision | undefined)?.['logs']),
    reasons: (sections, decision) => {
      const { availabilityPercent: share, windowDays: days, latencyMs: limit } = (decision['sloTargets'] ?? {}) as Decision
      return given([...stackReasons(body(sections, 'stack')), share === undefined ? '' : `Objective: ${share} % of requests answered in ${days} days, journeys within ${limit} ms.`])
    },
  },
  env_matrix: {
    title: 'Environments, secrets, flags, configuration',
    cell: (decision) => `${names(decision['environments']).join(' → ') || 'no environment'}; secrets: ${joined(decision['secrets'])}; flags: ${joined(decision['flags'])}; checked by: ${joined(decision['validation'])}`,
    counted: (decision) => names(decision['secrets']),
    reasons: (sections) => given([
      ...tableRows(body(sections, 'environments')).filter(([name]) => name !== 'local').map(([name, purpose, data, trigger, access]) => `${name}: ${purpose}. ${data}. Deployed by: ${trigger}. Access: ${access}.`),
      firstParagraph(body(sections, 'secrets')), firstParagraph(body(sections, 'feature-flags')),
    ]),
  },
  pipeline_template: {
    title: 'Pipeline',
    cell: (decision) => `${joined(decision['provider'])}; ${joined(decision['branchStrategy'])}; ${deploys(decision)}`,
    counted: (decision) => names(decision['branchStrategy']),
    reasons: (sections) => given([
      firstParagraph(body(sections, 'branches')),
      tableRows(body(sections, 'promotion')).map(([name, from, starts]) => `${name} from ${from}, ${starts}`).join('; '),
      ...body(sections, 'promotion').split(/\n\n+/).filter((block) => /^(Gates|No deploy job|Raised)/.test(block)),
    ]),
  },
  migration_plan: {
    title: 'Database changes',
    cell: (decision) => `${joined(decision['tool'])} on ${joined(decision['database'])}; ${decision['change'] === undefined || decision['change'] === null ? 'strategy only' : `${joined(decision['change'])}, ${joined(decision['deploysNeeded'])} deploy${decision['deploysNeeded'] === 1 ? '' : 's'}, ${statements(decision).length} statement${statements(decision).length === 1 ? '' : 's'}`}`,
    counted: (decision) => names(decision['tool']),
    reasons: (sections, decision) => {
      const sql = statements(decision)
      return given([
        firstParagraph(body(sections, 'migration-tool')), firstParagraph(body(sections, 'migration-plan')),
        ...sql.slice(0, 5).map((text) => code(text.length > 180 ? `${text.slice(0, 179)}…` : text)),
        sql.length > 5 ? `and ${sql.length - 5} more statements` : '',
      ])
    },
  },
}
