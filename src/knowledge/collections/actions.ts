import * as z from 'zod'
import { fact } from '../sheet.ts'

/** One GitHub action at one commit. Only these pins reach a generated workflow. */
export const actionFacts = {
  /** `owner/name`, as written after `uses:`. */
  action: fact(z.string().regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/)),
  /** Tag of that commit, printed as the comment beside the pin; some owners write it without a v. */
  version: fact(z.string().regex(/^v?\d/)),
  sha: fact(z.string().regex(/^[0-9a-f]{40}$/)),
  /** `own-repository`: a tag in the action's repository points to this commit. Otherwise other projects pin it with that version. */
  evidence: fact(z.enum(['own-repository', 'independent-repositories'])),
  /** How many other repositories pin this commit; at least 3 where that is the only evidence. */
  independentRepositories: fact(z.number().int().min(3)),
  /** What the runner starts: a Node version, a container or further steps; null where only other repositories showed the commit. */
  runs: fact(z.enum(['node24', 'composite', 'docker'])),
}
