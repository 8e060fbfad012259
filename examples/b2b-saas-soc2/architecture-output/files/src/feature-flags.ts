// Feature flags through OpenFeature; run with @openfeature/server-sdk 1.23.0 on Node 20, 22 and 24.
// In the file that starts the program, `env` being what the environment module exports:
//   (@openfeature/server-sdk 1.23.0)
//   import { readFileSync } from 'node:fs'
//   import { TypedInMemoryProvider } from '@openfeature/server-sdk'
//   const provider = new TypedInMemoryProvider(JSON.parse(readFileSync('config/flags.json', 'utf8')))
//   const flags = await startFlags({ provider, log: logger })
//   const who = { key: pseudonym(user.id, env.PSEUDONYM_KEY) }
//   if (await flags.isOn('beta-features', who)) …
//   await flags.stop()   // in the clean stop
// In tests a provider of your own answers:
//   new TypedInMemoryProvider({ 'beta-features': { variants: { on: true, off: false }, defaultVariant: 'on', disabled: false } })
import { createHmac } from 'node:crypto'
import { OpenFeature, ProviderEvents } from '@openfeature/server-sdk'
import type { EvaluationContext, Logger, Provider } from '@openfeature/server-sdk'

interface Flag {
  readonly default: boolean | string
  readonly owner: string
  readonly expires: string
  readonly reason: string
}

/** Every flag there is. `default` is the behaviour of today, given when the service cannot be asked; after `expires` the flag goes. */
export const flagTable = {
  'beta-features': { default: false, owner: 'name a person', expires: '2027-03-31', reason: 'say what it switches' },
  'search-ranking': { default: 'current', owner: 'name a person', expires: '2027-03-31', reason: 'say what is compared' },
} as const satisfies Readonly<Record<string, Flag>>

type NamesOf<Kind> = { [Name in keyof typeof flagTable]: (typeof flagTable)[Name]['default'] extends Kind ? Name : never }[keyof typeof flagTable]

/** Whom a flag is asked for. All of it reaches the service: no name, no address, no number a person is known by. */
export interface Who {
  /** From `pseudonym`; the same for the same person, so that a rollout does not flicker. */
  readonly key: string
  readonly tenant?: string
  readonly plan?: string
}

/** An id that only this service can trace back, and another one than in the logs. A plain hash would not do: ids can be tried one after the other. */
export const pseudonym = (id: string, secret: string): string => createHmac('sha256', secret).update(`flags:${id}`).digest('base64url').slice(0, 22)

const contextOf = ({ key, tenant, plan }: Who): EvaluationContext => ({ targetingKey: key, ...(tenant === undefined ? {} : { tenant }), ...(plan === undefined ? {} : { plan }) })

/** Names of the flags whose last day is over, for a test of the pipeline. */
export const expiredFlags = (today: string = new Date().toISOString().slice(0, 10)): string[] =>
  Object.entries(flagTable).filter(([, { expires }]) => expires < today).map(([name]) => name)

/** Registers the provider, once for the whole program. Never throws and never waits longer than `readyWithinMs`: until the service answers, defaults do. */
export async function startFlags({ provider, log, readyWithinMs = 2000 }: { readonly provider: Provider, readonly log: Logger, readonly readyWithinMs?: number }) {
  OpenFeature.setLogger(log)
  OpenFeature.addHandler(ProviderEvents.Error, (details) => log.error(`Feature flags: the service fails, defaults answer. ${details?.message ?? ''}`))
  OpenFeature.addHandler(ProviderEvents.Stale, () => log.warn('Feature flags: the service is out of reach, its last answers are used.'))
  for (const name of expiredFlags()) log.warn(`Feature flag ${name} is past its last day: remove it and the code it switches off.`)

  let timer
  const ready = OpenFeature.setProviderAndWait(provider).then(() => true, () => false)
  const late = new Promise((resolve) => { timer = setTimeout(resolve, readyWithinMs, false) })
  const inTime = await Promise.race([ready, late])
  clearTimeout(timer)
  if (inTime !== true) log.error(`Feature flags: the service was not ready within ${readyWithinMs} ms, defaults answer until it is.`)

  const client = OpenFeature.getClient()
  const reported = new Set<string>()
  client.addHooks({
    error({ flagKey }, error) {
      // Once a flag: a service that is down would fill the log.
      if (!reported.has(flagKey)) log.warn(`Feature flag ${flagKey}: the default was used. ${error instanceof Error ? error.message : ''}`)
      reported.add(flagKey)
    },
  })
  function defaultOf<Name extends keyof typeof flagTable>(name: Name): (typeof flagTable)[Name]['default'] {
    if (!Object.hasOwn(flagTable, name)) throw new Error(`Unknown feature flag ${JSON.stringify(name)}, expected one of ${Object.keys(flagTable).join(', ')}.`)
    return flagTable[name].default
  }
  return {
    isOn: async (name: NamesOf<boolean>, who: Who): Promise<boolean> => client.getBooleanValue(name, defaultOf(name), contextOf(who)),
    text: async (name: NamesOf<string>, who: Who): Promise<string> => client.getStringValue(name, defaultOf(name), contextOf(who)),
    stop: (): Promise<void> => OpenFeature.close(),
  }
}
