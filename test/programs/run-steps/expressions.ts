import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

/** Values of the contexts that a step may read, as plain data. */
export type Contexts = Readonly<Record<string, unknown>>
/** How the steps or needed jobs before stand. */
export type Status = 'success' | 'failure'

const boolean = (value: boolean) => new data.BooleanData(value)

/** Functions that ask how things stand; hashFiles names a cache, which nothing reads here. */
const functions = (status: Status) => [
  { name: 'always', minArgs: 0, maxArgs: 0, call: () => boolean(true) },
  { name: 'success', minArgs: 0, maxArgs: 0, call: () => boolean(status === 'success') },
  { name: 'failure', minArgs: 0, maxArgs: 0, call: () => boolean(status === 'failure') },
  { name: 'cancelled', minArgs: 0, maxArgs: 0, call: () => boolean(false) },
  { name: 'hashFiles', minArgs: 1, maxArgs: 255, call: () => new data.StringData('files') },
]

/** Throws for a setting that nobody gave: GitHub would read an empty text. */
function checkSettings(expression: string, contexts: Contexts): void {
  for (const [, context = '', name = ''] of expression.matchAll(/\b(vars|secrets)\.(\w+)/g)) {
    if (!(name in (contexts[context] as Record<string, unknown>))) throw new Error(`Unexpected ${context}.${name}, expected a setting that the sample gives.`)
  }
}

function evaluate(expression: string, contexts: Contexts, status: Status): data.ExpressionData {
  checkSettings(expression, contexts)
  const known = functions(status)
  const { tokens } = new Lexer(expression).lex()
  const parsed = new Parser(tokens, Object.keys(contexts), known).parse()
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary
  return new Evaluator(parsed, values, new Map(known.map((definition) => [definition.name.toLowerCase(), definition]))).evaluate()
}

/** A text with every expression in it replaced by its value. */
export const interpolate = (text: string, contexts: Contexts, status: Status): string =>
  text.replace(/\$\{\{([^]*?)\}\}/g, (_, expression: string) => evaluate(expression.trim(), contexts, status).coerceString())

/** Whether a job or step with this condition runs. Without a status function it needs everything before it to have succeeded. */
export function runs(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status === 'success'
  const expression = /^\s*\$\{\{([^]*)\}\}\s*$/.exec(condition)?.[1]?.trim() ?? condition
  const asks = /\b(always|success|failure|cancelled)\s*\(/i.test(expression)
  if (!asks && status !== 'success') return false
  const value = evaluate(expression, contexts, status)
  return !['', 'false', '0'].includes(value.coerceString())
}
