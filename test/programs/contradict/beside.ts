import { parse } from 'yaml'
import { decisionsOf } from '../../../src/engine/adr/decisions.ts'
import { renderPage } from '../../../src/engine/page/page.ts'
import { sdlFiles } from '../../../src/engine/sdl-out.ts'
import type { Knowledge } from '../../../src/knowledge/collections.ts'
import { parseMarkdown } from '../../../src/project/markdown.ts'
import { sheetsByName } from './agreement.ts'
import type { Occurrence } from './reading.ts'
import type { DocumentSet } from './sets.ts'
import { occurrencesIn } from './values.ts'

type Said = (kind: string, key?: string) => readonly Occurrence[]
const values = (occurrences: readonly Occurrence[]): readonly string[] => [...new Set(occurrences.map(({ value }) => value))]
const differ = (what: string, one: readonly string[], other: readonly string[]): readonly string[] => {
  const only = [...one.filter((name) => !other.includes(name)), ...other.filter((name) => !one.includes(name))]
  return only.length === 0 ? [] : [`${what}: ${only.join(', ')}`]
}

/** What written files say otherwise than the documents beside them. */
function files({ blueprint }: DocumentSet, said: Said, text: (part: string) => string): readonly string[] {
  const body = (path: RegExp): string => blueprint.files.filter((file) => path.test(file.path)).map((file) => file.body).join('\n')
  const problems: string[] = []
  const table = values(said('variable', 'table'))
  const example = body(/\.env\.example$/)
  if (example !== '') problems.push(...differ('.env.example and table', [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name), table))
  const module = body(/(env|settings|config|AppConfig)\.(ts|py|go|cs|java)$/)
  if (module !== '') for (const name of table) if (!new RegExp(`\\b${name}\\b`, 'i').test(module)) problems.push(`module lacks ${name}`)
  const rules = body(/slo\.rules\.yml$/)
  if (rules !== '') {
    const [, availability, share] = /^# Over (?:30 days): ([\d.]+) % .*?, ([\d.]+) % within/.exec(rules) ?? []
    problems.push(...differ('rules and objective', availability === undefined ? [] : [availability], values(said('availability'))), ...differ('rules and latency', share === undefined ? [] : [share], values(said('latency-share'))))
    for (const share_ of values(said('failing-share'))) if (!rules.includes(`${Number(share_)} %`) && !rules.includes(String(Number(share_) / 100))) problems.push(`rules lack ${share_} %`)
    for (const path of values(said('health-path', 'metrics'))) if (!rules.includes(path)) problems.push(`rules lack ${path}`)
  }
  const ci = body(/\.github\/(workflows|actions)|gitlab|circleci|azure-pipelines|bitbucket/)
  const deploys = !text('deploy').includes('no deploy job is written') && said('environment', 'deploy').length > 0
  if (ci !== '') {
    if (deploys) for (const name of values(said('environment', 'deploy'))) if (!new RegExp(`\\b${name}\\b`).test(ci)) problems.push(`pipeline files lack environment ${name}`)
    for (const name of values(said('branch', 'pipeline'))) if (!new RegExp(`\\b${name}\\b`).test(ci) && !/circleci|CI_DEFAULT_BRANCH/.test(ci)) problems.push(`pipeline files lack branch ${name}`)
    // Elsewhere the variables of an environment are there without being named.
    if (ci.includes('actions/checkout')) for (const [, list = ''] of text('deploy').matchAll(/^- \[ \] (?:In (?:it|each)|For the (?:project|repository|image))[^:]*: ((?:`[A-Z][A-Z0-9_]+`(?: \(secret\))?(?:, )?)+)/gm)) for (const [, name = ''] of list.matchAll(/`([A-Z][A-Z0-9_]+)`/g)) if (!new RegExp(`\\b${name}\\b`).test(ci + body(/trust-/))) problems.push(`pipeline files lack ${name}`)
    const version = said('assumed', 'runtimeVersion')[0]?.value
    if (version !== undefined && !ci.includes(version)) problems.push(`pipeline files lack version ${version}`)
  }
  const channels = body(/alertmanager\.yml$/)
  const told = values(said('alerting', 'choice'))
  if (channels !== '' && !told.includes('Alertmanager')) for (const [name, word] of [['PagerDuty', 'pagerduty_configs'], ['Slack', 'slack_configs'], ['E-mail', 'email_configs']] as const) if (told.includes(name) !== channels.includes(word)) problems.push(`alertmanager and ${name}`)
  return problems
}

/** Platforms of the documents in the words of SDL. */
const backends: Readonly<Record<string, string>> = { 'Azure App Service': 'app-service', 'AWS ECS': 'ecs', 'AWS EKS': 'kubernetes', 'AWS Lambda': 'lambda', 'Google Cloud Run': 'cloud-run', 'Google Kubernetes Engine': 'kubernetes' }

/** What the records, the SDL parts and the page say otherwise than the documents. */
export function besideProblems(set: DocumentSet, knowledge: Knowledge): readonly string[] {
  const all = set.readings.flatMap(occurrencesIn)
  const said: Said = (kind, key) => all.filter((one) => one.kind === kind && (key === undefined || one.key === key))
  const text = (part: string): string => set.readings.flatMap(({ parts }) => (parts.get(part) ?? []).map((line) => line.text)).join('\n')
  const sheets = sheetsByName(knowledge)
  const id = (name: string): string => sheets.get(name.toLowerCase())?.id ?? name
  const { drafts, profile } = set.blueprint
  const problems = [...files(set, said, text)]
  const leads = [['sign-in', 'identity-provider'], ['secrets', 'secrets-store'], ['pipeline', 'ci-provider'], ['pipeline', 'branch-strategy'], ['migrations', 'migration-tool']] as const
  const records = decisionsOf(drafts, profile)
  for (const [record, kind] of leads) {
    const lead = said(kind, 'lead')[0]?.value
    const choice = records.find((one) => one.id === record)?.choice
    if (lead !== undefined && choice !== undefined && sheets.has(lead.toLowerCase()) && !choice.split(/, | and /).some((word) => word === id(lead) || word.endsWith(` ${id(lead)}`))) problems.push(`record ${record} says ${choice}, not ${lead}`)
  }
  for (const slot of ['logs', 'errors', 'metrics', 'alerting']) for (const name of values(said(slot, 'choice')).filter((one) => one !== 'none')) {
    const choice = records.find((one) => one.id === 'observability')?.choice
    if (choice !== undefined && !new RegExp(`${slot} [^,]*\\b${id(name)}\\b`).test(choice)) problems.push(`record observability says ${choice}, not ${slot} ${name}`)
  }
  const parts = Object.fromEntries(sdlFiles(drafts, profile).map((file) => [file.path, parse(file.body) as Record<string, never>]))
  const rows = (parts['sdl/environments.sdl.yaml'] as unknown as { 'x-environments'?: { name: string }[] } | undefined)?.['x-environments']
  if (rows !== undefined) problems.push(...differ('SDL environments', rows.map(({ name }) => name), values(said('environment', 'table'))))
  const service = (parts['sdl/slos.sdl.yaml'] as unknown as { slos?: { services: { availability: string }[] } } | undefined)?.slos?.services[0]
  if (service !== undefined) problems.push(...differ('SDL availability', [service.availability.replace('%', '')], values(said('availability'))))
  const deployment = (parts['sdl/deployment.sdl.yaml'] as unknown as { deployment?: { ciCd?: { environments: { name: string, autoApproval: boolean }[] } } } | undefined)?.deployment?.ciCd
  const backend = (parts['sdl/deployment.sdl.yaml'] as unknown as { deployment?: { runtime?: { backend: string } } } | undefined)?.deployment?.runtime?.backend
  const platform = said('hosting', 'stage')[0]?.value
  if (backend !== undefined && platform !== undefined && (backends[platform] ?? backend) !== backend) problems.push(`SDL runs on ${backend}, the pipeline deploys to ${platform}`)
  const approval = said('approval', 'production').find(({ part }) => part === 'promotion')?.value
  const deployed = deployment?.environments.find(({ name }) => name === 'production')
  if (deployed !== undefined && approval !== undefined && approval !== 'whoever' && deployed.autoApproval === (approval === 'a person')) problems.push(`SDL approval of production: ${deployed.autoApproval}, ${approval}`)
  const page = renderPage(set.blueprint, knowledge, parseMarkdown).replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ').replaceAll('&amp;', '&').replaceAll('&#39;', '\'')
  for (const one of all.filter(({ key, kind }) => (key === 'lead' || key === 'choice') && kind !== 'apply-command' && kind !== 'secrets-behind' && kind !== 'package-manager')) if (!page.includes(one.value) && !page.includes(id(one.value)) && one.value !== 'none' && !/^None yet/.test(one.value)) problems.push(`page lacks ${one.kind} ${one.value}`)
  for (const total of values(said('total'))) if (!page.includes(`$${total}`)) problems.push(`page lacks total $${total}`)
  for (const one of said('budget')) if (!page.includes(one.value)) problems.push(`page lacks budget ${one.value}`)
  return problems
}
