import type { Claim } from './claim.ts'
import { branchClaims } from './claims/branches.ts'
import { diagramClaims } from './claims/diagrams.ts'
import { environmentClaims } from './claims/environments.ts'
import { numberClaims } from './claims/numbers.ts'
import { pathClaims } from './claims/paths.ts'
import { productClaims } from './claims/products.ts'
import { recordClaims } from './claims/record.ts'
import { tokenClaims } from './claims/tokens.ts'
import { valueClaims } from './claims/values.ts'
import { variableClaims } from './claims/variables.ts'
import { versionClaims } from './claims/versions.ts'
import type { Document } from './document.ts'
import type { CheckFacts } from './facts.ts'
import type { NameIndex } from './names.ts'
import { statements } from './statements.ts'

/** Everything a document says that can be compared, in the order it stands; what its diagrams show comes last. */
export function claimsOf(document: Document, facts: CheckFacts, names: NameIndex): readonly Claim[] {
  const { file } = document
  const said = statements(document).flatMap((statement) => [
    ...productClaims(statement, file, names), ...recordClaims(statement, file, facts), ...numberClaims(statement, file), ...environmentClaims(statement, file), ...pathClaims(statement, file),
    ...versionClaims(statement, file, facts), ...branchClaims(statement, file), ...tokenClaims(statement, file), ...variableClaims(statement, file, facts), ...valueClaims(statement, file),
  ])
  return [...said, ...diagramClaims(document, names)]
}
