import { rule, type CiFile, type Hit } from '../model.ts'

const floatingTags = /^(latest|stable|edge|nightly|current|lts|main|master)$/

/** Severity and words for an image reference; undefined when it is fixed or cannot be told from the file. */
function fault(image: string, file: CiFile): Omit<Hit, 'line'> | undefined {
  const name = image.trim().slice(0, 300).replace(/^docker:\/\//, '')
  if (name === 'true' || /@sha256:[0-9a-f]{64}$/.test(name) || name === 'scratch' || /^(ubuntu|android|windows|default)[\w.-]*:(20\d\d\.\d\d\.[\w.-]+|[\w.-]*\d{4}[\w.-]*)$/.test(name)) return name === 'true' ? { severity: 'warning', found: 'machine: true, the oldest image there is', expected: 'a dated machine image' } : undefined
  const tag = /:([^:/]+)$/.exec(name)?.[1]
  if (tag !== undefined && floatingTags.test(tag.toLowerCase())) return { severity: 'warning', found: name }
  // Variables and expressions hide what is used; only the rest of the text can be judged.
  if (/\$|<</.test(name)) return undefined
  if (tag === undefined) return { severity: 'warning', found: `${name} without a tag` }
  return file.provider === 'circleci' && /^(ubuntu|android|windows|macos)/.test(name) ? undefined : { severity: 'info', found: `${name} without a digest`, expected: 'a digest (`@sha256:…`) behind the tag' }
}

/** A container image that is another one tomorrow. */
export const unpinnedImages = rule({
  id: 'unpinned-images', severity: 'warning',
  expected: 'a version, best with a digest (`@sha256:…`)',
  next: 'Name the version, and the digest where somebody keeps it up to date.',
  check: (file) => file.jobs.flatMap(({ images }) => images.flatMap(({ text }): readonly Hit[] => {
    const found = fault(text.value, file)
    return found === undefined ? [] : [{ line: text.line, ...found }]
  })),
})
