/** Lines, from 1, on which Git left both versions of a text: `<<<<<<< ours`, and below it `=======` and `>>>>>>> theirs`. */
export function unfinishedMerges(text: string): number[] {
  if (!text.includes('<<<<<<<')) return []
  const found: number[] = []
  // From the end, so that each line knows what stands below it.
  let below: '' | '>' | '=>' = ''
  const lines = text.split(/\r\n|\n|\r/)
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index] ?? ''
    if (/^>{7}(?: |$)/.test(line)) below = '>'
    else if (line === '=======' && below === '>') below = '=>'
    else if (/^<{7}(?: |$)/.test(line) && below === '=>') {
      found.unshift(index + 1)
      below = ''
    }
  }
  return found
}
