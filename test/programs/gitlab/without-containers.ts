import { parse, stringify } from 'yaml'

/** The file as a runner without containers reads it: that ignores images and services. */
export function withoutContainers(text: string): string {
  const data = parse(text) as Record<string, Record<string, unknown>>
  for (const job of Object.values(data)) {
    if (typeof job !== 'object' || job === null) continue
    delete job['image']
    delete job['services']
  }
  return stringify(data, { version: '1.1' })
}
