import type { Claim } from './claim.ts'
import { productClaims } from './claims/products.ts'
import type { Document } from './document.ts'
import type { CheckFacts } from './facts.ts'
import { NameIndex } from './names.ts'
import { statements } from './statements.ts'

/** Everything a document says that can be compared, in the order it stands. */
export function claimsOf(document: Document, _facts: CheckFacts, names: NameIndex): readonly Claim[] {
  return statements(document).flatMap((statement) => productClaims(statement, document.file, names))
}
