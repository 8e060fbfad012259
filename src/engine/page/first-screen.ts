import { costInShort } from './cost.ts'
import { decided } from './decided.ts'
import { html, type Html } from './html.ts'
import { nameOf, platformName } from './names.ts'
import { settleInShort } from './settle.ts'
import { listed, type View } from './view.ts'

const words = (ids: readonly string[] | undefined): string => listed((ids ?? []).map((id) => id.replaceAll('-', ' ')))

/** What a reader needs before turning a page: what it is, what was decided, what to settle, what it costs. */
export function firstScreen(view: View, name: string): Html {
  const { profile, asOf, joined: { conflicts } } = view.blueprint
  const facts: readonly (readonly [string, string])[] = [
    ['Stage', profile.stage === undefined ? 'not stated' : nameOf(view.knowledge, profile.stage)],
    ['Sign-in by', words(profile.signInBy) || 'not stated'],
    ['Runs on', platformName(view.knowledge, profile.hosting ?? 'undecided')],
    ['Compliance', listed((profile.compliance ?? []).map((id) => nameOf(view.knowledge, id))) || 'none'],
  ]
  return html`<header>
<p class="eyebrow">Blueprint, as of ${asOf}</p>
<h1><bdi>${name}</bdi></h1>
<dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}:</dt><dd>${value}</dd></div>`)}</dl>
<div class="first">
<div class="note first-settle${conflicts.length === 0 && ' calm'}"><h2>Settle first${conflicts.length > 0 && ` (${conflicts.length})`}</h2>${settleInShort(view)}</div>
<div class="first-decided"><h2>Decided</h2>${decided(view)}</div>
<div class="note first-cost calm"><h2>A month</h2>${costInShort(view)}</div>
</div>
</header>`
}
