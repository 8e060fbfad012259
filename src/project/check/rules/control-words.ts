import type { Document } from '../document.ts'
import { isAside } from '../document.ts'
import { seen } from '../inline.ts'

/** Ways in which people name a protection without its name in our list, by the id of its sheet. */
const ways: Readonly<Record<string, RegExp>> = {
  'audit-trail': /\baudit([ -](logs?|trails?|events?|entr(y|ies)|controls?|table|stream)\b|_\w+)/i,
  'security-logging': /\baudit[ -](logs?|trails?|controls?|streams?)\b|\bsecurity (events?|logs?|logging|alerts?|monitoring)\b|\bCloudTrail\b|\bGuardDuty\b|\bSIEM\b|\bSentinel\b|\bbreach\b|\bincident response\b|\b(log|alert)\w*\b.{0,60}\b(sign-?ins?|denials|failed)\b/i,
  'staff-mfa': /\b(MFA|2FA|two-factor|second factor|multi-factor|TOTP|passkeys?|hardware keys|WebAuthn|FIDO2?)\b/i,
  'privileged-access': /\baccess reviews?\b|\bbreak-?glass\b|\bprivileged\b|\bjust[- ]in[- ]time\b|\bleast privilege\b|\bPIM\b|\bproduction access\b|\baccess to production\b/i,
  'encryption-at-rest': /\bat rest\b|\b(TDE|LUKS|CMEK)\b|\bAES-?256\b|\bencrypt\w*(?! in transit)[^.;]{0,60}\b(KMS|disks?|volumes?|stores?|databases?|buckets?)\b|\b(KMS|disks?|volumes?|backups?|databases?|buckets?)\b[^.;]{0,40}\bencrypted\b/i,
  'encryption-in-transit': /\bm?TLS\b|\bHTTPS\b|\bin transit\b/i,
  backups: /\bback-?ups?\b|\bPITR\b|\bpoint[- ]in[- ]time\b|\bWAL\b|\bsnapshots?\b/i,
  'secrets-management': /\bsecrets?\b|\bKey Vault\b|\bParameter Store\b/i,
  'phi-minimum': /\bminimum necessary\b|\b(never|not|no|mask\w*|redact\w*|drops?)\b.{0,40}\b(e?PHI|patients?)\b|\be?PHI\b.{0,30}\b(never|not|mask\w*|redact\w*)\b/i,
  'processor-agreements': /\b(DPAs?|BAAs?|SCCs|sub-?processors?|processors?)\b|\bbusiness associate\b|\bdata processing agreements?\b|\bvendor (management|reviews?)\b/i,
  'data-retention': /\bretention\b|\bkept\b.{0,30}\d|\bdelet(e|es|ed|ion)\b|\bpurged?\b|\berasure\b|\bdata subject\b/i,
  residency: /\bresidency\b|\bregions?\b|\bEU\b|\b(eu|us|ap|ca|sa|me|af|europe|asia)-[a-z]+-?\d\b|\bFrankfurt\b|\bDublin\b|\bIreland\b|\bParis\b|\bAmsterdam\b|\bams\b|\bFalkenstein\b|\bHelsinki\b|\b(East|West|North|Central) (US|Europe)\b/,
  'session-management': /\bsessions?\b|\bidle\b|\blog-?off\b/i,
  'pii-handling': /\bpersonal data\b|\bPII\b|\bdata subjects?\b|\be-?mail address|\bnever\b.{0,60}\b(names?|e-?mails?|addresses|phone)\b/i,
  'payment-scope': /\btokeni[sz]ation\b|\btokeni[sz]ed\b|\bStripe\b|\bAdyen\b|\bcard (data|numbers?)\b|\bPANs?\b.{0,30}\bnever\b|\bSAQ\b|\bCDE\b/i,
  'supply-chain': /\bdependenc(y|ies)\b|\bDependabot\b|\bRenovate\b|\block-?file\b|\bSBOM\b|\bprovenance\b|\bcosign\b|\bsigned images\b|\bimage signing\b|\bSCA\b|\bTrivy\b|\bSnyk\b|\bvulnerabilit(y|ies)\b|\bsupply chain\b/i,
  'tenant-isolation': /\btenants?\b|\brow[- ]level security\b|\bRLS\b|\borgani[sz]ation_id\b|\bisolation\b/i,
}

/** Raised by a standard because they answer its risks, not asked for by its text. */
export const notLiteral: ReadonlySet<string> = new Set(['step-up', 'idempotency', 'webhook-verification', 'api-inventory', 'business-flow-abuse'])

/** What takes a protection back in the same breath. */
const takenBack = /\b(?:optional|not (?:yet )?(?:required|enforced|used|enabled)|switched off|disabled|no plans? for)\b/i

/** Where a protection is named and taken back: an optional second factor is none. */
export interface TakenBack { readonly file: string, readonly line: number }

/** Whether one of the documents says in other words that the protection is there: true, false, or the place that takes it back. */
export function isSaid(id: string, documents: readonly Document[]): boolean | TakenBack {
  const pattern = ways[id]
  if (pattern === undefined) return false
  let back: TakenBack | undefined
  for (const { blocks, file } of documents) {
    for (const { block, sections } of blocks) {
      if (isAside(sections) || block.kind === 'code' || block.kind === 'comment') continue
      const lines = block.kind === 'table' ? block.rows.map(({ line, cells }) => ({ line, text: [...block.header, ...cells].join(' ') }))
        : block.kind === 'heading' ? (block.depth > 1 ? [block] : []) : [{ line: block.line, text: block.lines.map(({ text }) => text).join(' ') }]
      for (const { line, text } of lines) {
        for (const sentence of block.kind === 'table' ? [seen(text)] : seen(text).split(/(?<=[.;])\s/)) {
          if (!pattern.test(sentence)) continue
          if (!takenBack.test(sentence)) return true
          back ??= { file, line }
        }
      }
    }
  }
  return back ?? false
}
