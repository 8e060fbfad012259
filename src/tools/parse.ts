import { Profile } from '../core/profile.ts'
import { Common, type DecidingTool } from './tool.ts'

export { parseStrict } from '../core/parse.ts'

/** Everything a tool accepts: the whole profile, its own fields and the common ones. Profile fields it does not read are ignored. */
export const acceptedBy = (tool: DecidingTool) => Profile.extend(tool.own).extend(Common.shape)

/** What a tool lists to the model: the profile fields it reads, its own and the common ones. */
export function listedBy(tool: DecidingTool) {
  const read = Object.fromEntries(tool.reads.map((field) => [field, true])) as Record<(typeof tool.reads)[number], true>
  return Profile.pick(read).extend(tool.own).extend(Common.shape)
}
