import type { Target } from '../model.ts'

/** A target with the usual answers filled in: no cloud, no image, reads the repository, serves requests. */
export const defineTarget = (target: Pick<Target, 'id' | 'lines'> & Partial<Target>): Target => ({
  cloud: null, image: null, plainImage: false, synthesizes: false, installs: false, readsSource: target.image == null, programs: [], secrets: [], variables: [], migrate: null, serves: true, ...target,
})
