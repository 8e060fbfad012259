import { blocks, bullets, code, plain } from '../../core/markdown.ts'
import { table } from '../../core/table.ts'
import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

/** Practice sheet with what a person sets up where no deploy job is written, by hosting sheet. */
const lists: Readonly<Record<string, string>> = table({ 'virtual-server': 'deploy-over-ssh', 'on-prem': 'deploy-over-ssh', 'shared-hosting': 'deploy-to-shared-hosting' })

/** What to set up by hand for targets without a generated deploy job; empty without such a target. */
export function deployByHand(settings: Settings, knowledge: Knowledge, citations: Citations): string {
  const ids = [...new Set(settings.apps.map(({ target }) => target))].filter((id) => !(id in targets) && lists[id] !== undefined)
  return blocks(...ids.map((id) => {
    const sheet = knowledge['hosting-platforms'][id]
    const practice = knowledge.practices[lists[id] ?? '']
    if (sheet === undefined || practice === undefined) return ''
    citations.cite(practice, practice.facts.items.source)
    const { deployCommand, rollbackCommand } = sheet.facts
    const commands = [deployCommand.value === null ? '' : `Deploy: ${code(deployCommand.value)}.`, rollbackCommand.value === null ? '' : `Rollback: ${code(rollbackCommand.value)}.`].filter((text) => text !== '')
    return blocks(`**${plain(sheet.name)}**: no deploy job is written for it yet, only the checks. To set up by hand, once:`, bullets((practice.facts.items.value ?? []).map((item) => `[ ] ${plain(item)}`)), commands.join(' '))
  }))
}
