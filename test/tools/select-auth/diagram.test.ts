import { describe, expect, test } from 'vitest'
import type { Input } from '../../../src/tools/select-auth/input.ts'
import { selectAuth } from '../../../src/tools/select-auth/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

const run = (input: Input) => selectAuth.run({ stage: 'growth', ...input }, { knowledge: knowledge(), asOf, detail: 'full' })
const zoneOf = (input: Input, id: string): string | undefined => run(input).boundaries?.zones.find(({ nodes }) => nodes.some((node) => node.id === id))?.id
const crossings = (input: Input) => (run(input).boundaries?.crossings ?? []).map(({ from, to, label }) => `${from.join('+')} ${to} ${label}`)
const check = (input: Input): string => run(input).sections.find(({ id }) => id === 'token-verification')?.body ?? ''

describe('who holds the accounts is drawn where it is', () => {
  test.each<[string, Input, string]>([
    ['a vendor', { projectType: 'web-app', signInBy: ['consumers'], decisions: { auth: 'clerk' } }, 'processors'],
    ['a library', { projectType: 'web-app', signInBy: ['consumers'], stack: ['rails'], decisions: { auth: 'framework-native' } }, 'system'],
    ['a server of one\'s own', { projectType: 'internal-tool', signInBy: ['staff'], selfHost: 'required', opsCapacity: 'high', hosting: 'on-prem', decisions: { auth: 'keycloak' } }, 'system'],
    ['the platform of a game', { projectType: 'game', signInBy: ['consumers'], clients: ['game'] }, 'processors'],
    ['a directory in the cloud', { projectType: 'internal-tool', signInBy: ['staff'], existing: ['google-workspace'] }, 'processors'],
    ['a directory in the house', { projectType: 'internal-tool', signInBy: ['staff'], hosting: 'on-prem', selfHost: 'required', opsCapacity: 'high', existing: ['active-directory'] }, 'system'],
    ['a product that runs as a service or by itself, and here by itself', { projectType: 'internal-tool', signInBy: ['staff'], selfHost: 'required', opsCapacity: 'high', hosting: 'on-prem', decisions: { auth: 'zitadel' } }, 'system'],
  ])('%s', (_, input, zone) => expect(zoneOf(input, 'idp')).toBe(zone))
})

describe('what callers show', () => {
  const fleet: Input = { projectType: 'iot', signInBy: ['devices', 'business-users'], clients: ['iot', 'web', 'android', 'ios'] }
  test('devices show certificates, people tokens, and every client of people signs in', () => {
    expect(crossings(fleet).slice(0, 3)).toEqual(['c_iot app mutual TLS', 'c_web+c_android+c_ios app HTTPS, access token', 'c_web+c_android+c_ios idp sign-in'])
  })
  test('the way of devices is said beside that of people, and drawn for people', () => {
    expect(check(fleet)).toMatch(/Devices: The connection is mutual TLS/)
    expect(check(fleet)).toMatch(/client\["Browser"\]/)
  })
  test('staff of a consumer product come through the proxy', () => {
    expect(crossings({ projectType: 'web-app', signInBy: ['consumers', 'staff'], developers: 6 }).join('\n')).toContain('sign-in, staff through the proxy')
  })
  test('players bring a ticket, and a framework exchanges no code with itself', () => {
    expect(check({ projectType: 'game', signInBy: ['consumers'], clients: ['game'] })).toMatch(/"2 ticket"/)
    const rails = check({ projectType: 'web-app', signInBy: ['consumers'], stack: ['rails'], decisions: { auth: 'framework-native' } })
    expect(rails).toMatch(/HttpOnly cookie/)
    expect(rails).not.toMatch(/idp/)
  })
})

test('a close call names the question that decides', () => {
  const { sections, questions } = selectAuth.run({ projectType: 'web-app', stage: 'mvp', signInBy: ['consumers'], stack: ['nextjs'], hosting: 'vercel' }, { knowledge: knowledge(), asOf, detail: 'normal', inDocument: true })
  const said = /Close call with \*\*.+?What decides: (.+)$/m.exec(sections[0]?.body ?? '')?.[1]
  if (said !== undefined) expect(questions[0]?.question).toContain(said)
  expect(sections.map(({ body }) => body).join('\n')).not.toContain('question below')
})
