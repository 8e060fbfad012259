import type { ProfileField } from '../../core/profile.ts'

/** Fields that the repository answers beside those of the profile. */
export type ExtraField = 'scripts' | 'variables' | 'existingCi' | 'defaultBranch' | `runtimeVersions.${string}` | 'decisions.auth'
export type Value = string | number | boolean

/** One value and where it stands: file relative to the root, line from 1. `hint` marks what a file only suggests. */
export interface Evidence { readonly field: ProfileField | ExtraField, readonly value: Value, readonly file: string, readonly line: number, readonly hint?: true }

/** Something that could not be used, in a clause: never a reason to stop. */
export interface Note { readonly file: string, readonly problem: string }

/** How much a finding counts: `statement` says it outright (`fly.toml`), `use` needs it (a dependency), `hint` suggests it. */
export type Weight = 'statement' | 'use' | 'hint'
export interface Finding extends Evidence { readonly weight: Weight }

/** What the detectors write into. */
export interface Findings {
  add(field: Evidence['field'], value: Value, file: string, line: number, weight?: Weight): void
  note(file: string, problem: string): void
}

/** A detector looks at one kind of evidence. It may throw on a malformed file of its own; that becomes a note. */
export type Detector = (files: import('./files.ts').ProjectFiles, found: Findings) => void
