import { clientBinary, clientVersions } from './client-binary.ts'

/** Before any test, so that a slow download counts against no test's time. */
export async function setup(): Promise<void> {
  for (const version of clientVersions) await clientBinary(version)
}
