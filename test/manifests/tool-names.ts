import { calls } from '../../src/engine/calls.ts'

/** Names of the calls that a server offers, sorted. */
export const toolNames = (): string[] => [...calls.names].sort()
