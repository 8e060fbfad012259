import type { Detector, Findings } from './findings.ts'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'

/** Image names, without registry and tag, to what they say. */
const images: readonly (readonly [RegExp, 'stack' | 'existing', string])[] = [
  [/^(postgres|postgis|pgvector|timescaledb|cloudnative-pg)/, 'stack', 'postgresql'], [/^mysql/, 'stack', 'mysql'], [/^mariadb/, 'stack', 'mariadb'], [/^mongo/, 'stack', 'mongodb'], [/^(mssql|azure-sql-edge)/, 'stack', 'sqlserver'],
  [/^(redis|valkey)/, 'stack', 'redis'], [/^rabbitmq/, 'stack', 'rabbitmq'], [/^(kafka|cp-kafka|redpanda)/, 'stack', 'kafka'], [/^(localstack|elasticmq)/, 'existing', 'aws'],
  [/^keycloak/, 'existing', 'keycloak'], [/^zitadel/, 'existing', 'zitadel'], [/^authentik/, 'existing', 'authentik'], [/^(kratos|hydra|keto)$/, 'existing', 'ory'], [/^fusionauth/, 'existing', 'fusionauth'], [/^logto/, 'existing', 'logto'],
  [/^prometheus/, 'existing', 'prometheus'], [/^grafana/, 'existing', 'grafana'], [/^loki/, 'existing', 'loki'], [/^(opentelemetry-collector|otel)/, 'existing', 'opentelemetry'], [/^(signoz)/, 'existing', 'signoz'], [/^vault$/, 'existing', 'vault'], [/^openbao/, 'existing', 'openbao'], [/^(unleash-server)/, 'existing', 'unleash'], [/^flagsmith/, 'existing', 'flagsmith'],
]
const runtimes: Readonly<Record<string, string>> = { node: 'node', python: 'python', golang: 'go', ruby: 'ruby', php: 'php', 'eclipse-temurin': 'java', openjdk: 'java', aspnet: 'dotnet', sdk: 'dotnet' }

const baseName = (image: string): string => (image.replace(/@.*$/, '').split('/').pop() ?? '').replace(/:.*$/, '')

export function addImage(found: Findings, image: string, file: string, line: number): void {
  const name = baseName(image)
  for (const [pattern, field, value] of images) if (pattern.test(name)) found.add(field, value, file, line)
}

function readCompose(text: string, file: string, found: Findings): number {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' })
  if (document.errors.length > 0) {
    found.note(file, `it is not valid YAML: line ${lines.linePos(document.errors[0]?.pos[0] ?? 0).line}`)
    return 0
  }
  const services = document.get('services')
  if (!isMap(services)) return 0
  let built = 0
  for (const { value } of services.items) {
    if (!isMap(value)) continue
    if (value.has('build')) built += 1
    const image = value.get('image', true)
    if (isScalar(image) && typeof image.value === 'string') addImage(found, image.value, file, lines.linePos(image.range?.[0] ?? 0).line)
  }
  return built
}

/** Dockerfiles and compose files: runtime versions, the databases and tools that run beside the services, and how many are built here. */
export const detectContainers: Detector = (files, found) => {
  for (const file of files.named(/^(Dockerfile|Containerfile)(\..+)?$/, '*.Dockerfile')) {
    const text = files.text(file)
    if (text === undefined) continue
    found.add('stack', 'docker', file, 1, 'hint')
    text.split('\n').forEach((line, index) => {
      const image = /^[ \t]*FROM\s+(?:--\S+\s+)?(\S+)/i.exec(line)?.[1]
      const runtime = image === undefined ? undefined : runtimes[baseName(image)]
      const version = /:v?(\d+(?:\.\d+)*)/.exec(image ?? '')?.[1]
      if (runtime !== undefined && version !== undefined) found.add(`runtimeVersions.${runtime}`, version, file, index + 1, 'hint')
    })
  }
  // Deep below the sources, a Compose file starts something beside the product.
  for (const file of files.named('*.yaml', '*.yml').filter((path) => /(^|\/)(docker-)?compose([.-][\w-]+)?\.ya?ml$/.test(path) && path.split('/').length <= 4)) {
    const text = files.text(file)
    if (text === undefined) continue
    const built = readCompose(text, file, found)
    if (built > 0) found.add('services', built, file, Math.max(1, text.split('\n').findIndex((line) => line.startsWith('services:')) + 1), 'hint')
  }
}
