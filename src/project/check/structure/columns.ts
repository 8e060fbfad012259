import { seen } from '../inline.ts'

/** Other heads that people give to a column. */
const also: Readonly<Record<string, RegExp>> = {
  protection: /^(security )?(protections?|controls?|measures?|safeguards?|what)$/i,
  implementation: /^(implementation|implemented (by|with)|how( we do it)?|mechanism|details?|realisation|realization)$/i,
  'applies to': /^(applies( to)?|appl(ies|y) (on|for)|scope|where|covers|for)$/i,
  priority: /^(prio(rity)?|level|importance|must\/should|p)$/i,
  environment: /^(environments?|env|name|stage)$/i,
  purpose: /^(purpose|used? for|for|use|what for|why|description)$/i,
  data: /^(data(base| set| used)?|contents?)$/i,
  'deploy trigger': /^((deploy(ment|s|ed)? )?triggers?|deploy(ed|s|ment)?( on| when| by)?|triggered by|deployed when)$/i,
  access: /^(access|who( has access)?|accessible (by|to)|people|users)$/i,
}

/** The place of a column in a header, under its own name or, with `loosely`, another that people give it; -1 where it is missing. */
export function columnNamed(column: string, header: readonly string[], loosely: boolean): number {
  const name = column.toLowerCase()
  const heads = header.map((cell) => seen(cell).trim().toLowerCase())
  const exact = heads.indexOf(name)
  return exact >= 0 || !loosely ? exact : heads.findIndex((head) => also[name]?.test(head) === true)
}
