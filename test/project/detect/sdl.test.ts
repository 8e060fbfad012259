import { expect, test } from 'vitest'
import { detectProject } from '../../../src/project/detect.ts'
import { folder } from '../folder.ts'

const root = 'sdlVersion: "1.1"\nsolution:\n  name: evently\n  stage: Growth\nimports:\n  - sdl/rest.sdl.yaml\n'
const sdl = (rest: string) => detectProject(folder({ 'solution.sdl.yaml': root, 'sdl/rest.sdl.yaml': rest }))

test('name and stage come from the root file, the rest from any part', () => {
  const { profile, evidence } = sdl('data:\n  primaryDatabase:\n    type: postgres\n')
  expect(profile).toEqual({ name: 'evently', stage: 'growth', stack: ['postgresql'] })
  expect(evidence.find(({ field }) => field === 'stack')).toEqual({ field: 'stack', value: 'postgresql', file: 'sdl/rest.sdl.yaml', line: 3 })
})

test.each([
  ['a provider is a pin with its origin', 'auth: {strategy: oidc, provider: firebase}\n', { decisions: { auth: 'firebase-auth', reason: 'named in sdl/rest.sdl.yaml' } }],
  ['an end-of-life provider keeps its own id', 'auth: {provider: entra-id-b2c}\n', { decisions: { auth: 'azure-ad-b2c', reason: 'named in sdl/rest.sdl.yaml' } }],
  ['a custom provider pins nothing', 'auth: {provider: custom}\n', {}],
  ['no sign-in', 'auth: {strategy: none}\n', { signInBy: ['nobody'] }],
  ['the runtime says more than the cloud', 'deployment: {cloud: aws, runtime: {backend: ecs}}\n', { hosting: 'aws-ecs' }],
  ['the cloud alone', 'deployment: {cloud: fly-io}\n', { hosting: 'fly' }],
  ['CI', 'deployment: {ciCd: {provider: azure-devops}}\n', { ciProvider: 'azure-pipelines' }],
  ['frameworks that apply, however they are written', 'compliance:\n  frameworks:\n    - {name: SOC2-Type2}\n    - {name: HIPAA, applicable: false}\n    - {name: PCI_DSS, applicable: true}\n', { compliance: ['pci-dss', 'soc2'] }],
  ['frameworks of the other two places', 'nonFunctional: {compliance: {frameworks: [gdpr]}}\nconstraints: {compliance: [iso27001]}\n', { compliance: ['gdpr', 'iso27001'] }],
  ['data classes', 'nonFunctional: {security: {pii: true, phi: false, pci: true}}\n', { dataClasses: ['pii', 'cardholder'] }],
  ['users, team and budget', 'nonFunctional: {scaling: {expectedUsersMonth1: 500}}\nconstraints: {team: {backend: 3, frontend: 2, designer: 1}, budgetAmount: "$1,200/month"}\n', { monthlyActiveUsers: 500, developers: 5, budgetUsdPerMonth: 1200 }],
  ['payments and models', 'integrations: {payments: {provider: adyen}, custom: [{name: anthropic}]}\n', { takesPayments: true, usesLlm: true, stack: ['anthropic'] }],
  ['mobile', 'architecture: {projects: {mobile: [{platform: cross-platform, framework: flutter}]}}\n', { projectType: 'mobile-app', clients: ['ios', 'android'], stack: ['flutter'] }],
  ['words the schema does not have', 'deployment: {cloud: moon}\nauth: {provider: __proto__}\ndata: {primaryDatabase: {type: constructor}}\nconstraints: {team: null, budgetAmount: [1]}\n', {}],
])('%s', (_, rest, expected) => {
  const { profile, notes } = sdl(rest)
  expect(profile).toEqual({ name: 'evently', stage: 'growth', ...expected })
  expect(notes).toEqual([])
})

test('another version is read with a note', () => {
  const { profile, notes } = detectProject(folder({ 'sdl.yaml': 'sdlVersion: "0.1"\nsolution: {name: old, stage: MVP}\n' }))
  expect(profile).toEqual({ name: 'old', stage: 'mvp' })
  expect(notes).toEqual([{ file: 'sdl.yaml', problem: expect.stringContaining('"0.1"') }])
})
