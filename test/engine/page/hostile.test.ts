import { expect, test } from 'vitest'
import { html } from '../../../src/engine/page/html.ts'
import { inline, prose } from '../../../src/engine/page/prose.ts'
import { parseMarkdown } from '../../../src/project/markdown.ts'
import { faults, hostile, pageOf, read, shape, shown } from './hostile.ts'

// Each text alone, and any text at all, are in test/programs/page.
test('text of users never becomes markup: every element stays as it is with plain words', () => {
  const plain = shape(pageOf('plain words'))
  expect(plain.elements.length).toBeGreaterThan(150)
  expect(plain.document.querySelectorAll('svg text').length).toBeGreaterThan(20)
  expect(faults(plain.document)).toEqual([])
  const text = hostile.join(' ')
  const { elements, document } = shape(pageOf(text))
  expect(elements).toEqual(plain.elements)
  expect(faults(document)).toEqual([])
  expect(document.querySelector('h1')?.textContent).toBe(shown(text))
})

test('the check finds what it looks for', () => {
  expect(faults(read('<p onclick="x"><a href="javascript:x">a</a><script></script><svg><a href="data:x"/></svg>'))).toHaveLength(4)
})

test('markup inside Markdown is shown, not followed', () => {
  const texts = [...hostile, '<b onclick=x>b</b>\n\n<script>\nalert(1)\n</script>', '![x](javascript:alert(1) "t")', '[x]: javascript:alert(1)\n\n[x]', '<a href="javascript:x">a</a>', '```html\n<script>\n```', '| a | b |\n| - | - |\n| <img src=x onerror=y> | `</td>` |', '[^1]\n\n[^1]: <script>', '# one\n## two\n- [x] <input>']
  const markup = texts.map((text) => html`<div>${prose(parseMarkdown, text, { title: text })}<p>${inline(parseMarkdown, text)}</p></div>`.markup).join('\n')
  const document = read(markup)
  expect(faults(document)).toEqual([])
  expect(document.querySelectorAll('body > div')).toHaveLength(texts.length)
})

test('only a link that was written as one leads anywhere, and only to https', () => {
  const links = (text: string): (string | null)[] => [...read(prose(parseMarkdown, text, { title: '' }).markup).querySelectorAll('a')].map((link) => link.getAttribute('href'))
  expect(links('[page](https://example.org/a)')).toEqual(['https://example.org/a'])
  expect(links('www.example.org https://example.org a@example.org <https://example.org>')).toEqual([])
  expect(links('[a](http://example.org) [b](javascript:x) [c](//example.org) [d](data:text/html,x) [e](file.md)')).toEqual([])
})

test('a template escapes values in text and attributes, and keeps HTML', () => {
  expect(html`<a title="${'"<&\''}">${html`<b>${'<'}</b>`}${[false, null, undefined, 0, '']}</a>`.markup).toBe('<a title="&quot;&lt;&amp;&#39;"><b>&lt;</b>0</a>')
})
