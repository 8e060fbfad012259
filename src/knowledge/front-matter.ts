import matter from 'gray-matter'
import { LineCounter, parseDocument } from 'yaml'
import { InputError } from '../core/errors.ts'

/**
 * Reads YAML 1.2 as plain data: days stay text and `no` stays `no`. `where` names the file in errors; `firstLine` is the
 * line of the file on which the text starts. Throws InputError with the line. Aliases are limited, so a small file cannot grow.
 */
export function parseYaml(text: string, where: string, firstLine = 1): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, schema: 'core' })
  const error = document.errors[0]
  if (error !== undefined) {
    const line = lines.linePos(error.pos[0]).line + firstLine - 1
    throw new InputError(`Unexpected YAML at ${where}:${line}, ${error.message.split('\n')[0]}. Correct that line and run again.`)
  }
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    throw new InputError(`Unexpected YAML at ${where}, aliases that grow without bound. Write the values out and run again.`)
  }
}

const refuse = (): never => {
  throw new InputError('Unexpected front matter language, expected YAML between --- lines.')
}

/** Splits a Markdown file into its YAML front matter and the text below. `where` names the file in errors. */
export function splitFrontMatter(text: string, where: string): { data: unknown, body: string } {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n')
  // What gray-matter passes on starts with the line break after ---, so its first line is the file's first.
  // gray-matter would run front matter marked as JavaScript; only YAML is accepted. `{}` as options also keeps its cache out.
  const { data, content } = matter(source, {
    language: 'yaml',
    engines: { yaml: (yaml) => ({ data: parseYaml(yaml, where) ?? {} }), javascript: refuse, js: refuse, json: refuse, coffee: refuse },
  })
  return { data: 'data' in data ? data.data : {}, body: content.trim() }
}
