import { healthPaths } from '../../core/health.ts'
import { blocks, bullets, code, plain, table } from '../../core/markdown.ts'
import type { Section } from '../tool.ts'
import { healthFile, ownHealth } from './files/health.ts'
import { items, type Page } from './page.ts'
import { serviceNames } from './services.ts'

/** Paths of each service, what they check, and which file or framework answers them. */
export function health(page: Page): Section {
  const { view, outcome, knowledge } = page
  const paths = outcome.decision.healthEndpoints
  if (paths === null) return { id: 'health', title: 'Health endpoints', body: view.staticFiles ? 'None: the host answers, and a check from outside asks for the front page.' : 'None: nothing is deployed.' }
  const services = view.input.serviceNames === undefined && view.services > 1 ? [`each of the ${view.services} services`] : serviceNames(view).map(code)
  const { details } = paths
  const rows = services.map((service) => [service, code(paths.live), code(paths.ready), ...(details === null ? [] : [code(details)])])
  const file = healthFile(view, knowledge)?.path
  const own = ownHealth(view, knowledge)
  if (own !== undefined) items(page, 'framework-health')
  const practice = items(page, 'health-endpoints').filter((item) => details !== null || !item.startsWith(healthPaths.details))
  return {
    id: 'health', title: 'Health endpoints', body: blocks(
      table(['Service', 'Alive', 'May get traffic', ...(details === null ? [] : ['Details, internal only'])], rows),
      // The generated file holds these rules; they are said once.
      bullets(page.detail === 'full' ? practice.map(plain) : file === undefined && page.detail === 'normal' ? practice.slice(0, 2).map(plain) : []),
      view.kind === 'serverless' && `Functions have neither probes nor an internal port: two routes, an uptime check asks ${code(paths.live)}, the deploy asks ${code(paths.ready)}; versions and dependencies stay on the platform's own pages.`,
      view.kind === 'shared' && `Shared web hosting has neither probes nor an internal port: two pages, an uptime check asks ${code(paths.live)}.`,
      own !== undefined && `${plain(own)}.`,
      `Public answers hold ${code('{"status":"pass"}')} and nothing else${file === undefined ? '' : `: ${code(file)}`}.`,
    ),
  }
}
