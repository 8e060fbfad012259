import type { Setting } from '../model.ts'
import { entriesOf, entry, get, itemsOf, textIn, type Tree } from '../tree.ts'

/** The texts of a mapping; lists and mappings below it are left out. */
export const settingsOf = (tree: Tree | undefined): readonly Setting[] => entriesOf(tree).flatMap(({ key, line, value }) => (value.kind === 'text' ? [{ key, line, value }] : []))

/** Variables given as a mapping, or as a list of `{name, value}`, or with a value in a mapping of its own (`{value, description}`). */
export function variablesOf(tree: Tree | undefined): readonly Setting[] {
  if (tree?.kind === 'list') {
    return tree.items.flatMap((item) => {
      const name = textIn(get(item, 'name'))
      const value = textIn(get(item, 'value'))
      return name === undefined || value === undefined ? settingsOf(item).filter(({ key }) => !['group', 'template', 'name'].includes(key)) : [{ key: name.value, line: name.line, value }]
    })
  }
  return entriesOf(tree).flatMap(({ key, line, value }) => {
    const text = textIn(value) ?? textIn(get(value, 'value'))
    return text === undefined ? [] : [{ key, line, value: text }]
  })
}

/** A tree under `key` with the line of the key; undefined when it is missing. */
export const keyed = entry

/** A list as it is, anything else as a list of one. */
export const listed = (tree: Tree | undefined): readonly Tree[] => (tree === undefined ? [] : tree.kind === 'list' ? itemsOf(tree) : [tree])
