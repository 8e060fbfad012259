import type { Knowledge } from '../../knowledge/collections.ts'
import type { Choice } from './choose.ts'
import type { Provider } from './rules.ts'
import { listPrice } from './price.ts'
import type { Situation } from './situation.ts'

const confirmed = (provider: Provider, situation: Situation, usage: Situation['usage']): number | undefined => {
  const price = listPrice(provider, situation, usage)
  return price?.confirmed === true ? price.usd : undefined
}

/** What one more SSO connection (and directory sync, where it is asked for) adds in dollars a month; undefined when no confirmed price covers it. */
export function nextConnectionUsd(provider: Provider, situation: Situation): number | undefined {
  const { usage } = situation
  const more = { ...usage, ssoConnections: (usage.ssoConnections ?? 0) + 1, scimConnections: situation.needs.scim ? (usage.scimConnections ?? 0) + 1 : 0 }
  const now = confirmed(provider, situation, usage)
  const then = confirmed(provider, situation, more)
  return now === undefined || then === undefined ? undefined : Math.round((then - now) * 100) / 100
}

/** The cheapest of some providers that has a confirmed price, with that price. */
export function cheapestOf(some: readonly { readonly id: string }[], situation: Situation, knowledge: Knowledge): { readonly about?: string, readonly usd?: number } {
  const priced = some.flatMap(({ id }) => {
    const provider = knowledge['identity-providers'][id]
    const usd = provider === undefined ? undefined : confirmed(provider, situation, situation.usage)
    return provider === undefined || usd === undefined ? [] : [{ about: provider.name, usd }]
  })
  const [first, ...others] = priced
  return first === undefined ? {} : others.reduce((cheapest, next) => (next.usd < cheapest.usd ? next : cheapest), first)
}

/** The cheapest choice left that has a confirmed price. */
export const pricedPick = (choice: Choice, situation: Situation, knowledge: Knowledge): { readonly about?: string, readonly usd?: number } =>
  choice.kind === 'none-left' ? {} : cheapestOf(choice.picked, situation, knowledge)
