import { asWord } from './words.ts'

const aliases = new Map<string, string>(Object.entries({
  'fly.io': 'fly', flyio: 'fly', cloudflare: 'cloudflare-workers', workers: 'cloudflare-workers', ecs: 'aws-ecs', fargate: 'aws-ecs', lambda: 'aws-lambda',
  eks: 'aws-kubernetes', 'cloud-run': 'gcp', 'google-cloud': 'gcp', k8s: 'kubernetes', onprem: 'on-prem', 'on-premises': 'on-prem', 'on-premise': 'on-prem',
  'app-service': 'azure', none: 'undecided', unknown: 'undecided',
}))

const has = (...words: readonly string[]): RegExp => new RegExp(`(?:^|[^a-z0-9])(?:${words.join('|')})(?![a-z0-9])`)
const cluster = has('k8s', 'kubernetes', 'kapsule', 'doks', 'lke', 'oke', 'k3s', 'rke2?', 'rancher', 'talos', 'microk8s')

/** Machines that people rent by the month and log in to, by what they are or who rents them out. */
const server = has('vps', 'vms?', 'virtual-(?:machine|server)s?', 'droplets?', 'linode', 'bare-?metal', '(?:dedicated|root|cloud|single|one|linux|ubuntu|debian|rented)-servers?', 'lightsail', 'docker-compose', 'docker-swarm', 'kamal', 'dokku', 'coolify', 'caprover', 'capistrano',
  'hetzner', 'digital-?ocean', 'ovh(?:cloud)?', 'scaleway', 'vultr', 'contabo', 'netcup', 'upcloud', 'hcloud')
/** Where those words mean something else: another product of the same company, or machines that a sheet of its own describes. */
const elsewhere = has('app-platform', 'functions?', 'serverless', 'containers?', 'object-storage', 'spaces', 'windows.*', 'iis', '(?:own|our|my|physical)-servers?', 'on-?prem.*', 'proxmox', 'vmware', 'vsphere', 'hyper-v', 'aws', 'amazon', 'ec2', 'gcp', 'gce', 'google', 'azure')
const shared = has('shared-?(?:web-?)?(?:host(?:ing|er)?|servers?)', 'web-?hosting', 'web-?space', 'c-?panel', 's?ftp', 'godaddy', 'bluehost', 'hostgator', 'siteground', 'dreamhost')

/** True when every pattern is found. Patterns are made once, when this file is read: a decision asks for a platform many times. */
const all = (...patterns: readonly RegExp[]) => (text: string): boolean => patterns.every((pattern) => pattern.test(text))
const any = (...tests: readonly ((text: string) => boolean)[]) => (text: string): boolean => tests.some((test) => test(text))
const aws = has('aws', 'amazon')
const windows = has('windows.*')
const rented = has('lightsail', 'vps')

/** Words that mean exactly what a sheet describes, the most specific first: a deploy step written for the sheet fits. */
const exact: readonly (readonly [string, (text: string) => boolean])[] = [
  ['undecided', all(/^(tbd|n-?\/?a|\?+|any|anywhere|later|no-idea|dunno|don'?t-know|not-(?:sure|decided|chosen|known)|nothing|none|unknown|undecided|laptop|localhost|locally?|my-(?:laptop|machine|computer|pc|mac(?:book)?))(?![a-z0-9])/)],
  ['customer', all(/^customers?(?![a-z0-9]|-facing)|(?:^|-)(?:at|by|on|in)-(?:the-|our-|each-)?customers?(?![a-z0-9])/)],
  ['openshift', all(has('openshift', 'okd'))],
  ['aws-kubernetes', any(all(has('eks')), all(aws, cluster))],
  ['gke', any(all(has('gke')), all(has('gcp', 'google'), cluster))],
  ['kubernetes', any(all(has('aks')), all(has('azure'), cluster))],
  ['hetzner-kubernetes', all(has('hetzner'), cluster)],
  ['kubernetes', all(cluster)],
  ['aws-ecs', all(has('ecs', 'fargate'))],
  ['aws-lambda', any(all(has('lambdas?(?!-?labs)')), all(aws, has('serverless', 'sam')))],
  ['firebase', all(has('firebase'))],
  ['gcp', all(has('cloud-run', 'cloudrun'))],
  ['cloudflare-workers', all(has('cloudflare'), has('workers?'))],
  ['azure', all(has('azure'), has('app-services?', '(?<!static-)web-apps?'))],
  ['on-prem', all(has('on-?prem(?:ises?)?'))],
  ['virtual-server', (text) => rented.test(text) && !windows.test(text)],
  ['shared-hosting', (text) => shared.test(text) && !server.test(text.replace(/hetzner|ovh(?:cloud)?/, ''))],
  ['virtual-server', (text) => server.test(text) && !elsewhere.test(text)],
  ...(['vercel', 'netlify', 'railway', 'render', 'fly'] as const).map((id) => [id, all(new RegExp(`^${id}(?:\\.(?:com|io|app))?(?:-|$)`))] as const),
]

/** Words that name the same cloud, or machines of one's own, but another way to run there. */
const related: readonly (readonly [string, RegExp])[] = [
  ['aws', has('aws', 'amazon', 'ec2', 'elastic-?beanstalk', 'beanstalk', 'lightsail', 'app-?runner', 'amplify')],
  ['gcp', has('gcp', 'google', 'app-engine', 'gae', 'gce')],
  ['azure', has('azure', 'aca', 'aks')],
  ['cloudflare-workers', has('cloudflare')],
  ['on-prem', has('self-host(?:ed)?', '(?:a|one|single|own|our|my|physical|windows|linux|ubuntu|debian)-servers?', 'hardware', 'vps', 'vms?', 'virtual-(?:machine|server)s?', 'droplets?', 'linode', 'bare-?metal', 'dedicated-servers?', 'root-servers?', 'windows-server.*', 'iis', 'nas', 'raspberry.*', 'home-?lab', 'data-?cent(?:er|re)', 'colo(?:cation)?', 'proxmox', 'vmware', 'vsphere', 'hyper-v', 'docker-compose', 'docker-swarm', 'rack')],
  ...(['vercel', 'netlify', 'railway'] as const).map((id) => [id, has(id)] as const),
  ['fly', has('fly\\.io')],
]

const usPlatforms: readonly string[] = ['vercel', 'netlify', 'railway', 'render', 'fly', 'cloudflare-workers', 'aws', 'aws-ecs', 'aws-lambda', 'aws-kubernetes', 'gcp', 'gke', 'firebase', 'azure']
/** True when a company of the United States operates the platform, wherever its machines stand. */
export const isOperatedFromUs = (id: string): boolean => usPlatforms.includes(id)

/** Platforms that stand where an organization has its own rooms. */
export const ownRooms: readonly string[] = ['on-prem', 'openshift']

const exactId = (said: string): string | undefined => aliases.get(said) ?? exact.find(([, means]) => means(said))?.[0]

/** Hosting sheet id for what a person wrote when a deploy step for that sheet fits it; otherwise the normalised words. */
export const deployHostingId = (text: string | undefined): string => (text === undefined ? 'undecided' : exactId(asWord(text)) ?? asWord(text))

/** Companies of the United States that rent out machines or web space. */
const usRenters = has('digital-?ocean', 'droplets?', 'linode', 'akamai', 'vultr', 'lightsail', 'rackspace', 'godaddy', 'bluehost', 'hostgator', 'dreamhost')

/** Sheet id of the cloud that the words belong to, where they name something of its own on it: a cluster on Azure. */
export const cloudId = (text: string | undefined): string | undefined => related.find(([, pattern]) => pattern.test(asWord(text ?? '')))?.[0]

/** Hosting sheet id for what a person wrote, or that of the cloud it belongs to: `AWS Amplify` gives `aws`. The normalised words when no sheet is near. */
export function hostingId(text: string | undefined): string {
  if (text === undefined) return 'undecided'
  const said = asWord(text)
  return exactId(said) ?? related.find(([, pattern]) => pattern.test(said))?.[0] ?? said
}

/** True when what a person wrote names a platform, or a renter of machines, that a company of the United States operates. */
export const isHostedFromUs = (text: string | undefined): boolean => isOperatedFromUs(hostingId(text)) || usRenters.test(asWord(text ?? ''))
