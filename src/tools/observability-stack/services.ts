import { slug } from './prometheus-rules.ts'
import type { View } from './view.ts'

/** Names of the services whose requests are counted: those given, else the project's own. */
export const serviceNames = (view: View): string[] =>
  [...new Set((view.input.serviceNames ?? [view.input.name ?? 'app']).map(slug))]
