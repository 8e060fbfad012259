import { decidingTools } from '../../src/tools/registry.ts'

/** Names of the calls that a server offers, sorted. */
export const toolNames = (): string[] => [...decidingTools.map(({ name }) => name), 'read_project', 'write_files', 'check_deliverables'].sort()
