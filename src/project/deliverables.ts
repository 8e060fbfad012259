/** A section that a deliverable holds. `also` finds it in a document that people or an assistant wrote without our markers. */
export interface RequiredSection {
  /** Id of the managed part; stable. */
  readonly id: string
  readonly title: string
  readonly also: RegExp
  /** Columns its table must have, in any order and beside others. */
  readonly columns?: readonly string[]
  /** Left out on purpose where it has no subject (nothing is deployed, no database): its absence counts only in a document without our markers. */
  readonly conditional?: true
}

export interface DeliverableSpec { readonly file: string, readonly title: string, readonly sections: readonly RequiredSection[] }

/** Where deliverables are written, relative to the project. */
export const deliverablesFolder = 'architecture-output'
/** Where generated files lie inside that folder, so that nothing in the project changes until somebody moves them. */
export const filesFolder = 'files'

const closing: readonly RequiredSection[] = [
  { id: 'not-yet', title: 'Not yet, and when', also: /not (yet|now|doing)|left out|deferred|postponed|parked|later|roadmap|out of scope|\bfuture\b|next steps|backlog/i },
  { id: 'sources', title: 'Sources', also: /sources|references/i },
]

/**
 * The three documents with the sections each must hold. Optional parts (conflicts, cost, migration-plan, assumptions) are not
 * listed: their absence says that there was nothing to say.
 */
export const deliverableSpecs: readonly DeliverableSpec[] = [
  {
    file: 'security-architecture.md',
    title: 'Security Architecture',
    sections: [
      { id: 'sign-in', title: 'Sign-in', also: /sign(s|ed|ing)?.?in\b|log(s|ged|ging)?.?in\b|authentication|\bauth\b|\bidentity\b/i },
      { id: 'token-verification', title: 'How services check who is calling', also: /token|session|verif|who is calling|service[- ](to[- ]service[- ])?auth|trust each other/i },
      { id: 'trust-boundaries', title: 'Trust boundaries', also: /boundar|threat|data flow|\bdiagram|architecture overview/i },
      { id: 'controls', title: 'Controls', also: /\bcontrols?\b|protections\b|safeguards|checklist|security measures/i, columns: ['Protection', 'Implementation', 'Applies To', 'Priority'] },
      { id: 'data-protection', title: 'Data protection', also: /data (protection|security|handling|storage)|privacy|encryption|personal data|^[\W\d]*data$/i },
      { id: 'owasp', title: 'OWASP risks that apply', also: /owasp/i },
      ...closing,
    ],
  },
  {
    file: 'observability.md',
    title: 'Observability',
    sections: [
      { id: 'logging', title: 'Logging', also: /logging|\blogs?\b/i },
      { id: 'health', title: 'Health endpoints', also: /health|liveness|probes\b|\balive\b/i },
      { id: 'metrics', title: 'Metrics and thresholds', also: /metrics|alert|\balarms?\b|thresholds|monitoring/i },
      { id: 'stack', title: 'Stack and cost', also: /stack|\btool(s|ing)\b|\bcosts?\b|\bbudget$/i },
      { id: 'tracing', title: 'Tracing', also: /tracing|traces/i },
      { id: 'slos', title: 'Service level objectives', also: /\bslos?\b|service.level|\bobjectives\b/i },
      ...closing,
    ],
  },
  {
    file: 'devops-blueprint.md',
    title: 'DevOps Blueprint',
    sections: [
      { id: 'pipeline', title: 'Pipeline', also: /pipeline|\bci\b|continuous (integration|delivery|deployment)/i },
      { id: 'branches', title: 'Branches', also: /branch/i },
      { id: 'promotion', title: 'Promotion', also: /promotion|\breleas(e|es|ing)\b|rollout/i },
      { id: 'deploy', title: 'Deploy', also: /deploy/i, conditional: true },
      { id: 'migration-tool', title: 'Migration tool', also: /migration|schema change|database change/i },
      { id: 'migration-strategy', title: 'Migration strategy', also: /migration|schema change|database change/i, conditional: true },
      { id: 'seeds', title: 'Seeds', also: /seed/i, conditional: true },
      { id: 'environments', title: 'Environments', also: /\b(environments?|envs?)\b/i, columns: ['Environment', 'Purpose', 'Data', 'Deploy Trigger', 'Access'] },
      { id: 'configuration', title: 'Configuration', also: /config|variables|\bsettings\b/i },
      { id: 'secrets', title: 'Secrets', also: /secret|credentials/i },
      { id: 'feature-flags', title: 'Feature flags', also: /\bflags?\b|\btoggles?\b/i },
      ...closing,
    ],
  },
]
