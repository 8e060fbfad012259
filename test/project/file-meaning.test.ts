import { expect, test } from 'vitest'
import { fileMeaning } from '../../src/project/file-meaning.ts'

const same: readonly (readonly [path: string, a: string, b: string])[] = [
  ['a.json', '{"a":[1,2]}', '{\n  "a": [1, 2]\n}\n'],
  ['a.yml', "on: {push: {branches: [main]}}\nsteps:\n- run: 'a b'  # why\n", 'on: { push: { branches: [main] } }\n\nsteps:\n  - run: "a b" # why\n'],
  ['a.ts', "const a = (b) => ({ c: b ?? 'x' })\nexport type T = { d: string, e: number }\n", 'const a = b => ({\n  c: b ?? "x",\n});\nexport type T =\n  | { d: string; e: number; };\n'],
  ['a.ts', 'const f = (a: number) =>\n  (a > 1\n    ? 2\n    : 3)\n', 'const f = (a: number) => a > 1 ? 2 : 3;\n'],
  ['a.sh', 'set -e\r\nls  \n', 'set -e\nls\n'],
]
const other: readonly (readonly [path: string, a: string, b: string])[] = [
  ['a.json', '{"a":1}', '{"a":2}'], ['a.json', '{"a":1', '{ "a":1'],
  ['a.yml', 'a:\n  b: 1\n  c: 2\n', 'a:\n  b: 1\nc: 2\n'], ['a.yml', 'a: 1.10\n', "a: '1.10'\n"], ['a.yml', 'a: 1\n', 'a: 1 # ours\n'], ['a.yml', 'a: !reference [x]\n', 'a: [x]\n'], ['a.yml', 'a: |\n  b\n  c\n', 'a: |\n  b\n   c\n'], ['a.yml', 'a: 1\nb: 2\n', 'b: 2\na: 1\n'],
  ['a.ts', 'const a = (b + c) * d\n', 'const a = b + c * d\n'], ['a.ts', "log('a b')\n", "log('ab')\n"], ['a.ts', 'f(a) // ours\n', 'f(a)\n'], ['a.ts', 'const f = () => (a + b) * c\n', 'const f = () => a + b * c\n'],
  ['a.sh', 'ls a b\n', 'ls a  b\n'], ['a.py', 'if a:\n    b\nc\n', 'if a:\n    b\n    c\n'],
]

test('what formatters change is no change of a generated file, and everything else is', () => {
  for (const [path, a, b] of same) expect(fileMeaning(path, a), `${path} ${a}`).toBe(fileMeaning(path, b))
  for (const [path, a, b] of other) expect(fileMeaning(path, a), `${path} ${a}`).not.toBe(fileMeaning(path, b))
})

test('text that is none of its kind, or very long, is compared as it stands', () => {
  for (const path of ['a.json', 'a.yml', 'a.ts']) {
    for (const text of ['{{', '\u0000', ': - [', '=>('.repeat(4_000), '&a [*a, *a]', '`']) expect(() => fileMeaning(path, text)).not.toThrow()
  }
})
