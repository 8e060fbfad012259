import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { loadProjects } from '../../review/projects.ts'

/** Twenty projects of every stage, with most hosting platforms, CI providers, languages and standards among them. */
export const varied: readonly string[] = [
  'first-sso-customer', 'clinic-notes-startup', 'thirty-microservices', 'django-hetzner-bookings', 'laravel-agency-site', 'smart-meter-fleet', 'hospital-on-prem', 'mcp-agent-product', 'open-banking-aggregator', 'rails-monolith-early',
  'solo-recipe-mvp', 'edge-link-shortener', 'public-insurer-c5', 'lambda-twelve-functions', 'fitness-firebase-app', 'forty-sso-connections', 'insurer-splunk-pagerduty', 'gke-ad-exchange', 'dotnet-field-service', 'llm-companion-app',
]

/** A folder that holds the record of a review project and nothing else. */
export function recordFolder(base: string, id: string): string {
  const project = loadProjects().find((each) => each.id === id)
  if (project === undefined) throw new Error(`no review project ${id}`)
  const root = join(base, id)
  mkdirSync(join(root, '.claude'), { recursive: true })
  writeFileSync(join(root, '.claude/operational-patterns.md'), `---\n${stringify(project.profile)}---\n`)
  return root
}
