import { defineTarget } from './define.ts'

/** A container registry is the end of the line: nothing is started. */
export const docker = defineTarget({ id: 'docker', image: 'own', serves: false, lines: () => [] })
