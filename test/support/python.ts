import { spawnSync } from 'node:child_process'

export const python = '/usr/bin/python3'

/** True when Python 3 can import all of these modules here. */
export const pythonHas = (...modules: readonly string[]): boolean => spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0
