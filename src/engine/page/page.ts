import { sha256 } from '../../core/file.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Blueprint } from '../blueprint-run.ts'
import { chapters } from './chapters.ts'
import { firstScreen } from './first-screen.ts'
import { html, isNothing, verbatim } from './html.ts'
import type { Parse } from './prose.ts'
import { settle, settleTitle } from './settle.ts'
import { style, styleHash } from './style.ts'
import type { View } from './view.ts'

/** Nothing may be loaded, run or sent: the page is one style and text. */
const policy = `default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`

/** Where the page says what it is, so that a later run knows whether somebody changed it. */
const seal = (hash: string): string => `<meta name="generator" content="operational-patterns sha256=${hash}">`
const unsealed = seal('')

/** True when a page on disk is as this program wrote it, whatever the day and the record were. */
export const isUntouched = (page: string): boolean => {
  const text = page.replace(/\r\n/g, '\n')
  const [whole, hash] = /<meta name="generator" content="operational-patterns sha256=([0-9a-f]{64})">/.exec(text) ?? []
  return whole !== undefined && sha256(text.replace(whole, () => unsealed)) === hash
}

/** The blueprint as one HTML file that needs nothing else. Same blueprint, same bytes. */
export function renderPage(blueprint: Blueprint, knowledge: Knowledge, parse: Parse): string {
  const view: View = { blueprint, knowledge, parse }
  const name = blueprint.profile.name ?? 'This project'
  const first = settle(view)
  const shown = chapters(view).filter(({ body }) => !isNothing(body))
  const contents = [...(isNothing(first) ? [] : [{ id: 'settle', title: settleTitle(view) }]), ...shown]
  const decisions = contents.findIndex(({ id }) => id === 'assumed') + 1
  // What was decided, then what to look up.
  const parts = [contents.slice(0, decisions), contents.slice(decisions)]
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${verbatim(unsealed)}
<title>${name}: blueprint</title>
${verbatim(`<style>${style}</style>`)}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${firstScreen(view, name)}
<nav aria-label="Contents">${parts.map((links) => html`<ul>${links.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>`)}</nav>
<main id="content" tabindex="-1">
${first}
${shown.map(({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`)}
</main>
<footer><p>Made by operational-patterns from one record, as of ${blueprint.asOf}. The three documents beside this page say the same: security-architecture.md, observability.md, devops-blueprint.md. This page needs no network and runs no script.</p></footer>
</body>
</html>
`.markup
  return page.replace(unsealed, () => seal(sha256(page)))
}

/** The same, with the Markdown code that is loaded when it is first needed. */
export async function pageOf(blueprint: Blueprint, knowledge: Knowledge): Promise<string> {
  const { parseMarkdown } = await import('../../project/markdown.ts')
  return renderPage(blueprint, knowledge, parseMarkdown)
}
