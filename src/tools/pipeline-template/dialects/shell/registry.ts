import type { ImageRegistry } from '../../model.ts'
import type { Deploy } from '../../plan.ts'

/** The registry that the image of these applications goes to; undefined when none is built. */
export const registryOf = (deploys: readonly Deploy[]): ImageRegistry | undefined => deploys.map(({ target }) => target.image).find((found) => found !== null) ?? undefined
