import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes what a run left in these folders that was killed before it ended. */
export function sweep(folders: readonly string[]): void {
  for (const folder of new Set(folders)) {
    try {
      for (const name of readdirSync(folder)) {
        const pid = /^\.ops-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1]
        if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true })
      }
    } catch {
      // The folder is not there, or may not be tidied: neither is a reason to write nothing.
    }
  }
}
