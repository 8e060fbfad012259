import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Debian's Python, which has Debian's modules. */
export const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'
export const hasPython = (modules: string): boolean => spawnSync(python, ['-c', `import ${modules}`]).status === 0
