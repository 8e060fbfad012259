import type { Target } from './model.ts'
import { aws } from './targets/aws.ts'
import { awsEcs } from './targets/aws-ecs.ts'
import { awsLambda } from './targets/aws-lambda.ts'
import { azure } from './targets/azure.ts'
import { cloudflareWorkers } from './targets/cloudflare-workers.ts'
import { docker } from './targets/docker.ts'
import { fly } from './targets/fly.ts'
import { gcp } from './targets/gcp.ts'
import { awsKubernetes, gke, hetznerKubernetes, kubernetes, openshift } from './targets/kubernetes.ts'
import { netlify } from './targets/netlify.ts'
import { railway } from './targets/railway.ts'
import { render } from './targets/render.ts'
import { vercel } from './targets/vercel.ts'
import { table } from '../../core/table.ts'

/** Targets whose deploy jobs are generated, by hosting sheet id; `docker` is a registry. */
export const targets: Readonly<Record<string, Target>> = table(Object.fromEntries(
  [vercel, railway, fly, render, netlify, cloudflareWorkers, awsEcs, awsKubernetes, awsLambda, aws, gcp, gke, azure, kubernetes, hetznerKubernetes, openshift, docker].map((target) => [target.id, target]),
))

const aliases: Readonly<Record<string, string>> = table({ ghcr: 'docker', registry: 'docker', 'docker-registry': 'docker', 'docker-push': 'docker', 'aws-cdk': 'aws', cdk: 'aws', 'azure-app-service': 'azure', none: 'none' })

/** The id under which a target is known, after its own aliases. */
export const targetAlias = (id: string): string => aliases[id] ?? id
