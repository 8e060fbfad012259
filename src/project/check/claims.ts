import type { Claim } from './claim.ts'
import { asideClaims, serviceClaims } from './claims/amounts.ts'
import { approvalClaims } from './claims/approvals.ts'
import { branchClaims } from './claims/branches.ts'
import { commandClaims } from './claims/commands.ts'
import { diagramClaims } from './claims/diagrams.ts'
import { environmentClaims } from './claims/environments.ts'
import { numberClaims } from './claims/numbers.ts'
import { pathClaims } from './claims/paths.ts'
import { processorClaims } from './claims/processors.ts'
import { productClaims } from './claims/products.ts'
import { recordClaims } from './claims/record.ts'
import { regimeClaims } from './claims/regimes.ts'
import { tokenClaims } from './claims/tokens.ts'
import { drawnUses, useClaims } from './claims/uses.ts'
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
    ...serviceClaims(statement, file), ...approvalClaims(statement, file), ...commandClaims(statement, file), ...regimeClaims(statement, file, facts), ...useClaims(statement, file),
  ])
  return [...said, ...asideClaims(document), ...processorClaims(document, names), ...drawnUses(document), ...diagramClaims(document, names)]
}
