import { JSDOM } from 'jsdom'
import { renderPage } from '../../../src/engine/page/page.ts'
import { parseMarkdown } from '../../../src/project/markdown.ts'
import { knowledge } from '../../support/knowledge.ts'
import { saying } from './blueprint.ts'

/** What a user might type to break out of text, attributes, Markdown, drawings or look-ups. */
export const hostile = [
  '<script>alert(1)</script>', '</title></style></svg><img src=x onerror=alert(1)>', '" onload="alert(1)', "' autofocus onfocus='alert(1)", '<!-- --><!doctype html>', ']]><svg/onload=alert(1)>', '&lt;b&gt; &#60;b&#62; &amp', '{{constructor}} ${7*7} $& $1 $$',
  '[a](javascript:alert(1)) <https://example.org> www.example.org', '`**_|x|_**` # h\t> q', '\u202egnp.exe\u202c', '\u0000\u0008\u007f\u0085', '\ud83d half', '\ufffe\uffff', 'e\u0301\u200d\u{1f469}\u200d\u{1f467} 表 مرحبا', 'x'.repeat(100), 'constructor', '__proto__', 'toString',
]

// One window for all pages: making one takes longer than reading a page.
const parser = new new JSDOM('').window.DOMParser()
export const read = (page: string): Document => parser.parseFromString(page, 'text/html')

/** Every element in order with the names of its attributes but classes, without the drawings, whose lines of text follow the length of the words. */
export function shape(page: string): { readonly elements: readonly string[], readonly document: Document } {
  const document = read(page)
  const elements = [...document.querySelectorAll('*')].filter((element) => element.closest('svg') === null)
  return { document, elements: elements.map((element) => `${element.tagName} ${element.getAttributeNames().filter((name) => name !== 'class').join(' ')}`) }
}
/** The page with `text` in every place for plain words. */
export const pageOf = (text: string): string => renderPage(saying(text), knowledge(), parseMarkdown)

/** Complaints about what no page may hold, drawings included. */
export function faults(document: Document): string[] {
  const elements = [...document.querySelectorAll('*')]
  const allowed = new Set('html head meta title style body a header nav main footer section p h1 h2 h3 h4 dl dt dd div span strong em del bdi code pre br ul ol li table caption thead tbody tr th td time blockquote figure figcaption svg desc g rect text tspan polyline polygon circle'.split(' '))
  return elements.flatMap((element) => [
    ...(allowed.has(element.tagName.toLowerCase()) ? [] : [`element ${element.tagName}`]),
    ...element.getAttributeNames().filter((name) => /^on|^style$|^src/.test(name)).map((name) => `attribute ${name}`),
    ...['href', 'xlink:href'].flatMap((name) => element.getAttribute(name) ?? []).filter((url) => !/^(#[a-z-]+$|https:\/\/)/.test(url)).map((url) => `link ${url}`),
  ])
}

/** What stands in a page for characters that are no text. */
export const shown = (text: string): string => text.replace(/[\u0000-\u0008\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
