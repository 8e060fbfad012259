import { stringify } from 'yaml'
import { hostingId } from '../core/hosting.ts'
import type { Profile } from '../core/profile.ts'
import type { FileToWrite } from '../project/write.ts'
import type { Draft } from '../tools/tool.ts'

/** Words of SDL v1.1 (github.com/navraj007in/solution-definition-language, schema/sdl-v1.1.schema.json, read 2026-11-22) for our ids. What it has no word for is left out or stands under `x-`. */
const providers: Readonly<Record<string, string>> = { cognito: 'cognito', auth0: 'auth0', clerk: 'clerk', 'entra-id': 'entra-id', 'azure-ad-b2c': 'entra-id-b2c', 'firebase-auth': 'firebase', 'supabase-auth': 'supabase' }
const clouds: readonly (readonly [RegExp, string])[] = [[/^aws/, 'aws'], [/^(gcp|gke|firebase)$/, 'gcp'], [/^azure$/, 'azure'], [/^cloudflare/, 'cloudflare'], [/^vercel$/, 'vercel'], [/^railway$/, 'railway'], [/^render$/, 'render'], [/^fly$/, 'fly-io']]
const runtimes: Readonly<Record<string, string>> = { 'aws-ecs': 'ecs', 'aws-lambda': 'lambda', 'aws-kubernetes': 'kubernetes', gke: 'kubernetes', gcp: 'cloud-run', azure: 'app-service', firebase: 'cloud-functions' }
const pipelines: Readonly<Record<string, string>> = { 'github-actions': 'github-actions', gitlab: 'gitlab-ci', 'azure-pipelines': 'azure-devops', circleci: 'circleci' }

type Values = Readonly<Record<string, unknown>>
interface Row { readonly name: string, readonly purpose: string, readonly data: string, readonly access: string }
interface Variable { readonly name: string, readonly secret: boolean, readonly requiredIn: readonly string[] }
interface Targets { readonly availabilityPercent: number, readonly latencyMs: number, readonly latencyPercent: number, readonly budgetMinutes: number, readonly windowDays: number }

function auth(decision: Values): Values {
  const primary = String(decision['primary'])
  if (primary === 'none') return { strategy: 'none' }
  if (primary === 'api-keys') return { strategy: 'api-key' }
  const provider = providers[primary]
  const token = decision['serviceToken'] === 'jwt-jwks' ? 'jwt' : 'opaque'
  return { strategy: 'oidc', provider: provider ?? 'custom', ...(provider === undefined && { 'x-provider': primary }), sessions: { accessToken: token } }
}

function deployment(hosting: string, pipeline: Values, variables: readonly Variable[]): Values | undefined {
  const cloud = clouds.find(([shape]) => shape.test(hosting))?.[1]
  if (cloud === undefined) return undefined
  const provider = pipelines[String(pipeline['provider'])]
  const deployed = (pipeline['environments'] ?? []) as readonly { readonly name: string, readonly start: string }[]
  const environments = deployed.map(({ name, start }) => ({
    name, autoApproval: start === 'automatic' || start === 'after', requiresTests: true,
    secrets: variables.filter(({ secret, requiredIn }) => secret && requiredIn.includes(name)).map((variable) => variable.name),
  }))
  return {
    cloud,
    ...(runtimes[hosting] !== undefined && { runtime: { backend: runtimes[hosting] } }),
    ...(provider === undefined ? { 'x-ciCd': { provider: String(pipeline['provider']), environments } } : { ciCd: { provider, environments } }),
  }
}

function slos(targets: Targets | null, service: string): Values | undefined {
  if (targets === null) return undefined
  const latency = `${targets.latencyMs}ms`
  return { services: [{ name: service, availability: `${targets.availabilityPercent}%`, ...(targets.latencyPercent === 95 && { latencyP95: latency }), 'x-detail': { window: `${targets.windowDays}d`, errorBudget: `${targets.budgetMinutes} minutes`, latency: { [`p${targets.latencyPercent}`]: latency } } }] }
}

const slug = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'app'

/** The parts of an SDL v1.1 document that these decisions answer, as files below `sdl/`. A part that has no word for what was decided is left out. */
export function sdlFiles(drafts: Readonly<Record<string, Draft<unknown>>>, profile: Profile): FileToWrite[] {
  const decision = (name: string) => (drafts[name]?.decision ?? {}) as Values
  const matrix = decision('env_matrix')
  const rows = (matrix['environments'] ?? []) as readonly Row[]
  const parts: Readonly<Record<string, readonly [string, unknown]>> = {
    auth: ['auth', decision('select_auth')['kind'] === 'none-left' ? undefined : auth(decision('select_auth'))],
    deployment: ['deployment', deployment(hostingId(profile.hosting), decision('pipeline_template'), (matrix['variables'] ?? []) as readonly Variable[])],
    slos: ['slos', slos((decision('observability_stack')['sloTargets'] ?? null) as Targets | null, slug(profile.name ?? 'app'))],
    environments: ['x-environments', rows.length === 0 ? undefined : rows.map(({ name, purpose, data, access }) => ({ name, description: purpose, 'x-data': data, 'x-access': access }))],
  }
  return Object.entries(parts).flatMap(([file, [key, value]]) => (value === undefined ? [] : [{ path: `sdl/${file}.sdl.yaml`, body: stringify({ [key]: value }, { lineWidth: 0, aliasDuplicateObjects: false }) }]))
}
