import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import type { Outcome } from './decide.ts'
import { alertmanagerFile } from './files/alertmanager.ts'
import { healthFile } from './files/health.ts'
import { loggerFile } from './files/logger.ts'
import { prometheusFile, ruleFiles } from './files/prometheus.ts'
import type { View } from './view.ts'

/** Source files for the services, and what the metrics store evaluates. */
export const filesFor = (view: View, outcome: Outcome, knowledge: Knowledge): FileWithBody[] => [
  loggerFile(view, knowledge), healthFile(view, knowledge),
  ...ruleFiles(view, outcome, knowledge), prometheusFile(view, outcome, knowledge), alertmanagerFile(view, outcome, knowledge),
].filter((file) => file !== undefined)
