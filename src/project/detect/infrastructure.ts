import type { Detector } from './findings.ts'
import { addImage } from './containers.ts'
import { lineOf } from './files.ts'

/** Terraform resource or provider patterns; a service says more than the cloud it runs on. */
const terraform: readonly (readonly [RegExp, 'hosting' | 'existing' | 'stack', string, 'use' | 'hint'])[] = [
  [/resource\s+"aws_ecs_service"/, 'hosting', 'aws-ecs', 'use'], [/resource\s+"aws_eks_cluster"|terraform-aws-modules\/eks/, 'hosting', 'aws-kubernetes', 'use'], [/resource\s+"aws_lambda_function"/, 'hosting', 'aws-lambda', 'hint'], [/resource\s+"google_container_cluster"/, 'hosting', 'gke', 'use'], [/resource\s+"google_cloud_run(_v2)?_service"/, 'hosting', 'gcp', 'use'], [/resource\s+"azurerm_(linux_web_app|container_app|kubernetes_cluster)"/, 'hosting', 'azure', 'use'],
  [/provider\s+"aws"/, 'hosting', 'aws', 'hint'], [/provider\s+"google(-beta)?"/, 'hosting', 'gcp', 'hint'], [/provider\s+"azurerm"/, 'hosting', 'azure', 'hint'], [/kube-hetzner|hcloud[-_](?:k8s|k3s|talos)/, 'hosting', 'hetzner-kubernetes', 'use'], [/provider\s+"hcloud"/, 'hosting', 'virtual-server', 'hint'], [/resource\s+"digitalocean_kubernetes_cluster"/, 'hosting', 'kubernetes', 'use'], [/resource\s+"(?:digitalocean_droplet|linode_instance|scaleway_instance_server|vultr_instance)"/, 'hosting', 'virtual-server', 'hint'], [/provider\s+"vercel"/, 'hosting', 'vercel', 'use'],
  [/resource\s+"aws_(db_instance|rds_cluster)"[\s\S]{0,400}?engine\s*=\s*"(aurora-)?postgres/, 'stack', 'postgresql', 'use'], [/resource\s+"aws_(db_instance|rds_cluster)"[\s\S]{0,400}?engine\s*=\s*"(aurora-)?mysql/, 'stack', 'mysql', 'use'], [/resource\s+"aws_dynamodb_table"/, 'stack', 'dynamodb', 'use'], [/resource\s+"aws_elasticache_/, 'stack', 'redis', 'use'], [/resource\s+"aws_sqs_queue"/, 'stack', 'sqs', 'use'],
  [/resource\s+"aws_cognito_user_pool"/, 'existing', 'cognito', 'use'], [/resource\s+"aws_secretsmanager_secret"/, 'existing', 'aws-sm', 'use'], [/resource\s+"aws_ssm_parameter"/, 'existing', 'aws-ssm', 'use'], [/resource\s+"aws_cloudwatch_(metric_alarm|log_group)"/, 'existing', 'cloudwatch', 'use'], [/provider\s+"datadog"/, 'existing', 'datadog', 'use'], [/provider\s+"pagerduty"/, 'existing', 'pagerduty', 'use'], [/provider\s+"auth0"/, 'existing', 'auth0', 'use'], [/resource\s+"azurerm_key_vault"/, 'existing', 'azure-kv', 'use'], [/resource\s+"google_secret_manager_secret"/, 'existing', 'gcp-sm', 'use'],
]

const region = /^[ \t]*region\s*=\s*"([a-z]{2,6}(?:-[a-z0-9]{1,12})*)"/m

/** Terraform files, Kubernetes manifests and Helm charts. */
export const detectInfrastructure: Detector = (files, found) => {
  for (const file of files.named('*.tf')) {
    const text = (files.text(file) ?? '').replace(/^[ \t]*(#|\/\/).*$/gm, '')
    for (const [pattern, field, value, weight] of terraform) if (pattern.test(text)) found.add(field, value, file, lineOf(text, pattern), weight)
    const stated = region.exec(text)?.[1]
    if (stated !== undefined && /^(eu|europe)-/.test(stated)) found.add('dataResidency', 'eu', file, lineOf(text, region), 'hint')
  }
  for (const file of files.named('Chart.yaml')) found.add('hosting', 'kubernetes', file, 1)
  for (const file of files.named('*.yaml', '*.yml')) {
    // Only folders where manifests are kept: reading every YAML file of a large repository buys nothing.
    if (!/(^|\/)(k8s|kubernetes|(?:[\w-]+-)?manifests|deploy|deployment|openshift|kustomize|base|overlays|infra|ops)\//.test(file)) continue
    const text = files.text(file) ?? ''
    const isOpenshift = /^apiVersion:\s*(apps|route|build|image|security)\.openshift\.io\//m
    const isWorkload = /^kind:\s*(Deployment|StatefulSet|DaemonSet|CronJob)\b/m
    if (isOpenshift.test(text)) found.add('hosting', 'openshift', file, lineOf(text, isOpenshift), 'statement')
    else if (isWorkload.test(text) && /^apiVersion:/m.test(text)) found.add('hosting', 'kubernetes', file, lineOf(text, isWorkload))
    if (isWorkload.test(text)) text.split('\n').forEach((line, index) => addImage(found, /^[ \t]*(?:-\s*)?image:\s*["']?([^\s"'#]+)/.exec(line)?.[1] ?? '', file, index + 1))
    if (/^kind:\s*(ClusterSecretStore|SecretStore|ExternalSecret)\b/m.test(text)) found.add('existing', 'k8s-external-secrets', file, lineOf(text, /^kind:\s*(ClusterSecretStore|SecretStore|ExternalSecret)\b/m))
  }
}
