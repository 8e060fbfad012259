/** One thing in a zone of trust. `label` may hold what a user typed. */
export interface BoundaryNode { readonly id: string, readonly label: string, readonly kind: 'client' | 'application' | 'identity' | 'database' | 'processor' }
export interface BoundaryZone { readonly id: 'untrusted' | 'system' | 'processors', readonly title: string, readonly nodes: readonly BoundaryNode[] }
/** What crosses from one node to another; `aside` is fetched or sent beside the request. */
export interface Crossing { readonly from: readonly string[], readonly to: string, readonly label: string, readonly aside: boolean }

/** Who talks to what across which boundary: the data behind every drawing of it. Zones without nodes are left out. */
export interface Boundaries { readonly zones: readonly BoundaryZone[], readonly crossings: readonly Crossing[] }
