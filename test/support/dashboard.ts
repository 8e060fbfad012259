import { lintExpression } from './promql-lint.ts'

interface Place { readonly x: number, readonly y: number, readonly w: number, readonly h: number }
interface Source { readonly type?: string, readonly uid?: string }
interface Panel { readonly id: number, readonly title?: string, readonly type: string, readonly gridPos: Place, readonly datasource?: Source, readonly targets?: readonly { readonly refId: string, readonly expr: string, readonly datasource?: Source }[] }
export interface Dashboard { readonly schemaVersion: number, readonly uid: string, readonly panels: readonly Panel[], readonly templating: { readonly list: readonly { readonly name: string, readonly type: string }[] } }

const overlap = (a: Place, b: Place): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Problems of a dashboard that Grafana shows as an empty, hidden or wrong panel, sorted. */
export function checkDashboard({ panels, templating, schemaVersion, uid }: Dashboard): string[] {
  const found: string[] = []
  if (panels.length === 0) found.push('no-panels')
  if (schemaVersion < 36) found.push('old-schema')
  if (!/^[\w-]{1,40}$/.test(uid)) found.push('bad-uid')
  const variables = templating.list.map(({ name }) => name)
  const text = JSON.stringify(panels)
  for (const name of variables) if (!text.includes(`$${name}`) && !text.includes(`\${${name}}`)) found.push(`unused-variable ${name}`)
  for (const [, name = ''] of text.matchAll(/\$\{?([a-z]\w*)/g)) if (!variables.includes(name) && !name.startsWith('__')) found.push(`unknown-variable ${name}`)
  for (const [index, panel] of panels.entries()) {
    if (panels.findIndex(({ id }) => id === panel.id) !== index) found.push(`id-twice ${panel.id}`)
    const { x, w, h } = panel.gridPos
    if (x < 0 || w < 1 || h < 1 || x + w > 24) found.push(`outside ${panel.title}`)
    for (const other of panels.slice(index + 1)) if (overlap(panel.gridPos, other.gridPos)) found.push(`overlap ${panel.title} / ${other.title}`)
    if ((panel.targets ?? []).length === 0) found.push(`no-query ${panel.title}`)
    const refs = (panel.targets ?? []).map(({ refId }) => refId)
    if (new Set(refs).size < refs.length) found.push(`ref-twice ${panel.title}`)
    for (const target of panel.targets ?? []) {
      if (target.datasource?.uid !== '${datasource}') found.push(`fixed-datasource ${panel.title}`)
      for (const finding of lintExpression(target.expr)) found.push(`${finding} ${panel.title}`)
    }
  }
  return [...new Set(found)].sort()
}
