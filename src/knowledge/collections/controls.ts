import * as z from 'zod'
import { vocabulary } from '../../core/profile.ts'
import { fact } from '../sheet.ts'

/** What makes a control apply, read from the profile. `always` means every system with a server. */
export const predicates = [
  'always', 'api', 'browser', 'cookies', 'own-sessions', 'database', 'multi-instance', 'multi-tenant', 'money', 'llm', 'agents', 'webhooks', 'outbound-urls', 'file-uploads', 'public-forms',
  'personal-data', 'phi', 'cardholder', 'minors', 'confidential', 'accounts', 'passwords', 'tokens', 'staff', 'machines', 'devices', 'mobile', 'redistributed', 'several-services', 'redirect-sign-in', 'api-keys', 'client-credentials', 'own-agents',
] as const
export type Predicate = (typeof predicates)[number]

/** Category names of the OWASP Top 10, 2025 edition (https://owasp.org/Top10/2025/). */
export const owasp2025 = {
  A01: 'Broken Access Control', A02: 'Security Misconfiguration', A03: 'Software Supply Chain Failures', A04: 'Cryptographic Failures', A05: 'Injection',
  A06: 'Insecure Design', A07: 'Authentication Failures', A08: 'Software or Data Integrity Failures', A09: 'Security Logging and Alerting Failures', A10: 'Mishandling of Exceptional Conditions',
} as const
export type Owasp2025 = keyof typeof owasp2025

/** Category names of the OWASP Top 10 for LLM applications, 2026 edition (https://genai.owasp.org/). */
export const llm2026 = {
  LLM01: 'Prompt Injection', LLM02: 'Sensitive Information Disclosure', LLM03: 'Excessive Agency', LLM04: 'Supply Chain', LLM05: 'Data and Model Poisoning',
  LLM06: 'Unbounded Consumption', LLM07: 'Misinformation', LLM08: 'Hidden Context Exposure', LLM09: 'Vector and Embedding Weaknesses',
} as const

/** Names of the OWASP Top 10 for agentic applications, 2026 edition (https://genai.owasp.org/resource/owasp-top-10-for-agentic-applications-for-2026/). */
export const agentic2026 = {
  ASI01: 'Agent Goal Hijack', ASI02: 'Tool Misuse and Exploitation', ASI03: 'Identity and Privilege Abuse', ASI04: 'Agentic Supply Chain Vulnerabilities', ASI05: 'Unexpected Code Execution',
  ASI06: 'Memory and Context Poisoning', ASI07: 'Insecure Inter-Agent Communication', ASI08: 'Cascading Failures', ASI09: 'Human-Agent Trust Exploitation', ASI10: 'Rogue Agents',
} as const

const ids = <const Table extends Record<string, string>>(table: Table) => z.enum(Object.keys(table) as [keyof Table & string, ...(keyof Table & string)[]])

const asvsIds = z.array(z.string().regex(/^v5\.0\.0-\d{1,2}\.\d{1,2}\.\d{1,2}$/))

/** A protection. The sheet's `summary` is the sentence printed as its implementation; the body says why and what to watch. */
export const controlFacts = {
  /** The table it belongs to. */
  kind: fact(z.enum(['api', 'data', 'ai', 'process'])),
  /** Any one of these makes it apply. */
  appliesTo: fact(z.array(z.enum(predicates)).min(1)),
  priority: fact(z.enum(['must', 'should', 'conditional'])),
  /** Earliest stage at which it is built without a regime that demands it. */
  fromStage: fact(z.enum(vocabulary.stage)),
  /** Requirement ids of OWASP ASVS 5.0.0, by the level that first asks for them. */
  asvs: fact(z.strictObject({ l1: asvsIds, l2: asvsIds, l3: asvsIds }).partial()),
  owasp2025: fact(z.array(ids(owasp2025))),
  api2023: fact(z.array(z.string().regex(/^API([1-9]|10)$/))),
  llm2026: fact(z.array(ids(llm2026))),
  agentic2026: fact(z.array(ids(agentic2026))),
  /** Packages that do it, by language or framework id. */
  libraries: fact(z.record(z.string(), z.array(z.string()))),
  /** What to measure before it is worth adding, for the list of things left out. */
  addWhen: fact(z.string()),
}
