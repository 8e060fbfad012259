import type { CiRuleId } from '../../../src/project/ci-audit/rules.ts'
import type { Severity } from '../../../src/project/ci-audit/model.ts'
import type { Kind } from './audit.ts'

/**
 * A file for one rule. Lines that end with `#!error`, `#!warning` or `#!info` are those that the rule must report, with that severity;
 * it must report no other line.
 */
export interface Fixture { readonly rule: CiRuleId, readonly kind: Kind, readonly says: string, readonly text: string }

const mark = / *#!(error|warning|info)$/

/** The file as it is audited, and what must be found. */
export function read({ text }: Fixture): { readonly text: string, readonly expected: readonly string[] } {
  const lines = text.replace(/^\n/, '').split('\n')
  return {
    text: lines.map((line) => line.replace(mark, '')).join('\n'),
    expected: lines.flatMap((line, index) => { const severity = mark.exec(line)?.[1]; return severity === undefined ? [] : [`${severity as Severity}:${index + 1}`] }),
  }
}

/** A workflow with one job; `steps` are indented by six. */
export const workflow = (steps: string, { on = 'push', job = '', top = '' } = {}): string => `on: ${on}\npermissions: {}\n${top}jobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n${job}    steps:\n${steps.replace(/^\n/, '')}`
