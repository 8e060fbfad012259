/** Contradictory or jointly impossible inputs, with the cheapest way out. `inputs` are field names with their values. */
export interface Conflict { readonly id: string, readonly inputs: readonly string[], readonly problem: string, readonly resolution: string }
/** A value nobody gave. `changes` says what another value would change. */
export interface Assumption { readonly field: string, readonly assumed: string, readonly changes: string }
/** A question whose answer changes a decision; at most three a result. */
export interface Question { readonly field: string, readonly question: string, readonly changes: string }
export interface Alternative { readonly id: string, readonly when: string }
/** `rule` is a stable kebab-case id. */
export interface Rejected { readonly id: string, readonly rule: string, readonly reason: string }
/** Left out on purpose. `addWhen` is a measurable trigger. */
export interface Skipped { readonly item: string, readonly why: string, readonly addWhen: string }
/** The smallest input change that changes the decision: `change` is `field: value`, `outcome` the new decision. */
export interface Flip { readonly change: string, readonly outcome: string }

/** `usdPerMonth` is null when the figure is unknown, stale or not confirmed; the formula is printed all the same. */
export interface CostLine {
  readonly item: string
  readonly formula: string
  readonly usdPerMonth: number | null
  readonly unit: string
  readonly asOf: string
  readonly source: string
  readonly stale: boolean
}
/** A total with an unknown line is null: it is not a total. US dollars a month, list prices, without tax. */
export interface Cost { readonly usdPerMonth: number | null, readonly lines: readonly CostLine[] }

/** A file a tool generates. `path` is relative to the project, with forward slashes; `bytes` and `sha256` are of the UTF-8 body. */
export interface GeneratedFile {
  readonly path: string
  readonly purpose: string
  readonly verifyWith: string
  readonly bytes: number
  readonly sha256: string
  readonly body?: string
}
export interface CitedSource { readonly id: string, readonly title: string, readonly url: string, readonly checked: string }

/** What every deciding tool answers. `decision` holds ids and numbers only; words are in `report`, ready for the deliverable. */
export interface ToolResult<Decision = Record<string, unknown>> {
  readonly decision: Decision
  readonly conflicts: readonly Conflict[]
  readonly assumptions: readonly Assumption[]
  readonly questions: readonly Question[]
  readonly alternatives: readonly Alternative[]
  readonly rejected: readonly Rejected[]
  readonly skipped: readonly Skipped[]
  readonly flips: readonly Flip[]
  readonly cost: Cost
  readonly files: readonly GeneratedFile[]
  readonly report: string
  readonly sources: readonly CitedSource[]
}
