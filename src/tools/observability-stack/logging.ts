import { blocks, bullets, code, fence, plain } from '../../core/markdown.ts'
import type { Section } from '../tool.ts'
import { isPrintable } from '../../knowledge/sheet.ts'
import { productsIn } from './decide.ts'
import { identityFieldsOf } from './identity-fields.ts'
import { items, names, type Page } from './page.ts'
import { serviceNames } from './services.ts'

function logExample({ view }: Page): string {
  return JSON.stringify({
    timestamp: '2026-01-15T10:30:00.000Z', level: 'info', message: 'order created', 'service.name': serviceNames(view)[0], 'service.version': '1.4.2', 'deployment.environment.name': 'production',
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', 'event.name': 'order-created', user_ref: 'u_5f2b8c1d9e4a7036', duration_ms: 145,
  })
}

/** What a regime demands of logs, at every stage: how long they are kept, and the trail of who did what. */
function keptFor({ view, knowledge, citations }: Page): string[] {
  const regimes = (view.input.compliance ?? []).map((id) => knowledge.compliance[id]).filter((sheet) => sheet !== undefined)
  const kept = regimes.filter(({ facts }) => facts.logRetentionDays.value !== null).map((sheet) => {
    const source = sheet.sources[sheet.facts.logRetentionDays.source]
    if (source !== undefined && isPrintable(source)) citations.cite(sheet, sheet.facts.logRetentionDays.source)
    return source !== undefined && isPrintable(source) ? `${plain(sheet.name)} at least ${sheet.facts.logRetentionDays.value} days` : `as long as ${plain(sheet.name)} says (its figure was not confirmed here)`
  })
  const trail = regimes.filter(({ facts }) => facts.raises.value?.includes('audit-trail')).map(({ name }) => plain(name))
  return [
    ...(kept.length === 0 ? [] : [`Kept, at every stage: ${kept.join('; ')}. Set it on the store and test that an old line is found.`]),
    ...(trail.length === 0 ? [] : [`Audit trail, at every stage: who did what to which record, append-only, apart from these lines (${trail.join(', ')})${view.health ? '; reading a record counts' : ''}.`]),
  ]
}

/** Format, one example line, levels, what is always and what is never logged, and which identity fields stay out. */
export function logging(page: Page): Section {
  const { view, outcome, knowledge } = page
  if (view.place === 'local') return { id: 'logging', title: 'Logging', body: 'Results go to standard output, messages to standard error. A library takes a logger from its caller and configures none.' }
  if (view.staticFiles) return { id: 'logging', title: 'Logging', body: 'The host writes a line for each request; no program of yours runs, so nothing else is logged. Forms and comments of other companies keep their own records.' }
  items(page, 'log-identity-fields')
  const { provider, fields } = identityFieldsOf(view, knowledge)
  const list = (title: string, practice: string) => `${title}: ${items(page, practice).map(plain).join('; ')}.`
  const masked = `Identity fields stay out${provider === undefined ? '' : ` (${plain(knowledge['identity-providers'][provider]?.name ?? provider)})`}: ${fields.map(code).join(', ')}. ${code('user_ref')} is an HMAC of the internal user id under a secret key${view.health || (view.input.compliance ?? []).includes('gdpr') ? '; it is still personal data, so retention applies' : ''}.`
  items(page, 'log-fields')
  return {
    id: 'logging', title: 'Logging', body: blocks(
      view.kind === 'shared' ? 'One JSON object a line, in a file above the document root that the framework rotates; what PHP itself reports is in the panel of the host.' : outcome.reasons.logs === 'on-the-machine' ? 'One JSON object a line on standard output; Docker or systemd keeps it on the machine, rotated.' : `One JSON object a line on standard output. Collected by: ${view.place === 'delivered' ? 'whatever the customer runs. The fields are a contract: rename one only with a major version. Ship a command that packs the last hours of lines, versions and configuration without secrets, so that support needs no access' : names(knowledge, productsIn(outcome.decision.slots.logs))}.`,
      // The generated logger shows the fields; an example line beside it would say them twice.
      page.detail === 'full' || (page.detail === 'normal' && page.loggerPath === null) ? fence('json', logExample(page)) : page.loggerPath !== null && `Fields, levels and masking are in ${code(page.loggerPath)}.`,
      bullets([...(page.detail === 'full' || (page.detail === 'normal' && page.loggerPath === null) ? [list('Levels', 'log-levels')] : []), ...(page.detail === 'brief' ? [] : [list('Always', 'log-always')]), list('Never', 'log-never'), masked, ...keptFor(page)]),
    ),
  }
}
