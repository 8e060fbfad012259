import { sha256 } from '../core/file.ts'
import type { CheckReport } from '../project/check.ts'
import type { CheckFinding } from '../project/check-finding.ts'
import { documentRules } from '../project/check/rules.ts'
import { ciRules } from '../project/ci-audit/rules.ts'
import { worstFirst } from './check-text.ts'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

/** What the rules about structure mean; the others say it themselves. */
const about: Readonly<Record<string, string>> = {
  'missing-document': 'One of the three documents is missing.', 'missing-section': 'A document lacks a section that it must have.', 'empty-section': 'A section holds nothing.', placeholder: 'Text that somebody meant to replace.',
  'broken-marker': 'The markers around a generated part are broken.', 'merge-conflict': 'A merge of two branches was not finished in this document.', 'edited-part': 'A generated part was changed by a person and is kept.', 'missing-columns': 'A table lacks columns that it must have.', 'empty-table': 'A table has no rows.',
  'empty-cell': 'A cell of a required column is empty.', 'unreadable-ci-file': 'A CI file could not be read.',
}

function ruleOf(id: string): object {
  const known: { readonly about?: string, readonly expected?: string, readonly next?: string } | undefined = [...documentRules, ...ciRules].find((rule) => rule.id === id)
  const text = known?.about ?? about[id] ?? `Expected: ${known?.expected ?? id}.`
  return { id, name: id.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(''), shortDescription: { text }, ...(known?.next !== undefined && { help: { text: known.next } }) }
}

/** A path as part of an address, as SARIF asks for it. */
const uri = (file: string): string => file.split('/').map(encodeURIComponent).join('/')
const place = ({ file, line }: { readonly file: string, readonly line: number }) => ({ physicalLocation: { artifactLocation: { uri: uri(file), uriBaseId: '%SRCROOT%' }, region: { startLine: Math.max(1, line) } } })

/** Stays the same when lines move, so that a code host knows a finding again. */
const fingerprint = ({ rule, file, found }: CheckFinding): string => sha256([rule, file, found.replace(/:\d+/g, '').replace(/\bline \d+/g, 'line')].join('\n')).slice(0, 32)

/** The report as SARIF 2.1.0, for code scanning. Every finding is there, notes included. */
export function sarif(report: CheckReport): object {
  const findings = worstFirst(report.findings)
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'operational-patterns', rules: ids.map(ruleOf) } },
      columnKind: 'utf16CodeUnits',
      results: findings.map((finding) => ({
        ruleId: finding.rule, ruleIndex: ids.indexOf(finding.rule), level: levels[finding.severity],
        message: { text: `Found ${finding.found}. Expected ${finding.expected}. ${finding.next}` },
        locations: [place(finding)],
        ...(finding.other !== undefined && { relatedLocations: [{ id: 0, ...place(finding.other), message: { text: 'The other place.' } }] }),
        partialFingerprints: { 'operationalPatterns/v1': fingerprint(finding) },
        ...(finding.verdict !== undefined && { properties: { verdict: finding.verdict } }),
      })),
    }],
  }
}
