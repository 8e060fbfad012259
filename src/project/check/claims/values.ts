import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'
import { lifetimeClaims } from './lifetimes.ts'
import { objectiveClaims } from './objectives.ts'
import { channelClaims, placeClaims, portClaims } from './places.ts'
import { retentionClaims } from './retention.ts'
import { approverClaims, isolationClaims, tableClaims } from './structure.ts'

/** Values that a person writes in a sentence or a cell of their own, wherever it stands. */
export const valueClaims = (statement: Statement, file: string): readonly Claim[] => [lifetimeClaims, retentionClaims, objectiveClaims, placeClaims, portClaims, channelClaims, approverClaims, isolationClaims, tableClaims].flatMap((claims) => claims(statement, file))
