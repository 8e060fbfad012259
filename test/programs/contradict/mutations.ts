import type { Occurrence } from './reading.ts'

/** Other values of the same kind, as our writer would print them; the first that no document names is taken. */
const others: Readonly<Record<string, readonly string[]>> = {
  'identity-provider': ['Auth0', 'Clerk', 'Keycloak', 'WorkOS', 'FusionAuth'], logs: ['Axiom', 'Datadog', 'Grafana Loki', 'Splunk'], errors: ['GlitchTip', 'Sentry', 'Firebase Crashlytics'],
  metrics: ['Datadog', 'Prometheus', 'Grafana Cloud'], tracing: ['Datadog', 'Grafana Cloud', 'Elastic Observability'], alerting: ['PagerDuty', 'Slack', 'E-mail', 'Alertmanager'],
  'secrets-store': ['Doppler', 'HashiCorp Vault', 'AWS Secrets Manager'], 'secrets-behind': ['OpenBao', 'HashiCorp Vault', 'Azure Key Vault'], 'flag-service': ['LaunchDarkly', 'Unleash', 'ConfigCat'],
  'ci-provider': ['GitLab CI', 'CircleCI', 'GitHub Actions'], 'migration-tool': ['Flyway', 'Prisma Migrate', 'Alembic'], 'branch-strategy': ['gitflow', 'trunk-based', 'github-flow'], branch: ['trunk', 'master'],
  stage: ['growth', 'mvp', 'enterprise'], environment: ['preprod', 'uat', 'demo', 'test'], 'health-path': ['/healthz', '/health'], 'as-of': ['2026-08-01'], availability: ['99.95', '98'], budget: ['21.6', '400'], window: ['7'],
  region: ['us', 'eu', 'ca'], variable: ['SUPPORT_ADDRESS', 'FEATURE_TOGGLE_URL'], 'burn-rate': ['10', '2'], 'failing-share': ['2.5', '0.45'], 'latency-share': ['90', '97'], 'slower-share': ['2', '10'],
}
const hostings = [['aws-ecs', 'AWS ECS'], ['railway', 'Railway'], ['azure', 'Azure App Service']] as const
const managers = ['pnpm', 'Poetry', 'Gradle']
const regimes = [['pci-dss', 'PCI DSS 4.0.1'], ['hipaa', 'HIPAA'], ['iso27001', 'ISO/IEC 27001']] as const
const signIns = ['partners', 'staff', 'machines', 'consumers']
const commands: Readonly<Record<string, string>> = { npm: 'pnpm', pnpm: 'npm', yarn: 'npm', uv: 'poetry', bundle: 'npm', composer: 'npm', './gradlew': './mvnw', './mvnw': './gradlew', mvn: 'gradle' }

/** What is put in the place of an occurrence, or undefined where no plausible other value is known. `named` tells what the documents name already. */
export function otherFor({ kind, key, text, value }: Occurrence, named: (text: string) => boolean): string | undefined {
  const free = (list: readonly string[]): string | undefined => list.find((one) => one.toLowerCase() !== text.toLowerCase() && !named(one))
  if (kind === 'hosting') return free(hostings.map(([, name]) => name))
  if (kind === 'compliance') return free(regimes.map(([, name]) => name))
  if (kind === 'sign-in-by') return free(signIns)
  if (kind === 'package-manager') return key === 'command' ? commands[text] : free(managers)
  if (kind === 'migration-tool' && key === 'stage') return free(['typeorm', 'flyway', 'alembic'])
  if (kind === 'approval') return key === 'production' ? (text.startsWith(';') || text.startsWith(' --') ? '' : value === 'a person' ? 'by itself' : 'when a person says yes') : text === '1 approval' ? 'no required review' : text === 'no required review' ? '1 approval' : ''
  if (kind === 'services') return String(Number(text) + 3)
  if (kind === 'price' || kind === 'slot-price' || kind === 'total') return String(Number(text.replaceAll(',', '')) + 13)
  if (kind === 'assumed') return /^\d+(\.\d+)?$/.test(text) ? String(Number(text) + 1) : undefined
  // A number or a region stands in many other places for other reasons.
  if (/^(window|region|burn-rate|failing-share|latency-share|slower-share|availability|budget)$/.test(kind)) return (others[kind] ?? []).find((one) => one !== text)
  return free(others[kind] ?? [])
}
