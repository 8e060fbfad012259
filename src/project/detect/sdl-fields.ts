import type { Evidence, Value } from './findings.ts'

/**
 * How fields of SDL v1.1 (Solution Design Language, github.com/navraj007in/solution-definition-language, schema/sdl-v1.1.schema.json)
 * answer the profile. `*` in a path stands for every item of a list. A word that a field does not list says nothing.
 */
export interface SdlField {
  readonly path: string
  readonly weight?: 'statement' | 'hint'
  readonly says: (value: unknown) => readonly (readonly [Evidence['field'], Value])[]
}

type Words = Readonly<Record<string, readonly (readonly [Evidence['field'], Value])[]>>
const oneOf = (words: Words) => (value: unknown) => (typeof value === 'string' && Object.hasOwn(words, value) ? words[value] ?? [] : [])
const whenTrue = (field: Evidence['field'], said: Value) => (value: unknown) => (value === true ? [[field, said] as const] : [])
const all = (field: Evidence['field'], names: Readonly<Record<string, string>>): Words => Object.fromEntries(Object.entries(names).map(([word, value]) => [word, [[field, value] as const]]))
const same = (field: Evidence['field'], ...names: readonly string[]): Words => all(field, Object.fromEntries(names.map((name) => [name, name])))

const databases = all('stack', { postgres: 'postgresql', mysql: 'mysql', planetscale: 'mysql', sqlserver: 'sqlserver', mongodb: 'mongodb', dynamodb: 'dynamodb', cockroachdb: 'cockroachdb' })
const frameworks = ['gdpr', 'hipaa', 'sox', 'pci-dss', 'iso27001', 'soc2', 'ccpa', 'fedramp', 'ferpa', 'coppa', 'dora']
/** `SOC2-Type2`, `ISO 27001` and `PCI_DSS` are what people write where the schema says `soc2`. */
const framework = (value: unknown): readonly (readonly [Evidence['field'], Value])[] => {
  const word = String(value).toLowerCase().replace(/[\s_]+/g, '-').replace(/-?type-?(1|2|i|ii)$/, '').replace('soc-2', 'soc2').replace('iso-27001', 'iso27001').replace(/^pci$/, 'pci-dss')
  return frameworks.includes(word) ? [['compliance', word]] : []
}
const regionCode = (value: unknown): readonly (readonly [Evidence['field'], Value])[] => {
  const word = String(value).toLowerCase()
  return /^(eu|europe)\b/.test(word) ? [['dataResidency', 'eu']] : /^us\b/.test(word) ? [['dataResidency', 'us']] : /^[a-z]{2}$/.test(word) ? [['dataResidency', word]] : []
}
/** Kubernetes is a runtime there; whose it is, the cloud says. */
const clusters: Readonly<Record<string, string>> = { aws: 'aws-kubernetes', gcp: 'gke' }
const ios = ['clients', 'ios'] as const
const android = ['clients', 'android'] as const

export const sdlFields: readonly SdlField[] = [
  { path: 'solution.name', weight: 'statement', says: (value) => (typeof value === 'string' ? [['name', value]] : []) },
  { path: 'solution.stage', weight: 'statement', says: oneOf(all('stage', { MVP: 'mvp', Growth: 'growth', Enterprise: 'enterprise' })) },
  { path: 'architecture.projects.frontend.*.framework', says: oneOf({ nextjs: [['stack', 'nextjs'], ['clients', 'web']], react: [['stack', 'react'], ['clients', 'web']], vue: [['stack', 'vue'], ['clients', 'web']], svelte: [['stack', 'sveltekit'], ['clients', 'web']], angular: [['stack', 'angular'], ['clients', 'web']], solid: [['stack', 'solid'], ['clients', 'web']] }) },
  { path: 'architecture.projects.backend.*.framework', says: oneOf({ 'dotnet-8': [['stack', 'aspnet'], ['runtimeVersions.dotnet', '8.0']], nodejs: [['stack', 'javascript']], 'python-fastapi': [['stack', 'fastapi']], go: [['stack', 'go']], 'java-spring': [['stack', 'spring-boot']], 'ruby-rails': [['stack', 'rails']], 'php-laravel': [['stack', 'laravel']] }) },
  { path: 'architecture.projects.backend.*.orm', says: oneOf({ prisma: [['stack', 'prisma'], ['migrationTool', 'prisma-migrate']], typeorm: [['stack', 'typeorm'], ['migrationTool', 'typeorm']], 'ef-core': [['stack', 'ef-core'], ['migrationTool', 'ef-core']], sqlalchemy: [['stack', 'sqlalchemy'], ['migrationTool', 'alembic']], mongoose: [['stack', 'mongoose']], sequelize: [['stack', 'sequelize']], gorm: [['stack', 'gorm']] }) },
  { path: 'architecture.projects.mobile.*.platform', says: oneOf({ ios: [ios], android: [android], 'cross-platform': [ios, android] }) },
  { path: 'architecture.projects.mobile.*.framework', says: oneOf(same('stack', 'react-native', 'flutter', 'swift', 'kotlin')) },
  { path: 'architecture.services', says: (value) => (Array.isArray(value) && value.length > 0 ? [['services', value.length]] : []) },
  { path: 'auth.strategy', says: oneOf({ none: [['signInBy', 'nobody']], 'api-key': [['signInBy', 'machines']] }) },
  { path: 'auth.provider', weight: 'statement', says: oneOf(all('decisions.auth', { cognito: 'cognito', auth0: 'auth0', clerk: 'clerk', 'entra-id': 'entra-id', 'entra-id-b2c': 'azure-ad-b2c', firebase: 'firebase-auth', supabase: 'supabase-auth' })) },
  { path: 'data.primaryDatabase.type', weight: 'statement', says: oneOf(databases) },
  { path: 'data.secondaryDatabases.*.type', says: oneOf(databases) },
  { path: 'data.cache.type', says: oneOf(same('stack', 'redis')) },
  { path: 'data.queues.provider', says: oneOf(all('stack', { rabbitmq: 'rabbitmq', sqs: 'sqs', kafka: 'kafka', redis: 'redis', 'azure-service-bus': 'azure-service-bus' })) },
  { path: 'integrations.payments.provider', says: (value) => (typeof value === 'string' ? [['takesPayments', true], ...(value === 'stripe' ? [['existing', 'stripe'] as const, ['stack', 'stripe'] as const] : [])] : []) },
  { path: 'integrations.monitoring.provider', says: oneOf(same('existing', 'datadog', 'newrelic', 'azure-monitor', 'sentry', 'cloudwatch')) },
  { path: 'integrations.analytics.provider', says: oneOf(same('existing', 'posthog')) },
  { path: 'integrations.custom.*.name', says: oneOf({ openai: [['usesLlm', true], ['stack', 'openai']], anthropic: [['usesLlm', true], ['stack', 'anthropic']] }) },
  { path: 'nonFunctional.security.pii', says: whenTrue('dataClasses', 'pii') },
  { path: 'nonFunctional.security.phi', says: whenTrue('dataClasses', 'phi') },
  { path: 'nonFunctional.security.pci', says: whenTrue('dataClasses', 'cardholder') },
  { path: 'nonFunctional.compliance.frameworks.*', says: framework },
  { path: 'constraints.compliance.*', says: framework },
  { path: 'compliance.frameworks.*', says: (value) => (value !== null && typeof value === 'object' && (value as { applicable?: unknown }).applicable !== false ? framework((value as { name?: unknown }).name) : []) },
  { path: 'compliance.dataResidency.*.region', weight: 'hint', says: regionCode },
  { path: 'nonFunctional.scaling.expectedUsersMonth1', says: (value) => (Number.isInteger(value) ? [['monthlyActiveUsers', value as number]] : []) },
  { path: 'nonFunctional.x-multiTenancy.enabled', says: (value) => (typeof value === 'boolean' ? [['tenancy', value ? 'multi' : 'single']] : []) },
  { path: 'deployment.cloud', weight: 'hint', says: oneOf(all('hosting', { azure: 'azure', aws: 'aws', gcp: 'gcp', cloudflare: 'cloudflare-workers', vercel: 'vercel', railway: 'railway', render: 'render', 'fly-io': 'fly' })) },
  { path: 'deployment.runtime.backend', weight: 'statement', says: oneOf(all('hosting', { ecs: 'aws-ecs', lambda: 'aws-lambda', 'cloud-run': 'gcp', 'cloud-functions': 'gcp', 'container-apps': 'azure', 'app-service': 'azure' })) },
  { path: 'deployment', weight: 'statement', says: (value) => {
    const { cloud, runtime } = (value ?? {}) as { readonly cloud?: unknown, readonly runtime?: { readonly backend?: unknown } }
    return runtime?.backend === 'kubernetes' ? [['hosting', clusters[String(cloud)] ?? 'kubernetes']] : []
  } },
  { path: 'deployment.ciCd.provider', weight: 'statement', says: oneOf(all('ciProvider', { 'github-actions': 'github-actions', 'gitlab-ci': 'gitlab', 'azure-devops': 'azure-pipelines', circleci: 'circleci' })) },
  { path: 'deployment.ciCd.environments.*.secrets.*', says: (value) => (typeof value === 'string' && /^[A-Za-z_]\w{0,99}$/.test(value) ? [['variables', value]] : []) },
  { path: 'observability.tracing.provider', says: oneOf(same('existing', 'opentelemetry')) },
  { path: 'observability.metrics.provider', says: oneOf(same('existing', 'prometheus', 'datadog', 'cloudwatch', 'grafana')) },
  { path: 'constraints.team', says: (value) => {
    const team = value !== null && typeof value === 'object' ? value as Record<string, unknown> : {}
    const developers = ['backend', 'frontend', 'fullstack', 'devops', 'developers'].reduce((sum, role) => sum + (Number.isInteger(team[role]) ? team[role] as number : 0), 0)
    return developers > 0 ? [['developers', developers]] : []
  } },
  { path: 'constraints.budgetAmount', says: (value) => {
    const amount = /^\$\s*([\d,]+)(?:\.\d+)?\s*(?:\/|per |a )\s*mo/i.exec(String(value))?.[1]
    return amount === undefined ? [] : [['budgetUsdPerMonth', Number(amount.replaceAll(',', ''))]]
  } },
]
