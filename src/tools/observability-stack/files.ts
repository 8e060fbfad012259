import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import type { Outcome } from './decide.ts'
import { alertmanagerFile } from './files/alertmanager.ts'
import { collectorFile } from './files/collector.ts'
import { dashboardFile } from './files/dashboard.ts'
import { healthFile } from './files/health.ts'
import { loggerFile } from './files/logger.ts'
import { prometheusFile, ruleFiles } from './files/prometheus.ts'
import { telemetryFile } from './files/telemetry.ts'
import type { View } from './view.ts'

/** Source files for the services, then what runs beside them: rules, routing and the Collector. */
export function filesFor(view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody[] {
  const collector = collectorFile(view, outcome, knowledge)
  return [
    loggerFile(view, knowledge), healthFile(view, knowledge), telemetryFile(view, outcome, knowledge, collector !== undefined),
    ...ruleFiles(view, outcome, knowledge), prometheusFile(view, outcome, knowledge), alertmanagerFile(view, outcome, knowledge), collector,
    dashboardFile(view, outcome, knowledge),
  ].filter((file) => file !== undefined)
}
