import { expect, test } from 'vitest'
import { fencedIn, textSources } from '../../../src/project/ci-audit/expression.ts'

test.each<[string, readonly string[]]>([
  ['github.head_ref', ['github.head_ref']], ["github['head_ref']", ['github.head_ref']], ['GitHub.Event.Issue.Title', ['github.event.issue.title']], ['github.event.commits[0].message', ['github.event.commits.*.message']], ['github.event.commits.*.message', ['github.event.commits.*.message']],
  ["a.b == 'x'", []], ["contains(a.b, 'x')", []], ['!a.b', []], ["a.b && 'x' || 'y'", []], ['a.b || c.d', ['a.b', 'c.d']], ["x.y == 'z' && a.b || c.d", ['a.b', 'c.d']], ["format('{0} {1}', a.b, c.d)", ['a.b', 'c.d']], ['toJSON(a.b)', ['a.b']], ['(a.b)', ['a.b']], ['fromJSON(a.b).c', ['a.b']],
  ["'it''s' || a.b", ['a.b']], ['1 + 1', []], ['github.event.issue.title +', ['github.event.issue.title']], ['a.b[c.d]', ['a.b.*']], ['', []], ["'}}'", []],
])('%j gives text of %j', (body, sources) => {
  expect(textSources(body)).toEqual(sources)
})

test('expressions end at their own braces', () => {
  expect(fencedIn("a ${{ x }} b ${{ '}}' }} c ${{ '").map(({ body, index }) => [body, index])).toEqual([[' x ', 2], [" '}}' ", 13]])
})
