// The licence texts of every package whose code is in the bundle; their licences ask for it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of the packages among an esbuild metafile's inputs, sorted. */
function packageFolders(metafiles, root) {
  const folders = new Set()
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
    if (match !== null) folders.add(join(root, match[1]))
  }
  return [...folders].sort()
}

/** Text of the notices file. Throws when a bundled package has no licence text. */
export function notices(metafiles, root) {
  const parts = packageFolders(metafiles, root).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((candidate) => /^licen[cs]e/i.test(candidate))
    if (file === undefined && license === undefined) throw new Error(`${name} ${version} states no licence`)
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim()
    return `${name} ${version} (${license})\n${'-'.repeat(60)}\n${text}\n`
  })
  return `Code of these packages is part of the files in this folder.\n\n${[...new Set(parts)].join('\n')}`
}
