import { expect, test } from 'vitest'
import { commandsOf } from '../../../src/project/ci-audit/shell.ts'
import { parseTree, get, textIn, type TreeText } from '../../../src/project/ci-audit/tree.ts'

const commands = (script: string) => commandsOf(textIn(get(parseTree(`run: ${JSON.stringify(script)}`).documents[0], 'run')) as TreeText)

test.each<[string, readonly string[]]>([
  ['a b; c && d || e', ['a b', 'c', 'd', 'e']], ['a | b', ['a', 'b']], ['a \\\n  b', ['a b']], ['a # b; c\nd', ['a', 'd']], ['echo "a; b" \'c && d\'', ['echo a; b c && d']],
  ['X=1 sudo -E a', ['a']], ['if a; then b; fi', ['a', 'b', 'fi']], ['cat <<EOF\nnpm install\nEOF\nb', ['cat', 'b']], ['cat <<-"END"\n\tx\n\tEND\nb', ['cat', 'b']], ['a $(b c) d', ['a $() d', 'b c']],
  ['a "$(b "c d")" e', ['a $() e', 'b c d']], ['bash <(curl x)', ['bash <()', 'curl x']], ['a > file 2>/dev/null', ['a']], ['a 2>&1 < in', ['a']], ['a > "$(b)"', ['a', 'b']], ['echo a#b', ['echo a#b']], ['', []], ['\n\n', []],
])('%j is the commands %j', (script, expected) => {
  expect(commands(script).map(({ words }) => words.join(' '))).toEqual(expected)
})

test.each<[string, boolean]>([['echo a', false], ['echo a > f', true], ['echo a >> "$F"', true], ['echo a >&2', false], ['echo a 2>/dev/null', false], ['echo a > /dev/stderr', false], ['{ echo a; } > f', true], ['while x; do echo a; done >> f', true], ['{ echo a; }', false]])('the output of %j goes into a file: %s', (script, redirected) => {
  expect(commands(script).find(({ words }) => words[0] === 'echo')?.redirected).toBe(redirected)
})

test('a pipe tells what it feeds', () => {
  expect(commands('curl -s x | sudo bash -s -- y').map(({ words, pipedTo }) => [words[0], pipedTo])).toEqual([['curl', ['bash', '-s', '--', 'y']], ['bash', undefined]])
})
