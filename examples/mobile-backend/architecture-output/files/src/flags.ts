// Feature flags that change with a deploy. No packages; run with Node 20, 22 and 24.
// In the file that starts the program, `env` being what the environment module exports:
//   const flags = readFlags(env, { warn: (text) => logger.warn(text) })
//   if (flags.isOn('betaFeatures')) …
// In a test of the pipeline, so that no flag outlives its day:
//   assert.deepEqual(expiredFlags(), [])

interface Flag {
  /** Variable that switches it. */
  readonly variable: string
  /** Behaviour of today: what happens when the variable is empty. */
  readonly default: boolean
  readonly owner: string
  /** Last day, YYYY-MM-DD. After it the flag and the code that lost go. */
  readonly expires: string
  readonly reason: string
}

/** Every flag there is. `expires` is its last day: after it the flag and the code that lost go. */
export const flagTable = {
  betaFeatures: { variable: 'ENABLE_BETA_FEATURES', default: false, owner: 'name a person', expires: '2027-03-31', reason: 'say what it switches' },
} as const satisfies Readonly<Record<string, Flag>>

export type FlagName = keyof typeof flagTable
type Variable = (typeof flagTable)[FlagName]['variable']
/** What the environment module exports, with at least the variables of all flags. */
export type FlagSource = Readonly<Record<Variable, boolean | string | undefined>>

const todayUtc = () => new Date().toISOString().slice(0, 10)

/** Names of the flags whose last day is over. */
export function expiredFlags(today: string = todayUtc()): string[] {
  return Object.entries(flagTable).filter(([, { expires }]) => expires < today).map(([name]) => name)
}

/** Reads every flag once. Throws with the names of all flags that are not `true` or `false`; warns about those past their day. */
export function readFlags(source: FlagSource, { warn, today }: { readonly warn: (text: string) => void, readonly today?: string }) {
  const given = source as Readonly<Record<string, unknown>>
  const values = new Map<string, boolean>()
  const problems: string[] = []
  for (const [name, flag] of Object.entries(flagTable)) {
    const value = given[flag.variable]
    // A variable that nobody reads would leave the flag off for ever, and nothing would say so.
    if (!(flag.variable in given)) problems.push(`${name}: the environment module does not read ${flag.variable}.`)
    else if (value === undefined || value === '') values.set(name, flag.default)
    else if (value === true || value === 'true') values.set(name, true)
    else if (value === false || value === 'false') values.set(name, false)
    else problems.push(`${name}: ${flag.variable} is neither true nor false.`)
  }
  if (problems.length > 0) throw new Error(`Feature flags: ${problems.join(' ')}`)
  for (const name of expiredFlags(today)) warn(`Feature flag ${name} is past its last day: remove it and the code it switches off.`)
  return {
    isOn(name: FlagName): boolean {
      const value = values.get(name)
      if (value === undefined) throw new Error(`Unknown feature flag ${JSON.stringify(name)}, expected one of ${[...values.keys()].join(', ')}.`)
      return value
    },
  }
}
