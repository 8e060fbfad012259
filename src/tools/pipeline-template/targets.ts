import type { Target } from './model.ts'
import { aws, awsEcs, azure, docker, gcp } from './targets/clouds.ts'
import { cloudflareWorkers, fly, netlify, railway, render, vercel } from './targets/platforms.ts'
import { table } from '../../core/table.ts'

/** Targets whose deploy jobs are generated, by hosting sheet id; `docker` is a registry. */
export const targets: Readonly<Record<string, Target>> = table({
  vercel, railway, fly, render, netlify, 'cloudflare-workers': cloudflareWorkers, 'aws-ecs': awsEcs, aws, gcp, azure, docker,
})

const aliases: Readonly<Record<string, string>> = table({ ghcr: 'docker', registry: 'docker', 'docker-registry': 'docker', 'docker-push': 'docker', 'aws-cdk': 'aws', cdk: 'aws', 'azure-app-service': 'azure', none: 'none' })

/** The id under which a target is known, after its own aliases. */
export const targetAlias = (id: string): string => aliases[id] ?? id
