const numbers: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, twenty: 20, thirty: 30, 'thirty-five': 35, forty: 40, 'forty-five': 45, sixty: 60, ninety: 90,
}
const minutes: readonly (readonly [RegExp, number])[] = [[/^s(?:ec|ecs|econds?)?$/, 1 / 60], [/^m(?:in|ins|inutes?)?$/, 1], [/^h(?:r|rs|ours?)?$/, 60], [/^d(?:ays?)?$/, 1440], [/^w(?:eeks?)?$/, 10_080], [/^months?$/, 43_200], [/^y(?:ears?)?$/, 525_600]]

/** A span of time as people write it: `15 minutes`, `7-day`, `24h`, `two weeks`. Two groups: the amount and the unit. */
export const span = `(?<![\\w.,#-])(\\d{1,5}(?:[.,]\\d{1,2})?|${Object.keys(numbers).sort((x, y) => y.length - x.length).join('|')})(?:[ -](seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|months?|years?|s|m|min)|(?<=\\d)(s|m|min|h|d|w|y))\\b`

/** Minutes of what `span` found; its last two groups are the unit with a space before it, and without. */
export function minutesOf(amount: string, unit: string): number {
  const word = unit.toLowerCase()
  return (numbers[amount.toLowerCase()] ?? Number(amount.replace(',', '.'))) * (minutes.find(([pattern]) => pattern.test(word))?.[1] ?? Number.NaN)
}

/** A span in the largest unit that fits it. */
export function inWords(total: number): string {
  const [size, word] = total % 1440 === 0 ? [1440, 'day'] : total % 60 === 0 ? [60, 'hour'] : total >= 1 ? [1, 'minute'] : [1 / 60, 'second']
  const count = Math.round(total / size * 10) / 10
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
