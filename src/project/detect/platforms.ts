import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Files that a hosting platform or a secrets service reads. */
const platforms: readonly (readonly [names: readonly (string | RegExp)[], hosting: string])[] = [
  [['vercel.json', 'vercel.ts'], 'vercel'], [['fly.toml', /^fly\.[\w-]+\.toml$/], 'fly'], [['railway.json', 'railway.toml'], 'railway'], [['render.yaml', 'render.yml'], 'render'], [['netlify.toml'], 'netlify'], [['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'], 'cloudflare-workers'],
  [['firebase.json', 'apphosting.yaml'], 'firebase'], [['app.yaml'], 'gcp'], [['samconfig.toml', 'serverless.yml', 'serverless.yaml'], 'aws-lambda'], [['cdk.json', 'copilot.yml'], 'aws'], [['azure.yaml', 'host.json'], 'azure'],
]
/** A site of documents that is published from this folder: where that stands says nothing about the product. */
const besides = /^[ \t]*(?:base|publish)\s*=\s*"\/?(?:docs?|website|site|storybook[\w-]*|[\w-]*preview)(?:\/|")/m
const services: Readonly<Record<string, string>> = { 'doppler.yaml': 'doppler', '.infisical.json': 'infisical', '.sops.yaml': 'sops-age', '.env.vault': 'dotenvx', 'sentry.properties': 'sentry', '.sentryclirc': 'sentry', 'google-services.json': 'firebase', 'catalog-info.yaml': 'backstage' }

/** Configuration files of hosting platforms and of services a team already runs. */
export const detectPlatforms: Detector = (files, found) => {
  for (const [names, hosting] of platforms) {
    for (const file of files.named(...names)) {
      // app.yaml is App Engine's only with a runtime line; host.json is common outside Azure Functions.
      const text = names.includes('app.yaml') || names.includes('host.json') ? files.text(file) ?? '' : ''
      if (file.endsWith('app.yaml') && !/^runtime:/m.test(text)) continue
      if (file.endsWith('host.json') && !/extensionBundle/.test(text)) continue
      if (file.endsWith('netlify.toml') && besides.test(files.text(file) ?? '')) continue
      found.add('hosting', hosting, file, 1, 'statement')
    }
  }
  for (const file of files.named('render.yaml', 'render.yml')) {
    const text = files.text(file) ?? ''
    if (/^databases:/m.test(text)) found.add('stack', 'postgresql', file, lineOf(text, /^databases:/m))
  }
  for (const [name, service] of Object.entries(services)) for (const file of files.named(name)) found.add('existing', service, file, 1)
}
