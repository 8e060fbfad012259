import { stringify } from 'yaml'
import { withDefaults } from '../core/defaults.ts'
import { Profile, type ProfileField } from '../core/profile.ts'
import type { ProjectFacts } from './inputs.ts'

/** A value on one line of YAML: a list stays in brackets, a text is quoted where YAML would read it as something else. */
const inline = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim()
/** Text behind a `#`: a path may hold anything but must not end the line. */
const comment = (text: string): string => ` # ${text.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '?')}`

/** Where each part of a value was seen; one place for each of them. */
function places({ evidence }: ProjectFacts['detection'], field: ProfileField): string {
  const first = new Map<string, string>()
  for (const found of evidence) if ((found.field === field || found.field.startsWith(`${field}.`)) && !first.has(String(found.value))) first.set(String(found.value), `${found.file}:${found.line}`)
  return [...new Set(first.values())].join(', ')
}

/**
 * A record to start from, as the text of `.claude/operational-patterns.md`: what the repository shows with file and line behind it,
 * then as comments what nobody said and is assumed until somebody does. Where there is a record already only the fields that it lacks
 * are given, to be copied by hand.
 */
export function proposedRecord({ detection, profile, profileFile, from }: ProjectFacts): string {
  const seen = (Object.keys(Profile.shape) as ProfileField[]).filter((field) => detection.profile[field] !== undefined)
  const shown = profileFile === null ? seen : seen.filter((field) => /:\d+$/.test(from[field] ?? ''))
  const lines = shown.map((field) => `${field}: ${inline(detection.profile[field])}${comment(places(detection, field) || 'detected')}`)
  if (profileFile !== null) return [`# ${profileFile} is your record. ${lines.length === 0 ? 'The repository shows nothing beside it.' : 'The repository shows besides:'}`, ...lines, ''].join('\n')
  const { filled, assumptions } = withDefaults(profile, Object.keys(Profile.shape) as ProfileField[])
  const assumed = assumptions.map(({ field, changes }) => `# ${field}: ${inline(filled[field as ProfileField])}${comment(`changes ${changes}`)}`)
  return [
    '---', ...lines,
    ...(assumed.length === 0 ? [] : ['', '# Nobody said these. Each line is what is taken for granted today: correct it and remove the # in front.', ...assumed]),
    '---', '', 'What a reader of the three documents should know about this project.', '',
  ].join('\n')
}
