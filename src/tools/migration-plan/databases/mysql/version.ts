import type { OnlineDdlOperation } from '../../../../knowledge/collections/online-ddl.ts'

const numbers = (version: string): readonly number[] => version.split('.').map(Number)

/** True when `version` is `from` or later. A patch that was not given counts as the last one; a version that was not given is not late enough. */
export function atLeast(version: string | undefined, from: string | null): boolean {
  if (version === undefined || from === null) return false
  const [[major = 0, minor = 0, patch = Infinity], [fromMajor = 0, fromMinor = 0, fromPatch = 0]] = [numbers(version), numbers(from)]
  if (major !== fromMajor) return major > fromMajor
  return minor === fromMinor ? patch >= fromPatch : minor > fromMinor
}

/** The operation as a server of this version makes it: in place where its cheaper way came later. */
export const onVersion = (operation: OnlineDdlOperation, version: string | undefined): OnlineDdlOperation => (operation.since === undefined || version === undefined || atLeast(version, operation.since.version)
  ? operation : { ...operation, algorithm: 'INPLACE', lock: 'NONE', rebuilds: operation.since.rebuilds })
