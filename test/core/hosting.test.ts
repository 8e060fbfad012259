import { expect, test } from 'vitest'
import { deployHostingId, hostingId, isHostedFromUs } from '../../src/core/hosting.ts'
import { knowledge } from '../support/knowledge.ts'

test.each(Object.keys(knowledge()['hosting-platforms']))('the id %s means itself', (id) => expect([hostingId(id), deployHostingId(id)]).toEqual([id, id]))

test.each([
  ['AWS Fargate', 'aws-ecs'], ['ECS (Fargate)', 'aws-ecs'], ['EKS', 'aws-kubernetes'], ['AWS IoT + EKS', 'aws-kubernetes'], ['AWS Lambda + API Gateway', 'aws-lambda'], ['serverless on aws', 'aws-lambda'], ['GKE Autopilot', 'gke'], ['gcp cloud run', 'gcp'], ['Google Cloud', 'gcp'],
  ['Google Firebase', 'firebase'], ['Azure App Service', 'azure'], ['OpenShift on-prem', 'openshift'], ['on prem kubernetes', 'kubernetes'], ['Kubernetes (self managed)', 'kubernetes'], ['k3s on three servers', 'kubernetes'], ['AKS', 'kubernetes'], ['customer Kubernetes', 'customer'], ["our customers' servers", "our-customers'-servers"],
  ['at the customer', 'customer'], ['on-premises rack', 'on-prem'], ['Vercel + Neon', 'vercel'], ['render.com', 'render'], ['Fly.io (fra)', 'fly'], ['Hetzner', 'virtual-server'], ['not sure yet', 'undecided'], ['TBD', 'undecided'], ['n/a', 'undecided'], ['customer-facing site on Netlify', 'customer-facing-site-on-netlify'],
  ['Hetzner Cloud', 'virtual-server'], ['hetzner cloud k3s', 'hetzner-kubernetes'], ['Hetzner (Kubernetes, 3 nodes)', 'hetzner-kubernetes'], ['Hetzner Cloud VMs', 'virtual-server'], ['a VPS', 'virtual-server'], ['DigitalOcean', 'virtual-server'], ['DigitalOcean droplet', 'virtual-server'], ['DigitalOcean Kubernetes', 'kubernetes'],
  ['Linode', 'virtual-server'], ['OVH', 'virtual-server'], ['OVHcloud VPS', 'virtual-server'], ['bare metal (OVH)', 'virtual-server'], ['scaleway', 'virtual-server'], ['one server', 'virtual-server'], ['docker compose on one server', 'virtual-server'], ['virtual machine', 'virtual-server'], ['2 VMs', 'virtual-server'], ['AWS Lightsail', 'virtual-server'], ['Kamal on a VPS', 'virtual-server'], ['VPS with cPanel', 'virtual-server'], ['Ubuntu server', 'virtual-server'],
  ['shared host', 'shared-hosting'], ['Shared hosting at IONOS', 'shared-hosting'], ['shared hosting (cPanel)', 'shared-hosting'], ['Hetzner Webhosting', 'shared-hosting'], ['webspace with FTP', 'shared-hosting'],
  ['constructor', 'constructor'], ['Lambda Labs', 'lambda-labs'], ['Azure Static Web Apps', 'azure-static-web-apps'], ['Heroku', 'heroku'],
])('%s can be deployed to as %s', (text, id) => expect(deployHostingId(text)).toBe(id))

test.each([
  ['AWS Amplify', 'aws'], ['EC2', 'aws'], ['Elastic Beanstalk', 'aws'], ['AWS GovCloud', 'aws'], ['App Engine', 'gcp'], ['Azure Container Apps', 'azure'], ['Azure Government', 'azure'], ['Databricks on Azure', 'azure'], ['Cloudflare Pages', 'cloudflare-workers'],
  ['nas in the office', 'on-prem'], ['raspberry pi at home', 'on-prem'], ['Windows Server 2019 IIS', 'on-prem'], ['docker compose on our own servers', 'on-prem'], ['Windows VPS', 'on-prem'], ['EC2 with docker compose', 'aws'], ['a VM on Azure', 'azure'], ['our own hardware', 'on-prem'],
  ['site on Netlify', 'netlify'],
])('%s lives like %s, and a deploy step for that is not promised', (text, id) => {
  expect(hostingId(text)).toBe(id)
  expect(deployHostingId(text)).not.toBe(id)
})

test.each(['Heroku', 'GitHub Pages', 'Scaleway Serverless Functions', 'PlayFab', 'DigitalOcean App Platform', 'Lambda Labs', '__proto__'])('%s is near no sheet', (text) => expect(knowledge()['hosting-platforms'][hostingId(text)]).toBeUndefined())

test.each([
  ['vercel', true], ['AWS eu-central-1', true], ['DigitalOcean Frankfurt', true], ['a droplet', true], ['Linode', true], ['AWS Lightsail', true], ['hetzner', false], ['OVH', false], ['on-prem', false], [undefined, false],
])('%s is operated from the United States: %s', (text, is) => expect(isHostedFromUs(text)).toBe(is))
