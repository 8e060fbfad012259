import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** What promtool lets pass, and a dashboard or an alert gets wrong with it. */
export type Finding =
  | 'syntax' | 'rate-on-gauge' | 'delta-on-counter' | 'counter-without-rate' | 'quantile-without-le' | 'quantile-without-rate' | 'float-equality' | 'short-range' | 'whole-border'
  | 'no-severity' | 'no-runbook' | 'not-recorded'

export interface LintRule { readonly record?: string, readonly alert?: string, readonly expr: string, readonly labels?: Readonly<Record<string, string>>, readonly annotations?: Readonly<Record<string, string>> }

const counter = /_(total|count|sum|bucket)$/
// A number of things, not of events: names that end like a counter but go up and down.
const gaugeNames = /_connection_count$/
const isCounter = (name: string): boolean => counter.test(name) && !gaugeNames.test(name)
const unit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 }
const seconds = (duration: string): number => [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, count, of]) => sum + Number(count) * (unit[of ?? ''] ?? 0), 0)

function within(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node.parent; at !== null; at = at.parent) if (at.name === name) return at
  return undefined
}
function below(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = []
  node.cursor().iterate((at) => { if (at.name === name && at.from >= node.from && at.to <= node.to) found.push(at.node) })
  return found
}

/** Problems of one expression, each once. `intervalSeconds` is how often samples arrive. */
export function lintExpression(expr: string, intervalSeconds = 60): Finding[] {
  const found = new Set<Finding>()
  const text = (node: SyntaxNode | null | undefined): string => (node === null || node === undefined ? '' : expr.slice(node.from, node.to))
  const functionOf = (node: SyntaxNode) => text(within(node, 'FunctionCall')?.getChild('FunctionIdentifier'))
  const tree = parser.parse(expr)
  tree.iterate({
    enter({ node }) {
      if (node.type.isError) found.add('syntax')
      if (node.name === 'VectorSelector') {
        const name = text(node.getChild('Identifier'))
        const called = functionOf(node)
        const perSecond = ['rate', 'irate', 'increase', 'resets'].includes(called)
        if (perSecond && !isCounter(name)) found.add('rate-on-gauge')
        if (['delta', 'idelta', 'deriv', 'predict_linear'].includes(called) && isCounter(name)) found.add('delta-on-counter')
        if (!perSecond && isCounter(name) && !['absent', 'absent_over_time', 'delta', 'idelta', 'deriv', 'label_values'].includes(called)) found.add('counter-without-rate')
      }
      if (node.name === 'MatrixSelector' && seconds(text(node.getChild('DurationExpr'))) < 4 * intervalSeconds) found.add('short-range')
      if (node.name === 'UnquotedLabelMatcher' && /^le\s*=\s*"\d+"$/.test(text(node))) found.add('whole-border')
      if (node.name === 'FunctionCall' && text(node.getChild('FunctionIdentifier')) === 'histogram_quantile') {
        const sum = node.getChild('FunctionCallBody')?.getChild('AggregateExpr') ?? null
        const labels = sum === null ? [] : below(sum, 'LabelName').map(text)
        const modifier = sum?.getChild('AggregateModifier') ?? null
        const keeps = modifier !== null && (modifier.getChild('By') !== null ? below(modifier, 'LabelName').map(text).includes('le') : !labels.includes('le'))
        if (text(sum?.getChild('AggregateOp')) !== 'sum' || !keeps) found.add('quantile-without-le')
        if (!/\b(rate|increase)\s*\(/.test(text(node))) found.add('quantile-without-rate')
      }
      if (node.name === 'BinaryExpr' && (node.getChild('Eql') !== null || node.getChild('Neq') !== null)) {
        if (/\d\.\d/.test(text(node)) || below(node, 'Div').length > 0 || /\b(rate|avg|quantile)\w*\s*[( ]/.test(text(node))) found.add('float-equality')
      }
    },
  })
  return [...found].sort()
}

/** Names of recorded series (those with a colon) that an expression reads. */
export const recordedIn = (expr: string): string[] =>
  below(parser.parse(expr).topNode, 'VectorSelector').map((node) => node.getChild('Identifier')).filter((node) => node !== null).map((node) => expr.slice(node.from, node.to)).filter((name) => name.includes(':'))

/** Problems of a set of rules, as `name: finding`, sorted. */
export function lintRules(rules: readonly LintRule[], intervalSeconds = 60): string[] {
  const recorded = new Set(rules.map(({ record }) => record))
  return rules.flatMap((rule) => {
    const found: Finding[] = lintExpression(rule.expr, intervalSeconds)
    if (rule.alert !== undefined && !['page', 'ticket', 'none'].includes(rule.labels?.['severity'] ?? '')) found.push('no-severity')
    if (rule.alert !== undefined && (rule.annotations?.['runbook'] ?? '') === '') found.push('no-runbook')
    if (recordedIn(rule.expr).some((name) => !recorded.has(name))) found.push('not-recorded')
    return found.map((finding) => `${rule.alert ?? rule.record ?? ''}: ${finding}`)
  }).sort()
}
