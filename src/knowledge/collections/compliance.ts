import * as z from 'zod'
import { fact } from '../sheet.ts'

/** What a regime changes in the answer. The sheet's `summary` says what it is and where it stands; the body is for people. Pointers, not advice. */
export const complianceFacts = {
  /** `law` and `contract` bind; `attestation` is asked for by customers. */
  kind: fact(z.enum(['law', 'contract', 'attestation', 'standard'])),
  /** Every processor of the regulated data needs a business associate agreement. */
  needsBaa: fact(z.boolean()),
  /** Hosted processors must hold one of these attestations; empty: none in particular. */
  processorAttestations: fact(z.array(z.string())),
  /** The question of region against owner of the operator must be settled. */
  asksResidency: fact(z.boolean()),
  /** Ids of controls that become musts whatever the stage. */
  raises: fact(z.array(z.string())),
  /** OWASP ASVS level that fits, 1 to 3: our reading, not the regime's text. */
  asvsLevel: fact(z.number().int().min(1).max(3)),
  /** Days that security logs are kept at least, where the regime names a number. */
  logRetentionDays: fact(z.number().int().positive()),
}
